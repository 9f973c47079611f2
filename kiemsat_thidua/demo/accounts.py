"""The accounts of the demonstration: what `serve` prints, the README lists and `seed_demo` creates."""

#: One password for all of them; `check --deploy` fails while any of them exists.
PASSWORD = "ThiDua-11061948"

#: User name -> who that is, in the order of a dossier's way.
ACCOUNTS: dict[str, str] = {
    "canbo": "cán bộ thi đua, khen thưởng của đơn vị",
    "thutruong": "thủ trưởng đơn vị",
    "canhan": "cá nhân",
    "thuongtruc": "chuyên viên thường trực Hội đồng",
    "truongphong": "lãnh đạo thường trực Hội đồng",
    "thuky": "thư ký Hội đồng",
    **{f"uyvien{number}": "ủy viên Hội đồng" for number in range(1, 10)},
    "vanthu": "văn thư",
    "nguoiky": "người ký quyết định",
    "quantri": "quản trị hệ thống",
}
