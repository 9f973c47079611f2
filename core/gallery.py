"""The living gallery of components: real markup with invented figures, for developers and testers."""

from datetime import date, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import signed_in
from core.forms import ViDateField, ViDecimalField, ViForm
from core.tables import Column, Filter, Table
from core.vietnamese import search_key

CHIPS = [
    ("", "Chưa bắt đầu", ""), ("info", "Đang soạn", ""), ("info", "Đang thẩm định", ""), ("warn", "Cần bổ sung", ""),
    ("warn", "Chờ ký", "pen"), ("err", "Quá hạn", ""), ("err", "Không đủ", ""), ("ok", "Đủ", ""), ("ok", "Đã ký", ""),
    ("", "Đã đóng", "lock-fill"), ("gold", "Huân chương Lao động", ""),
]  # fmt: skip
BARS = [
    ("Trong giới hạn", 60, "", "9 / 12, còn 3"), ("Vừa đủ", 75, "ok", "12 / 12"),
    ("Vượt khi đăng ký (cảnh báo)", 100, "warn", "16, giới hạn khi công nhận 12"),
    ("Vượt khi đề nghị (chặn)", 100, "err", "16 / 12: bỏ chọn 4 người"),
]  # fmt: skip
ANSWERS = [("Cá nhân", "38 LĐTT, 14 CSTĐCS, 2 CSTĐN", "#kiem-tra"), ("Cảnh báo", "2, không chặn gửi", "")]
DIFFERENCES = [("CSTĐ ngành", "Có", "Không")]
FAILURES = [("2 bằng lỗi: tên dài quá ô in.", "#tien-do")]
ERRORS = [
    ("Dòng 12: nhập chức danh của Đỗ Văn Thắng", ""),
    ("Dòng 31: ngày vào Ngành phải theo dạng dd/mm/yyyy", ""),
]
CRUMBS = [("Trang chủ", "/"), ("Thành phần", "")]
STEPS = ["Đơn vị", "Nhân sự", "Kiểm tra"]


#: Long enough for the list to get a search box.
KINDS = [
    ("ldtt", "Lao động tiên tiến"), ("cstdcs", "Chiến sĩ thi đua cơ sở"), ("cstdn", "Chiến sĩ thi đua ngành"),
    ("cstdtq", "Chiến sĩ thi đua toàn quốc"), ("gk", "Giấy khen"), ("bk", "Bằng khen của Viện trưởng"),
    ("bktt", "Bằng khen của Thủ tướng"), ("hc", "Huân chương Lao động"), ("co", "Cờ thi đua"),
]  # fmt: skip


