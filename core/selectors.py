"""What a user may see of jobs, notifications and the journal."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from core.models import Event, Job, Notification


def jobs_of(user: User) -> QuerySet[Job]:
    """The whole jobs (not their parts) that `user` asked for, newest first."""
    return Job.objects.filter(by=user, parent=None).order_by("-created_at", "-id")


def may_see(user: User | AnonymousUser, subject: Any) -> bool:
    """The subject decides: by `may_be_read_by(user)` if it says so itself, else by its scope and the right
    that its class names in `view_permission`; what names neither nobody sees.
    """
    if hasattr(subject, "may_be_read_by"):
        return bool(subject.may_be_read_by(user))
    permission = getattr(subject, "view_permission", None)
    return permission is not None and policy.can(user, permission, subject)


def may_see_job(user: User, job: Job) -> bool:
    """One's own jobs, and those about a subject one may see."""
    return job.by_id == user.pk or may_see(user, job.subject)


def may_steer_job(user: User, job: Job) -> bool:
    """Pause, resume, cancel, retry: who asked for it, and who has the right that the subject's class names
    in `steer_permission`, as the asking may have come with another's act.
    """
    permission = getattr(job.subject, "steer_permission", None)
    return job.by_id == user.pk or (permission is not None and policy.can(user, permission, job.subject))


def failed_parts(job: Job) -> list[dict[str, str]]:
    """Everything that went wrong in a job: rows named by its workers, and parts that gave up."""
    rows = [dict(row) for row in job.failures]
    for part in job.children.filter(Q(state="failed") | ~Q(failures=[])).order_by("pk")[:200]:
        rows.extend(dict(row) for row in part.failures)
        if part.state == "failed":
            rows.append({"what": part.title, "why": part.error, "cure": "Thử lại phần lỗi."})
    return rows


def counted(job: Job) -> tuple[int, int]:
    """Units done and in all, over the job and its parts."""
    parts = list(job.children.values_list("done_units", "total_units"))
    if not parts:
        return job.done_units, job.total_units
    return sum(done for done, _ in parts), sum(total for _, total in parts)


def notifications_of(user: User) -> QuerySet[Notification]:
    """One's own lines, newest first."""
    return Notification.objects.filter(user=user).order_by("-at", "-id")


def unread_count(user: User) -> int:
    """How many lines wait under the bell."""
    return Notification.objects.filter(user=user, read_at=None).count()


def journal_visible_to(user: User) -> QuerySet[Event]:
    """The whole journal for those who may read it, nothing for others."""
    rows = Event.objects.select_related("by", "subject_type").order_by("-seq")
    return rows if policy.holds(user, Permission.JOURNAL_VIEW) else rows.none()


def journal_acts() -> dict[str, str]:
    """The acts that stand in the journal, code -> words, in the order of the words."""
    named: dict[str, str] = import_string(settings.JOURNAL_WORDS)()
    kinds = Event.objects.order_by().values_list("kind", flat=True).distinct()
    return dict(sorted(((kind, named.get(kind, kind)) for kind in kinds), key=lambda row: row[1]))
