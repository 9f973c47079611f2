"""What is expected of every address: which object it is about, which right shows it, which right it asks.

Written by hand from the roles of the design, never taken from the views or from their selectors: a row here and
a guard there must agree, or a test is red. An address may have several rows, one per state of its object.
"""

from dataclasses import dataclass, field
from typing import Any

from accounts.permissions import ON_COUNCIL, ON_ONESELF
from accounts.permissions import Permission as P
from accounts.roles import Held, Role

OWN, BELOW, FOREIGN = "own", "below", "foreign"
PLACES = (OWN, BELOW, FOREIGN)
#: Asked of an object that others may look at and nobody but its owner may touch.
NOBODY = "nobody"
#: The one value laid over the book: it holds for the whole sector, so no place is its own.
OVERRIDE = 987654

#: Addresses open to everybody (decisions §5), by name; nothing else is.
PUBLIC = {
    "account_activate", "account_inactive", "account_login", "awards:open_notice", "awards:open_notices", "core:health",
    "decisions:register", "documents:verify", "documents:verify_code", "documents:verify_file", "documents:verify_keys",
    "documents:verify_keys_file",
}  # fmt: skip
#: Pages of allauth carry no mark of ours; these send whoever is not signed in to the sign-in page by themselves.
THIRD_PARTY = {
    "account_change_password", "account_logout", "account_reauthenticate", "mfa_activate_totp", "mfa_authenticate",
    "mfa_deactivate_totp", "mfa_download_recovery_codes", "mfa_generate_recovery_codes", "mfa_index",
    "mfa_reauthenticate", "mfa_trust", "mfa_view_recovery_codes",
}  # fmt: skip
THIRD_PARTY_PUBLIC = {"account_inactive", "account_login"}

_WORKS_ON_DECISIONS = {P.DECISION_DRAFT, P.DECISION_NUMBER, P.DECISION_SIGN}
_LEADS_SESSIONS = {P.SESSION_PREPARE, P.SESSION_CLOSE}
_SEES_DOSSIER = {P.SUBMISSION_VIEW, P.NOMINATION_REVIEW}
#: Kind of object -> the rights any one of which shows it, held on its unit or council.
KINDS: dict[str, set[P]] = {
    "unit": {P.UNIT_VIEW},
    "person": {P.PERSON_VIEW},
    "assignment": {P.ROLE_MANAGE},
    "campaign": {P.UNIT_VIEW},
    "campaign to manage": {P.CAMPAIGN_MANAGE},
    "campaign draft": {P.CAMPAIGN_MANAGE},
    "registration": {P.REGISTRATION_VIEW},
    "registration sent": {P.REGISTRATION_VIEW},
    "registered person": {P.REGISTRATION_VIEW},
    "proposal": {P.REGISTRATION_VIEW},
    "submission": {P.SUBMISSION_VIEW},
    "sent file": {P.SUBMISSION_VIEW},
    "draft": {P.SUBMISSION_DRAFT},
    "draft file": {P.SUBMISSION_DRAFT},
    "line": _SEES_DOSSIER,
    "line file": _SEES_DOSSIER,
    "draft line": {P.SUBMISSION_DRAFT},
    "draft line file": {P.SUBMISSION_DRAFT},
    "return slip": _SEES_DOSSIER,
    "notice": {P.NOMINATION_REVIEW},
    "session draft": _LEADS_SESSIONS,
    "session locked": {P.SESSION_VIEW, *_LEADS_SESSIONS},
    "session open": {P.SESSION_VIEW, *_LEADS_SESSIONS},
    "session closed": {P.SESSION_VIEW, *_LEADS_SESSIONS},
    "item draft": _LEADS_SESSIONS,
    "item": {P.SESSION_VIEW, *_LEADS_SESSIONS},
    "item file": {P.SESSION_VIEW, *_LEADS_SESSIONS},
    "recusal": _LEADS_SESSIONS,
    "ballot": {P.BALLOT_CAST},
    "charter": {P.RULE_OVERRIDE},
    "member": {P.RULE_OVERRIDE},
    "council rule": {P.RULE_OVERRIDE},
    "session to decide": {P.DECISION_DRAFT},
    "decision draft": _WORKS_ON_DECISIONS,
    "decision awaiting": _WORKS_ON_DECISIONS,
    "decision issued": {P.DECISION_VIEW},
    "correction line": {P.DECISION_DRAFT},
    "recovery": {P.RECOVERY_RECORD},
    "official number": {P.DECISION_NUMBER},
    "fund entry": {P.PAYMENT_RECORD},
    "recheck": {P.DECISION_DRAFT},
    "certificate": {P.CERTIFICATE_PRINT},
    "stock kind": {P.CERTIFICATE_PRINT},
    "printer": {P.CERTIFICATE_PRINT},
    "certificate design": {P.CERTIFICATE_PRINT},
    "print run": {P.CERTIFICATE_PRINT},
    "word template": {P.DECISION_DRAFT},
    "file of submission": {P.SUBMISSION_VIEW},
    "file of draft": {P.SUBMISSION_DRAFT},
    "file of line": _SEES_DOSSIER,
    "file of draft line": {P.SUBMISSION_DRAFT},
    "paper of awaiting": _WORKS_ON_DECISIONS,
    "paper of issued": {P.DECISION_VIEW},
    "paper of session": {P.SESSION_VIEW},
    "job of submission": {P.SUBMISSION_VIEW},
    "job of draft": {P.SUBMISSION_DRAFT},
    "job of another": set(),
    "notification of another": set(),
}
#: Rooms of a unit's data -> the rights any one of which shows words from there; "" is what the unit is called.
ROOMS: dict[str, set[P]] = {
    "": {P.UNIT_VIEW, P.SESSION_VIEW},
    "people": {P.PERSON_VIEW, P.SUBMISSION_VIEW, P.DECISION_VIEW, P.SESSION_VIEW, P.CERTIFICATE_PRINT},
    "registration": {P.REGISTRATION_VIEW},
    "dossier": {P.SUBMISSION_VIEW, P.SESSION_VIEW},
    "session": {P.SESSION_VIEW, P.DECISION_DRAFT},
    "decision": _WORKS_ON_DECISIONS,
    "printing": {P.CERTIFICATE_PRINT},
}
#: Kinds shown also to whoever is posted in the unit, without any right.
SHOWN_TO_POSTED = {"campaign"}


