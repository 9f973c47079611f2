"""Campaigns of earlier years, with the facts the sector has published about them.

The directive of 2024 is an official text and kept whole; the others are told in our own words.
"""

from datetime import date
from pathlib import Path

from campaigns.models import Campaign, CampaignKind, TaskKind
from campaigns.services import campaigns, lines, registrations
from campaigns.services.campaigns import CampaignFacts
from campaigns.services.lines import Tick
from kiemsat_thidua.demo.scene import Scene

TEXTS = Path(__file__).parent / "texts"
YEARLY = (
    "lao_dong_tien_tien", "chien_si_thi_dua_co_so", "chien_si_thi_dua_nganh", "tap_the_lao_dong_tien_tien",
    "tap_the_lao_dong_xuat_sac", "co_thi_dua_nganh", "co_thi_dua_chinh_phu", "bang_khen_vien_truong",
)  # fmt: skip
ANNIVERSARIES = (
    "90 năm Ngày thành lập Đảng Cộng sản Việt Nam (3/2/1930 - 3/2/2020)",
    "130 năm Ngày sinh Chủ tịch Hồ Chí Minh (19/5/1890 - 19/5/2020)",
    "60 năm Ngày thành lập ngành Kiểm sát nhân dân (26/7/1960 - 26/7/2020)",
    "75 năm Cách mạng tháng Tám (19/8/1945 - 19/8/2020) và Quốc khánh (2/9/1945 - 2/9/2020)",
)
COVID_CONTENTS = (
    "Thực hiện tốt chủ trương, nghị quyết, chỉ thị về phòng, chống đại dịch;"
    " tham gia tiêm phòng, bảo vệ sức khỏe cán bộ.",
    "Phát huy sáng kiến, giải pháp trong chuyên môn, nghiệp vụ; huy động nguồn lực cho phòng, chống dịch.",
    "Chăm lo đời sống, sức khỏe công chức, viên chức, người lao động, nhất là ở vùng có dịch.",
    "Phối hợp giữ vững an ninh, trật tự; không để bị động, bất ngờ trong mọi tình huống.",
    "Đẩy mạnh ứng dụng công nghệ thông tin; tuyên truyền để người dân hiểu, tin và thực hiện các biện"
    " pháp phòng, chống dịch.",
)
COVID_MEASURES = (
    "Tuyên truyền bằng nhiều hình thức, phát huy truyền thống tương thân, tương ái.",
    "Thủ trưởng đơn vị, Viện trưởng các cấp phát động phong trào với nội dung, tiêu chí cụ thể, phù hợp địa phương.",
    "Tăng cường làm việc trực tuyến, từ xa; mở chuyên mục biểu dương người tốt, việc tốt.",
    "Động viên, khen thưởng kịp thời tập thể, cá nhân có thành tích trong phòng, chống đại dịch.",
)
PLAN_19 = (
    "Quán triệt, triển khai đồng bộ Chỉ thị số 19/CT-TTg;"
    " hoàn thiện và tuyên truyền pháp luật về thi đua, khen thưởng.",
    "Phát động phong trào thi đua thiết thực, hiệu quả theo chủ đề được định hướng.",
    "Phát hiện, bồi dưỡng, nhân rộng điển hình tiên tiến;"
    " coi là nhiệm vụ thường xuyên, trọng tâm giai đoạn 2021 - 2025.",
    "Nâng cao chất lượng công tác khen thưởng: chính xác, kịp thời, công khai, minh bạch.",
    "Phát huy vai trò của Hội đồng các cấp; nâng cao chất lượng đội ngũ;"
    " cải cách thủ tục, ứng dụng công nghệ thông tin.",
)


def build(scene: Scene) -> None:
    """2020 with Vụ 16's registration, the plan for Chỉ thị 19/CT-TTg, the special movement, 2024."""
    _close(scene, _year_2020(scene), date(2020, 12, 20), "Báo cáo tổng kết năm 2020 (dữ liệu mẫu)")
    _close(
        scene,
        _launch(scene, _plan_19(), date(2021, 11, 1)),
        date(2025, 12, 20),
        "Báo cáo tổng kết giai đoạn 2021 - 2025 (dữ liệu mẫu)",
    )
    _close(
        scene,
        _launch(scene, _covid(), date(2021, 10, 28)),
        date(2022, 12, 20),
        "Báo cáo tổng kết phong trào đặc biệt (dữ liệu mẫu)",
    )
    _close(scene, _launch(scene, _year_2024(), date(2024, 1, 5)), date(2024, 12, 20), "")


def _launch(scene: Scene, facts: CampaignFacts, day: date) -> Campaign:
    lead, at = scene.users["truongphong"], scene.at(day)
    campaign = campaigns.create(unit=scene.units["toi_cao"], facts=facts, by=lead, at=at)
    return campaigns.launch(campaign=campaign, by=lead, at=at, expected_version=campaign.version)


def _close(scene: Scene, campaign: Campaign, day: date, report: str) -> None:
    lead, at = scene.users["truongphong"], scene.at(day)
    campaign.refresh_from_db()
    closed = campaigns.close(
        campaign=campaign, by=lead, at=at, expected_version=campaign.version, note="Hết thời gian phong trào"
    )
    if report:
        campaigns.review(campaign=closed, by=lead, at=at, expected_version=closed.version, note=report)


