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
STEPS = ["Đơn vị", "Nhân sự", "Kiểm tra"]


class SampleForm(ViForm):
    """Every kind of control, with the errors of a careless entry."""

    suffixes = {"number": "/QĐ-VKSTC"}

    reasons = forms.MultipleChoiceField(
        label="Lý do trả lại", help_text="Chọn ít nhất một lý do. Nội dung sẽ in trong phiếu trả lại.",
        choices=[("sk", "Thiếu quyết định công nhận sáng kiến cấp Ngành"), ("bc", "Báo cáo thành tích chưa có số liệu")],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    name = forms.CharField(label="Họ và tên")
    guide = forms.CharField(label="Hướng dẫn bổ sung", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    due = ViDateField(label="Hạn bổ sung", help_text="dd/mm/yyyy, ví dụ 30/11/2026")
    number = forms.CharField(label="Số quyết định")
    money = ViDecimalField(label="Mức tiền thưởng", required=False)
    kind = forms.ChoiceField(label="Hình thức", choices=[("", "Chọn hình thức"), ("bk", "Bằng khen")])
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
    }  # fmt: skip
    return render(request, "core/gallery.html", context | _pairs())


def _pairs() -> dict[str, Any]:
    return {
        "answers": [("Cá nhân", "38 LĐTT, 14 CSTĐCS, 2 CSTĐ ngành", "#kiem-tra"), ("Cảnh báo", "2, không chặn gửi", "")],
        "differences": [("CSTĐ ngành", "Có", "Không")],
        "failures": [("2 bằng lỗi: tên dài quá ô in.", "#tien-do")],
        "errors": [("Dòng 12: nhập chức danh của Đỗ Văn Thắng", ""), ("Dòng 31: ngày vào Ngành phải theo dạng dd/mm/yyyy", "")],
        "crumbs": [("Trang chủ", "/"), ("Thành phần", "")],
    }


def _meters() -> list[Sample]:
    return [
        Sample(key="ldtt", name="Lao động tiên tiến", short="LĐTT", count=38, note="/ 38 công chức", share=100, tick=None,
               tone="", says="100 % công chức đăng ký", link=""),
        Sample(key="cstdcs", name="Chiến sĩ thi đua cơ sở", short="CSTĐCS", count=14, note="đăng ký · công nhận tối đa 5",
               share=100, tick=36, tone="warn", says="Vượt 15 % LĐTT (38 × 15 % = 5,7). Vẫn gửi được.", link="#can-cu"),
        Sample(key="cstdn", name="Chiến sĩ thi đua ngành", short="CSTĐN", count=16, note="đề nghị · tối đa 12", share=100,
               tick=75, tone="err", says="Giới hạn 12. Bỏ chọn 4 người để gửi.", link="#can-cu"),
        Sample(key="bk", name="Bằng khen", short="", count=3, note="người", share=None, tick=None, tone="",
               says="Không có giới hạn đang áp dụng", link=""),
    ]  # fmt: skip


def _tasks(today: date) -> list[Sample]:
    rows = [
        ("Xác nhận xếp loại chất lượng", "4 đơn vị còn thiếu: khu vực 2, 5, 7 và Phòng 9", -2, "err", "Quá hạn"),
        ("Bổ sung hồ sơ của Phạm Minh Đức, CSTĐ ngành", "Thiếu quyết định công nhận sáng kiến", 4, "warn", "Cần bổ sung"),
        ("Ký tờ trình khen thưởng tổng kết", "21 cá nhân, 6 tập thể", 9, "info", "Chờ ký"),
        ("Gửi bản đăng ký thi đua", "Có thể lấy theo năm trước rồi sửa", 71, "", "Chưa mở"),
    ]
    return [
        Sample(title=title, url="#viec", hint=hint, due=today + timedelta(days=days), kind=kind, status=status)
        for title, hint, days, kind, status in rows
    ]


def _files() -> list[Sample]:
    rows = [
        ("Tờ trình của đơn vị", "PDF ký số · 184 KB", "ok", "Hợp lệ"),
        ("Quyết định công nhận 3 năm CSTĐCS", "Lấy từ hệ thống, không cần nộp", "ok", "Tự có"),
        ("Quyết định công nhận sáng kiến", "Mới có cấp cơ sở", "err", "Thiếu"),
    ]
    return [Sample(title=title, url="#tep", hint=hint, kind=kind, status=status) for title, hint, kind, status in rows]


def _stats() -> list[Sample]:
    return [
        Sample(name="Chiến sĩ thi đua cơ sở", value="11", note="liên tục 6 năm: 2020 đến 2025", honour=False),
        Sample(name="Chiến sĩ thi đua ngành", value="2", note="2022, 2025", honour=False),
        Sample(name="Bằng khen", value="4", note="3 cấp Ngành, 1 Thủ tướng", honour=False),
        Sample(name="Huân chương", value="2", note="Huân chương Lao động hạng Ba (2021)", honour=True),
    ]


def _events() -> list[Sample]:
    rows = [
        (2025, "title", "Chiến sĩ thi đua cơ sở", "VKSND khu vực 3 - Phú Thọ", "176/QĐ-VKS", "confirmed"),
        (2024, "gold", "Bằng khen của Viện trưởng VKSND tối cao", "Thành tích hai năm liên tục", "92/QĐ-VKSTC", "unconfirmed"),
        (2022, "", "Lao động tiên tiến", "VKSND huyện Lâm Thao", "133/QĐ-VKS", "derived"),
    ]
    return [
        Sample(year=year, dot=dot, title=title, note=note, url="#qua-trinh", url_text=number, status=status)
        for year, dot, title, note, number, status in rows
    ]


def _findings() -> list[Sample]:
    law = "Khoản 1 Điều 16 Thông tư 01/2019/TT-VKSTC"
    return [
        Sample(met=False, says="03 năm liên tục đạt CSTĐCS: chuỗi bị ngắt năm 2018",
               found="2017 CSTĐCS · 2018 LĐTT · 2019 CSTĐCS.", url="#ho-so", url_text="Xem hồ sơ", law=law, confirmed=True, any_of=None),
        Sample(met=None, says="Sáng kiến được Viện trưởng VKSND tối cao công nhận", found="Chưa có tệp.",
               url="", url_text="", law="", confirmed=False, any_of=None),
        Sample(met=True, says="Đăng ký Lao động tiên tiến năm 2020", found="", url="", url_text="", law="", confirmed=True, any_of=None),
    ]  # fmt: skip


def _tabs() -> list[Sample]:
    rows = [("Tất cả", 412), ("Chờ tiếp nhận", 38), ("Đang thẩm định", 126), ("Chờ bổ sung", 21), ("Đủ điều kiện", 1164)]
    return [
        Sample(label=label, url="#bang-mau", count=count, is_current=label == "Đang thẩm định") for label, count in rows
    ]


def _table(request: HttpRequest, none: bool = False) -> Table:
    users = get_user_model()._default_manager.filter(pk=request.user.pk)
    return Table(
        request,
        users.none() if none else users,
        columns=[Column("ten", "Họ và tên", ["full_name"], "main"), Column("tai-khoan", "Tên đăng nhập", ["username"]),
                 Column("tao", "Tạo lúc", ["created_at"], "mh")],
        filters=[Filter("q", "Họ và tên", lambda query, value: query.filter(username__contains=search_key(value)))],
        default="ten",
        noun="tài khoản",
    )  # fmt: skip
