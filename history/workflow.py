"""How an honour ceases to count. Nothing is deleted."""

from accounts.permissions import Permission as P
from core.workflow import Attempt, Move, Refused, step
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
    )
}

#: Whose turn it is in each state.
TURN: dict[str, str] = {G.IN_FORCE: "nobody", G.CORRECTED: "nobody", G.REVOKED: "nobody"}