class SampleForm(ViForm):
    """Every kind of control, with the errors of a careless entry."""

    suffixes = {"number": "/QĐ-VKSTC"}

    reasons = forms.MultipleChoiceField(
        label="Lý do trả lại", help_text="Chọn ít nhất một lý do. Nội dung sẽ in trong phiếu trả lại.",
        choices=[("sk", "Thiếu quyết định công nhận sáng kiến"), ("bc", "Báo cáo thành tích chưa có số liệu")],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    units = forms.MultipleChoiceField(
        label="Đơn vị nhận", choices=[(str(number), f"Phòng {number}") for number in range(1, 9)], required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    name = forms.CharField(label="Họ và tên")
    guide = forms.CharField(label="Hướng dẫn bổ sung", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    due = ViDateField(label="Hạn bổ sung", help_text="dd/mm/yyyy, ví dụ 30/11/2026")
    number = forms.CharField(label="Số quyết định")
    money = ViDecimalField(label="Mức tiền thưởng", required=False)
    kind = forms.ChoiceField(label="Hình thức", choices=[("", "Chọn hình thức"), *KINDS])
    sure = forms.BooleanField(label="Tôi hiểu phiếu không sửa được sau khi gửi", required=False)


@signed_in
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """All components on one page; the list shows the names of accounts only to show a list."""
    today = timezone.localdate()
    form = SampleForm({"name": "Ðỗ Văn Thắng", "due": "31/02/2026", "number": "412", "money": "1.5", "kind": "bk"})
    context = {
        "chips": CHIPS, "bars": BARS, "steps": STEPS, "form": form, "today": today,
        "meters": _meters(), "tasks": _tasks(today), "files": _files(), "stats": _stats(), "events": _events(),
        "findings": _findings(), "tabs": _tabs(), "table": _table(request), "nothing": _table(request, none=True),
        "answers": ANSWERS, "differences": DIFFERENCES, "failures": FAILURES, "errors": ERRORS, "crumbs": CRUMBS,
    }  # fmt: skip
    return render(request, "core/gallery.html", context)


def _samples(names: str, *rows: tuple[Any, ...]) -> list[Sample]:
    """Rows of plain values as objects with these names."""
    return [Sample(**dict(zip(names.split(), row, strict=True))) for row in rows]


def _meters() -> list[Sample]:
    over = "Vượt 15 % LĐTT (38 × 15 % = 5,7). Vẫn gửi được."
    return _samples(
        "key name short count note share tick tone says link",
        ("ldtt", "Lao động tiên tiến", "LĐTT", 38, "/ 38 công chức", 100, None, "", "100 % công chức đăng ký", ""),
        ("cstdcs", "Chiến sĩ thi đua cơ sở", "CSTĐCS", 14, "đăng ký · tối đa 5", 100, 36, "warn", over, "#can-cu"),
        (
            "cstdn",
            "Chiến sĩ thi đua ngành",
            "CSTĐN",
            16,
            "đề nghị",
            100,
            75,
            "err",
            "Giới hạn 12. Bỏ 4 người.",
            "#can-cu",
        ),
        ("bk", "Bằng khen", "", 3, "người", None, None, "", "Không có giới hạn đang áp dụng", ""),
    )


def _tasks(today: date) -> list[Sample]:
    def later(days: int) -> date:
        return today + timedelta(days=days)

    return _samples(
        "title url hint due kind status",
        ("Xác nhận xếp loại chất lượng", "#viec", "4 đơn vị còn thiếu: khu vực 2, 5, 7", later(-2), "err", "Quá hạn"),
        ("Bổ sung hồ sơ của Phạm Minh Đức", "#viec", "Thiếu quyết định sáng kiến", later(4), "warn", "Cần bổ sung"),
        ("Ký tờ trình khen thưởng tổng kết", "#viec", "21 cá nhân, 6 tập thể", later(9), "info", "Chờ ký"),
        ("Gửi bản đăng ký thi đua", "#viec", "Có thể lấy theo năm trước rồi sửa", later(71), "", "Chưa mở"),
    )


def _files() -> list[Sample]:
    return _samples(
        "title url hint kind status",
        ("Tờ trình của đơn vị", "#tep", "PDF ký số · 184 KB", "ok", "Hợp lệ"),
        ("Quyết định công nhận 3 năm CSTĐCS", "#tep", "Lấy từ hệ thống, không cần nộp", "ok", "Tự có"),
        ("Quyết định công nhận sáng kiến", "", "Mới có cấp cơ sở", "err", "Thiếu"),
    )


def _stats() -> list[Sample]:
    return _samples(
        "name value note honour",
        ("Chiến sĩ thi đua cơ sở", "11", "liên tục 6 năm: 2020 đến 2025", False),
        ("Chiến sĩ thi đua ngành", "2", "2022, 2025", False),
        ("Bằng khen", "4", "3 cấp Ngành, 1 Thủ tướng", False),
        ("Huân chương", "2", "Huân chương Lao động hạng Ba (2021)", True),
    )


def _events() -> list[Sample]:
    unit, honour = "VKSND khu vực 3 - Phú Thọ", "Bằng khen của Viện trưởng VKSND tối cao"
    return _samples(
        "year dot title note url url_text status",
        (2025, "title", "Chiến sĩ thi đua cơ sở", unit, "#qua-trinh", "176/QĐ-VKS", "confirmed"),
        (2024, "gold", honour, "Thành tích hai năm liên tục", "#qua-trinh", "92/QĐ-VKSTC", "unconfirmed"),
        (2022, "", "Lao động tiên tiến", "VKSND huyện Lâm Thao", "", "133/QĐ-VKS", "derived"),
    )


def _findings() -> list[Sample]:
    chain, years = "03 năm liên tục đạt CSTĐCS: chuỗi bị ngắt năm 2018", "2017 CSTĐCS · 2018 LĐTT · 2019 CSTĐCS."
    law, missing = "Khoản 1 Điều 16 Thông tư 01/2019/TT-VKSTC", "Sáng kiến được Viện trưởng VKSND tối cao công nhận"
    return _samples(
        "met says found url url_text law confirmed any_of",
        (False, chain, years, "#ho-so", "Xem hồ sơ", law, True, None),
        (None, missing, "Chưa có tệp.", "", "", "", False, None),
        (True, "Đăng ký Lao động tiên tiến năm 2020", "", "", "", "", True, None),
    )


def _tabs() -> list[Sample]:
    return _samples(
        "label url count is_current",
        ("Tất cả", "#bang-mau", 412, False),
        ("Chờ tiếp nhận", "#bang-mau", 38, False),
        ("Đang thẩm định", "#bang-mau", 126, True),
        ("Đủ điều kiện", "#bang-mau", 1164, False),
    )


def _table(request: HttpRequest, none: bool = False) -> Table:
    users = get_user_model()._default_manager.filter(username=request.user.get_username())
    return Table(
        request,
        users.none() if none else users,
        columns=[Column("ten", "Họ và tên", ["full_name"], "main"), Column("tai-khoan", "Tên đăng nhập", ["username"]),
                 Column("tao", "Tạo lúc", ["created_at"], "mh")],
        filters=[Filter("q", "Họ và tên", lambda query, value: query.filter(username__contains=search_key(value)))],
        default="ten",
        noun="tài khoản",
    )  # fmt: skip
