"""The print room: printers, numbered stock, a design per printed award, one run with a spoilt sheet."""

from datetime import date

from decisions.facts import printing
from decisions.models import Decision, Printer, StockKind
from decisions.papers import layout as layouts
from decisions.services import designs, print_runs, printers, stock
from documents.papers import Correction
from documents.services.correction import marks
from kiemsat_thidua.demo.scene import Scene
from units.models import Unit

BASIS = "Mẫu của hệ thống, dùng thử (dữ liệu mẫu)"
#: Ornament and colour by award; what is not named here has the first of each.
LOOKS = {
    "giay_khen": ("hoa_sen", "luc"),
    "chien_si_thi_dua_co_so": ("hoa_sen", "vang"),
    "ky_niem_chuong": ("van_day", "xanh"),
    "tap_the_lao_dong_xuat_sac": ("hoa_sen", "do"),
}
#: How the calibrated printer of the demonstration misses: measured on its trial sheet.
CROOKED = Correction(-2.5, 1.5, 1.0, 1.0, 0.0)


def build(scene: Scene) -> None:
    """Of the body whose decision was issued."""
    issued = Decision.objects.filter(state="issued").order_by("pk").first()
    if issued is None:
        return
    unit, first = issued.unit, date(scene.year, 1, 1)
    _designs(scene, unit, first)
    calibrated = _printers(scene, unit)
    line = issued.lines.filter(certificate__isnull=False).order_by("order").first()
    if line is not None:
        kind = _stock(scene, unit, line.award, first)
        _run(scene, issued, kind, calibrated)


def _designs(scene: Scene, unit: Unit, first: date) -> None:
    for award, _ in printing.printed_awards():
        ornament, colour = LOOKS.get(award, ("van_day", "vang"))
        chosen = designs.Chosen(layouts.standard(award, first), layouts.NAMES, ornament, colour, first, BASIS)
        designs.begin(unit=unit, award=award, chosen=chosen, by=scene.users["vanthu"], at=scene.ago(30))


def _printers(scene: Scene, unit: Unit) -> Printer:
    clerk = scene.users["vanthu"]
    first = printers.add(unit=unit, name="HP tầng 2", tray="khay tay", by=clerk, at=scene.ago(20))
    printers.add(unit=unit, name="Máy in phòng Văn thư", tray="khay 1", by=clerk, at=scene.ago(20))
    measured = [CROOKED.apply(*mark) for mark in marks(297, 210)]
    printers.measure(
        printer=first, measured=measured, width=297, height=210, with_profile=False, by=clerk, at=scene.ago(19)
    )
    return first


def _stock(scene: Scene, unit: Unit, award: str, first: date) -> StockKind:
    """Blanks of the size of the mock, 40 of them, two given back."""
    clerk, at = scene.users["vanthu"], scene.ago(18)
    new = stock.NewKind("Phôi bằng 360 × 237 mm", award, 360.0, 237.0, "BK", 6)
    kind = stock.add_kind(unit=unit, new=new, by=clerk, at=at)
    stock.receive(kind=kind, first=1201, last=1240, received_on=at.date(), source="Nhà in, phiếu giao số 15 (mẫu)",
                  by=clerk, at=at)  # fmt: skip
    stock.write_off(
        kind=kind, first=1239, last=1240, place="returned", reason="In lệch màu, trả nhà in", by=clerk, at=at
    )
    numbers = layouts.standard(award, first, width=360, height=237)
    chosen = designs.Chosen(numbers, layouts.ON_STOCK, "van_day", "vang", first, BASIS)
    designs.begin(unit=unit, award=award, stock=kind, chosen=chosen, by=clerk, at=at)
    return kind


def _run(scene: Scene, issued: Decision, kind: StockKind, printer: Printer) -> None:
    """Two sheets: one good, one torn by the printer and waiting to be printed again."""
    clerk = scene.users["vanthu"]
    wish = print_runs.Wish(kind, printer, issued, 1201, 2)
    run = print_runs.prepare(wish=wish, by=clerk, at=scene.ago(5))
    sheets = list(run.sheets.order_by("order"))
    results = {sheet.pk: ("printed", "") for sheet in sheets} | {sheets[-1].pk: ("spoilt", "Kẹt giấy, rách góc")}
    print_runs.finish(run=run, results=results, expected_version=run.version, by=clerk, at=scene.ago(5, 10))
