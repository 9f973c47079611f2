"""Lượt in: blanks leave the store for named certificates, and come back as printed, spoilt or not used.

Each number is used once; the database says so, whatever the program does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from core import journal
from core.act import act
from core.workflow import Refused, compare_version, lock, move_many
from decisions.facts import printing
from decisions.models import Blank, Certificate, CertificateDesign, Decision, PrintedSheet, Printer, PrintRun, StockKind
from decisions.papers.certificate import stock_paper
from decisions.services import designs, rendering_parts
from decisions.states import BlankPlace, CertificateState, RunState, SheetResult
from decisions.workflow import CERTIFICATE_MOVES, check_stands
from documents.papers import CertificatePaper
from documents.services import render_overprint

#: What a tray holds, and what is laid out while the clerk waits.
MOST = 100
PLACES = {
    SheetResult.PRINTED: BlankPlace.PRINTED, SheetResult.SPOILT: BlankPlace.SPOILT,
    SheetResult.UNUSED: BlankPlace.STORE,
}  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """What the clerk wants to print where, from which number on."""

    kind: StockKind
    printer: Printer
    decision: Decision
    first: int
    count: int
    reprint_reason: str = ""


@act
def prepare(*, wish: Wish, by: User, at: datetime) -> PrintRun:
    """Take blanks out of the store for the next `count` certificates. Raises Refused with the cure."""
    policy.check(by, Permission.CERTIFICATE_PRINT, wish.kind)
    kind = lock(wish.kind)
    design, certificates = _checked(wish, kind)
    blanks = printing.taken_from(kind, wish.first, len(certificates))
    if len(blanks) < len(certificates):
        shown = kind.shown(wish.first)
        raise Refused(f"Từ số {shown} kho còn {len(blanks)} phôi, cần {len(certificates)}. Đồng chí nhận thêm phôi.")
    run = PrintRun.objects.create(
        kind=kind, printer=wish.printer, profile=wish.printer.profile, design=design, decision=wish.decision,
        reprint_reason=wish.reprint_reason.strip(), by=by, at=at,
    )  # fmt: skip
    pairs = enumerate(zip(blanks, certificates, strict=True), 1)
    PrintedSheet.objects.bulk_create(
        [PrintedSheet(run=run, order=order, blank=blank, certificate=c) for order, (blank, c) in pairs]
    )
    Blank.objects.filter(pk__in=[blank.pk for blank in blanks]).update(place=BlankPlace.ISSUED)
    for state, step in ((CertificateState.WAITING, "render"), (CertificateState.SPOILT, "reprint")):
        _move([c for c in certificates if c.state == state], step, wish.reprint_reason, by, at)
    designs.mark_used(design=design, by=by, at=at)
    serials = [blanks[0].serial, blanks[-1].serial]
    journal.record(run, by=by, at=at, kind="print_run.prepare", changes={"serials": [None, serials]},
                   note=wish.reprint_reason)  # fmt: skip
    return run


@act
def finish(
    *, run: PrintRun, results: Mapping[int, tuple[str, str]], expected_version: int, by: User, at: datetime
) -> PrintRun:
    """Record what came out: sheet id -> (result, reason). Raises Refused unless each sheet has a result."""
    policy.check(by, Permission.CERTIFICATE_PRINT, run)
    held = lock(run)
    compare_version(held, expected_version)
    if held.state != RunState.PREPARED:
        raise Refused("Lượt in này đã ghi kết quả.")
    sheets = list(held.sheets.select_related("certificate", "blank__kind").order_by("order"))
    for sheet in sheets:
        _set(sheet, *results.get(sheet.pk, ("", "")))
    PrintedSheet.objects.bulk_update(sheets, ["result", "reason"], batch_size=500)
    _settle_blanks(sheets)
    _settle_certificates(sheets, by, at)
    held.state, held.ended_by, held.ended_at = RunState.DONE, by, at
    held.version += 1
    held.save(update_fields=["state", "version", "ended_by", "ended_at"])
    counts = {result.value: sum(sheet.result == result for sheet in sheets) for result in PLACES}
    journal.record(held, by=by, at=at, kind="print_run.finish", changes={"results": [None, counts]})
    return held


@act
def spoil(*, certificates: Sequence[Certificate], reason: str, by: User, at: datetime) -> None:
    """Good sheets of certificates that were found spoilt later: the blank is spoilt with them."""
    rows = PrintedSheet.objects.select_for_update(of=("self",)).filter(
        certificate__in=certificates, result=SheetResult.PRINTED
    )
    sheets = list(rows.select_related("blank__kind"))
    for sheet in sheets:
        sheet.result, sheet.reason = SheetResult.SPOILT, reason
        journal.record(sheet, by=by, at=at, kind="print_run.spoil", note=reason)
    PrintedSheet.objects.bulk_update(sheets, ["result", "reason"], batch_size=500)
    _settle_blanks(sheets)


def paper_of(run: PrintRun) -> CertificatePaper:
    """The words of a run's sheets, in the order of the tray."""
    certificates = [sheet.certificate for sheet in run.sheets.select_related("certificate__line").order_by("order")]
    return _paper(run.decision, run.design, certificates)


