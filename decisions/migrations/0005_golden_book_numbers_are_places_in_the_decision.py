from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0004_shorter_words_on_certificates'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='decisionline', name='golden_book_number_once'),
        migrations.RemoveField(model_name='decisionline', name='golden_book'),
        migrations.RemoveField(model_name='decisionline', name='golden_book_no'),
        migrations.DeleteModel(name='GoldenBook'),
    ]
