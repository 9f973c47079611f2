"""Where keys for digital signatures come from: one small interface, today a folder of PKCS#12 files.

`SIGNING_DIR` holds `<owner>.p12` (a person's user name, or `co-quan-<code of the unit>`), a picture
`<owner>.png` of the signature or seal, trust anchors in `anchors/*.pem` and revocation lists in
`crls/*.crl`. The passphrase of the files is the setting SIGNING_PASSPHRASE. Hardware behind PKCS#11 would
be another `KeySource`; it has not been tried.
"""

import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from core.workflow import Told

logger = logging.getLogger(__name__)
#: Stands in the names of certificates that are made for the demonstration.
DEMO_MARK = "minh họa"
_OWNER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,79}")


class KeyMissing(Told):
    """No key for this owner, its file cannot be opened, or its certificate has ended."""


@dataclass(frozen=True)
class Key:
    """A key ready to sign with, and what its certificate says."""

    signer: Any
    name: str
    is_demo: bool
    picture: bytes | None = None


class KeySource(Protocol):
    """Gives keys by the name of their owner."""

    def has(self, owner: str) -> bool:
        """Is there a key? Must be cheap: pages ask it."""

    def key(self, owner: str) -> Key:
        """The key. Raises KeyMissing."""


class Pkcs12Folder:
    """Keys as password-protected files."""

    def has(self, owner: str) -> bool:
        """Is there a file of that name?"""
        path = self._path(owner)
        return path is not None and path.is_file()

    def key(self, owner: str) -> Key:
        """The key and certificate of the file, with the chain that it carries. Raises KeyMissing."""
        from pyhanko.sign import signers  # noqa: PLC0415 - a second of loading that most processes never need

        path = self._path(owner)
        if path is None or not path.is_file():
            raise KeyMissing("Chưa có chứng thư ký số trên máy chủ cho chữ ký này.")
        try:
            signer = signers.SimpleSigner.load_pkcs12_data(
                path.read_bytes(), other_certs=anchors(), passphrase=settings.SIGNING_PASSPHRASE.encode()
            )
        except (ValueError, OSError) as broken:
            raise KeyMissing("Không mở được chứng thư ký số: sai mật khẩu tệp hoặc tệp hỏng.") from broken
        if signer is None or signer.signing_cert is None:
            raise KeyMissing("Không mở được chứng thư ký số: sai mật khẩu tệp hoặc tệp hỏng.")
        _is_valid_now(signer.signing_cert)
        name = common_name(signer.signing_cert)
        return Key(signer, name, DEMO_MARK in str(signer.signing_cert.issuer.human_friendly),
                   picture_of(owner))  # fmt: skip

    def _path(self, owner: str) -> Path | None:
        return folder() / f"{owner}.p12" if _OWNER.fullmatch(owner) else None


def keys() -> KeySource:
    """The source that the settings name."""
    source: KeySource = import_string(settings.SIGNING_KEYS)()
    return source


def folder() -> Path:
    """Where keys, trust anchors and revocation lists lie."""
    return Path(settings.SIGNING_DIR)


def picture_of(owner: str) -> bytes | None:
    """The picture of a signature or seal, as PNG."""
    path = folder() / f"{owner}.png"
    return path.read_bytes() if _OWNER.fullmatch(owner) and path.is_file() else None


def demo_files() -> list[str]:
    """Files of the folder that were made for the demonstration: trust in its authority, and keys from it."""
    keys_of = {path.name: path.stem for path in sorted(folder().glob("*.p12"))}
    made = [name for name, owner in keys_of.items() if _is_demo(owner)]
    return made + [f"anchors/{path.name}" for path in _anchor_files() if any(map(_says_demo, _certificates(path)))]


def agency_owner(code: str) -> str:
    """The owner's name of a unit's key."""
    return f"co-quan-{re.sub(r'[^A-Za-z0-9._-]', '-', code)}"


def common_name(certificate: Any) -> str:
    """Whom a certificate names."""
    return _first(certificate.subject.native.get("common_name")) or str(certificate.subject.human_friendly)


def named(name: Any) -> str:
    """An authority as people read it: its name and organization."""
    parts = [_first(name.native.get(key)) for key in ("common_name", "organization_name")]
    return ", ".join(part for part in parts if part) or str(name.human_friendly)


def _first(value: Any) -> str:
    """An attribute of a name may stand there several times."""
    return str(value[0] if isinstance(value, list) else value or "")


def anchors() -> list[Any]:
    """The certificates that are trusted."""
    return [certificate for path in _anchor_files() for certificate in _certificates(path)]


def revocation_lists() -> list[bytes]:
    """Revocation lists that were put into the folder, for machines without network."""
    return [path.read_bytes() for path in sorted((folder() / "crls").glob("*.crl"))]


def _anchor_files() -> list[Path]:
    return [path for path in sorted((folder() / "anchors").glob("*")) if path.suffix in {".pem", ".crt", ".cer"}]


def _certificates(path: Path) -> list[Any]:
    from asn1crypto import pem, x509  # noqa: PLC0415

    data = path.read_bytes()
    try:
        pieces = [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
        found = [x509.Certificate.load(piece) for piece in pieces]
        for certificate in found:
            _ = certificate.native  # parsed only when asked for
    except (ValueError, TypeError):
        logger.exception("An unreadable trust anchor is left out: %s", path.name)
        return []
    return found


def _is_valid_now(certificate: Any) -> None:
    if not certificate.not_valid_before <= timezone.now() <= certificate.not_valid_after:
        first, last = (timezone.localdate(day) for day in (certificate.not_valid_before, certificate.not_valid_after))
        raise KeyMissing(f"Chứng thư ký số trên máy chủ chỉ có giá trị từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}.")


def _is_demo(owner: str) -> bool:
    """A key that does not open signs nothing."""
    try:
        return keys().key(owner).is_demo
    except KeyMissing:
        return False


def _says_demo(certificate: Any) -> bool:
    return DEMO_MARK in str(certificate.issuer.human_friendly)
