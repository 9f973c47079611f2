"""The signed act. What is printed is frozen: later renames and mergers never change paper."""

import re
from collections.abc import Sequence

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.urls import reverse

from accounts.models import User
from accounts.permissions import Permission
from decisions.states import OPEN, DecisionKind, DecisionState
from documents.facts import VerificationFacts, shortened
from documents.papers import official_number
from documents.states import Standing
from rulebook import catalogue
from rulebook.catalogue import award_choices
from units.selectors import units_visible_to

#: States in which everybody who may see the recipient's unit may see the decision.
OUT = (DecisionState.ISSUED, DecisionState.REPLACED, DecisionState.REVOKED)
#: Who works on a decision before it is out.
WORKERS = (Permission.DECISION_DRAFT, Permission.DECISION_NUMBER, Permission.DECISION_SIGN)
#: What the public page says of a decision in a state; other states are not public.
STANDINGS: dict[str, Standing] = {
    DecisionState.ISSUED: Standing.IN_FORCE,
    DecisionState.REPLACED: Standing.REPLACED,
    DecisionState.REVOKED: Standing.REVOKED,
}
PUBLIC_KINDS: dict[str, str] = {
    DecisionKind.AWARD: "Quyết định khen thưởng",
    DecisionKind.REVOCATION: "Quyết định hủy bỏ",
    DecisionKind.CORRECTION: "Quyết định đính chính",
}
#: What may become of one line.
LINE_STANDINGS = [(row.value, row.label) for row in (Standing.IN_FORCE, Standing.CORRECTED, Standing.REVOKED)]
AUTHORITY_FORMS = [
    ("", "Ký trực tiếp"),
    ("TM.", "Thay mặt (TM.)"),
    ("Q.", "Quyền (Q.)"),
    ("KT.", "Ký thay (KT.)"),
    ("TL.", "Thừa lệnh (TL.)"),
    ("TUQ.", "Thừa ủy quyền (TUQ.)"),
]


