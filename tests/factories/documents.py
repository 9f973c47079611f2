"""Papers with invented words: one of each kind, as small as a real one can be."""

from datetime import date

from documents.papers import (
    AnnexGroup,
    AnnexPaper,
    AnnexRow,
    Article,
    CertificateFace,
    CertificateLine,
    CertificatePaper,
    Column,
    DecisionPaper,
    Heading,
    InvitationPaper,
    Letterhead,
    MinutesPaper,
    Para,
    RegistrationPaper,
    Signature,
    SubmissionPaper,
    Table,
    VerificationMark,
)

MARK = VerificationMark("https://thidua.example/xm/23456789ABCDEFGHJKMNPQRSTU/", "7H4M-QX47-BK26")
COLUMNS = (
    Column("TT", 12, "center"),
    Column("Họ và tên", 48),
    Column("Ngày sinh", 27, "center"),
    Column("Chức vụ, chức danh", 36),
    Column("Đơn vị công tác"),
)
_FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Nghiêm Thạch"
_MIDDLE = "Văn Thị Hữu Đức Minh Thanh Ngọc Quốc Xuân Kim Hồng Thùy Diệu Mỹ Đình Trọng Bích Cẩm"
_GIVEN = "An Bằng Cường Dũng Đạt Giang Hằng Hiếu Huệ Khuê Liễu Mẫn Nghĩa Nguyệt Oanh Phượng Quỳnh Ổn Ẩn Ước"


def person_name(number: int) -> str:
    """An invented name; names repeat only after thousands."""
    family, middle, given = _FAMILY.split(), _MIDDLE.split(), _GIVEN.split()
    return f"{family[number % 18]} {middle[number // 18 % 18]} {given[number // 7 % 20]}"


def letterhead(symbol: str = "QĐ-VKSTC", number: int | None = 412) -> Letterhead:
    return Letterhead(
        body=("VIỆN KIỂM SÁT NHÂN DÂN", "TỐI CAO"), symbol=symbol, number=number, place="Hà Nội", day=date(2026, 11, 25)
    )


def provincial_letterhead(symbol: str, number: int | None = 7) -> Letterhead:
    return Letterhead(
        parent=("VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO",), body=("VIỆN KIỂM SÁT NHÂN DÂN", "TỈNH PHÚ THỌ"),
        symbol=symbol, number=number, place="Phú Thọ", day=date(2026, 2, 5),
    )  # fmt: skip


def rows(count: int, group_every: int = 0) -> tuple[AnnexRow | AnnexGroup, ...]:
    """Lines of a list; with `group_every`, a unit's heading before every so many."""
    made: list[AnnexRow | AnnexGroup] = []
    for number in range(count):
        if group_every and number % group_every == 0:
            made.append(
                AnnexGroup(f"{number // group_every + 1}. VIỆN KIỂM SÁT NHÂN DÂN TỈNH SỐ {number // group_every + 1}")
            )
        day = f"{number % 28 + 1:02d}/{number % 12 + 1:02d}/{1970 + number % 30}"
        unit = f"Viện kiểm sát nhân dân khu vực {number % 12 + 1} - Phú Thọ"
        made.append(AnnexRow((str(number + 1), person_name(number), day, "Kiểm sát viên sơ cấp", unit)))
    return tuple(made)


def annex(count: int = 60, group_every: int = 0, **more: object) -> AnnexPaper:
    return AnnexPaper(
        title="Danh sách", heading="DANH SÁCH CÁ NHÂN ĐƯỢC TẶNG BẰNG KHEN", columns=COLUMNS,
        reference="(Kèm theo Quyết định số 412/QĐ-VKSTC ngày 25 tháng 11 năm 2026)", rows=rows(count, group_every),
        closing=f"Danh sách có {count} cá nhân./.", **more,
    )  # fmt: skip


