"""The same award twice: in another dossier, or already received; nobody waives it."""

from awards.conflicts.findings import BLOCK, WARN, Conflict, Found, Scene, subject_of
from awards.models import Nomination
from awards.states import LIVE, ONCE_A_YEAR, NominationState


def in_two_dossiers(scene: Scene) -> Found:
    """Another line that counts proposes the same subject for the same award of the same year."""
    for line in scene.lines:
        for row in scene.others.get(subject_of(line), ()):
            if row.pk != line.pk and (row.award, row.year) == (line.award, line.year):
                yield line.pk, _double(line, row)


def already_held(scene: Scene) -> Found:
    """The award of that year and type has been received."""
    for line in scene.lines:
        if line.type not in ONCE_A_YEAR or line.state == NominationState.DECIDED:
            continue
        for row in scene.grants.get(subject_of(line), ()):
            if (row.award, row.year, row.type) == (line.award, line.year, line.type):
                says = f"Đã được tặng {row.entry.label} năm {row.year} theo quyết định {row.decision_number}".strip()
                yield line.pk, Conflict("held", BLOCK, f"{says}.", "Bỏ dòng này khỏi tờ trình.")


def _double(line: Nomination, row: Nomination) -> Conflict:
    once = line.type == row.type and line.type in ONCE_A_YEAR
    blocks = once and row.state in LIVE
    says = (
        f"{row.code} của {row.submission.shown_unit} cũng đề nghị {row.entry.label} năm {row.year}, "
        f"trạng thái “{row.get_state_display()}”."
    )
    cure = "Bỏ dòng này, hoặc đề nghị đơn vị kia rút hồ sơ." if blocks else "Kiểm tra có trùng thành tích không."
    return Conflict("double", BLOCK if blocks else WARN, says, cure, other=row.pk)
