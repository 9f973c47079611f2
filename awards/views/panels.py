"""Rows and facts shaped for the shared components: what a panel shows of a line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from awards import eligibility, facts
from awards.conflicts import Cap, Conflict
from awards.models import Nomination
from awards.models.evidence import FILE_KINDS, Part, parts_of
from awards.states import EDITABLE
from documents.models import Attachment
from history.models import Grant
from history.states import GrantState
from rulebook import catalogue

MET = {True: "đạt", False: "không đạt", None: "chưa xác định"}

#: Who may waive a finding is said in words beside it.
SEVERITIES = {"block": False, "warn": None, "info": True}

Shown = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """The panel “Kết luận điều kiện”."""

    findings: list[Shown]
    people: list[Shown]
    kind: str
    status: str
    foot: str
    confirmed: bool
    differences: Sequence[Shown] = ()


def verdict_of(line: Nomination, stored: Shown | None, checked: str) -> Verdict:
    """A verdict as the panel shows it; `checked` says when and under which book."""
    if stored is None:
        return Verdict([], [], "", "Chưa kiểm tra", checked, confirmed=True)
    summary = eligibility.summary(stored)
    people = [
        {"says": item["says"], "law": eligibility.cite_text(item["cite"])}
        for item in stored["to_be_confirmed_by_people"]
    ]
    return Verdict(
        [finding(item, line.award) for item in stored["findings"]],
        people,
        summary.kind,
        _in_words(summary),
        checked,
        stored["confirmed"],
        differences(line),
    )


def differences(line: Nomination) -> list[Shown]:
    """What the check on demand found otherwise than the frozen verdict, condition by condition."""
    if not line.rechecked or not line.verdict:
        return []
    return [_difference(item, line.award) for item in eligibility.changes(line.verdict, line.rechecked["verdict"])]


def _difference(change: eligibility.Change, award: str) -> Shown:
    before, after = change.before, change.after
    shown = after or before or {}
    name = eligibility.name_of(award, change.rule) or _sentence(shown["says"])
    if after is None:
        return {"met": None, "says": name, "found": "Nay không còn là điều kiện.", "law": "", "confirmed": True}
    was = (
        f"Khi trình {MET[before['met']]}: {_sentence(before['says'])}."
        if before
        else "Khi trình chưa có điều kiện này."
    )
    found = f"{was} Nay {MET[after['met']]}: {_sentence(after['says'])}."
    law = eligibility.cite_text(after["cite"])
    return {"met": after["met"], "says": name, "found": found, "law": law, "confirmed": after["confirmed"]}


def finding(item: Shown, award: str = "") -> Shown:
    """One finding for components/findings.html: the book's name of the condition, then what was found.

    Parts of “all of” and “any of” stand as a sub-list.
    """
    parts = [finding(part) for part in [*item.get("any_of", ()), *item.get("all_of", ())]]
    name, says = eligibility.name_of(award, item["rule"]), _sentence(item["says"])
    return {
        "met": item["met"],
        "says": name or says,
        "found": says if name and len(parts) < 2 else "",
        "law": eligibility.cite_text(item["cite"]),
        "confirmed": item["confirmed"],
        "any_of": parts if len(parts) > 1 else [],
    }


def conflict(item: Conflict, line: Nomination) -> Shown:
    """A conflict as a finding: blocking ones as not met, warnings as open; who waived it, or who may."""
    found = item.cure
    if item.blocks and item.waived_by:
        waived = f"Đã bỏ qua theo ghi đè của {line.override_by}: {line.override_reason}"
        found = waived if line.override_by else f"{item.cure} Người được bỏ qua: {item.waived_by}."
    return {
        "met": SEVERITIES[item.severity],
        "says": item.says,
        "found": found,
        "law": eligibility.cite_text(item.cite),
        "confirmed": item.confirmed,
        "url": reverse("awards:nomination", args=[item.other]) if item.other else "",
        "url_text": "Mở hồ sơ kia",
    }


def checked_at(line: Nomination) -> str:
    """When the verdict shown was made, and under which law's day."""
    law = f" theo pháp luật áp dụng ngày {line.governing_day:%d/%m/%Y}" if line.governing_day else ""
    if line.rechecked:
        at = timezone.localtime(datetime.fromisoformat(line.rechecked["at"]))
        return f"{line.rechecked['by_name']} cho kiểm tra lại lúc {at:%H:%M ngày %d/%m/%Y}{law}."
    if line.verdict is None:
        return f"Máy kiểm tra trên dữ liệu hiện có{law}."
    sent = line.submission.sent_at
    when = f" lúc {timezone.localtime(sent):%H:%M ngày %d/%m/%Y}" if sent else ""
    return f"Máy kiểm tra khi trình{when}{law}; kết luận đã khóa."


