"""What is known of lines beside their own rows, for many at once and in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from accounts.models import User
from awards.models import Evidence, Nomination, NoticeItem, Submission
from awards.models.evidence import REPORT
from documents.models import Attachment
from units.models import Person, Posting
from units.selectors import in_force


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
