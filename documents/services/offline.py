"""Codes that prove a paper without network: its words, signed with Ed25519, short enough for a QR code.

    TDKT1.<key id>.<words, base64url>.<signature, base64url>

The words are number, day, award (or summary), recipient as printed and issuer. The key is the one of the
paper's day. The public keys are published at a fixed address; the private ones are files in SIGNING_DIR. Such a
code tells that the paper was issued with these words, not that it still holds: revocation is only on the public page.
"""

import base64
import binascii
import hashlib
import json
import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.db.models import Q

from accounts.models import User
from core import journal
from core.act import act
from core.vietnamese import clean_text
from core.workflow import Refused
from documents.facts import VerificationFacts
from documents.models import OfflineKey
from documents.services.signing_keys import folder
from documents.states import Standing

log = logging.getLogger(__name__)

PREFIX = "TDKT1"
#: A code longer than this would not be read from a square of 26 mm.
LONGEST = 480


class CodeRefused(ValueError):
    """The code proves nothing; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a code says of a paper."""

    number: str
    dated: date
    award: str
    recipient: str
    issuer: str


@dataclass(frozen=True)
class PublicKey:
    """One published key; it counts for papers dated from `valid_from` to the end of `valid_to`."""

    key_id: str
    public_key: str
    valid_from: date
    valid_to: date | None = None


def code(words: Words) -> str:
    """The code of these words with the key of the paper's day; "" when the office has none for that day."""
    key = _key_on(words.dated)
    private = _private(key.key_id) if key else None
    if key is None or private is None:
        return ""
    body = [words.number, words.dated.isoformat(), words.award, words.recipient, words.issuer]
    packed = json.dumps([clean_text(text) for text in body], ensure_ascii=False, separators=(",", ":"))
    signed = f"{PREFIX}.{key.key_id}.{_base64(packed.encode())}"
    whole = f"{signed}.{_base64(private.sign(signed.encode()))}"
    return whole if len(whole) <= LONGEST else ""


def code_of(facts: VerificationFacts) -> str:
    """The code of a paper that is in force; "" for one that no longer is."""
    if facts.standing not in {Standing.IN_FORCE, Standing.CORRECTED}:
        return ""
    about = facts.award or facts.about
    return code(Words(number=facts.number, dated=facts.issued_on, award=about, recipient=facts.recipient,
                      issuer=facts.issuer))  # fmt: skip


def verify(text: str, keys: Iterable[PublicKey]) -> Words:
    """The words of a genuine code. Raises CodeRefused; needs neither database nor network."""
    parts = "".join(text.split()).split(".")
    if len(parts) != 4 or parts[0] != PREFIX:
        raise CodeRefused("Đây không phải mã kiểm tra ngoại tuyến của hệ thống.")
    key = next((row for row in keys if row.key_id == parts[1]), None)
    if key is None:
        raise CodeRefused(f"Mã dùng khóa {parts[1][:12]} không có trong tệp khóa công khai.")
    try:
        public = Ed25519PublicKey.from_public_bytes(_bytes(key.public_key))
        public.verify(_bytes(parts[3]), ".".join(parts[:3]).encode())
        number, dated, award, recipient, issuer = json.loads(_bytes(parts[2]))
        words = Words(number=number, dated=date.fromisoformat(dated), award=award, recipient=recipient, issuer=issuer)
    except (InvalidSignature, ValueError, TypeError, binascii.Error) as wrong:
        raise CodeRefused("Chữ ký của mã không đúng: mã bị sửa hoặc chép sai.") from wrong
    if words.dated < key.valid_from or (key.valid_to and words.dated > key.valid_to):
        raise CodeRefused(f"Khóa {key.key_id} không dùng cho văn bản ngày {words.dated:%d/%m/%Y}.")
    return words


def published() -> list[PublicKey]:
    """All keys there ever were, the newest first: old papers are checked with old keys."""
    rows = OfflineKey.objects.order_by("-valid_from", "-id")
    return [PublicKey(row.key_id, row.public_key, row.valid_from, row.valid_to) for row in rows]


def as_json(keys: Iterable[PublicKey]) -> str:
    """The file of public keys, as published."""
    rows = [
        {"id": key.key_id, "alg": "Ed25519", "public_key": key.public_key, "valid_from": key.valid_from.isoformat(),
         "valid_to": key.valid_to.isoformat() if key.valid_to else None}
        for key in keys
    ]  # fmt: skip
    return json.dumps({"format": PREFIX, "keys": rows}, indent=1)


def from_json(text: str) -> list[PublicKey]:
    """The keys of a published file. Raises CodeRefused for another file."""
    try:
        return [
            PublicKey(row["id"], row["public_key"], date.fromisoformat(row["valid_from"]),
                      date.fromisoformat(row["valid_to"]) if row["valid_to"] else None)
            for row in json.loads(text)["keys"]
        ]  # fmt: skip
    except (ValueError, KeyError, TypeError) as wrong:
        raise CodeRefused("Tệp khóa công khai không đúng.") from wrong


@act
def rotate(*, valid_from: date, by: User, at: datetime) -> OfflineKey:
    """A new key from `valid_from` on; the one before ends the day before. Raises Refused for an earlier day."""
    rows = OfflineKey.objects.select_for_update()
    last = rows.order_by("-valid_from", "-id").first()
    if last is not None and valid_from <= last.valid_from:
        raise Refused(f"Khóa mới phải dùng sau ngày {last.valid_from:%d/%m/%Y}.")
    private = Ed25519PrivateKey.generate()
    raw = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    key_id = base64.b32encode(hashlib.sha256(raw).digest())[:8].decode()
    _write(_path(key_id), private)
    if last is not None:
        rows.filter(pk=last.pk).update(valid_to=valid_from - timedelta(days=1))
    made = OfflineKey.objects.create(
        key_id=key_id, public_key=_base64(raw), valid_from=valid_from, created_at=at
    )  # fmt: skip
    changes = {"key_id": [last.key_id if last else None, key_id], "valid_from": [None, valid_from]}
    journal.record(made, by=by, at=at, kind="offline_key.rotate", changes=changes)
    return made


def _key_on(day: date) -> OfflineKey | None:
    running = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))
    return OfflineKey.objects.filter(running).order_by("-valid_from", "-id").first()


def _private(key_id: str) -> Ed25519PrivateKey | None:
    """The private half; None where the folder has none that can be read, which the log then tells."""
    try:
        found = serialization.load_pem_private_key(_path(key_id).read_bytes(), password=None)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        log.exception("offline key %s cannot be read", key_id)
        return None
    return found if isinstance(found, Ed25519PrivateKey) else None


def _path(key_id: str) -> Path:
    return folder() / f"ngoai-tuyen-{key_id}.pem"


def _write(path: Path, private: Ed25519PrivateKey) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    data = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
        written.write(data)
        written.flush()
        os.fsync(written.fileno())  # the row that names the key is about to be committed


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _base64(data) != text:  # other letters with the same meaning are no copy of the code
        raise ValueError(text)
    return data
