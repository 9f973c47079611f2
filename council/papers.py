"""The words of a session's papers: the invitation to it, and its minutes with what was voted on and what came out."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone

from council import box
from council.facts import BASE_NAMES, frozen_rule, heading_of, is_shown, share_text
from council.models import AgendaItem, Recusal, Seat, Session
from council.selectors import items_of, recusals_of
from council.states import MemberRole
from council.workflow import quorum_of
from documents.papers import (
    AnnexGroup,
    AnnexPaper,
    AnnexRow,
    Block,
    Column,
    Heading,
    InvitationPaper,
    Letterhead,
    MinutesPaper,
    Para,
    Row,
    Signature,
    Table,
    official_day,
)

COLUMNS = (
    Column("TT", 11, "center"),
    Column("Cá nhân, tập thể"),
    Column("Đồng ý", 17, "right"),
    Column("Không", 17, "right"),
    Column("Trắng", 17, "right"),
    Column("Mẫu số", 16, "right"),
    Column("Tỷ lệ", 18, "right"),
    Column("Kết quả", 22, "center"),
)


INVITED = (
    Column("TT", 12, "center"), Column("Họ và tên", 56), Column("Chức vụ"), Column("Trong Hội đồng", 38, "center"),
)  # fmt: skip


def invitation_paper(session: Session) -> InvitationPaper:
    """Giấy mời họp for the members of the council; number and day are written when it is sent."""
    seats, council = list(session.seats.all()), session.council
    head = _letterhead(session, f"GM-{council.symbol}")
    kinds = dict.fromkeys(heading_of(item) for item in items_of(session))
    facts = (
        ("Thời gian", f"{_moment(session.held_at)}."),
        ("Địa điểm", f"{session.place}."),
        ("Nội dung", "Xem xét, bỏ phiếu kín về " + "; ".join(kinds) + "." if kinds else "Theo chương trình phiên họp."),
    )
    members = AnnexPaper(
        title="Thành phần mời", heading="THÀNH PHẦN MỜI HỌP", columns=INVITED,
        rows=tuple(
            AnnexRow((str(place), seat.full_name, seat.post_title, seat.get_role_display()))
            for place, seat in enumerate(seats, 1)
        ),
        reference=f"(Kèm theo Giấy mời số {head.number_text} {head.day_text} của {council.name})",
    )  # fmt: skip
    return InvitationPaper(
        title=f"Giấy mời {session.title}",
        letterhead=head,
        summary=f"Họp {council.name}, {session.title}",
        opening=f"{council.name} trân trọng kính mời:",
        invited="Các đồng chí thành viên Hội đồng (có danh sách kèm theo).",
        facts=facts,
        blocks=(Para("Đề nghị các đồng chí sắp xếp công việc, dự họp đúng thành phần và thời gian./."),),
        signatures=(_chair(seats),),
        recipients=("Như thành phần mời", f"Lưu: VT, {council.symbol}"),
        annexes=(members,) if seats else (),
    )


def minutes_paper(session: Session) -> MinutesPaper:
    """Biên bản họp và kiểm phiếu of a closed session."""
    items, seats = list(items_of(session)), list(session.seats.all())
    return MinutesPaper(
        title=f"Biên bản {session.title}",
        draft=session.minuted_at is None,
        letterhead=_letterhead(
            session, f"BB-{session.council.symbol}", session.minutes_number, timezone.localdate(session.held_at)
        ),
        summary=f"Họp {session.council.name}, {session.title}",
        blocks=(
            *_opening(session, seats),
            *_agenda(items),
            *_count(session, items, seats),
            *_closing(session),
        ),
        signatures=(
            Signature(("THƯ KÝ",), _holder(seats, MemberRole.SECRETARY)),
            _chair(seats),
        ),
        recipients=("Như thành phần dự họp", f"Lưu: VT, {session.council.symbol}"),
    )


def _letterhead(session: Session, symbol: str, number: int | None = None, day: date | None = None) -> Letterhead:
    unit = session.council.unit
    return Letterhead(
        parent=(unit.name.upper(),), body=(session.council.name.upper(),), symbol=symbol, number=number,
        place=unit.place or unit.province or "Hà Nội", day=day,
    )  # fmt: skip


def _opening(session: Session, seats: Sequence[Seat]) -> tuple[Block, ...]:
    voting = [seat for seat in seats if seat.votes]
    present = [seat for seat in voting if seat.present]
    absent = [f"{seat.full_name} ({seat.absence or 'không ghi lý do'})" for seat in seats if not seat.present]
    quorum = quorum_of(session)
    return (
        Heading("I. Thời gian, địa điểm, thành phần"),
        Para(f"{_moment(session.held_at)}.", lead="Thời gian bắt đầu:"),
        Para(f"{session.place}.", lead="Địa điểm:"),
        Para("; ".join(_named(seat) for seat in seats if seat.present) + ".", lead="Có mặt:"),
        Para("; ".join(absent) + "." if absent else "Không.", lead="Vắng mặt:"),
        Para(
            f"Hội đồng có {len(voting):02d} thành viên bỏ phiếu, có mặt {len(present):02d}"
            + (f"; túc số quy định {quorum.text}." if quorum else "; không có quy định túc số đang áp dụng.")
        ),
    )


def _agenda(items: Sequence[AgendaItem]) -> tuple[Block, ...]:
    lines: list[Block] = [
        Heading("II. Nội dung"),
        Para(f"Hội đồng xem xét hồ sơ và bỏ phiếu kín trên hệ thống {len(items):02d} mục, theo tỷ lệ quy định sau:"),
    ]
    for heading, group in groupby(items, heading_of):
        first = next(group)
        rule = frozen_rule(first)
        if rule:
            lines.append(Para(f"- {heading}: {rule.share.text} {BASE_NAMES[rule.base]}, theo {rule.source}."))
    return tuple(lines)


def _count(session: Session, items: Sequence[AgendaItem], seats: Sequence[Seat]) -> tuple[Block, ...]:
    cast = box.turnout_count(session)
    given = sum(seat.votes and seat.present for seat in seats)
    rows: list[Row] = []
    for heading, group in groupby(items, heading_of):
        rows.append(AnnexGroup(heading))
        rows.extend(AnnexRow(_cells(item)) for item in group)
    return (
        Heading("III. Kết quả kiểm phiếu"),
        Para(f"Số phiếu phát ra: {given:02d}; số phiếu thu về: {cast:02d}; số phiếu hợp lệ: {cast:02d}."),
        Table(COLUMNS, tuple(rows)),
        *_recused(list(recusals_of(session))),
        Para(
            "Người vắng mặt và người không tham gia biểu quyết vẫn nằm trong mẫu số; phiếu trắng không tính là đồng ý.",
            style="italic",
        ),
    )


def _recused(recusals: Sequence[Recusal]) -> tuple[Block, ...]:
    if not recusals:
        return ()
    told = (
        f"{row.seat.full_name}, mục {row.item.order} ({row.reason[:1].lower()}{row.reason[1:]})" for row in recusals
    )
    return (Para("; ".join(told) + ".", lead="Không tham gia biểu quyết:"),)


def _cells(item: AgendaItem) -> tuple[str, ...]:
    name = f"{item.title}, {item.detail}" if item.detail else item.title
    verdict = "Đạt" if item.passed else "Không đạt"
    if not is_shown(item):
        hidden = "…"
        return (str(item.order), name, hidden, hidden, hidden, str(item.members), hidden, verdict)
    numbers = (str(item.yes), str(item.no), str(item.blank), str(item.members), share_text(item))
    return (str(item.order), name, *numbers, verdict)


def _closing(session: Session) -> tuple[Block, ...]:
    note = (Heading("IV. Ý kiến"), Para(session.minutes_note)) if session.minutes_note else ()
    ended = f"Việc bỏ phiếu kết thúc vào {_moment(session.closed_at)}./." if session.closed_at else ""
    return (
        *note,
        Para(
            f"Số biên nhận trong hòm: {len(box.receipt_codes(session)):02d}."
            f" Mã niêm phong hòm phiếu: {session.seal_shown}.",
            style="italic",
        ),
        Para(ended),
    )


def _moment(at: datetime) -> str:
    """“08 giờ 05 phút, ngày 05 tháng 02 năm 2026”."""
    local = timezone.localtime(at)
    return f"{local:%H} giờ {local:%M} phút, {official_day(local.date())}"


def _named(seat: Seat) -> str:
    return f"{seat.full_name}, {seat.post_title} ({seat.get_role_display()})"


def _chair(seats: Sequence[Seat]) -> Signature:
    """The post in the council, then the one in the office whose seal the council uses (box 7a)."""
    chair = next((seat for seat in seats if seat.role == MemberRole.CHAIR), None)
    posts = (chair.post_title.upper(),) if chair else ()
    return Signature(("CHỦ TỊCH HỘI ĐỒNG", *posts), chair.full_name if chair else "")


def _holder(seats: Sequence[Seat], role: str) -> str:
    return next((seat.full_name for seat in seats if seat.role == role), "")
