"""Everything that stands between a draft and “Gửi”, at once: the same guards the act itself asks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from awards import conflicts, facts
from awards.conflicts import Cap, Conflict
from awards.eligibility import Summary, judge_lines, summary
from awards.models import Nomination, Submission
from awards.models.evidence import FILE_KINDS, LETTER, MINUTES
from awards.services import steps
from awards.states import NominationState
from awards.workflow import MOVES, Known, has_report, is_explained, is_in_time, is_not_in_conflict, known_of
from core.workflow import Attempt, Refused

#: From so many lines on, one sentence stands for all of them.
FOLD = 3


@dataclass(frozen=True)
class Obstacle:
    """What is wrong, what to do about it, and where. `severity`: block or warn."""

    severity: str
    says: str
    cure: str
    url: str
    about: str = ""
    line: int | None = None
    waived_by: str = ""

    @property
    def blocks(self) -> bool:
        """Must it be cured before sending?"""
        return self.severity == "block"


@dataclass
class Check:
    """A draft held against everything that will be asked when it is sent."""

    lines: list[Nomination] = field(default_factory=list)
    verdicts: dict[int, Summary] = field(default_factory=dict)
    obstacles: list[Obstacle] = field(default_factory=list)
    caps: list[Cap] = field(default_factory=list)

    def shown(self, page: str) -> list[Obstacle]:
        """All obstacles for a panel, what blocks first."""
        return folded(self.obstacles, page)

    @property
    def blocking(self) -> list[Obstacle]:
        """What must be cured."""
        return [found for found in self.obstacles if found.blocks]

    @property
    def warnings(self) -> list[Obstacle]:
        """What may be sent as it is, knowingly."""
        return [found for found in self.obstacles if not found.blocks]


def of_submission(submission: Submission, *, by: User, at: datetime) -> Check:
    """Judge the draft's lines as they are now and collect every obstacle; constant queries."""
    day = timezone.localdate(at)
    lines = steps.lines_of(submission.nominations.filter(state=NominationState.DRAFT))
    for pk, judged in judge_lines(lines, day).items():
        line = next(row for row in lines if row.pk == pk)
        line.verdict = judged.verdict
    check = Check(lines=lines, verdicts={line.pk: summary(line.verdict) for line in lines})
    check.caps = conflicts.caps_of(submission, lines, day)
    check.obstacles = [*_of_the_whole(submission, check, at)]
    known = known_of(lines, scope=submission.unit, by=by, at=at)
    for line in lines:
        check.obstacles += _of_line(line, known, by=by, at=at)
    return check


def folded(obstacles: Sequence[Obstacle], page: str) -> list[Obstacle]:
    """The same sentence about three lines or more becomes one, with the number of lines."""
    groups: dict[tuple[str, str, str], list[Obstacle]] = {}
    for found in obstacles:
        groups.setdefault((found.severity, found.says, found.cure), []).append(found)
    shown = []
    for group in groups.values():
        if len(group) < FOLD or group[0].line is None:
            shown += group
        else:
            shown.append(replace(group[0], about=f"{len(group)} hồ sơ", line=None, url=page))
    return sorted(shown, key=lambda found: not found.blocks)


def of_line(line: Nomination, *, by: User, at: datetime) -> list[Obstacle]:
    """What stands between one draft or returned line and sending it."""
    known = known_of([line], scope=line.submission.unit, by=by, at=at)
    return _of_line(line, known, by=by, at=at)


def _of_the_whole(submission: Submission, check: Check, at: datetime) -> list[Obstacle]:
    page = reverse("awards:submission", args=[submission.pk])
    found = []
    if not check.lines:
        found.append(
            Obstacle("block", "Tờ trình chưa có cá nhân, tập thể nào.", "Thêm ít nhất một dòng.", f"{page}#them")
        )
    closes = submission.campaign.nomination_closes_on
    if closes and timezone.localdate(at) > closes:
        says = f"Đã hết hạn trình hồ sơ ngày {closes:%d/%m/%Y}."
        found.append(Obstacle("block", says, "Liên hệ nơi phát động để xin gia hạn.", page))
    kinds = {file.kind for file in facts.files_of_submissions([submission.pk])[submission.pk]}
    for kind in (LETTER, MINUTES):
        if kind not in kinds:
            cure = "Tải tệp lên; thiếu thì nơi thẩm định có thể trả lại."
            found.append(Obstacle("warn", f"Chưa có {FILE_KINDS[kind].lower()}.", cure, f"{page}#tep"))
    return found + [_of_conflict(conflict, f"{page}#dong", "") for conflict in conflicts.of_caps(check.caps)]


def _of_line(line: Nomination, known: Known, *, by: User, at: datetime) -> list[Obstacle]:
    page = reverse("awards:line_edit", args=[line.pk])
    about = f"{line.shown_name}, {line.entry.label}"
    found = []
    for guard in MOVES["submit"].guards:
        if guard in (is_in_time, is_not_in_conflict):
            continue
        try:
            guard(Attempt(line, by, at, "", known))
        except Refused as reason:
            found.append(_of_guard(guard, str(reason), page, about, line))
    told = (conflict for conflict in known.conflicts.get(line.pk, ()) if conflict.severity != conflicts.INFO)
    found += [_of_conflict(conflict, page, about, line) for conflict in told]
    if line.verdict and line.verdict["outcome"] == "undetermined":
        says = f"{summary(line.verdict).unknown} điều kiện máy chưa biết."
        cure = "Bổ sung dữ liệu hoặc tài liệu; gửi được, người thẩm định sẽ xác nhận."
        found.append(Obstacle("warn", says, cure, page, about, line.pk))
    return found


def _of_guard(guard: Callable[[Attempt], None], reason: str, page: str, about: str, line: Nomination) -> Obstacle:
    anchors: dict[Callable[[Attempt], None], str] = {has_report: "#tep", is_explained: "#id_explanation"}
    says, _, cure = reason.partition(". ")
    return Obstacle("block", f"{says.rstrip('.')}.", cure, f"{page}{anchors.get(guard, '')}", about, line.pk)


def _of_conflict(conflict: Conflict, page: str, about: str, line: Nomination | None = None) -> Obstacle:
    severity = "block" if conflict.blocks else "warn"
    return Obstacle(severity, conflict.says, conflict.cure, page, about, line.pk if line else None, conflict.waived_by)


def grouped(obstacles: Sequence[Obstacle]) -> dict[int | None, list[Obstacle]]:
    """Obstacles by line; None holds those of the whole tờ trình."""
    found: dict[int | None, list[Obstacle]] = {}
    for obstacle in obstacles:
        found.setdefault(obstacle.line, []).append(obstacle)
    return found
