"""The running year's campaigns, and next year's registration with a sheet in every state."""

from datetime import timedelta

from campaigns.models import Campaign, CampaignKind, Registration, TaskKind
from campaigns.services import campaigns, lines, own, registrations
from campaigns.services.campaigns import CampaignFacts
from campaigns.services.lines import Tick
from kiemsat_thidua.demo.past import YEARLY
from kiemsat_thidua.demo.scene import Scene
from units.models import Person

TASKS = (
    "Hoàn thành xuất sắc các chỉ tiêu nghiệp vụ được giao, không để xảy ra oan, sai.",
    "Đẩy mạnh ứng dụng công nghệ thông tin, chuyển đổi số trong công tác kiểm sát.",
    "Chú trọng khen thưởng tập thể, cá nhân trực tiếp thực thi nhiệm vụ.",
)
#: Units that register, with the user who sends.
SENDERS = {"phu_tho": "thutruong", "vu2": "truong.vu2", "kv1": "truong.kv1", "kv2": "truong.kv2"}


def build(scene: Scene) -> None:
    """This year: registered, accepted, locked. Next year: draft, sent, returned, accepted. And one draft campaign."""
    scene.campaigns["running"] = this_year = _launched(scene, scene.year, opens=-330, closes=-250, ends=25)
    for place, (key, user) in enumerate(SENDERS.items()):
        sheet = _sent(scene, this_year, key, user, days_ago=300 - place)
        _answer(scene, sheet, "accept", days_ago=290)
    locked = Registration.objects.get(campaign=this_year, unit=scene.units["kv2"])
    registrations.lock_registration(
        registration=locked, by=scene.users["truongphong"], at=scene.ago(240), expected_version=locked.version
    )
    scene.campaigns["next"] = following = _launched(scene, scene.year + 1, opens=-12, closes=70, ends=375)
    _sent(scene, following, "vu2", "truong.vu2", days_ago=6)
    _answer(scene, _sent(scene, following, "kv1", "truong.kv1", days_ago=8), "return", days_ago=5)
    _answer(scene, _sent(scene, following, "van_phong", "truong.vu16", days_ago=9), "accept", days_ago=7)
    _begun(scene, following, "kv2", "truong.kv2", days_ago=3)
    _draft(scene)


def _launched(scene: Scene, year: int, *, opens: int, closes: int, ends: int) -> Campaign:
    day, lead = scene.today, scene.users["truongphong"]
    facts = CampaignFacts(
        title=f"Phong trào thi đua yêu nước ngành Kiểm sát nhân dân năm {year}", kind=CampaignKind.ANNUAL, year=year,
        theme=f"Đoàn kết, kỷ cương, đổi mới, hoàn thành xuất sắc nhiệm vụ năm {year}",
        directive_number=f"{year - 2020:02d}/CT-VKSTC (số mẫu)", directive_on=day + timedelta(days=opens),
        directive_title=f"Phát động phong trào thi đua năm {year} (dữ liệu mẫu)",
        starts_on=day + timedelta(days=ends - 365), ends_on=day + timedelta(days=ends),
        registration_opens_on=day + timedelta(days=opens), registration_closes_on=day + timedelta(days=closes),
        nomination_closes_on=day + timedelta(days=ends + 5), awards=YEARLY, tasks={TaskKind.TASK: TASKS},
    )  # fmt: skip
    at = scene.ago(-opens, 8)
    campaign = campaigns.create(unit=scene.units["toi_cao"], facts=facts, by=lead, at=at)
    return campaigns.launch(campaign=campaign, by=lead, at=at, expected_version=campaign.version)


def _draft(scene: Scene) -> None:
    facts = CampaignFacts(
        title="Thi đua chuyển đổi số trong ngành Kiểm sát nhân dân", kind=CampaignKind.THEMATIC, year=scene.year + 1,
        theme="Số hóa hồ sơ, rút ngắn thời gian", starts_on=scene.today + timedelta(days=30),
        ends_on=scene.today + timedelta(days=395), tasks={TaskKind.CONTENT: TASKS[1:2]},
    )  # fmt: skip
    campaigns.create(unit=scene.units["toi_cao"], facts=facts, by=scene.users["thuongtruc"], at=scene.ago(2))


def _begun(scene: Scene, campaign: Campaign, key: str, user: str, *, days_ago: int) -> Registration:
    """Everybody for LĐTT, one in seven for CSTĐCS, the unit for a collective title; one person by themselves."""
    by, at = scene.users[user], scene.ago(days_ago)
    sheet = registrations.open_registration(campaign=campaign, unit=scene.units[key], by=by, at=at)
    sheet = lines.register_everyone(registration=sheet, by=by, at=at, expected_version=sheet.version).registration
    ticks = [Tick(f"p{person.pk}", "chien_si_thi_dua_co_so", on=True) for person in _staff(scene, key)[3::8]]
    ticks.append(Tick(f"u{scene.units[key].pk}", "tap_the_lao_dong_xuat_sac", on=True))
    return lines.set_lines(registration=sheet, ticks=ticks, by=by, at=at, expected_version=sheet.version).registration


def _sent(scene: Scene, campaign: Campaign, key: str, user: str, *, days_ago: int) -> Registration:
    sheet = _begun(scene, campaign, key, user, days_ago=days_ago)
    if key == "phu_tho":
        _own_line(scene, campaign, days_ago)
        sheet.refresh_from_db()
    return registrations.send(
        registration=sheet, by=scene.users[user], at=scene.ago(days_ago, 15, 52), expected_version=sheet.version
    )


def _own_line(scene: Scene, campaign: Campaign, days_ago: int) -> None:
    """`canhan` proposes a title and a commitment of their own; the head confirms it."""
    me = scene.users["canhan"]
    own.register_own(
        person=me.person, campaign=campaign, awards=["chien_si_thi_dua_co_so"], by=me, at=scene.ago(days_ago, 10),
        commitment="Hoàn thành xuất sắc nhiệm vụ được giao; có ít nhất một sáng kiến được công nhận trong năm.",
    )  # fmt: skip
    for line in Registration.objects.get(campaign=campaign, unit=scene.units["phu_tho"]).lines.filter(answer="waiting"):
        own.confirm_line(line=line, by=scene.users["thutruong"], at=scene.ago(days_ago, 14), expected_version=None)


def _answer(scene: Scene, sheet: Registration, what: str, *, days_ago: int) -> None:
    office, at = scene.users["thuongtruc"], scene.ago(days_ago)
    if what == "accept":
        registrations.accept(registration=sheet, by=office, at=at, expected_version=sheet.version)
    else:
        reason = "Thiếu đăng ký của 2 đồng chí mới chuyển đến. Đơn vị bổ sung rồi gửi lại."
        registrations.return_with_reason(
            registration=sheet, reason=reason, by=office, at=at, expected_version=sheet.version
        )


def _staff(scene: Scene, key: str) -> list[Person]:
    parts = {"phu_tho": ("phu_tho", "pt_vp", "pt_p1", "pt_p7", "pt_p9"), "van_phong": ("v16_p1", "v16_p2", "v16_p3")}
    return [person for part in parts.get(key, (key,)) for person in scene.staff[part]]
