"""A certification authority and certificates for the demonstration; nobody else trusts them, and they say so.

Elliptic curve P-256. Files go into SIGNING_DIR and never into the repository.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings

from documents.services.signing_keys import DEMO_MARK, folder

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
YEARS = timedelta(days=3650)
CA_NAME = f"CA {DEMO_MARK} - không có giá trị pháp lý"
LIST_ADDRESS = "http://ca.invalid/minh-hoa.crl"
ORGANIZATION = f"Chứng thư {DEMO_MARK}"


@dataclass(frozen=True)
class Issued:
    """A key with its certificate."""

    key: PrivateKey
    certificate: x509.Certificate


def make_folder(owners: Mapping[str, str], *, at: datetime) -> None:
    """Write the authority's certificate and one PKCS#12 file per owner (user name -> name in the certificate).

    A folder that already has an authority is left as it is.
    """
    place = folder() / "anchors" / "ca-minh-hoa.pem"
    if place.is_file():
        return
    authority = make_authority(at=at)
    for owner, name in owners.items():
        issued = issue(authority, name, at=at)
        _write(folder() / f"{owner}.p12", packed(issued, authority, settings.SIGNING_PASSPHRASE.encode()))
    _write(folder() / "crls" / "ca-minh-hoa.crl", revocation_list(authority, [], at=at))
    _write(place, authority.certificate.public_bytes(serialization.Encoding.PEM))


def make_authority(*, at: datetime, name: str = CA_NAME) -> Issued:
    """A root that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(name)
    extensions: list[tuple[x509.ExtensionType, bool]] = [
        (x509.BasicConstraints(ca=True, path_length=0), True), (_usage(certify=True), True),
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
    ]  # fmt: skip
    certificate = _certificate(subject, subject, key.public_key(), key, extensions, at)
    return Issued(key, certificate)


def issue(
    authority: Issued, name: str, *, at: datetime, stamps_time: bool = False, key: PrivateKey | None = None
) -> Issued:
    """A certificate for signatures of documents, or for time stamps; `key` P-256 unless given."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    extensions: list[tuple[x509.ExtensionType, bool]] = [
        (x509.BasicConstraints(ca=False, path_length=None), True), (_usage(certify=False), True),
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), False),
        # Revocation lists are looked at only for certificates that say they have one.
        (x509.CRLDistributionPoints([x509.DistributionPoint([x509.UniformResourceIdentifier(LIST_ADDRESS)],
                                                            None, None, None)]), False),
    ]  # fmt: skip
    if stamps_time:
        extensions.append((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True))
    certificate = _certificate(
        _name(name), authority.certificate.subject, key.public_key(), authority.key, extensions, at
    )
    return Issued(key, certificate)


def revocation_list(authority: Issued, revoked: list[Issued], *, at: datetime) -> bytes:
    """The authority's list of revoked certificates, DER."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(authority.certificate.subject)
    builder = builder.last_update(_utc(at) - timedelta(days=30)).next_update(_utc(at) + YEARS)
    builder = builder.add_extension(x509.CRLNumber(1), critical=False)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), critical=False
    )
    for gone in revoked:
        row = x509.RevokedCertificateBuilder().serial_number(gone.certificate.serial_number)
        builder = builder.add_revoked_certificate(row.revocation_date(_utc(at) - timedelta(days=1)).build())
    return builder.sign(authority.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def packed(issued: Issued, authority: Issued, passphrase: bytes) -> bytes:
    """Key, certificate and chain as PKCS#12."""
    return pkcs12.serialize_key_and_certificates(
        None, issued.key, issued.certificate, [authority.certificate],
        serialization.BestAvailableEncryption(passphrase),
    )  # fmt: skip


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANIZATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),
        ]
    )


def _usage(*, certify: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certify, content_commitment=not certify, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=certify, crl_sign=certify, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _certificate(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey | rsa.RSAPublicKey, key: PrivateKey,
    extensions: list[tuple[x509.ExtensionType, bool]], at: datetime,
) -> x509.Certificate:  # fmt: skip
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public)
    builder = builder.serial_number(x509.random_serial_number())
    # The demonstration signs in its past weeks.
    builder = builder.not_valid_before(_utc(at) - timedelta(days=365)).not_valid_after(_utc(at) + YEARS)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(key, hashes.SHA256())


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(data)
