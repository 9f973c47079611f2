"""What the public page of verification may say: asked of the subject, never read from its tables.

A subject that can be verified has `verification_facts() -> VerificationFacts | None`; None means
that nothing has been made public yet, and the page then answers as for an unknown code.
"""

import hmac
from dataclasses import dataclass
from datetime import date

from core.vietnamese import duplicate_key
from documents.states import Standing

#: What the page says first and how it looks, by standing.
VERDICTS = {
    Standing.IN_FORCE: ("{kind} có thật và đang có hiệu lực", "ok"),
    Standing.CORRECTED: ("{kind} có thật, đã được đính chính", "warn"),
    Standing.REPLACED: ("{kind} đã được thay thế", "warn"),
    Standing.PARTLY: ("{kind} có thật, đã bị hủy bỏ một phần", "warn"),
    Standing.REVOKED: ("{kind} đã bị hủy bỏ", "err"),
}
#: Forms of address that stand before a name on paper.
ADDRESSES = ("ông", "bà", "đồng chí", "đ/c")


@dataclass(frozen=True, kw_only=True)
class VerificationFacts:
    """The facts of one paper or of one recipient; empty text is not shown.

    `recipient` is the full name: the page shortens an individual's and shows a collective's whole.
    `because` names the decision that corrected, replaced or revoked, with number and day.
    """

    standing: Standing
    kind: str
    number: str
    issued_on: date
    issuer: str
    about: str
    recipient: str = ""
    recipient_is_person: bool = True
    recipient_unit: str = ""
    award: str = ""
    register_number: str = ""
    because: str = ""

    @property
    def headline(self) -> str:
        """The verdict as a sentence."""
        return VERDICTS[self.standing][0].format(kind=self.kind)

    @property
    def tone(self) -> str:
        """ok, warn or err."""
        return VERDICTS[self.standing][1]

    @property
    def shown_recipient(self) -> str:
        """What a stranger may read."""
        return shortened(self.recipient) if self.recipient_is_person else self.recipient

    @property
    def can_be_matched(self) -> bool:
        """Is there a shortened name that the holder of the paper may compare?"""
        return bool(self.recipient) and self.recipient_is_person


def shortened(full_name: str) -> str:
    """“Nguyễn Thị Thanh Hằng” → “Nguyễn Thị Thanh H.”; a single word keeps its first letter."""
    *others, given = full_name.split() or [""]
    return " ".join([*others, f"{given[:1]}."]) if given else ""


def same_name(typed: str, full_name: str) -> bool:
    """Is the typed name the whole name? Tone marks count, their place and capitals do not."""
    return hmac.compare_digest(_key(typed), _key(full_name))


def _key(name: str) -> bytes:
    words = name.strip().casefold()
    for address in ADDRESSES:
        words = words.removeprefix(f"{address} ").strip()
    return duplicate_key(words).encode()
