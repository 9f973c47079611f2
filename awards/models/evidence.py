"""What a dossier consists of: files, and what the system already holds ("Tự có")."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Q

from awards.models.nomination import Nomination
from rulebook import dossier
from rulebook.values import Cite


@dataclass(frozen=True)
class Part:
    """A paper the law wants in a dossier. `on_submission`: one file serves every line of the tờ trình.

    `held`: the system has it, nobody uploads it; `if_relevant`: its absence is no fault;
    `obligatory`: nothing is sent without it.
    """

    kind: str
    label: str
    cite: tuple[Cite, ...]
    on_submission: bool = False
    on_line: bool = True
    held: bool = False
    if_relevant: bool = False
    status: str = "confirmed"

    @property
    def obligatory(self) -> bool:
        """Is a line kept back without it?"""
        return self.kind == REPORT


LETTER, REPORT, MINUTES, INITIATIVE, HONOURS, OTHER = "letter", "report", "minutes", "initiative", "honours", "other"

#: Every kind of file that may be attached, by its code.
FILE_KINDS = {
    LETTER: "Tờ trình của đơn vị",
    REPORT: "Báo cáo thành tích",
    MINUTES: "Biên bản bình xét",
    INITIATIVE: "Chứng nhận sáng kiến, đề tài",
    "proof": "Chứng nhận thành tích",
    "opinion": "Ý kiến của cơ quan liên quan",
    "party_opinion": "Ý kiến của cấp ủy",
    OTHER: "Tài liệu khác",
}
#: Kinds that belong to the tờ trình, and kinds that belong to one line.
SUBMISSION_KINDS = (LETTER, REPORT, MINUTES, "opinion", "party_opinion", OTHER)
LINE_KINDS = (REPORT, INITIATIVE, "proof", "opinion", "party_opinion", OTHER)


def parts_of(award: str, day: date) -> tuple[Part, ...]:
    """The papers the book asks for one award on its governing day, in the order of the law."""
    return tuple(
        Part(
            kind=part.kind, label=part.label, cite=part.cite, on_submission=part.kind in SUBMISSION_KINDS,
            on_line=part.kind in LINE_KINDS, held=part.held, if_relevant=part.if_relevant, status=part.status,
        )
        for part in dossier.parts_of(award, day)
    )  # fmt: skip


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
