"""What a dossier consists of: files, and what the system already holds ("Tự có")."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from awards.models.nomination import Nomination
from rulebook import catalogue
from rulebook.values import Cite

_LAW = "06/2022/QH15"


@dataclass(frozen=True)
class Part:
    """A paper the law wants in a dossier. `on_submission`: one file serves every line of the tờ trình."""

    kind: str
    label: str
    cite: Cite
    on_submission: bool = False
    on_line: bool = True
    obligatory: bool = False


LETTER = Part("letter", "Tờ trình của đơn vị", Cite(_LAW, "Điều 84"), on_submission=True, on_line=False)
REPORT = Part("report", "Báo cáo thành tích", Cite(_LAW, "Điều 84"), on_submission=True, obligatory=True)
MINUTES = Part("minutes", "Biên bản bình xét", Cite(_LAW, "Điều 84 khoản 1"), on_submission=True, on_line=False)
MINUTES_OF_FORM = Part(
    "minutes", "Biên bản xét khen thưởng", Cite(_LAW, "Điều 84 khoản 2"), on_submission=True, on_line=False
)
INITIATIVE = Part("initiative", "Chứng nhận sáng kiến, đề tài", Cite(_LAW, "Điều 84 khoản 1"))
HONOURS = Part("honours", "Quyết định công nhận các danh hiệu đã được tặng", Cite(_LAW, "Điều 84"))
OPINION = Part("opinion", "Ý kiến của cơ quan liên quan", Cite(_LAW, "Điều 84 khoản 3"), on_submission=True)
OTHER = Part("other", "Tài liệu khác", Cite(_LAW, "Điều 84"), on_submission=True)

#: Titles for which the law asks the certificate of an initiative.
_WITH_INITIATIVE = {
    "chien_si_thi_dua_co_so",
    "chien_si_thi_dua_nganh",
    "chien_si_thi_dua_toan_quan",
    "chien_si_thi_dua_toan_quoc",
}
#: Awards for which the law asks the opinion of central bodies or of the province (Điều 84 khoản 3).
_WITH_OPINION_GROUPS = {"order", "medal", "honour"}
_WITH_OPINION = {"co_thi_dua_chinh_phu", "bang_khen_thu_tuong"}


def parts_of(award: str) -> tuple[Part, ...]:
    """The papers Điều 84 of the law asks for one award, in the order of the law."""
    entry = catalogue.award(award)
    parts = [LETTER, REPORT, MINUTES if entry.kind == "title" else MINUTES_OF_FORM]
    if entry.kind == "title":
        parts.append(HONOURS)
    if award in _WITH_INITIATIVE:
        parts.append(INITIATIVE)
    if award in _WITH_OPINION or entry.group in _WITH_OPINION_GROUPS:
        parts.append(OPINION)
    return tuple(parts)


#: Every kind of file that may be attached, by its code.
FILE_KINDS = {part.kind: part.label for part in (LETTER, REPORT, MINUTES, INITIATIVE, OPINION, OTHER)}
#: Kinds that belong to the tờ trình, and kinds that belong to one line.
SUBMISSION_KINDS = tuple(part.kind for part in (LETTER, REPORT, MINUTES, OPINION, OTHER))
LINE_KINDS = tuple(part.kind for part in (REPORT, INITIATIVE, OPINION, OTHER))


class Evidence(models.Model):
    """A part of one line's dossier: a file of its own, or what the system held when it was sent."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField("Thành phần", max_length=60)
    label = models.CharField("Tên thành phần", max_length=250)
    attachment = models.ForeignKey(
        "documents.Attachment", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    held_as = models.CharField("Đã có trong hệ thống", max_length=500, blank=True)

    class Meta:
        verbose_name = "thành phần hồ sơ"
        verbose_name_plural = "thành phần hồ sơ"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["nomination", "kind"], name="one_evidence_per_kind"),
            models.CheckConstraint(
                name="evidence_is_a_file_or_held", condition=Q(attachment__isnull=False) | ~Q(held_as="")
            ),
        ]

    def __str__(self) -> str:
        return self.label