def parts(line: Nomination) -> list[Shown]:
    """“Thành phần hồ sơ”: every paper the law asks for, and what else was attached."""
    own = facts.files_of_lines([line.pk])[line.pk]
    shared = facts.files_of_submissions([line.submission_id])[line.submission_id]
    held = {row.kind: row for row in facts.held_evidence([line.pk])[line.pk] if row.held_as}
    rows, wanted = [], parts_of(line.award, line.governing_day or timezone.localdate())
    for part in wanted:
        files = [*(own if part.on_line else ()), *(shared if part.on_submission else ())]
        present = [file for file in files if file.kind == part.kind]
        if present:
            rows += [_file(part.label, file) for file in present]
        elif part.kind in held:
            rows.append({"title": part.label, "hint": held[part.kind].held_as, "kind": "ok", "status": "Tự có"})
        elif part.held and line.state in EDITABLE:
            rows.append(
                {"title": part.label, "hint": "Lấy từ hệ thống khi gửi, không cần nộp", "kind": "ok", "status": "Tự có"}
            )
        elif not part.held:
            rows.append(_missing(part))
    kinds = {part.kind for part in wanted}
    return rows + [_file(FILE_KINDS.get(file.kind, file.kind), file) for file in own if file.kind not in kinds]


def missing_labels(rows: Iterable[Shown]) -> list[str]:
    """Names of the parts that are not there."""
    return [row["title"] for row in rows if row["status"] == "Thiếu"]


def count_of(rows: Iterable[Shown], *statuses: str) -> int:
    """How many parts stand so."""
    return sum(row["status"] in statuses for row in rows)


def files(rows: Sequence[Attachment]) -> list[Shown]:
    """Files of a tờ trình or a line, with the id of each."""
    return [_file(FILE_KINDS.get(file.kind, file.kind), file) | {"pk": file.pk} for file in rows]


def events(grants: Iterable[Grant]) -> list[Shown]:
    """Honours received, for the timeline."""
    return [_event(row) for row in grants]


def meters(caps: Iterable[Cap]) -> list[Shown]:
    """Caps on numbers: red over a confirmed one, amber where nothing can be said."""
    return [_meter(cap) for cap in caps]


def _in_words(summary: eligibility.Summary) -> str:
    if not summary.failed and not summary.unknown:
        return f"Đủ {summary.met}/{summary.total} điều kiện" if summary.total else summary.text
    said = []
    if summary.failed:
        said.append(f"{summary.failed} điều kiện thiếu")
    if summary.unknown:
        said.append(f"{summary.unknown} chờ xác minh")
    return f"{'Chưa đủ' if summary.failed else 'Chưa xác định'}: {', '.join(said)}"


def _sentence(says: str) -> str:
    return says[:1].upper() + says[1:]


def _missing(part: Part) -> Shown:
    """A paper that is not there: a fault, unless the law asks for it only where the case calls for it."""
    hint = eligibility.cite_text([cite.as_dict() for cite in part.cite])
    if part.if_relevant:
        return {"title": part.label, "hint": hint, "kind": "", "status": "Nếu có"}
    return {"title": part.label, "hint": hint, "kind": "err" if part.obligatory else "warn", "status": "Thiếu"}


def _file(label: str, file: Attachment) -> Shown:
    kind = {"application/pdf": "PDF", "image/jpeg": "JPG", "image/png": "PNG"}.get(
        file.mime, file.name.rsplit(".", 1)[-1].upper()
    )
    said = [f"{kind} ký số" if file.is_signed else kind]
    if file.pages:
        said.append(f"{file.pages} trang")
    said.append(f"{max(1, round(file.size / 1024))} KB")
    return {
        "title": label,
        "url": reverse("documents:attachment", args=[file.pk]),
        "hint": f"{file.name} · {', '.join(said)}",
        "kind": "ok",
        "status": "Đã có",
    }


def _event(row: Grant) -> Shown:
    entry = catalogue.award(row.award)
    dot = "err" if row.state == GrantState.REVOKED else "title" if entry.kind == "title" else "gold"
    state = f" ({row.get_state_display().lower()})" if row.state != GrantState.IN_FORCE else ""
    note = ", ".join(word for word in (row.post_printed, row.unit_printed) if word)
    return {
        "year": row.year,
        "dot": dot,
        "title": f"{entry.label}{state}",
        "note": note,
        "url": "",
        "url_text": row.decision_number,
        "status": "unconfirmed" if row.provenance == "unchecked" else "",
    }


def _meter(cap: Cap) -> Shown:
    name = catalogue.award(cap.award).label
    if cap.result is None:
        says = "Không có giới hạn đang áp dụng"
        return {"name": name, "count": cap.proposed, "note": "đề nghị", "share": None, "tone": "", "says": says}
    limit = cap.result.cap or 0
    if cap.base is None or cap.base == 0:
        says = f"Chưa có số liệu: {cap.result.base_meaning.lower()}"
        return {"name": name, "count": cap.proposed, "note": "đề nghị", "share": None, "tone": "warn", "says": says}
    over = cap.result.over_by > 0
    tone = ("err" if cap.result.confirmed else "warn") if over else "ok" if cap.proposed == limit else ""
    says = f"{cap.result.says}; {f'vượt {cap.result.over_by}' if over else 'trong giới hạn'}"
    top = max(limit, cap.proposed, 1)
    return {
        "name": name,
        "count": cap.proposed,
        "note": f"/ {limit}",
        "share": 100 * cap.proposed / top,
        "tick": 100 * limit / top,
        "tone": tone,
        "says": says,
    }
