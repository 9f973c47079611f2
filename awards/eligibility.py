"""Lines held against the rule book: verdicts for many at once, and how a verdict is summed up in words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from awards.models import Nomination
from history.eligibility import judge_units_for_all, overrides
from history.facts import facts_of_people, facts_of_units
from rulebook import engine, sources
from rulebook.book import load
from rulebook.findings import ELIGIBLE, NOT_ELIGIBLE
from units.models import Unit

Stored = dict[str, Any]

#: So many lines are judged at once when all of them are gone through.
LINES_AT_ONCE = 500


@dataclass(frozen=True)
class Judged:
    """A verdict with the facts it rests on, both as they are frozen."""

    verdict: Stored
    facts: Stored


@dataclass(frozen=True)
class Change:
    """A finding before and after; None where one of the two verdicts lacks it."""

    rule: str
    before: Stored | None
    after: Stored | None

    @property
    def matters(self) -> bool:
        """Whether what was found, its citation or its standing changed, and not only the words or numbers."""
        return any(_part(self.before, name) != _part(self.after, name) for name in ("met", "cite", "confirmed"))


@dataclass(frozen=True)
class Difference:
    """A line with two verdicts on it; `facts_changed` where its data is no longer that of the day it was sent."""

    line: Nomination
    before: Stored
    after: Stored
    facts_changed: bool

    @property
    def changes(self) -> list[Change]:
        """What changed beyond mere words."""
        return [change for change in changes(self.before, self.after) if change.matters]

    @property
    def differs(self) -> bool:
        """Whether the outcome or any finding is another."""
        return bool(self.before["outcome"] != self.after["outcome"] or self.changes)


@dataclass(frozen=True)
class Summary:
    """A verdict in a few words: `kind` is the chip's, `met` of `total` conditions hold."""

    kind: str
    text: str
    met: int = 0
    total: int = 0
    failed: int = 0
    unknown: int = 0


def judge_lines(lines: Sequence[Nomination], day: date, *, always: bool = False) -> dict[int, Judged]:
    """The verdict on each line by id under the law of `day`; queries do not grow with the lines.

    A line with a governing day of its own (sent once already) is judged under that day's law, unless `always`.
    """
    governing = {line.pk: day if always else line.governing_day or day for line in lines}
    people = {line.person_id: line.person for line in lines if line.person}
    facts = facts_of_people(people.values()) if people else {}
    laid = overrides()
    judged = {
        line.pk: Judged(
            engine.judge(
                line.award, "individual", line.type, line.year, governing[line.pk], facts[line.person_id], laid
            ).as_dict(),
            _plain(facts[line.person_id]),
        )
        for line in lines
        if line.person_id
    }
    return judged | _judge_collectives([line for line in lines if line.collective_id], governing)


def differences(
    lines: QuerySet[Nomination], day: date, *, law: date | None = None, against: date | None = None
) -> Iterator[Difference]:
    """What the book says now of each line, beside what it said when the line was sent; nothing is written.

    Each line is judged under its own day's law, or under that of `law`; `against` takes the law of that day in the
    place of the frozen verdict. A fixed number of queries for each set of lines, whose rows alone are held.
    """
    rows = lines.select_related("person", "collective", "submission__unit").order_by("pk")
    last, found = 0, list(rows[:LINES_AT_ONCE])
    while found:
        now = judge_lines(found, law or day, always=law is not None)
        then = judge_lines(found, against, always=True) if against else {}
        for line in found:
            before = then[line.pk].verdict if against else line.verdict
            if before is not None:
                yield Difference(line, before, now[line.pk].verdict, line.facts != now[line.pk].facts)
        last = found[-1].pk
        found = list(rows.filter(pk__gt=last)[:LINES_AT_ONCE]) if len(found) == LINES_AT_ONCE else []


def changes(before: Stored, after: Stored) -> list[Change]:
    """The findings that two verdicts do not share, in the order of the later one, those it dropped last."""
    old, new = _by_rule(before), _by_rule(after)
    pairs = [Change(rule, old.get((rule, place)), item) for (rule, place), item in new.items()]
    pairs += [Change(rule, item, None) for (rule, place), item in old.items() if (rule, place) not in new]
    return [pair for pair in pairs if pair.before != pair.after]