def _year_2020(scene: Scene) -> Campaign:
    """Vụ 16 registers a flag of the Government, three sections the sector's flag, all LĐTT, 14 CSTĐCS."""
    facts = CampaignFacts(
        title="Phong trào thi đua yêu nước ngành Kiểm sát nhân dân năm 2020",
        kind=CampaignKind.ANNUAL,
        year=2020,
        theme="Đoàn kết, đổi mới - Trách nhiệm, kỷ cương - Thực chất, hiệu quả",
        directive_number="01/CT-VKSTC (số mẫu)",
        directive_on=date(2020, 1, 6),
        directive_title="Phát động phong trào thi đua năm 2020 (dữ liệu mẫu)",
        starts_on=date(2019, 12, 1),
        ends_on=date(2020, 11, 30),
        registration_opens_on=date(2020, 1, 6),
        registration_closes_on=date(2020, 3, 31),
        nomination_closes_on=date(2020, 12, 15),
        awards=YEARLY,
        tasks={TaskKind.ANNIVERSARY: ANNIVERSARIES},
    )
    campaign = _launch(scene, facts, date(2020, 1, 6))
    head, office, day = scene.users["truong.vu16"], scene.users["truongphong"], scene.at(date(2020, 2, 10))
    sheet = registrations.open_registration(campaign=campaign, unit=scene.units["vu16"], by=head, at=day)
    sheet = lines.register_everyone(registration=sheet, by=head, at=day, expected_version=sheet.version).registration
    staff = [person for key in ("vu16", "v16_p1", "v16_p2", "v16_p3") for person in scene.staff[key]]
    ticks = [Tick(f"p{person.pk}", "chien_si_thi_dua_co_so", on=True) for person in staff[:28:2]]
    ticks += [Tick(f"u{scene.units[key].pk}", "co_thi_dua_nganh", on=True) for key in ("v16_p1", "v16_p2", "v16_p3")]
    ticks.append(Tick(f"u{scene.units['vu16'].pk}", "co_thi_dua_chinh_phu", on=True))
    sheet = lines.set_lines(
        registration=sheet, ticks=ticks, by=head, at=day, expected_version=sheet.version
    ).registration
    sheet = registrations.send(registration=sheet, by=head, at=day, expected_version=sheet.version)
    registrations.accept(registration=sheet, by=office, at=scene.at(date(2020, 2, 20)), expected_version=sheet.version)
    return campaign


def _plan_19() -> CampaignFacts:
    return CampaignFacts(
        title="Thực hiện Chỉ thị số 19/CT-TTg của Thủ tướng Chính phủ",
        kind=CampaignKind.THEMATIC,
        year=2025,
        theme="Đoàn kết, sáng tạo, thi đua xây dựng và bảo vệ Tổ quốc",
        directive_number="Kế hoạch thực hiện Chỉ thị 19/CT-TTg",
        directive_on=date(2021, 11, 1),
        directive_title="Kế hoạch của VKSND tối cao thực hiện Chỉ thị số 19/CT-TTg",
        starts_on=date(2021, 11, 1),
        ends_on=date(2025, 12, 15),
        tasks={TaskKind.TASK: PLAN_19},
    )


def _covid() -> CampaignFacts:
    return CampaignFacts(
        title="Cả nước đoàn kết, chung sức, đồng lòng thi đua phòng, chống và chiến thắng đại dịch COVID-19",
        kind=CampaignKind.SPECIAL, year=2022, theme="Chống dịch như chống giặc", directive_number="127/KH-VKSTC",
        directive_on=date(2021, 10, 28), directive_title="Kế hoạch triển khai Phong trào thi đua đặc biệt",
        starts_on=date(2021, 10, 28), ends_on=date(2022, 12, 15),
        tasks={TaskKind.CONTENT: COVID_CONTENTS, TaskKind.MEASURE: COVID_MEASURES},
    )  # fmt: skip


def _year_2024() -> CampaignFacts:
    text = (TEXTS / "chi-thi-2024.txt").read_text(encoding="utf-8")
    tasks = tuple(line[3:].strip() for line in text.splitlines() if line[:3] in {"1. ", "2. ", "3. ", "4. ", "5. "})
    return CampaignFacts(
        title="Phong trào thi đua yêu nước trong ngành Kiểm sát nhân dân năm 2024",
        kind=CampaignKind.ANNUAL,
        year=2024,
        theme="Đoàn kết, đổi mới, vượt khó, hoàn thành xuất sắc nhiệm vụ năm 2024",
        directive_number="01/CT-VKSTC (số mẫu)",
        directive_on=date(2024, 1, 5),
        directive_title="Phát động phong trào thi đua yêu nước trong ngành Kiểm sát nhân dân năm 2024",
        directive_text=text,
        starts_on=date(2023, 12, 1),
        ends_on=date(2024, 11, 30),
        registration_opens_on=date(2024, 1, 5),
        registration_closes_on=date(2024, 3, 31),
        nomination_closes_on=date(2024, 12, 15),
        awards=YEARLY,
        tasks={TaskKind.TASK: tasks},
    )
