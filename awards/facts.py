"""What is known of lines beside their own rows, for many at once and in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from awards.models import Evidence, Nomination, NoticeItem, Submission
from awards.models.evidence import REPORT
from core.models import Event
from documents.models import Attachment
from units.models import Person, Posting
from units.selectors import in_force


@dataclass(frozen=True)
class Overridden:
    """A conclusion of the machine that a lead has set aside: who, when, why, and against what."""

    by: str
    at: datetime
    reason: str
    failed: tuple[str, ...]

    @property
    def says(self) -> str:
        """As papers and lists print it."""
        when = timezone.localtime(self.at)
        return f"{self.by} ghi đè kết luận lúc {when:%H:%M ngày %d/%m/%Y}. Lý do: {self.reason}"


def overrides_of(lines: Iterable[int]) -> dict[int, list[Overridden]]:
    """Every override of each line by id, on its whole way up, the oldest first: from the journal. One query."""
    kind = ContentType.objects.get_for_model(Nomination)
    rows = Event.objects.filter(kind="nomination.override", subject_type=kind, subject_id__in=[str(pk) for pk in lines])
    found: dict[int, list[Overridden]] = defaultdict(list)
    for row in rows.select_related("by").order_by("seq"):
        failed = row.changes.get("failed", [[]])[0]
        found[int(row.subject_id)].append(Overridden(str(row.by), row.at, row.note, tuple(failed)))
    return found


def files_of_submissions(submissions: Iterable[int]) -> dict[int, list[Attachment]]:
    """The files now attached to each tờ trình, oldest first."""
    return _files(Submission, submissions)


def files_of_lines(lines: Iterable[int]) -> dict[int, list[Attachment]]:
    """The files now attached to each line itself, oldest first."""
    return _files(Nomination, lines)


def lines_with_report(lines: Sequence[Nomination]) -> frozenset[int]:
    """Lines that have a report of achievements: their own file, or one for the whole tờ trình."""
    own = _attached(Nomination, {line.pk for line in lines})
    shared = _attached(Submission, {line.submission_id for line in lines})
    return frozenset(line.pk for line in lines if line.pk in own or line.submission_id in shared)


def lines_noticed(lines: Sequence[Nomination]) -> frozenset[int]:
    """Lines that stood on a public notice which has ended."""
    rows = NoticeItem.objects.filter(nomination__in=[line.pk for line in lines], notice__closed_at__isnull=False)
    return frozenset(rows.values_list("nomination", flat=True))


def last_days(submissions: Iterable[int]) -> dict[int, date | None]:
    """Until when the campaign of each tờ trình takes dossiers; None: no such day is set."""
    rows = Submission.objects.filter(pk__in=set(submissions))
    return dict(rows.values_list("pk", "campaign__nomination_closes_on"))


def own_subjects(user: User, day: date) -> tuple[frozenset[int], frozenset[int]]:
    """The person `user` is, and the collectives that person heads on `day`: (person ids, unit ids)."""
    people = frozenset(Person.objects.filter(user=user).values_list("pk", flat=True))
    headed = Posting.objects.filter(in_force(day), person__in=people, is_head=True).values_list("unit", flat=True)
    return people, frozenset(headed)


def held_evidence(lines: Iterable[int]) -> dict[int, list[Evidence]]:
    """The frozen parts of each line's dossier."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    for row in Evidence.objects.filter(nomination__in=list(lines)).select_related("attachment").order_by("id"):
        found[row.nomination_id].append(row)
    return found


def _attached(model: type[Nomination] | type[Submission], keys: set[int]) -> set[int]:
    rows = _present(model, keys).filter(kind=REPORT)
    return set(rows.values_list("subject_id", flat=True))


def _files(model: type[Nomination] | type[Submission], keys: Iterable[int]) -> dict[int, list[Attachment]]:
    found: dict[int, list[Attachment]] = defaultdict(list)
    for row in _present(model, set(keys)).order_by("id"):
        found[row.subject_id].append(row)
    return found


def _present(model: type[Nomination] | type[Submission], keys: set[int]) -> QuerySet[Attachment]:
    kind = ContentType.objects.get_for_model(model)
    return Attachment.objects.filter(subject_type=kind, subject_id__in=keys, removed_at=None)
