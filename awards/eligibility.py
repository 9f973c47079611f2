"""Lines held against the rule book: verdicts for many at once, and how a verdict is summed up in words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from awards.models import Nomination
from history.eligibility import judge_units, overrides
from history.facts import facts_of_people, facts_of_units
from rulebook import engine, sources
from rulebook.book import load
from rulebook.engine import Override, Verdict
from rulebook.findings import ELIGIBLE, NOT_ELIGIBLE
from units.models import Unit

Stored = dict[str, Any]


@dataclass(frozen=True)
class Judged:
    """A verdict with the facts it rests on, both as they are frozen."""

    verdict: Stored
    facts: Stored


@dataclass(frozen=True)
class Summary:
    """A verdict in a few words: `kind` is the chip's, `met` of `total` conditions hold."""

    kind: str
    text: str
    met: int = 0
    total: int = 0
    failed: int = 0
    unknown: int = 0


def judge_lines(lines: Sequence[Nomination], day: date) -> dict[int, Judged]:
    """The verdict on each line by id under the law of `day`; queries do not grow with the lines.

    A line with a governing day of its own (sent once already) is judged under that day's law.
    """
    people = {line.person_id: line.person for line in lines if line.person}
    facts = facts_of_people(people.values()) if people else {}
    laid = overrides()
    judged = {
        line.pk: Judged(_verdict(line, day, facts[line.person_id], laid).as_dict(), _plain(facts[line.person_id]))
        for line in lines
        if line.person_id
    }
    return judged | _judge_collectives([line for line in lines if line.collective_id], day)


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


def _verdict(line: Nomination, day: date, facts: Any, laid: Iterable[Override]) -> Verdict:
    return engine.judge(line.award, "individual", line.type, line.year, line.governing_day or day, facts, laid)


def _judge_collectives(lines: Sequence[Nomination], day: date) -> dict[int, Judged]:
    groups: dict[tuple[str, str, int, date], list[Nomination]] = defaultdict(list)
    for line in lines:
        groups[line.award, line.type, line.year, line.governing_day or day].append(line)
    found: dict[int, Judged] = {}
    for (award, type_, year, when), members in groups.items():
        units: list[Unit] = [line.collective for line in members if line.collective]
        verdicts = judge_units(units, award, year, when, type_)
        facts = facts_of_units(units, year, when)
        for line in members:
            held = line.collective_id or 0
            found[line.pk] = Judged(verdicts[held].as_dict(), _plain(facts[held]))
    return found


def _plain(facts: Any) -> Stored:
    """Facts as JSON keeps them: days as ISO text, mappings with text keys."""
    return {name: _value(value) for name, value in asdict(facts).items()}


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): _value(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_value(item) for item in value]
    return value
