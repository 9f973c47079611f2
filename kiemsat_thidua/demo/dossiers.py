"""Nominations of the running year, one in each state that comes before a council."""

import io
from datetime import timedelta

from awards.models import Nomination, Submission
from awards.services import lines, nominations, notices, reviews, submissions
from documents.papers import Letterhead, Para, Signature, SubmissionPaper
from documents.services import uploads
from documents.services.render import render_pdf
from kiemsat_thidua.demo.scene import Scene
from units.models import Person
from units.services import records

REPORT = "report"
EXPLANATION = "Đơn vị đã xem xét, có tài liệu chứng minh kèm theo báo cáo thành tích."
GROUND = "Đã đối chiếu hồ sơ gốc của đơn vị."


def build(scene: Scene) -> None:
    """Three submissions sent and one draft; the office works on the sent ones."""
    report = render_pdf(report_paper())
    fighters = [
        person for key in ("pt_p1", "pt_p7", "pt_p9", "kv1") for person in scene.staff[key] if _has_titles(person)
    ]
    sections = ("pt_p1", "pt_p7", "pt_p9", "pt_vp")
    first = _submission(scene, "Đề nghị khen thưởng tổng kết năm, VKSND tỉnh Phú Thọ", "sector", "canbo")
    lines.add_people(
        submission=first,
        people=fighters[:18],
        award="chien_si_thi_dua_nganh",
        by=scene.users["canbo"],
        at=scene.ago(26),
    )
    lines.add_collectives(
        submission=first, units=[scene.units[key] for key in sections], award="tap_the_lao_dong_xuat_sac",
        by=scene.users["canbo"], at=scene.ago(26),
    )  # fmt: skip
    _send(scene, first, report, "thutruong", days_ago=24)
    flag = _submission(scene, "Đề nghị tặng Cờ thi đua của Chính phủ", "state", "canbo")
    lines.add_collectives(
        submission=flag,
        units=[scene.units["phu_tho"]],
        award="co_thi_dua_chinh_phu",
        by=scene.users["canbo"],
        at=scene.ago(25),
    )
    _send(scene, flag, report, "thutruong", days_ago=23)
    draft = _submission(scene, "Đề nghị khen thưởng bổ sung, VKSND tỉnh Phú Thọ", "sector", "canbo")
    lines.add_people(
        submission=draft,
        people=fighters[18:21],
        award="chien_si_thi_dua_nganh",
        by=scene.users["canbo"],
        at=scene.ago(2),
    )
    _review(scene, list(first.nominations.order_by("pk")), list(flag.nominations.all()))


def _submission(scene: Scene, title: str, level: str, user: str) -> Submission:
    return submissions.create(
        campaign=scene.campaigns["running"], unit=scene.units["phu_tho"], level=level, title=title,
        by=scene.users[user], at=scene.ago(26),
    )  # fmt: skip


def _send(scene: Scene, submission: Submission, report: bytes, head: str, *, days_ago: int) -> None:
    """Attach the report, explain what the machine finds wanting, send."""
    file = uploads.accept(io.BytesIO(report), name="Bao cao thanh tich.pdf")
    submissions.attach(subject=submission, kind=REPORT, file=file, by=scene.users["canbo"], at=scene.ago(days_ago + 1))
    for line in submission.nominations.all():
        lines.edit(
            nomination=line, values={"explanation": EXPLANATION}, expected_version=line.version,
            by=scene.users["canbo"], at=scene.ago(days_ago + 1),
        )  # fmt: skip
    submission.refresh_from_db()
    submissions.send(
        submission=submission, expected_version=submission.version, by=scene.users[head], at=scene.ago(days_ago)
    )


def _review(scene: Scene, rows: list[Nomination], flags: list[Nomination]) -> None:
    """Two wait, two are under review, and one each is returned, refused, withdrawn, on notice; the rest qualify."""
    office, at = scene.users["thuongtruc"], scene.ago(18)
    reviews.take_up_many(nominations=[*rows[2:], *flags], by=office, at=at)
    returned, refused, withdrawn, noticed = [_now(row) for row in rows[4:8]]
    reviews.return_incomplete(
        nomination=returned, reasons=["Thiếu quyết định công nhận sáng kiến cấp Ngành"], by=office, at=scene.ago(4),
        guidance="Tải quyết định công nhận sáng kiến có chữ ký số.", due_on=scene.today + timedelta(days=4),
        expected_version=returned.version,
    )  # fmt: skip
    reviews.disqualify(
        nomination=refused, reason="Không có sáng kiến được công nhận trong các năm xét.", by=office, at=scene.ago(6),
        expected_version=refused.version,
    )  # fmt: skip
    nominations.withdraw(
        nomination=withdrawn, reason="Cá nhân chuyển công tác, đơn vị rút đề nghị.", by=scene.users["thutruong"],
        at=scene.ago(5), expected_version=withdrawn.version,
    )  # fmt: skip
    notices.publish(
        unit=noticed.held_by, title="Lấy ý kiến hồ sơ đề nghị Chiến sĩ thi đua ngành", place="Cổng thông tin điện tử",
        opens_on=scene.today - timedelta(days=3), closes_on=scene.today + timedelta(days=12), nominations=[noticed],
        by=office, at=scene.ago(3),
    )  # fmt: skip
    for row in [*rows[8:], *flags]:
        _qualify(scene, _now(row))
    if examined := rows[1].person:
        records.open_matter(
            subject=examined, kind="complaint", opened_on=scene.today - timedelta(days=6), by=office, at=scene.ago(6),
            note="Đơn khiếu nại về phân công công việc (dữ liệu mẫu).",
        )  # fmt: skip


def _qualify(scene: Scene, line: Nomination) -> None:
    """A lead overrides what the machine finds wanting; the office confirms the rest in words."""
    if (line.present_verdict or {}).get("outcome") == "not_eligible":
        line = reviews.override(
            nomination=line, reason="Đủ điều kiện theo hồ sơ giấy, dữ liệu trước năm 2020 chưa nhập hết.",
            by=scene.users["truongphong"], at=scene.ago(16), expected_version=line.version,
        )  # fmt: skip
    reviews.qualify(
        nomination=line, note=GROUND, by=scene.users["thuongtruc"], at=scene.ago(15), expected_version=line.version
    )


def _now(line: Nomination) -> Nomination:
    return Nomination.objects.select_related("held_by", "submission__unit").get(pk=line.pk)


def _has_titles(person: Person) -> bool:
    return person.grants.filter(award="chien_si_thi_dua_co_so").exists()


def report_paper() -> SubmissionPaper:
    """A report of achievements."""
    return SubmissionPaper(
        title="Báo cáo thành tích (dữ liệu mẫu)", heading="BÁO CÁO THÀNH TÍCH",
        letterhead=Letterhead(body=("VKSND TỈNH PHÚ THỌ",), symbol="BC-VKSPT", place="Phú Thọ"),
        summary="Đề nghị khen thưởng (dữ liệu mẫu)", addressees=("Hội đồng Thi đua - Khen thưởng",),
        blocks=(Para("Đây là báo cáo mẫu dùng cho bản dùng thử, không phải hồ sơ thật."),),
        signatures=(Signature(("VIỆN TRƯỞNG",)),), recipients=("Như trên", "Lưu: VT"),
    )  # fmt: skip