def _by_rule(verdict: Stored) -> dict[tuple[str, int], Stored]:
    """Findings by the name of their condition; a name that stands twice is told apart by its place."""
    found: dict[tuple[str, int], Stored] = {}
    seen: dict[str, int] = defaultdict(int)
    for item in verdict["findings"]:
        found[item["rule"], seen[item["rule"]]] = item
        seen[item["rule"]] += 1
    return found


def summary(verdict: Stored | None) -> Summary:
    """“Đủ 6/6”, “Thiếu 1, chờ 1”, “Không đủ”: unknown is never shown as failed."""
    if verdict is None:
        return Summary("", "Chưa kiểm tra")
    states = [finding["met"] for finding in verdict["findings"]]
    met, failed, unknown = states.count(True), states.count(False), states.count(None)
    total = len(states)
    if verdict["outcome"] == ELIGIBLE:
        text = f"Đủ {met}/{total}" if total else "Do người xét xác nhận"
        return Summary("ok", text, met, total)
    if verdict["outcome"] == NOT_ELIGIBLE:
        waiting = f", chờ {unknown}" if unknown else ""
        text = f"Thiếu {failed}{waiting}" if met or unknown else "Không đủ"
        return Summary("err", text, met, total, failed, unknown)
    return Summary("warn", f"Chờ xác minh {unknown}", met, total, 0, unknown)


def failed_sentences(verdict: Stored | None) -> list[str]:
    """What the machine found not met."""
    return [finding["says"] for finding in (verdict or {}).get("findings", ()) if finding["met"] is False]


def failed_names(award: str, verdict: Stored | None) -> list[str]:
    """The conditions found not met, by their names in the book."""
    failed = (finding for finding in (verdict or {}).get("findings", ()) if finding["met"] is False)
    return [name_of(award, finding["rule"]) or finding["says"].rstrip(".") for finding in failed]


def name_of(award: str, rule: str) -> str:
    """What the book calls a condition of an award; empty for findings that are no condition of the book."""
    known = load().parameters
    found = known.get(f"{award}.{rule}") or known.get(f"bars.{rule}")
    return found.meaning if found else ""


def unknown_sentences(verdict: Stored | None) -> list[str]:
    """What the machine could not know."""
    return [finding["says"] for finding in (verdict or {}).get("findings", ()) if finding["met"] is None]


def cite_text(cites: Iterable[dict[str, str]]) -> str:
    """“Điều 22, Luật Thi đua, khen thưởng (06/2022/QH15)”, one after the other."""
    known: dict[str, sources.Source] = dict(load().sources)
    return "; ".join(_one_cite(cite, known) for cite in cites)


def _one_cite(cite: dict[str, str], known: dict[str, sources.Source]) -> str:
    source = known.get(cite["doc"])
    if source is None or source.kind == "reading":
        return f"{cite['doc']}, {cite['at']}"
    kinds = {"law": "Luật", "decree": "Nghị định", "circular": "Thông tư", "resolution": "Nghị quyết"}
    return f"{cite['at']} {kinds.get(source.kind, 'văn bản')} {cite['doc']}"


def _judge_collectives(lines: Sequence[Nomination], governing: dict[int, date]) -> dict[int, Judged]:
    """Queries grow with the years and governing days there are, not with lines or awards."""
    groups: dict[tuple[str, int, date], list[Nomination]] = defaultdict(list)
    for line in lines:
        groups[line.type, line.year, governing[line.pk]].append(line)
    found: dict[int, Judged] = {}
    for (type_, year, when), members in groups.items():
        units: list[Unit] = list({line.collective_id: line.collective for line in members if line.collective}.values())
        verdicts = judge_units_for_all(units, sorted({line.award for line in members}), year, when, type_)
        facts = facts_of_units(units, year, when)
        for line in members:
            held = line.collective_id or 0
            found[line.pk] = Judged(verdicts[held][line.award].as_dict(), _plain(facts[held]))
    return found


def _plain(facts: Any) -> Stored:
    """Facts as JSON keeps them: days as ISO text, mappings with text keys."""
    return {name: _value(value) for name, value in asdict(facts).items()}


def _part(finding: Stored | None, name: str) -> Any:
    return finding[name] if finding else "không có"


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): _value(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_value(item) for item in value]
    return value
