"""The council of the sector, its sample rules, and a session in every state."""

from collections.abc import Sequence
from datetime import date, timedelta

from awards.models import Nomination
from awards.services import outcomes
from awards.states import NominationState
from council.models import Session
from council.services import agenda, ballots, councils, minutes, rules, sessions
from council.states import Status
from council.voting import Share
from history.services import overrides
from kiemsat_thidua.demo.scene import Scene

RULES = "Quy chế mẫu (dữ liệu minh họa)"
POSTS = (
    "Phó Viện trưởng VKSND tối cao", "Vụ trưởng Vụ 2", "Phó Vụ trưởng Vụ 2", "Chánh Văn phòng", "Phó Chánh Văn phòng",
    "Kiểm sát viên VKSND tối cao", "Kiểm sát viên VKSND tối cao", "Kiểm sát viên VKSND tối cao", "Phó Chánh Văn phòng",
)  # fmt: skip
PLACE = "Phòng họp 2, trụ sở VKSND tối cao"


def build(scene: Scene) -> None:
    """Sessions: one minuted, one closed, one open, one locked, one in preparation, one called off."""
    _council(scene)
    _own_values(scene)
    ready = list(Nomination.objects.filter(state=NominationState.QUALIFIED).order_by("pk"))
    flags = [line for line in ready if line.award == "co_thi_dua_chinh_phu"]
    rest = [line for line in ready if line not in flags]
    _minuted(scene, [*rest[:4], *flags])
    _closed(scene, rest[4:6])
    _locked(scene, rest[6:7])
    _open(scene, rest[7:9])
    _postponed_and_downgraded(scene, rest[9:11])
    _called_off(scene)


def _council(scene: Scene) -> None:
    lead, start, unit = scene.users["truongphong"], scene.ago(60), scene.units["toi_cao"]
    scene.council = councils.establish(
        unit=unit,
        name="Hội đồng Thi đua - Khen thưởng ngành Kiểm sát nhân dân",
        basis="Quyết định mẫu (dữ liệu minh họa)",
        valid_from=date(2025, 7, 22),
        by=lead,
        at=start,
    )
    for number, post in enumerate(POSTS, 1):
        role = "council_chair" if number == 1 else "council_member"
        councils.appoint(
            council=scene.council, user=scene.users[f"uyvien{number}"], role=role, post_title=post,
            valid_from=date(2025, 7, 22), by=lead, at=start,
        )  # fmt: skip
    councils.appoint(
        council=scene.council, user=scene.users["thuky"], role="council_secretary", post_title="Phó Trưởng phòng TĐKT",
        votes=False, valid_from=date(2025, 7, 22), by=lead, at=start,
    )  # fmt: skip
    source = rules.Source(RULES, "Điều 8", Status.UNCONFIRMED)
    for award, share in (("", Share(80, 100)), ("chien_si_thi_dua_nganh", Share(90, 100))):
        rules.enter_rule(
            council=scene.council, award=award, share=share, quorum=Share(2, 3), source=source,
            valid_from=date(2025, 7, 22), by=lead, at=start,
        )  # fmt: skip


def _own_values(scene: Scene) -> None:
    """Values of the sector's own: one in force, one that names a decider, one taken back."""
    lead, at = scene.users["truongphong"], scene.ago(55)
    source = overrides.Source(RULES, "Điều 11", Status.UNCONFIRMED)
    for code, value in (
        ("votes.giay_khen", "2/3"),
        ("deciders.lao_dong_tien_tien", "Vụ trưởng, Cục trưởng, Chánh Văn phòng thuộc VKSND tối cao"),
        ("votes.ky_niem_chuong", "50/100"),
    ):
        row = overrides.enter(code=code, value=value, source=source, valid_from=date(2025, 7, 22), by=lead, at=at)
    overrides.withdraw(override=row, reason="Nhập nhầm điều khoản của bản dự thảo.", by=lead, at=scene.ago(54))


