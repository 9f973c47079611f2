"""A decision and its list as editable Word files, from the same words as the PDF."""

from django.utils import timezone

from core.workflow import Refused
from decisions import selectors
from decisions.models import Decision
from decisions.papers.decision import decision_paper
from decisions.services.rendering_parts import PRINTABLE, is_signed_by_hand
from documents.papers import DecisionPaper, Paper
from documents.services import word
from documents.services.codes import mark_of
from units.selectors import with_superiors


def decision_file(decision: Decision) -> bytes:
    """The decision with its list as DOCX; marked as a draft until it is signed."""
    return _file(decision, _paper(decision))


def list_file(decision: Decision) -> bytes:
    """The list of recipients alone. Raises Refused for a decision without one."""
    found = word.list_of(_paper(decision))
    if found is None:
        raise Refused("Quyết định này chưa có danh sách kèm theo.")
    return _file(decision, found)


def _paper(decision: Decision) -> DecisionPaper:
    lines = list(selectors.lines_of(decision))
    return decision_paper(
        decision, lines, draft=decision.state not in PRINTABLE, mark=mark_of(decision),
        by_hand=is_signed_by_hand(decision),
    )  # fmt: skip


def _file(decision: Decision, paper: Paper) -> bytes:
    day = decision.dated or timezone.localdate(decision.drafted_at)
    return word.word_file(paper, with_superiors(decision.unit, day), day)