def pdf_of(run: PrintRun) -> bytes:
    """The file for the printer: words alone, corrected for it.

    Raises Refused once the result is recorded, or a line in it was taken back or set right.
    """
    if run.state != RunState.PREPARED:
        raise Refused("Lượt in đã ghi kết quả nên không tạo lại tệp in. In lại thì đồng chí lập lượt mới, ghi lý do.")
    for sheet in run.sheets.select_related("certificate__line"):
        check_stands(sheet.certificate.line)
    correction = run.profile.correction if run.profile else None
    return render_overprint.overprint(paper_of(run), prints=run.design.prints, correction=correction)


def _checked(wish: Wish, kind: StockKind) -> tuple[CertificateDesign, list[Certificate]]:
    """The design and the certificates, or the reason why not."""
    if wish.decision.state not in printing.SIGNED or wish.decision.dated is None:
        raise Refused("Chỉ in bằng khi quyết định đã ký.")
    if kind.unit_id != wish.decision.unit_id or kind.unit_id != wish.printer.unit_id:
        raise Refused("Phôi, máy in và quyết định phải cùng một cơ quan ban hành.")
    design = printing.design_on(kind.unit, kind.award, wish.decision.dated, stock=kind)
    if design is None:
        day = f"{wish.decision.dated:%d/%m/%Y}"
        raise Refused(f"Phôi “{kind}” chưa có mẫu căn chỉnh áp dụng ngày {day}. Đồng chí lập mẫu rồi in.")
    if not 1 <= wish.count <= MOST:
        raise Refused(f"Mỗi lượt in từ 1 đến {MOST} bằng. Đồng chí chia thành nhiều lượt.")
    waiting = printing.to_print(kind, wish.decision).exclude(
        sheets__result__in=[SheetResult.WAITING, SheetResult.PRINTED]
    )
    certificates = list(waiting.select_for_update(of=("self",))[: wish.count])
    if not certificates:
        raise Refused("Không còn bằng nào của quyết định này chờ in trên loại phôi đã chọn.")
    if any(c.state == CertificateState.SPOILT for c in certificates) and not wish.reprint_reason.strip():
        raise Refused("Trong lượt này có bằng in lại. Đồng chí ghi lý do in lại.")
    _check_fit(wish.decision, design, certificates)
    return design, certificates


def _paper(decision: Decision, design: CertificateDesign, certificates: Sequence[Certificate]) -> CertificatePaper:
    """Codes are asked for only where the design prints them."""
    known = rendering_parts.marks(certificates) if {"code", "typed"} & set(design.prints) else {}
    marks = {certificate.line.pk: known[certificate.pk] for certificate in certificates} if known else {}
    return stock_paper(decision, design, [certificate.line for certificate in certificates], marks=marks)


def _check_fit(decision: Decision, design: CertificateDesign, certificates: Sequence[Certificate]) -> None:
    found = render_overprint.misfits(_paper(decision, design, certificates), design.prints)
    if found:
        says = " ".join(sentence for _, sentence in found[:3])
        raise Refused(f"{len(found)} bằng chưa in được. {says}")


def _set(sheet: PrintedSheet, result: str, reason: str) -> None:
    if result not in PLACES:
        raise Refused(f"Đồng chí chọn kết quả cho phôi {sheet.blank}.")
    if result == SheetResult.SPOILT and not reason.strip():
        raise Refused(f"Đồng chí ghi lý do hỏng của phôi {sheet.blank}.")
    sheet.result, sheet.reason = result, reason.strip() if result == SheetResult.SPOILT else ""


def _settle_blanks(sheets: Sequence[PrintedSheet]) -> None:
    for sheet in sheets:
        sheet.blank.place, sheet.blank.reason = PLACES[SheetResult(sheet.result)], sheet.reason
    Blank.objects.bulk_update([sheet.blank for sheet in sheets], ["place", "reason"], batch_size=500)


def _settle_certificates(sheets: Sequence[PrintedSheet], by: User, at: datetime) -> None:
    good = [sheet.certificate for sheet in sheets if sheet.result == SheetResult.PRINTED]
    _move(good, "print", "", by, at)
    Certificate.objects.filter(pk__in=[c.pk for c in good]).update(copies=F("copies") + 1)
    for sheet in sheets:
        # One whose award was taken back while it lay in the printer is spoilt already.
        if sheet.result == SheetResult.SPOILT and sheet.certificate.state != CertificateState.SPOILT:
            _move([sheet.certificate], "spoil", sheet.reason, by, at)


def _move(certificates: Sequence[Certificate], step: str, note: str, by: User, at: datetime) -> None:
    _, refused = move_many(certificates, CERTIFICATE_MOVES[step], by=by, at=at, note=note)
    if refused:
        certificate, reason = refused[0]
        raise Refused(f"{certificate.line.name_printed}: {reason}")
