import django.db.models.deletion
import rulebook.catalogue
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('awards', '0001_initial'),
        ('history', '0001_initial'),
        ('units', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='Thứ tự')),
                ('kind', models.CharField(choices=[('nomination', 'Hồ sơ khen thưởng'), ('initiative', 'Sáng kiến'), ('cluster_result', 'Kết quả cụm, khối')], max_length=16, verbose_name='Loại')),
                ('award', models.CharField(blank=True, max_length=60, verbose_name='Danh hiệu, hình thức')),
                ('title', models.CharField(max_length=500, verbose_name='Nội dung biểu quyết')),
                ('detail', models.CharField(blank=True, max_length=520, verbose_name='Chức vụ, đơn vị')),
                ('share_num', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('share_den', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('over', models.BooleanField(default=False)),
                ('base', models.CharField(blank=True, choices=[('all_members', 'Tổng số thành viên'), ('present', 'Số thành viên dự họp')], max_length=12, verbose_name='Tính trên')),
                ('needed', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Số phiếu cần')),
                ('members', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Mẫu số')),
                ('origin', models.CharField(blank=True, choices=[('law', 'Pháp luật'), ('council', 'Quy chế Hội đồng')], max_length=8, verbose_name='Nguồn quy định')),
                ('rule_cite', models.JSONField(blank=True, default=list, verbose_name='Căn cứ')),
                ('rule_status', models.CharField(blank=True, choices=[('confirmed', 'Đã đối chiếu'), ('secondary', 'Nguồn thứ cấp'), ('unconfirmed', 'Chưa đối chiếu')], max_length=12)),
                ('yes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Đồng ý')),
                ('no', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Không đồng ý')),
                ('blank', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Phiếu trắng')),
                ('passed', models.BooleanField(blank=True, null=True, verbose_name='Đạt')),
                ('initiative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='history.initiative')),
                ('nomination', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='awards.nomination')),
            ],
            options={
                'verbose_name': 'mục biểu quyết',
                'verbose_name_plural': 'mục biểu quyết',
                'ordering': ['order'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Council',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=250, verbose_name='Tên Hội đồng')),
                ('basis', models.CharField(blank=True, max_length=250, verbose_name='Quyết định thành lập')),
                ('symbol', models.CharField(default='HĐTĐKT', max_length=20, verbose_name='Ký hiệu trên văn bản')),
                ('valid_from', models.DateField(verbose_name='Từ ngày')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='Đến hết ngày')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='councils', to='units.unit')),
            ],
            options={
                'verbose_name': 'Hội đồng',
                'verbose_name_plural': 'Hội đồng',
                'permissions': [('ballot_cast', 'Bỏ phiếu'), ('session_close', 'Mở, đóng bỏ phiếu'), ('session_count', 'Kiểm phiếu'), ('session_prepare', 'Chuẩn bị phiên họp'), ('session_view', 'Xem phiên họp')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Charter',
            fields=[
            ],
            options={
                'verbose_name': 'tổ chức, quy chế Hội đồng',
                'verbose_name_plural': 'tổ chức, quy chế Hội đồng',
                'proxy': True,
                'default_permissions': (),
                'indexes': [],
                'constraints': [],
            },
            bases=('council.council',),
        ),
        migrations.CreateModel(
            name='CouncilGroupGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='council.council')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.group')),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
            ],
            options={
                'verbose_name': 'quyền của nhóm trên Hội đồng',
                'verbose_name_plural': 'quyền của nhóm trên Hội đồng',
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='CouncilRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('award', models.CharField(blank=True, choices=rulebook.catalogue.award_choices, max_length=60, verbose_name='Danh hiệu, hình thức')),
                ('share_num', models.PositiveSmallIntegerField(verbose_name='Tỷ lệ cần đạt (tử số)')),
                ('share_den', models.PositiveSmallIntegerField(verbose_name='Tỷ lệ cần đạt (mẫu số)')),
                ('base', models.CharField(choices=[('all_members', 'Tổng số thành viên'), ('present', 'Số thành viên dự họp')], default='all_members', max_length=12, verbose_name='Tính trên')),
                ('over', models.BooleanField(default=False, verbose_name='Phải vượt tỷ lệ này (quá bán)')),
                ('quorum_num', models.PositiveSmallIntegerField(verbose_name='Túc số (tử số)')),
                ('quorum_den', models.PositiveSmallIntegerField(verbose_name='Túc số (mẫu số)')),
                ('valid_from', models.DateField(verbose_name='Hiệu lực từ ngày')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='Đến hết ngày')),
                ('cite_document', models.CharField(max_length=250, verbose_name='Văn bản căn cứ')),
                ('cite_place', models.CharField(max_length=100, verbose_name='Điều, khoản')),
                ('status', models.CharField(choices=[('confirmed', 'Đã đối chiếu'), ('secondary', 'Nguồn thứ cấp'), ('unconfirmed', 'Chưa đối chiếu')], default='confirmed', max_length=12, verbose_name='Độ tin cậy')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='council.council')),
            ],
            options={
                'verbose_name': 'quy chế Hội đồng',
                'verbose_name_plural': 'quy chế Hội đồng',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='CouncilUserGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='council.council')),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'quyền trên Hội đồng',
                'verbose_name_plural': 'quyền trên Hội đồng',
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seat_no', models.PositiveSmallIntegerField(verbose_name='Ghế số')),
                ('role', models.CharField(choices=[('council_chair', 'Chủ tịch Hội đồng'), ('council_vice_chair', 'Phó Chủ tịch Hội đồng'), ('council_member', 'Ủy viên'), ('council_secretary', 'Thư ký'), ('teller', 'Ban kiểm phiếu')], max_length=20, verbose_name='Vai trò')),
                ('post_title', models.CharField(max_length=250, verbose_name='Chức vụ')),
                ('votes', models.BooleanField(default=True, verbose_name='Có quyền bỏ phiếu')),
                ('valid_from', models.DateField(verbose_name='Từ ngày')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='Đến hết ngày')),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='council.council')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='council_seats', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'thành viên Hội đồng',
                'verbose_name_plural': 'thành viên Hội đồng',
                'ordering': ['seat_no'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seat_no', models.PositiveSmallIntegerField(verbose_name='Ghế số')),
                ('role', models.CharField(choices=[('council_chair', 'Chủ tịch Hội đồng'), ('council_vice_chair', 'Phó Chủ tịch Hội đồng'), ('council_member', 'Ủy viên'), ('council_secretary', 'Thư ký'), ('teller', 'Ban kiểm phiếu')], max_length=20, verbose_name='Vai trò')),
                ('full_name', models.CharField(max_length=120, verbose_name='Họ và tên')),
                ('post_title', models.CharField(max_length=250, verbose_name='Chức vụ')),
                ('votes', models.BooleanField(verbose_name='Có quyền bỏ phiếu')),
                ('present', models.BooleanField(default=True, verbose_name='Có mặt')),
                ('absence', models.CharField(blank=True, max_length=200, verbose_name='Lý do vắng')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='council.member')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'ghế trong phiên',
                'verbose_name_plural': 'ghế trong phiên',
                'ordering': ['seat_no'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=250, verbose_name='Lý do')),
                ('automatic', models.BooleanField(default=False, verbose_name='Do hệ thống xác định')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recusals', to='council.agendaitem')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recusals', to='council.seat')),
            ],
            options={
                'verbose_name': 'không tham gia biểu quyết',
                'verbose_name_plural': 'không tham gia biểu quyết',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=250, verbose_name='Tên phiên họp')),
                ('held_at', models.DateTimeField(verbose_name='Họp lúc')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='Dự kiến đóng phiếu lúc')),
                ('place', models.CharField(max_length=250, verbose_name='Địa điểm')),
                ('state', models.CharField(choices=[('draft', 'Đang chuẩn bị'), ('locked', 'Đã chốt danh sách'), ('open', 'Đang bỏ phiếu'), ('closed', 'Đã đóng bỏ phiếu'), ('minuted', 'Đã lập biên bản'), ('cancelled', 'Đã hủy')], default='draft', max_length=12, verbose_name='Trạng thái')),
                ('version', models.PositiveIntegerField(default=1)),
                ('quorum_num', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Túc số (tử số)')),
                ('quorum_den', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Túc số (mẫu số)')),
                ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='Mở lúc')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='Đóng lúc')),
                ('seal', models.CharField(blank=True, max_length=64, verbose_name='Mã niêm phong')),
                ('minutes_note', models.TextField(blank=True, verbose_name='Ý kiến ghi biên bản')),
                ('minutes_number', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Số biên bản')),
                ('minuted_at', models.DateTimeField(blank=True, null=True, verbose_name='Lập biên bản lúc')),
                ('erased_at', models.DateTimeField(blank=True, null=True, verbose_name='Hủy phiếu lưu lúc')),
                ('cancel_reason', models.TextField(blank=True, verbose_name='Lý do hủy')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='council.council')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'phiên họp',
                'verbose_name_plural': 'phiên họp',
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='seat',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='council.session'),
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=20, verbose_name='Mã biên nhận')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='council.session')),
            ],
            options={
                'verbose_name': 'biên nhận',
                'verbose_name_plural': 'biên nhận',
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='council.session'),
        ),
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('choice', models.CharField(choices=[('yes', 'Đồng ý'), ('no', 'Không đồng ý'), ('blank', 'Phiếu trắng')], max_length=5)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='council.agendaitem')),
            ],
            options={
                'verbose_name': 'phiếu',
                'verbose_name_plural': 'phiếu',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Turnout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='council.seat')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='council.session')),
            ],
            options={
                'verbose_name': 'lượt bỏ phiếu',
                'verbose_name_plural': 'lượt bỏ phiếu',
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='council',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='council_ends_after_it_begins'),
        ),
        migrations.AlterUniqueTogether(
            name='councilgroupgrant',
            unique_together={('group', 'permission', 'content_object')},
        ),
        migrations.AddConstraint(
            model_name='councilrule',
            constraint=models.CheckConstraint(condition=models.Q(('share_den__gt', 0), ('share_num__gt', 0), ('share_num__lte', models.F('share_den')), models.Q(('over', False), ('share_num__lt', models.F('share_den')), _connector='OR')), name='council_rule_share_is_a_share'),
        ),
        migrations.AddConstraint(
            model_name='councilrule',
            constraint=models.CheckConstraint(condition=models.Q(('quorum_den__gt', 0), ('quorum_num__gt', 0), ('quorum_num__lte', models.F('quorum_den'))), name='council_rule_quorum_is_a_share'),
        ),
        migrations.AddConstraint(
            model_name='councilrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cite_document', ''), _negated=True), models.Q(('cite_place', ''), _negated=True)), name='council_rule_cites_its_source'),
        ),
        migrations.AddConstraint(
            model_name='councilrule',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='council_rule_ends_after_it_starts'),
        ),
        migrations.AlterUniqueTogether(
            name='councilusergrant',
            unique_together={('user', 'permission', 'content_object')},
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('council', 'seat_no'), name='one_holder_per_seat'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('council', 'user'), name='one_seat_per_member'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='member_leaves_after_joining'),
        ),
        migrations.AddConstraint(
            model_name='recusal',
            constraint=models.UniqueConstraint(fields=('item', 'seat'), name='recused_once'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['council', '-held_at'], name='session_of_council'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'locked', 'open', 'closed', 'minuted', 'cancelled'])), name='session_state_known'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('quorum_den', None), ('quorum_num', None)), models.Q(('quorum_den__gt', 0), ('quorum_num__gt', 0), ('quorum_num__lte', models.F('quorum_den'))), _connector='OR'), name='session_quorum_is_a_share'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('seal', ''), ('state__in', ['closed', 'minuted']), _connector='OR'), name='session_sealed_only_once_closed'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='session_cancelled_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='session_closed_at_and_by_together'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(fields=('session', 'seat_no'), name='one_seat_per_number'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(fields=('session', 'user'), name='one_seat_per_user'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('present', False), ('absence', ''), _connector='OR'), name='only_the_absent_give_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(fields=('session', 'code'), name='one_receipt_per_code'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(fields=('session', 'order'), name='one_item_per_order'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(condition=models.Q(('nomination__isnull', False)), fields=('session', 'nomination'), name='nomination_once_per_session'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(condition=models.Q(('initiative__isnull', False)), fields=('session', 'initiative'), name='initiative_once_per_session'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('initiative', None), ('kind', 'nomination'), ('nomination__isnull', False)), models.Q(('initiative__isnull', False), ('kind', 'initiative'), ('nomination', None)), models.Q(('initiative', None), ('kind', 'cluster_result'), ('nomination', None)), _connector='OR'), name='agenda_item_points_to_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('share_den', None), ('share_num', None)), models.Q(('share_den__gt', 0), ('share_num__gt', 0), ('share_num__lte', models.F('share_den')), models.Q(('origin', ''), _negated=True), models.Q(('base', ''), _negated=True)), _connector='OR'), name='item_share_is_a_share'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('blank', None), ('no', None), ('passed', None), ('yes', None)), models.Q(('blank__isnull', False), ('needed__isnull', False), ('no__isnull', False), ('passed__isnull', False), ('yes__isnull', False)), _connector='OR'), name='item_counted_wholly'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('passed', None), models.Q(('passed', True), ('yes__gte', models.F('needed'))), models.Q(('passed', False), ('yes__lt', models.F('needed'))), _connector='OR'), name='item_passes_by_its_count'),
        ),
        migrations.AddConstraint(
            model_name='slip',
            constraint=models.CheckConstraint(condition=models.Q(('choice__in', ['yes', 'no', 'blank'])), name='slip_choice_known'),
        ),
        migrations.AddConstraint(
            model_name='turnout',
            constraint=models.UniqueConstraint(fields=('session', 'seat'), name='one_vote_per_seat'),
        ),
    ]