def decision_paper(*, more_text: int = 0, annexes: tuple[AnnexPaper, ...] = (), **more: object) -> DecisionPaper:
    return DecisionPaper(
        title="Quyết định số 412/QĐ-VKSTC", letterhead=more.pop("letterhead", letterhead()),
        summary="Về việc tặng Bằng khen của Viện trưởng Viện kiểm sát nhân dân tối cao",
        decider="VIỆN TRƯỞNG VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO",
        bases=(
            "Căn cứ Luật Tổ chức Viện kiểm sát nhân dân",
            "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
            "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ về thi đua, khen thưởng",
            "Theo đề nghị của Hội đồng Thi đua - Khen thưởng ngành Kiểm sát nhân dân",
        ),
        articles=(
            Article("Tặng Bằng khen của Viện trưởng Viện kiểm sát nhân dân tối cao cho 312 cá nhân đã có thành tích "
                    "xuất sắc trong phong trào thi đua yêu nước năm 2026", tail="(có danh sách kèm theo)."),
            *(Article(f"Điều khoản minh họa thứ {number}, chỉ để văn bản dài thêm.") for number in range(more_text)),
            Article("Mức tiền thưởng kèm theo Bằng khen thực hiện theo quy định hiện hành."),
            Article("Chánh Văn phòng, Thủ trưởng các đơn vị có liên quan và các cá nhân có tên tại Điều 1 chịu trách "
                    "nhiệm thi hành Quyết định này"),
        ),
        recipients=("Như Điều 3", "Lãnh đạo VKSND tối cao", "Lưu: VT, V16"),
        signatures=(Signature(("KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG"), "Trần Văn Mẫu"),), annexes=annexes, **more,
    )  # fmt: skip


def submission_paper() -> SubmissionPaper:
    return SubmissionPaper(
        title="Tờ trình", letterhead=provincial_letterhead("TTr-VKS"),
        summary="Về việc đề nghị tặng danh hiệu thi đua, hình thức khen thưởng năm 2026",
        addressees=("Viện trưởng Viện kiểm sát nhân dân tối cao",
                    "Hội đồng Thi đua - Khen thưởng ngành Kiểm sát nhân dân"),
        blocks=(
            Para("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;", style="italic"),
            Para("Viện kiểm sát nhân dân tỉnh Phú Thọ kính trình các danh hiệu, hình thức sau đây:"),
            Table((Column("TT", 12, "center"), Column("Danh hiệu, hình thức"), Column("Tập thể", 25, "right"),
                   Column("Cá nhân", 25, "right")),
                  (AnnexRow(("1", "Chiến sĩ thi đua ngành Kiểm sát nhân dân", "", "2")),
                   AnnexRow(("2", "Bằng khen của Viện trưởng VKSND tối cao", "3", "14")))),
            Para("Kính trình Viện trưởng xem xét, quyết định./."),
        ),
        recipients=("Như trên", "Lưu: VT, TĐKT"), signatures=(Signature(("VIỆN TRƯỞNG",), "Lê Thị Minh Họa"),),
        annexes=(annex(12),),
    )  # fmt: skip


def registration_paper() -> RegistrationPaper:
    return RegistrationPaper(
        title="Bản đăng ký thi đua", letterhead=provincial_letterhead("ĐK-VKS", None),
        summary="Các danh hiệu thi đua, hình thức khen thưởng năm 2027",
        addressees=("Hội đồng Thi đua - Khen thưởng ngành Kiểm sát nhân dân",),
        blocks=(
            Heading("I. Tập thể"),
            Table((Column("TT", 12, "center"), Column("Tập thể"), Column("Danh hiệu đăng ký", 60)),
                  (AnnexRow(("1", "Phòng Tổ chức cán bộ", "Tập thể lao động tiên tiến")),
                   AnnexRow(("2", "Phòng 7", "Tập thể lao động xuất sắc")))),
            Heading("II. Cá nhân"),
            Table((Column("TT", 12, "center"), Column("Họ và tên", 50), Column("Chức vụ"),
                   Column("Danh hiệu đăng ký", 55)),
                  tuple(AnnexRow((str(n + 1), person_name(n), "Kiểm sát viên sơ cấp", "Lao động tiên tiến"))
                        for n in range(8))),
        ),
        recipients=("Như trên", "Lưu: VT, TĐKT"),
        signatures=(Signature(("VIỆN TRƯỞNG",), "Lê Thị Minh Họa", "(Ký, ghi rõ họ tên)"),),
    )  # fmt: skip