def prepared(scene: Scene, title: str, days_ago: int, lines: Sequence[Nomination]) -> Session:
    secretary, at = scene.users["thuky"], scene.ago(max(days_ago, 0) + 1)
    council = scene.council
    if council is None:
        raise ValueError("council")
    session = sessions.create(
        council=council, title=title, held_at=scene.ago(days_ago, 8, 30), place=PLACE, by=secretary, at=at
    )
    if lines:
        agenda.add_nominations(session=session, nominations=lines, by=secretary, at=at)
    session.refresh_from_db()
    return session


def voted(scene: Scene, session: Session, days_ago: int, *, against: Nomination | None = None) -> Session:
    """All nine vote; four vote against one line, if there is one to fail."""
    secretary = scene.users["thuky"]
    session = sessions.lock_list(session=session, by=secretary, at=scene.ago(days_ago, 8))
    session = sessions.open_voting(session=session, by=secretary, at=scene.ago(days_ago, 8, 40))
    for number in range(1, 10):
        user = scene.users[f"uyvien{number}"]
        recused = {item.pk for item in session.items.filter(recusals__seat__user=user)}
        choices = {
            item.pk: "no" if against and item.nomination_id == against.pk and number > 5 else "yes"
            for item in session.items.all()
            if item.pk not in recused
        }
        ballots.cast(session=session, choices=choices, by=user, at=scene.ago(days_ago, 9, number))
    return ballots.close(session=session, by=scene.users["uyvien1"], at=scene.ago(days_ago, 10))


def _minuted(scene: Scene, lines: Sequence[Nomination]) -> None:
    session = voted(scene, prepared(scene, "Phiên họp xét khen thưởng đợt 1", 12, lines), 12, against=lines[0])
    minutes.minute(
        session=session,
        note="Các thành viên nhất trí với kết quả kiểm phiếu.",
        by=scene.users["thuky"],
        at=scene.ago(12, 11),
        number=3,
    )
    flags = Nomination.objects.filter(award="co_thi_dua_chinh_phu", state=NominationState.PASSED)
    outcomes.forward(nominations=flags, by=scene.users["thuongtruc"], at=scene.ago(10))


def _closed(scene: Scene, lines: Sequence[Nomination]) -> None:
    voted(scene, prepared(scene, "Phiên họp xét khen thưởng đợt 2", 5, lines), 5)


def _locked(scene: Scene, lines: Sequence[Nomination]) -> None:
    session = prepared(scene, "Phiên họp xét khen thưởng đợt 4", -2, lines)
    sessions.lock_list(session=session, by=scene.users["thuky"], at=scene.ago(1, 16))


def _open(scene: Scene, lines: Sequence[Nomination]) -> None:
    """Everybody may vote; two have."""
    session = prepared(scene, "Phiên họp xét khen thưởng đợt 3", 0, lines)
    session = sessions.lock_list(session=session, by=scene.users["thuky"], at=scene.ago(0, 8))
    session = sessions.open_voting(session=session, by=scene.users["thuky"], at=scene.ago(0, 8, 40))
    for number in (8, 9):
        choices = {item.pk: "yes" for item in session.items.all()}
        ballots.cast(session=session, choices=choices, by=scene.users[f"uyvien{number}"], at=scene.ago(0, 9, number))


def _postponed_and_downgraded(scene: Scene, lines: Sequence[Nomination]) -> None:
    """A session in preparation whose chair has already put one line off and one to a lower award."""
    session = prepared(scene, "Phiên họp xét khen thưởng đợt 5", -(timedelta(days=14).days), ())
    chair, secretary = scene.users["uyvien1"], scene.users["thuky"]
    if len(lines) < 2:
        return
    outcomes.put_on_agenda(nominations=lines, about=session, by=secretary, at=scene.ago(1))
    outcomes.record_results(postponed=[lines[0]], about=session, by=chair, at=scene.ago(1))
    outcomes.downgrade(
        nomination=lines[1], award="bang_khen_vien_truong", about=session, by=chair, at=scene.ago(1),
        note="Thành tích phù hợp mức Bằng khen.",
    )  # fmt: skip


def _called_off(scene: Scene) -> None:
    session = prepared(scene, "Phiên họp bất thường", 20, ())
    sessions.cancel(session=session, reason="Trùng lịch hội nghị của Ngành.", by=scene.users["thuky"], at=scene.ago(21))
