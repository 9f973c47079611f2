"""The closed vocabularies of the contract: the words in which facts and questions are put."""

from __future__ import annotations

SUBJECTS = {"individual": "cá nhân", "collective": "tập thể"}

TYPES = {
    "merit": "công trạng",
    "thematic": "phong trào, chuyên đề",
    "ad_hoc": "đột xuất",
    "long_service": "quá trình cống hiến",
    "tenure": "niên hạn",
    "external": "đối ngoại",
}

# From the lowest to the highest; a later one satisfies an earlier one.
RATINGS = {
    "failed": "không hoàn thành nhiệm vụ",
    "completed": "hoàn thành nhiệm vụ",
    "good": "hoàn thành tốt nhiệm vụ",
    "excellent": "hoàn thành xuất sắc nhiệm vụ",
}
LEVELS = {"base": "cơ sở", "sector": "ngành", "national": "toàn quốc"}

DISCIPLINE = {
    "reprimand": "khiển trách",
    "warning": "cảnh cáo",
    "pay_cut": "hạ bậc lương",
    "demotion": "giáng chức",
    "removal": "cách chức",
    "dismissal": "buộc thôi việc",
}
ABSENCES = {
    "maternity": "nghỉ thai sản",
    "injury_on_duty": "điều trị do bị thương khi làm nhiệm vụ",
    "study": "đi học",
    "illness": "nghỉ ốm",
    "personal": "nghỉ việc riêng",
}
PENDING = {
    "discipline": "đang xem xét kỷ luật",
    "investigation": "đang bị điều tra",
    "inspection": "đang thanh tra, kiểm tra",
    "complaint": "khiếu nại đang xác minh",
    "denunciation": "tố cáo đang xác minh",
    "press": "báo chí nêu, đang xác minh",
}
SEXES = {"female": "nữ", "male": "nam"}
CATEGORIES = {
    "official": "công chức",
    "public_employee": "viên chức",
    "worker": "người lao động",
    "serviceman": "quân nhân",
}
GRANT_STATES = {"in_force": "đang có hiệu lực", "corrected": "đã đính chính", "revoked": "đã bị hủy bỏ"}
STATUSES = {"confirmed", "secondary", "unconfirmed"}
MEMBER_COUNTS = {
    "total": "tổng số người",
    "completed_or_better": "người hoàn thành nhiệm vụ trở lên",
    "lao_dong_tien_tien": "người đạt Lao động tiên tiến",
    "chien_si_thi_dua_co_so": "người đạt Chiến sĩ thi đua cơ sở",
    "disciplined_warning_or_above": "người bị kỷ luật từ cảnh cáo trở lên",
}
# The papers a dossier may hold, by the kind of file they come in.
DOSSIER_PARTS = {
    "letter": "tờ trình",
    "report": "báo cáo thành tích",
    "minutes": "biên bản",
    "initiative": "chứng nhận sáng kiến, đề tài",
    "proof": "chứng nhận thành tích",
    "opinion": "ý kiến của cơ quan liên quan",
    "party_opinion": "ý kiến của cấp ủy",
    "honours": "quyết định về các danh hiệu đã được tặng",
}
# What the law may leave to a ministry, by the family of the parameters it then sets for an award.
DELEGATED = {
    "votes": "tỷ lệ phiếu",
    "votes_written": "ý kiến bằng văn bản",
    "quotas": "giới hạn số lượng",
    "quotas_floor": "số lượng tối thiểu của giới hạn",
    "notice_days": "thời gian công khai",
    "deciders": "người quyết định",
    "money": "hệ số tiền thưởng",
    "standard": "mức của tiêu chuẩn",
}


def at_least(scale: dict[str, str], value: str, floor: str) -> bool:
    """Whether ``value`` stands at or above ``floor`` on an ordered scale."""
    for code in scale:
        if code == floor:
            return True
        if code == value:
            return False
    raise ValueError(floor)