class Decision(models.Model):
    """Quyết định khen thưởng of one issuing unit. Number and signature come from two people.

    A revocation or correction `replaces` lines of an earlier decision; `ground` (of the rule book) and
    `reason` say why.
    """

    view_permission = Permission.DECISION_VIEW
    #: Its papers are rendered when the signer signs; who prints them may hold them up and try again.
    steer_permission = Permission.CERTIFICATE_PRINT

    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="decisions", verbose_name="Cơ quan ban hành"
    )
    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    session = models.ForeignKey(
        "council.Session", on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    kind = models.CharField("Loại quyết định", max_length=12, choices=DecisionKind, default=DecisionKind.AWARD)
    ground = models.CharField("Căn cứ hủy bỏ, đính chính", max_length=60, blank=True)
    reason = models.TextField("Lý do", blank=True)
    title = models.CharField("Trích yếu", max_length=300)
    year = models.PositiveSmallIntegerField("Năm thi đua")
    number = models.PositiveIntegerField("Số", null=True, blank=True)
    symbol = models.CharField("Ký hiệu", max_length=40)
    dated = models.DateField("Ngày ban hành", null=True, blank=True)
    place = models.CharField("Địa danh", max_length=60)
    issuer_above = models.CharField("Cơ quan chủ quản in trên văn bản", max_length=250, blank=True)
    issuer_name = models.CharField("Cơ quan ban hành in trên văn bản", max_length=250)
    legal_bases = models.JSONField("Căn cứ", default=list)
    articles = models.JSONField("Các điều", default=list)
    sent_to = models.JSONField("Nơi nhận", default=list)
    authority_form = models.CharField("Quyền hạn ký", max_length=6, choices=AUTHORITY_FORMS, blank=True)
    authority_post = models.CharField("Chức vụ người đứng đầu", max_length=120)
    signer_post = models.CharField("Chức vụ người ký", max_length=120, blank=True)
    signer_name = models.CharField("Họ tên người ký", max_length=120)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(
        "Trạng thái", max_length=12, choices=DecisionState, default=DecisionState.DRAFT, db_index=True
    )
    version = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField("Soạn lúc")
    numbered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    numbered_at = models.DateTimeField("Cấp số lúc", null=True, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField("Ký lúc", null=True, blank=True)
    issued_at = models.DateTimeField("Ban hành lúc", null=True, blank=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    sort_key = models.CharField(max_length=600, editable=False)
    search_key = models.CharField(max_length=600, editable=False)
    documents = GenericRelation("documents.Document", "subject_id", "subject_type")

    class Meta:
        verbose_name = "quyết định"
        verbose_name_plural = "quyết định"
        constraints = [
            models.UniqueConstraint(
                "unit",
                "symbol",
                ExtractYear("dated"),
                "number",
                name="decision_number_once_a_year",
            ),
            models.CheckConstraint(
                name="decision_number_has_date_and_author",
                condition=Q(number=None, numbered_by=None)
                | Q(number__isnull=False, dated__isnull=False, numbered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_signed_at_and_by_together",
                condition=Q(signed_at=None, signed_by=None) | Q(signed_at__isnull=False, signed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_numbered_and_signed_by_two_people",
                condition=Q(signed_by=None) | Q(numbered_by=None) | ~Q(signed_by=F("numbered_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"Quyết định {self.number_text or 'chưa cấp số'}: {self.title}"

    def get_absolute_url(self) -> str:
        """The desk."""
        return reverse("decisions:decision", args=[self.pk])

    @property
    def number_text(self) -> str:
        """“07/QĐ-VKSTC”, or empty before the number is given."""
        return official_number(self.number, self.symbol) if self.number else ""

    def permission_scope(self) -> models.Model:
        """Rights on the issuing unit decide."""
        return self.unit

    def may_be_read_by(self, user: User) -> bool:
        """Its page, its papers, its jobs: for whoever finds it in the list."""
        return type(self).objects.filter(readable_by(user), pk=self.pk).exists()

    @property
    def is_open(self) -> bool:
        """May its words be changed?"""
        return self.state in OPEN

    def may_read_draft(self, user: User) -> bool:
        """The file that waits for a signature bears no watermark: it is for its signer alone."""
        return user.pk == self.signer_id

    def verification_facts(self) -> VerificationFacts | None:
        """What the public page says of the decision; nothing before it is issued."""
        standing = STANDINGS.get(self.state)
        if standing is None or self.dated is None:
            return None
        because = self.replaced_or_revoked_by
        return VerificationFacts(
            standing=self._changed_in_part() if because and standing == Standing.IN_FORCE else standing,
            kind=PUBLIC_KINDS[self.kind], number=self.number_text, issued_on=self.dated,
            issuer=self.issuer_name, about=public_titles([self])[self.pk], because=because,
        )  # fmt: skip

    @property
    def replaced_or_revoked_by(self) -> str:
        """“413/QĐ-VKSTC ngày 01/12/2026”: the decision that took this one's place, or the latest that changed it."""
        later = [row for row in self.replaced_by.all() if row.state in OUT and row.dated]
        last = max(later, key=lambda row: (row.dated, row.number, row.pk), default=None)
        return f"{last.number_text} ngày {last.dated:%d/%m/%Y}" if last else ""

    def _changed_in_part(self) -> Standing:
        revoked = self.lines.filter(standing=Standing.REVOKED).exists()
        return Standing.PARTLY if revoked else Standing.CORRECTED


class DecisionLine(models.Model):
    """One recipient of one award, frozen as printed.

    In a revocation or correction, `target` is the line of the earlier decision that it takes back or sets
    right; that line then names the decision by which it no longer stands.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="lines")
    order = models.PositiveIntegerField("Số thứ tự")
    nomination = models.ForeignKey(
        "awards.Nomination", on_delete=models.PROTECT, null=True, blank=True, related_name="decision_lines"
    )
    award = models.CharField("Danh hiệu, hình thức", max_length=60, choices=award_choices)
    type = models.CharField("Loại hình", max_length=12, default="merit")
    person = models.ForeignKey(
        "units.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="decision_lines"
    )
    collective = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="decision_lines"
    )
    name_printed = models.CharField("Họ tên, tên tập thể in", max_length=250)
    post_printed = models.CharField("Chức vụ in", max_length=250, blank=True)
    unit_printed = models.CharField("Đơn vị in", max_length=250, blank=True)
    year = models.PositiveSmallIntegerField("Năm thành tích")
    achievement_from = models.DateField("Thành tích từ ngày")
    achievement_to = models.DateField("Thành tích đến ngày")
    achievement = models.CharField("Thành tích in trên bằng", max_length=300, blank=True)
    target = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="changes")
    standing = models.CharField("Hiệu lực", max_length=12, choices=LINE_STANDINGS, default=Standing.IN_FORCE)
    standing_by = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="changed_lines"
    )
    coefficient = models.DecimalField("Hệ số", max_digits=4, decimal_places=1, null=True, blank=True)
    base_salary = models.PositiveIntegerField("Mức lương cơ sở", null=True, blank=True)
    money = models.PositiveBigIntegerField("Tiền thưởng (đồng)", null=True, blank=True)
    money_cite = models.JSONField("Căn cứ tiền thưởng", default=list, blank=True)
    payable = models.PositiveBigIntegerField("Số tiền được chi (đồng)", null=True, blank=True)
    payable_says = models.CharField("Cách tính số được chi", max_length=300, blank=True)

    class Meta:
        verbose_name = "dòng quyết định"
        verbose_name_plural = "dòng quyết định"
        constraints = [
            models.UniqueConstraint(fields=["decision", "order"], name="one_line_per_order"),
            models.UniqueConstraint(
                fields=["decision", "nomination"],
                condition=Q(nomination__isnull=False),
                name="nomination_once_per_decision",
            ),
            models.UniqueConstraint(
                fields=["target"], condition=Q(target__isnull=False), name="decision_line_changed_once"
            ),
            models.CheckConstraint(
                name="line_out_of_force_names_its_decision",
                condition=Q(standing=Standing.IN_FORCE, standing_by=None)
                | (~Q(standing=Standing.IN_FORCE) & Q(standing_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="decision_line_has_one_subject",
                condition=Q(person__isnull=False, collective=None) | Q(person=None, collective__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.name_printed}"

    @property
    def entry(self) -> catalogue.Award:
        """The award as the rule book has it."""
        return catalogue.award(self.award)

    @property
    def awarding_line(self) -> "DecisionLine":
        """The line that awarded, also for one that sets it right."""
        line = self
        while line.target is not None:
            line = line.target
        return line

    @property
    def awarding_decision(self) -> Decision:
        """The decision that awarded, also for a line that sets an earlier one right."""
        return self.awarding_line.decision

    @property
    def golden_book_no(self) -> int:
        """Số sổ vàng: the recipient's place in the decision that awarded (NĐ 98/2023, Điều 104)."""
        return self.awarding_line.order

    def permission_scope(self) -> models.Model:
        """Rights on the issuing unit decide."""
        return self.decision.unit


def readable_by(user: User) -> Q:
    """Decisions of bodies where `user` drafts, numbers or signs, in any state; once they are out, also those
    that name a person or collective of the units where `user` may view decisions.
    """
    bodies = [units_visible_to(user, right) for right in WORKERS]
    units = units_visible_to(user, Permission.DECISION_VIEW)
    named = DecisionLine.objects.filter(Q(collective__in=units) | Q(nomination__submission__unit__in=units))
    works = Q(unit__in=bodies[0]) | Q(unit__in=bodies[1]) | Q(unit__in=bodies[2])
    return works | Q(state__in=OUT, pk__in=named.values("decision"))


def naming(lines: models.QuerySet[DecisionLine]) -> models.QuerySet[DecisionLine]:
    """Those of `lines` whose person the title of the decision names, as the paper or the roll has the name."""
    named = Q(decision__title__icontains=F("name_printed")) | Q(decision__title__icontains=F("person__full_name"))
    return lines.filter(named, person__isnull=False)


def public_titles(decisions: Sequence[Decision]) -> dict[int, str]:
    """By primary key what strangers read as the title: names of individuals shortened, as everywhere in public."""
    rows = naming(DecisionLine.objects.filter(decision__in=decisions))
    names: dict[int, set[str]] = {}
    for decision, *both in rows.values_list("decision", "name_printed", "person__full_name"):
        names.setdefault(decision, set()).update(both)
    return {row.pk: _without_names(row, names.get(row.pk, set())) for row in decisions}


def _without_names(decision: Decision, names: set[str]) -> str:
    title = decision.title
    for name in sorted(names, key=len, reverse=True):
        title = re.sub(re.escape(name), lambda found: shortened(found[0]), title, flags=re.IGNORECASE)
    return title
