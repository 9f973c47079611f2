"""Drafting a decision from what a council has passed, and editing the draft."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from awards.models import Nomination
from core import journal
from core.act import act
from core.vietnamese import search_key, sort_key
from core.workflow import Refused, compare_version, lock
from council.models import Session
from decisions import selectors
from decisions.facts.order import shared_out
from decisions.models import Decision, DecisionLine
from decisions.papers import words
from decisions.states import OPEN, DecisionState
from documents.papers.wording import legal_base, places_in
from rulebook import catalogue, engine
from units.models import Unit
from units.selectors import parent_of

#: States in which the words may change.
EDITABLE = (
    "title", "place", "issuer_above", "issuer_name", "legal_bases", "articles", "sent_to",
    "authority_form", "authority_post", "signer_post", "signer_name", "signer",
)  # fmt: skip


@act
def draft_from_session(*, session: Session, awards: Sequence[str] = (), by: User, at: datetime) -> Decision:
    """One draft for all undecided lines a session has passed, or for some `awards` only."""
    chosen = [line.pk for line in selectors.undecided_of(session) if not awards or line.award in awards]
    return draft_from_lines(session=session, chosen=chosen, split="mot", by=by, at=at)[0]


@act
def draft_from_lines(*, session: Session, chosen: Sequence[int], split: str, by: User, at: datetime) -> list[Decision]:
    """Drafts for the `chosen` undecided lines of a session, shared out by one of `facts.order.SPLITS`.

    Raises Refused when nothing is left to decide, PermissionDenied without the right.
    """
    unit = session.council.unit
    policy.check(by, Permission.DECISION_DRAFT, unit)
    lock(session)
    wanted = set(chosen)
    lines = [line for line in selectors.undecided_of(session) if line.pk in wanted]
    if not lines:
        raise Refused("Phiên họp này không còn hồ sơ đạt nào chưa có quyết định.")
    return [_draft(session, group, split, by=by, at=at) for group in shared_out(lines, split)]


@act
def discard(*, decision: Decision, expected_version: int, by: User, at: datetime) -> None:
    """A draft without a number goes; its lines are free again. The journal keeps that it was there."""
    policy.check(by, Permission.DECISION_DRAFT, decision)
    held = lock(decision)
    compare_version(held, expected_version)
    if held.state != DecisionState.DRAFT:
        raise Refused("Chỉ xóa được dự thảo chưa cấp số. Số đã cấp thì hủy số có lý do ở sổ số quyết định.")
    journal.record(held, by=by, at=at, kind="decision.discard", changes={"lines": [held.lines.count(), 0]})
    held.lines.all().delete()
    for paper in held.documents.order_by("-pk"):  # of an earlier number, unsigned; each protects the one before it
        paper.delete()
    held.delete()


@act
def edit(*, decision: Decision, values: dict[str, Any], expected_version: int, by: User, at: datetime) -> Decision:
    """Change the words until the signer has them; a number that was given stays.

    Raises Refused later, or for a base not in force on the day of the number; Conflict on an old version.
    """
    policy.check(by, Permission.DECISION_DRAFT, decision)
    held = lock(decision)
    compare_version(held, expected_version, mine={str(key): value for key, value in values.items()})
    if held.state not in OPEN:
        raise Refused("Chỉ sửa được khi quyết định chưa trình ký. Người ký trả lại thì đồng chí sửa được.")
    if held.dated:
        check_bases(values.get("legal_bases", held.legal_bases), held.dated)
    changes = {}
    for name in EDITABLE:
        if name in values and getattr(held, name) != values[name]:
            changes[name] = [getattr(held, name), values[name]]
            setattr(held, name, values[name])
    held.version += 1
    fill_keys(held)
    held.save()
    journal.record(held, by=by, at=at, kind="decision.edit", changes=changes)
    return held


def _draft(session: Session, chosen: Sequence[Nomination], split: str, *, by: User, at: datetime) -> Decision:
    decision = _new(session, chosen, _whom(chosen, split), by=by, at=at)
    DecisionLine.objects.bulk_create(_line(decision, n, order) for order, n in enumerate(chosen, 1))
    changes = {"lines": [0, len(chosen)], "session": session.pk}
    journal.record(decision, by=by, at=at, kind="decision.draft", changes=changes)
    return decision


def _whom(chosen: Sequence[Nomination], split: str) -> str:
    """What tells the decisions of one session apart in their summaries."""
    if split == "doi-tuong":
        return "cho cá nhân" if chosen[0].person_id else "cho tập thể"
    return f"cho tập thể, cá nhân thuộc {chosen[0].submission.unit.name}" if split == "don-vi" else ""


def _new(session: Session, chosen: Sequence[Nomination], whom: str, *, by: User, at: datetime) -> Decision:
    unit, day = session.council.unit, timezone.localdate(at)
    above = parent_of(unit, day)
    year = max(nomination.year for nomination in chosen)
    awards = sorted({nomination.award for nomination in chosen}, key=lambda code: catalogue.award(code).order)
    signer, post = selectors.signers_of(unit).first(), selectors.head_post(unit, day)
    decision = Decision(
        unit=unit, session=session, campaign=chosen[0].submission.campaign, year=year,
        title=words.title(awards, year, whom), symbol=f"QĐ-{unit.issuing_code}" if unit.issuing_code else "QĐ",
        place=unit.place, issuer_name=unit.name, issuer_above=above.name if above else "",
        legal_bases=_bases(session, day),
        articles=words.articles(
            [(n.award, n.person_id is not None) for n in chosen], year, _money_place(chosen, day), unit.name
        ),
        sent_to=_sent_to(unit, by, day), authority_post=post, signer=signer,
        signer_name=signer.full_name if signer else "", drafted_by=by, drafted_at=at,
        **_authority(signer, post, day),
    )  # fmt: skip
    fill_keys(decision)
    decision.save()
    return decision


def _authority(signer: User | None, head: str, day: date) -> dict[str, str]:
    """A signer who is not the head signs for the head (KT.)."""
    posting = selectors.post_of(signer, day) if signer else None
    if posting is None or not head or posting.post == head:
        return {}
    return {"authority_form": "KT.", "signer_post": posting.post}


def _bases(session: Session, day: date) -> list[dict[str, str]]:
    laws = [{"number": s.number, "text": legal_base(s)} for s in catalogue.legal_bases(day, "decision")]
    held_on = timezone.localdate(session.held_at)
    return [*laws, {"number": "", "text": words.proposal_base(session.council.name, held_on)}]


def _money_place(chosen: Sequence[Nomination], day: date) -> str:
    sources = {source.number: source for source in catalogue.legal_bases(day, "decision")}
    kinds = {(n.award, n.person_id is not None) for n in chosen}
    found = []
    for award, is_person in sorted(kinds, key=lambda kind: catalogue.award(kind[0]).order):
        cites = engine.money(award, "individual" if is_person else "collective", day).cite
        found += [(cite.at, sources[cite.doc]) for cite in cites if cite.doc in sources][:1]
    return places_in(found) if found else ""


def _sent_to(unit: Unit, by: User, day: date) -> list[str]:
    posting = selectors.post_of(by, day)
    office = f", {posting.unit.short_name}" if posting else ""
    return ["Như Điều 3", f"Lãnh đạo {unit.short_name}", f"Lưu: VT{office}"]


def _line(decision: Decision, nomination: Nomination, order: int) -> DecisionLine:
    subject = nomination.person or nomination.collective
    return DecisionLine(
        decision=decision, order=order, nomination=nomination, award=nomination.award, type=nomination.type,
        person=nomination.person, collective=nomination.collective,
        name_printed=nomination.name_printed or str(subject), post_printed=nomination.post_printed,
        unit_printed=nomination.unit_printed, year=nomination.year,
        achievement_from=nomination.achievement_from, achievement_to=nomination.achievement_to,
        achievement=words.merit(nomination.award, nomination.year),
    )  # fmt: skip


def check_bases(bases: Sequence[Mapping[str, str]], day: date) -> None:
    """Raise Refused for a legal base not in force on `day`."""
    if expired := words.expired(bases, day):
        says = f"Căn cứ {', '.join(expired)} không có hiệu lực ngày {day:%d/%m/%Y}."
        raise Refused(f"{says} Đồng chí sửa căn cứ của dự thảo.")


def fill_keys(decision: Decision) -> None:
    decision.sort_key = sort_key(decision.title)[:600]
    decision.search_key = search_key(f"{decision.number_text} {decision.title}")[:600]
