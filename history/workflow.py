"""How an honour ceases to count (nothing is deleted), and what a unit makes of a suggestion."""

from accounts.permissions import Permission as P
from core.workflow import Attempt, Move, Refused, step
from history.states import DiscoveryState as D
from history.states import GrantState as G


def gives_basis(attempt: Attempt) -> None:
    """Nothing is taken back without a written basis."""
    if not attempt.note.strip():
        raise Refused("Đồng chí ghi căn cứ: số, ngày quyết định hoặc lý do.")


#: Moves of a grant.
MOVES: dict[str, Move] = {
    move.name: move
    for move in (
        step("revoke", "Thu hồi", {G.IN_FORCE}, G.REVOKED, P.GRANT_RECORD, gives_basis),
        step("correct", "Đính chính", {G.IN_FORCE}, G.CORRECTED, P.GRANT_RECORD, gives_basis),
        step("revoke_by_decision", "Thu hồi theo quyết định", {G.IN_FORCE}, G.REVOKED, P.DECISION_NUMBER, gives_basis),
        step(
            "correct_by_decision",
            "Đính chính theo quyết định",
            {G.IN_FORCE},
            G.CORRECTED,
            P.DECISION_NUMBER,
            gives_basis,
        ),
    )
}

#: Whose turn it is in each state.
TURN: dict[str, str] = {G.IN_FORCE: "nobody", G.CORRECTED: "nobody", G.REVOKED: "nobody"}


def says_why(attempt: Attempt) -> None:
    """Nobody's turn is put off or refused in silence."""
    if not attempt.note.strip():
        raise Refused("Đồng chí ghi rõ lý do.")


def still_holds(attempt: Attempt) -> None:
    """The last pass still found it so."""
    if attempt.subject.ended_on is not None:
        raise Refused("Lần rà soát gần nhất không còn thấy gợi ý này.")


#: Moves of a suggestion. Declining takes away somebody's year, so the head decides it. A dossier may be begun again
#: after it was thrown away.
DISCOVERY_MOVES: dict[str, Move] = {
    move.name: move
    for move in (
        step("take", "Lập hồ sơ", set(D), D.TAKEN, P.SUBMISSION_DRAFT, still_holds),
        step(
            "postpone", "Hoãn", {D.OPEN, D.POSTPONED, D.TAKEN}, D.POSTPONED, P.SUBMISSION_DRAFT, says_why, still_holds
        ),
        step("decline", "Không đề nghị", {D.OPEN, D.POSTPONED, D.TAKEN}, D.DECLINED, P.SUBMISSION_SEND, says_why),
        step("reopen", "Xem xét lại", {D.POSTPONED, D.DECLINED}, D.OPEN, P.SUBMISSION_DRAFT),
    )
}
