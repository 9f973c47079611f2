"""Questions of law in, answers out: the engine behind ``manage.py ask``."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from rulebook import codes, engine
from rulebook.asking import Override
from rulebook.book import load
from rulebook.catalogue import awards
from rulebook.errors import BookError, NoValue, QuestionError
from rulebook.facts import Collective, Individual
from rulebook.reading import Fields
from rulebook.subjects import collective, individual
from rulebook.values import Cite


def answer_text(text: str) -> str:
    """The JSON list of answers to a JSON list of questions (or to one question); QuestionError if unreadable."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise QuestionError("?", "(tệp)", f"không đọc được JSON: {error}") from None
    if isinstance(content, dict):
        content = [content]
    if not isinstance(content, list):
        raise QuestionError("?", "(tệp)", "phải là một danh sách câu hỏi […]")
    return json.dumps(answer_all(content), ensure_ascii=False, indent=2)


def answer_all(questions: Iterable[Any]) -> list[dict[str, Any]]:
    """The answers in the order asked; the first question that cannot be read raises QuestionError."""
    return [_answer(position, content) for position, content in enumerate(questions, 1)]


def _answer(position: int, content: Any) -> dict[str, Any]:
    fields = Fields(f"thứ {position}", content)
    identity = fields.content.get("id")
    if isinstance(identity, bool) or not isinstance(identity, str | int) or identity == "":
        raise fields.fail("id", "thiếu hoặc không phải là chữ")
    fields = Fields(str(identity), content)
    kind = fields.choice("kind", KINDS)
    try:
        return {"id": identity, **KINDS[kind](fields)}
    except NoValue as error:
        raise fields.fail("", str(error)) from None


def _eligibility(fields: Fields) -> dict[str, Any]:
    subject = fields.choice("subject", codes.SUBJECTS)
    read, known = (individual, Individual) if subject == "individual" else (collective, Collective)
    facts = fields.object(subject)
    award = fields.choice("award", awards())
    kind = fields.choice("type", codes.TYPES) if awards()[award].group != "badge" else "merit"
    verdict = engine.judge(
        award=award,
        subject=subject,
        type=kind,
        year=fields.year("year"),
        governing_day=fields.day("governing_day"),
        facts=read(facts),
        overrides=_overrides(fields),
    )
    ignored = facts.unknown_keys(field.name for field in dataclasses.fields(known))
    return {**verdict.as_dict(), "ignored": ignored} if ignored else verdict.as_dict()


def _vote(fields: Fields) -> dict[str, Any]:
    award, day = fields.choice("award", awards()), fields.day("governing_day")
    members, present, yes = fields.integer("members"), fields.integer("present"), fields.integer("yes")
    recused, written = fields.integer("recused", 0), fields.integer("written_yes", 0)
    if members < 1:
        raise fields.fail("members", "hội đồng phải có ít nhất một thành viên")
    limits = {"present": (present, members), "recused": (recused, members), "yes": (yes, present)}
    limits["written_yes"] = (written, members - present)
    for name, (count, most) in limits.items():
        if count > most:
            raise fields.fail(name, f"{count} lớn hơn số người có thể ({most})")
    if yes + written > members - recused:
        raise fields.fail("yes", "số phiếu đồng ý nhiều hơn số thành viên được biểu quyết")
    result = engine.vote(
        award,
        day,
        members=members,
        present=present,
        yes=yes,
        recused=recused,
        written_yes=written,
        overrides=_overrides(fields),
    )
    return result.as_dict()


def _quota(fields: Fields) -> dict[str, Any]:
    award, day = fields.choice("award", awards()), fields.day("governing_day")
    return engine.quota(award, day, fields.integer("base"), fields.integer("proposed"), _overrides(fields)).as_dict()


def _money(fields: Fields) -> dict[str, Any]:
    award, holder = fields.choice("award", awards()), fields.choice("holder", codes.SUBJECTS)
    return engine.money(award, holder, fields.day("decided_on"), _overrides(fields)).as_dict()


def _notice(fields: Fields) -> dict[str, Any]:
    award, opens, closes = fields.choice("award", awards()), fields.day("opens"), fields.day("closes")
    if closes < opens:
        raise fields.fail("closes", "ngày kết thúc đứng trước ngày bắt đầu")
    if (closes - opens).days > 3660:
        raise fields.fail("closes", "thời gian công khai dài quá mười năm; hãy kiểm tra lại ngày")
    return engine.notice(award, opens, closes, _overrides(fields)).as_dict()


KINDS: dict[str, Callable[[Fields], dict[str, Any]]] = {
    "eligibility": _eligibility,
    "vote": _vote,
    "quota": _quota,
    "money": _money,
    "notice": _notice,
}


def _overrides(fields: Fields) -> tuple[Override, ...]:
    return tuple(_override(entry) for entry in fields.objects("overrides")) if fields.has("overrides") else ()


def _override(entry: Fields) -> Override:
    parameters = load().parameters
    code = entry.choice("parameter", parameters)
    cite = tuple(Cite(item.text("doc"), item.text("at")) for item in entry.objects("cite"))
    if not cite:
        raise entry.fail("cite", "giá trị thay thế phải có căn cứ")
    start: date = entry.day("from")
    end: date | None = entry.day("to", None)
    if end is not None and end < start:
        raise entry.fail("to", "ngày cuối đứng trước ngày đầu")
    status = entry.choice("status", dict.fromkeys(sorted(codes.STATUSES)), "confirmed")
    override = Override(code, start, entry.content.get("value"), cite, entry.text("by"), end, status)
    try:
        override.as_value(load())
    except BookError as error:
        raise entry.fail("value", error.says) from None
    return override
