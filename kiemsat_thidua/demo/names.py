"""Invented people: names drawn with a fixed seed, so that every demonstration has the same ones."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

FAMILIES = (
    "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Phan Trịnh Mai Đinh Lương Tạ Cao Chu Hà Tô Quách Kiều"
).split()
MEN = (
    "Văn Thắng|Đức Anh|Quang Huy|Minh Tuấn|Xuân Trường|Hữu Nghĩa|Công Thành|Việt Dũng|Mạnh Cường|Tiến Đạt|Hải Nam|"
    "Thế Vinh|Trọng Nghĩa|Đình Phúc|Bá Lộc|Hồng Quân|Thanh Tùng|Ngọc Sơn|Văn Khoa|Đăng Khôi|Gia Bảo|Chí Hiếu"
).split("|")
WOMEN = (
    "Thị Lan|Thu Phương|Ngọc Mai|Thị Hạnh|Bích Ngọc|Thanh Huyền|Thị Nhung|Khánh Linh|Minh Châu|Hồng Nhung|Thị Yến|"
    "Phương Thảo|Thúy Hằng|Thu Thủy|Kim Oanh|Diệu Linh|Thị Thanh Tâm|Mỹ Hạnh|Quỳnh Anh|Thị Ánh Tuyết|Hoài Thương"
).split("|")


@dataclass(frozen=True)
class Someone:
    """Who does not exist."""

    full_name: str
    sex: str
    born_on: date
    joined_on: date


def people(seed: int) -> Iterator[Someone]:
    """Endless distinct people between 24 and 58 years old, who joined at 22 to 26."""
    draw = random.Random(seed)  # noqa: S311 - invented data, the same every time
    seen: set[str] = set()
    while True:
        sex = draw.choice(["male", "female"])
        name = f"{draw.choice(FAMILIES)} {draw.choice(MEN if sex == 'male' else WOMEN)}"
        if name in seen and draw.random() < 0.9:
            continue
        seen.add(name)
        year = draw.randint(1968, 2000)
        joined = min(year + draw.randint(22, 26), 2024)
        yield Someone(
            name, sex, date(year, draw.randint(1, 12), draw.randint(1, 28)), date(joined, draw.choice([3, 8, 10]), 1)
        )