@dataclass(frozen=True)
class Page:
    """One address, the ways it is asked, the kind of object in it, and the right it asks of those who see that.

    `right` None: whoever sees the object, or has signed in. `data` is what a POST sends ("{version}" is filled in).
    `slow` pages are asked with a method they do not take, which their guard must have let pass.
    """

    name: str
    methods: tuple[str, ...]
    kind: str = ""
    right: P | str | None = None
    fresh: bool = False
    args: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    slow: bool = False

    def __str__(self) -> str:
        words = [self.name, *map(str, self.args.values()), self.kind.join("()") if self.kind else ""]
        return " ".join(word for word in words if word)


def reaches(role: Role | None, right: P, place: str) -> bool:
    """Does a role held on the own unit (or its council) reach objects in `place` with `right`?"""
    if role is None or role.held is Held.NOWHERE or right not in role.permissions:
        return False
    return place == OWN if right in ON_COUNCIL else place in {OWN, BELOW}


def expected(page: Page, role: Role | None, place: str) -> int:
    """404 not visible, 403 visible without the right, 200 anything else."""
    if page.kind and not _shows(page.kind, role, place):
        return 404
    if page.right is None:
        return 200
    if page.right in ON_ONESELF:
        return 403 if role is not None and role.held is Held.NOWHERE else 200
    if page.right == NOBODY:
        return 403
    return 200 if reaches(role, P(page.right), place if page.kind else OWN) else 403


def secrets_from(role: Role | None) -> list[tuple[str, str]]:
    """Places and rooms of which a role may never read a word."""
    rooms = [(place, room) for place in PLACES for room, rights in ROOMS.items()
             if not any(reaches(role, right, place) for right in rights)]  # fmt: skip
    posted = role is not None and role.held is Held.SELF
    return [(place, room) for place, room in rooms if not (posted and place == OWN and room in {"", "people"})]


def _shows(kind: str, role: Role | None, place: str) -> bool:
    if kind in SHOWN_TO_POSTED and role is not None and role.held is Held.SELF and place == OWN:
        return True
    return any(reaches(role, right, place) for right in KINDS[kind])
