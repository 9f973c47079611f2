"""What the page of the journal calls the acts and fields that services record.

Steps of workflows bring their own names; a field of a model is called as its form calls it.
"""

from functools import cache

from django.utils.module_loading import import_string

from kiemsat_thidua.docs import WORKFLOWS

ACTS = {
    "absence.record": "Ghi thời gian nghỉ",
    "attachment.add": "Thêm tệp đính kèm",
    "attachment.remove": "Bỏ tệp đính kèm",
    "ballot.cast": "Bỏ phiếu",
    "campaign.create": "Tạo phong trào",
    "campaign.edit": "Sửa phong trào",
    "campaign.extend": "Gia hạn phong trào",
    "council.appoint": "Cử thành viên Hội đồng",
    "council.end": "Thôi thành viên Hội đồng",
    "council.establish": "Lập Hội đồng",
    "council.rule": "Nhập quy định của Hội đồng",
    "council.rule_end": "Thôi áp dụng quy định của Hội đồng",
    "council.sync": "Cấp lại quyền của Hội đồng",
    "decision.discard": "Xóa dự thảo quyết định",
    "decision.draft": "Soạn quyết định",
    "decision.edit": "Sửa dự thảo quyết định",
    "decision.edit_line": "Sửa nội dung đính chính",
    "decision.lines_changed": "Ghi dòng quyết định bị hủy bỏ, đính chính",
    "decision.reverse": "Soạn quyết định hủy bỏ, đính chính",
    "discipline.record": "Ghi kỷ luật",
    "discovery.look": "Rà soát người, tập thể sắp đủ điều kiện",
    "document.keep": "Lưu văn bản",
    "fund.enter": "Ghi quỹ thi đua, khen thưởng",
    "fund.strike": "Gạch bỏ khoản quỹ",
    "grant.check": "Đối chiếu khen thưởng",
    "grant.record": "Ghi khen thưởng",
    "grant.record_many": "Ghi khen thưởng theo quyết định",
    "grants.compare": "Đối chiếu quyết định với lịch sử",
    "hand_over.record": "Ghi trao tặng",
    "initiative.record": "Ghi sáng kiến",
    "matter.close": "Kết thúc vụ việc đang xem xét",
    "matter.open": "Ghi vụ việc đang xem xét",
    "nomination.assign": "Phân công thẩm định",
    "nomination.completed": "Gửi lại hồ sơ",
    "nomination.edit": "Sửa hồ sơ đề nghị",
    "nomination.extend": "Gia hạn bổ sung",
    "nomination.lowered": "Chuyển xuống mức thấp hơn",
    "nomination.override": "Ghi đè kết luận điều kiện",
    "nomination.recheck": "Kiểm tra lại điều kiện",
    "nomination.remark": "Ghi ý kiến thẩm định",
    "notice.close": "Kết thúc thông báo công khai",
    "notice.publish": "Thông báo công khai",
    "number.imported": "Nhập số đã dùng",
    "number.issue": "Cấp số",
    "number.release": "Trả lại số",
    "number.reserved": "Giữ số",
    "number.void": "Bỏ số",
    "payment.open": "Mở tiền thưởng",
    "payment.pay": "Ghi chi tiền thưởng",
    "override.end": "Kết thúc mức riêng",
    "override.enter": "Nhập mức riêng",
    "override.withdraw": "Rút lại mức riêng",
    "person.appoint": "Bổ nhiệm, điều động",
    "person.leave": "Thôi công tác",
    "person.link_user": "Gắn tài khoản với người",
    "person.register": "Thêm người",
    "rating.record": "Ghi xếp loại",
    "recheck.open": "Mở việc xét lại",
    "recheck.settle": "Xử lý việc xét lại",
    "recovery.open": "Mở việc thu hồi",
    "recovery.record": "Ghi thu hồi",
    "registration.answer_line": "Trả lời đăng ký cá nhân",
    "registration.ask_to_reopen": "Xin mở lại bản đăng ký",
    "registration.lines": "Sửa danh sách đăng ký",
    "registration.open": "Mở bản đăng ký",
    "registration.own": "Đăng ký của cá nhân",
    "registration.targets": "Sửa chỉ tiêu",
    "role.assign": "Phân vai trò",
    "role.end": "Thu vai trò",
    "role.sync": "Cấp lại quyền từ bảng phân công",
    "session.add": "Thêm vào chương trình họp",
    "session.attendance": "Ghi người dự họp",
    "session.count": "Kiểm phiếu",
    "session.create": "Lập phiên họp",
    "session.edit": "Sửa phiên họp",
    "session.erase": "Xóa phiếu hết hạn lưu",
    "session.recuse": "Ghi người không tham gia",
    "session.remove": "Bỏ khỏi chương trình họp",
    "session.unrecuse": "Bỏ ghi người không tham gia",
    "submission.add_lines": "Thêm hồ sơ vào tờ trình",
    "submission.create": "Lập tờ trình",
    "submission.discard": "Bỏ bản nháp tờ trình",
    "submission.edit": "Sửa tờ trình",
    "submission.remove_line": "Bỏ hồ sơ khỏi tờ trình",
    "submission.send": "Gửi tờ trình",
    "unit.dissolve": "Chấm dứt hoạt động đơn vị",
    "unit.merge": "Sáp nhập đơn vị",
    "unit.open": "Lập đơn vị",
    "unit.rename": "Đổi tên đơn vị",
    "unit.split": "Chia tách đơn vị",
    "units.load": "Nạp cơ cấu tổ chức",
}


@cache
def acts() -> dict[str, str]:
    """Every act's name, steps of workflows among them: “decision.issue” is “Ban hành”."""
    steps = {
        f"{model}.{step.name}": step.label
        for model, (_, table, _) in WORKFLOWS.items()
        for step in import_string(table).values()
    }
    return steps | ACTS
