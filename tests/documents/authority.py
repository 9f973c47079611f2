"""A certification authority of the test, a folder of keys, and a time stamp service without network."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import keys, x509
from cryptography.hazmat.primitives import serialization as ser
from cryptography.hazmat.primitives.asymmetric import rsa
from django.utils import timezone
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.services import signing_demo

PASSPHRASE = "mat-khau-cua-kiem-thu"


@dataclass
class Folder:
    """SIGNING_DIR of a test."""

    place: Path
    authority: signing_demo.Issued

    def give(self, owner: str, name: str, *, at: datetime | None = None) -> signing_demo.Issued:
        """A key for `owner`, whose certificate names `name`, issued now unless said otherwise."""
        issued = signing_demo.issue(self.authority, name, at=at or timezone.now())
        packed = signing_demo.packed(issued, self.authority, PASSPHRASE.encode())
        (self.place / f"{owner}.p12").write_bytes(packed)
        return issued

    def trust(self, authority: signing_demo.Issued, name: str) -> None:
        """Put a root among the trust anchors."""
        pem = authority.certificate.public_bytes(ser.Encoding.PEM)
        (self.place / "anchors" / f"{name}.pem").write_bytes(pem)

    def publish(self, authority: signing_demo.Issued, name: str, *revoked: signing_demo.Issued) -> None:
        """Put an authority's revocation list into the folder."""
        listed = signing_demo.revocation_list(authority, list(revoked), at=timezone.now())
        (self.place / "crls" / f"{name}.crl").write_bytes(listed)

    def stamps(self) -> tuple[DummyTimeStamper, signing_demo.Issued]:
        """A time stamp service, and its own root (not yet trusted)."""
        root = signing_demo.make_authority(at=timezone.now(), name="CA dấu thời gian")
        key = rsa.generate_private_key(65537, 2048)
        service = signing_demo.issue(root, "Dấu thời gian", at=timezone.now(), stamps_time=True, key=key)
        chain = SimpleCertificateStore()
        chain.register(x509.Certificate.load(root.certificate.public_bytes(ser.Encoding.DER)))
        private = key.private_bytes(ser.Encoding.DER, ser.PrivateFormat.PKCS8, ser.NoEncryption())
        certificate = x509.Certificate.load(service.certificate.public_bytes(ser.Encoding.DER))
        return DummyTimeStamper(certificate, keys.PrivateKeyInfo.load(private), certs_to_embed=chain), root


def make_folder(settings, place: Path) -> Folder:
    """A folder with a trusted root, set as SIGNING_DIR."""
    for name in ("anchors", "crls"):
        (place / name).mkdir(parents=True)
    settings.SIGNING_DIR, settings.SIGNING_PASSPHRASE = place, PASSPHRASE
    settings.TSA_URL, settings.SIGNING_FETCH = "", False
    folder = Folder(place, signing_demo.make_authority(at=timezone.now()))
    folder.trust(folder.authority, "ca")
    return folder