def minutes_paper(signers: int = 2) -> MinutesPaper:
    signatures = (
        Signature(("THƯ KÝ",), "Hoàng Thị Thư"), Signature(("CHỦ TRÌ",), "Trần Văn Mẫu"),
        Signature(("TỔ TRƯỞNG KIỂM PHIẾU",), "Phạm Minh Kiểm"), Signature(("ỦY VIÊN KIỂM PHIẾU",), "Đỗ Thị Phiếu"),
    )[:signers]  # fmt: skip
    return MinutesPaper(
        title="Biên bản kiểm phiếu", letterhead=letterhead("BB-HĐTĐKT", 3),
        summary="Kiểm phiếu xét khen thưởng năm 2026",
        blocks=(
            Para("Hôm nay, ngày 14 tháng 11 năm 2026, Hội đồng Thi đua - Khen thưởng ngành Kiểm sát nhân dân tiến hành "
                 "kiểm phiếu tại phiên họp thứ ba."),
            Heading("I. Thành phần"),
            Para("Tổng số thành viên Hội đồng: 15; có mặt: 14; vắng mặt có lý do: 01."),
            Heading("II. Kết quả"),
            Table((Column("TT", 12, "center"), Column("Cá nhân, tập thể"), Column("Đồng ý", 22, "right"),
                   Column("Không đồng ý", 22, "right"), Column("Tỷ lệ", 22, "right"), Column("Kết quả", 24, "center")),
                  (AnnexRow(("1", person_name(3), "14", "0", "93,3 %", "Đạt")),
                   AnnexRow(("2", person_name(40), "11", "3", "73,3 %", "Không đạt")))),
            Para("Biên bản lập thành 02 bản, đọc lại cho mọi người cùng nghe và thống nhất ký tên./."),
        ),
        recipients=("Thành viên Hội đồng", "Lưu: VT, V16"), signatures=signatures,
    )  # fmt: skip


def invitation_paper() -> InvitationPaper:
    return InvitationPaper(
        title="Giấy mời họp Hội đồng", letterhead=letterhead("GM-HĐTĐKT", 5),
        summary="Họp Hội đồng Thi đua - Khen thưởng, phiên thứ ba",
        opening="Thường trực Hội đồng Thi đua - Khen thưởng ngành Kiểm sát nhân dân trân trọng kính mời:",
        invited="Các đồng chí thành viên Hội đồng",
        facts=(("Thời gian", "08 giờ 00, ngày 14 tháng 11 năm 2026"), ("Địa điểm", "Phòng họp số 2"),
               ("Nội dung", "Xét, bỏ phiếu đề nghị khen thưởng năm 2026")),
        blocks=(Para("Đề nghị các đồng chí sắp xếp công việc, dự họp đúng thành phần./."),),
        recipients=("Như thành phần mời", "Lưu: VT, V16"),
        signatures=(Signature(("TM. HỘI ĐỒNG", "CHỦ TỊCH"), "Trần Văn Mẫu"),),
    )  # fmt: skip


def certificate_line(number: int = 0, **more: object) -> CertificateLine:
    words: dict[str, object] = {
        "name": f"Đồng chí {person_name(number)}",
        "detail": "Kiểm sát viên trung cấp, Viện kiểm sát nhân dân tỉnh Phú Thọ",
        "achievement": "Đã có thành tích xuất sắc trong công tác, góp phần hoàn thành nhiệm vụ chính trị của ngành "
        "Kiểm sát nhân dân năm 2026.",
        "ordinal": str(number + 1),
    }
    return CertificateLine(**{**words, **more})  # type: ignore[arg-type]


def certificate_face(**more: object) -> CertificateFace:
    words: dict[str, object] = {
        "decider": "VIỆN TRƯỞNG VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO", "verb": "TẶNG", "award": "BẰNG KHEN",
        "decision_line": "Quyết định số 412/QĐ-VKSTC ngày 25 tháng 11 năm 2026",
        "place_line": "Hà Nội, ngày 25 tháng 11 năm 2026",
        "signature": Signature(("KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG"), "Trần Văn Mẫu"),
    }  # fmt: skip
    return CertificateFace(**{**words, **more})  # type: ignore[arg-type]


def certificate_paper(lines: tuple[CertificateLine, ...] = (), **more: object) -> CertificatePaper:
    face = more.pop("face", certificate_face())
    return CertificatePaper(title="Bằng khen", face=face, lines=lines or (certificate_line(),), **more)  # type: ignore[arg-type]
