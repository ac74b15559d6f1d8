"""The signature of a bundle: one form, and nothing beside it."""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from asn1crypto import algos, core
from asn1crypto import cms as asn1
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from exports.signing import authority, cms, der, keys
from exports.signing.errors import SignatureForeignProfile, SignatureInvalid, SignerMissing
from parindex_desktop.domain.errors import BundleRefused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cryptography import x509

    from .conftest import Office

CONTENT = b"a9f0...  manifest-sha256.txt\n"


@pytest.fixture(scope="module")
def signature(office: Office) -> bytes:
    return office.sign(CONTENT)


def certificate_for(office: Office, public_key: keys.PublicKey, **times: datetime) -> x509.Certificate:
    return authority.issue(
        office.root_key,
        office.root,
        public_key,
        name="Một máy khác",
        unit_id=office.unit,
        valid_from=times.get("valid_from", office.now),
        valid_to=office.now + timedelta(days=100),
    )


def loaded(certificate: x509.Certificate) -> asn1.CertificateChoices:
    return asn1.CertificateChoices.load(certificate.public_bytes(Encoding.DER))


def test_a_signature_tells_its_signer(office: Office, signature: bytes) -> None:
    signer = cms.verify(signature, CONTENT)
    assert signer.certificate == office.certificate
    assert signer.fingerprint == keys.fingerprint(office.key.public_key())
    assert signer.chain == (office.root,)
    assert signer.claimed_time == office.now


def test_openssl_comes_to_the_same_end(office: Office, signature: bytes, tmp_path: Path) -> None:
    root = office.root.public_bytes(Encoding.PEM)
    for name, data in (("s", signature), ("c", CONTENT), ("root.pem", root)):
        (tmp_path / name).write_bytes(data)
    moment = int(office.now.timestamp())  # so that the clock of this machine does not count
    command = f"openssl cms -verify -binary -inform DER -in s -content c -CAfile root.pem -attime {moment}"
    for purpose in ([], ["-purpose", "any"]):
        done = subprocess.run([*command.split(), *purpose], cwd=tmp_path, capture_output=True, check=True)
        assert done.stdout == CONTENT


def test_a_certificate_of_ones_own_making_needs_no_chain(office: Office) -> None:
    signature = cms.sign(CONTENT, office.root_key, office.root, [], office.now)
    assert cms.verify(signature, CONTENT).chain == ()


@pytest.mark.parametrize(
    "moment",
    [
        datetime(1999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2049, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime(2026, 7, 1, 6, 30, tzinfo=timezone(timedelta(hours=7))),
    ],
)
def test_the_claimed_time_is_kept_to_the_second(office: Office, moment: datetime) -> None:
    signature = cms.sign(CONTENT, office.key, office.certificate, [office.root], moment)
    assert cms.verify(signature, CONTENT).claimed_time == moment.astimezone(UTC).replace(microsecond=0)


@pytest.mark.parametrize("year", [1949, 2050, 9998])
def test_a_clock_that_no_signature_can_state_is_said(office: Office, year: int) -> None:
    with pytest.raises(cms.ClockBeyondSignatures, match=str(year)):
        cms.sign(CONTENT, office.key, office.certificate, [office.root], datetime(year, 5, 5, tzinfo=UTC))


def test_what_nobody_could_verify_is_not_signed(office: Office) -> None:
    """The new signature is verified: a key that is not the certificate's, a chain that leads nowhere."""
    with pytest.raises(SignatureInvalid):
        cms.sign(CONTENT, keys.new_key(), office.certificate, [office.root], office.now)
    stranger = authority.new_authority("Tỉnh khác", office.now)[1]
    with pytest.raises(SignatureForeignProfile):
        cms.sign(CONTENT, office.key, office.certificate, [stranger], office.now)


def test_other_content_is_refused(signature: bytes) -> None:
    for content in (b"", CONTENT[:-1], CONTENT + b"\n", CONTENT.replace(b"\n", b"\r\n")):
        with pytest.raises(SignatureInvalid):
            cms.verify(signature, content)


def test_every_flipped_byte_is_refused(signature: bytes) -> None:
    for place in range(len(signature)):
        for change in (0x01, 0x02, 0x80, 0xFF):
            changed = bytearray(signature)
            changed[place] ^= change
            with pytest.raises(BundleRefused):
                cms.verify(bytes(changed), CONTENT)


def test_bits_that_no_signature_covers_are_refused(office: Office) -> None:
    """The last bit of a certificate's own signature could be called unused wherever it is zero."""
    root_key, root = office.root_key, office.root
    while root.signature[-1] & 1:
        root_key, root = authority.new_authority("Tỉnh Lào Cai", office.now)
    office = replace(office, root_key=root_key, root=root)
    office = replace(office, certificate=certificate_for(office, office.key.public_key()))
    signature = office.sign(CONTENT)
    ending = b"\0" + root.signature
    assert signature.count(ending) == 1
    with pytest.raises(SignatureForeignProfile):
        cms.verify(signature.replace(ending, b"\1" + root.signature), CONTENT)


def test_every_cut_and_everything_appended_is_refused(signature: bytes) -> None:
    for length in range(len(signature)):
        with pytest.raises(SignatureForeignProfile):
            cms.verify(signature[:length], CONTENT)
    for more in (b"\0", b"\n", signature, b"\0" * cms.LARGEST):
        with pytest.raises(SignatureForeignProfile):
            cms.verify(signature + more, CONTENT)


@given(st.binary(max_size=300))
def test_garbage_is_refused(data: bytes) -> None:
    with pytest.raises(BundleRefused):
        cms.verify(data, CONTENT)


def changed(signature: bytes, change: Callable[[Any], None]) -> bytes:
    """`signature` with its structure changed by hand."""
    outer = asn1.ContentInfo.load(signature)
    change(outer["content"])
    result: bytes = outer.dump(force=True)
    return result


def attach_content(data: Any) -> None:
    data["encap_content_info"]["content"] = CONTENT


def sign_twice(data: Any) -> None:
    data["signer_infos"].append(data["signer_infos"][0].copy())


def sign_by_nobody(data: Any) -> None:
    data["signer_infos"] = []


def add_unsigned_attribute(data: Any) -> None:
    data["signer_infos"][0]["unsigned_attrs"] = [{"type": "1.2.3.4", "values": [core.Null()]}]


def add_revocation_list(data: Any) -> None:
    data["crls"] = []


def raise_version(data: Any) -> None:
    data["version"] = "v3"


def add_digest_algorithm(data: Any) -> None:
    data["digest_algorithms"].append({"algorithm": "sha512"})


def change_algorithm(data: Any) -> None:
    data["signer_infos"][0]["signature_algorithm"]["algorithm"] = "sha512_ecdsa"


def claim_rsa(data: Any) -> None:
    data["signer_infos"][0]["signature_algorithm"] = {"algorithm": "sha256_rsa", "parameters": core.Null()}


def double_a_certificate(data: Any) -> None:
    data["certificates"].append(data["certificates"][0].copy())


def drop_an_attribute(data: Any) -> None:
    attributes = data["signer_infos"][0]["signed_attrs"]
    data["signer_infos"][0]["signed_attrs"] = [a for a in attributes if a["type"].native != "signing_time"]


def repeat_an_attribute(data: Any) -> None:
    attributes = data["signer_infos"][0]["signed_attrs"]
    attributes.append(attributes[0].copy())


@pytest.mark.parametrize(
    "change",
    [
        attach_content,
        sign_twice,
        sign_by_nobody,
        add_unsigned_attribute,
        add_revocation_list,
        raise_version,
        add_digest_algorithm,
        change_algorithm,
        claim_rsa,
        double_a_certificate,
        drop_an_attribute,
        repeat_an_attribute,
    ],
)
def test_another_profile_is_refused(signature: bytes, change: Callable[[Any], None]) -> None:
    with pytest.raises(SignatureForeignProfile):
        cms.verify(changed(signature, change), CONTENT)


def test_indefinite_lengths_are_refused(signature: bytes) -> None:
    """BER that means the same, as some other programs write it."""
    content = der.only(signature, der.SEQUENCE).content
    with pytest.raises(SignatureForeignProfile):
        cms.verify(b"\x30\x80" + content + b"\0\0", CONTENT)


def test_a_length_in_more_digits_than_needed_is_refused(signature: bytes) -> None:
    content = der.only(signature, der.SEQUENCE).content
    longer = b"\x30\x83" + len(content).to_bytes(3, "big") + content
    with pytest.raises(SignatureForeignProfile):
        cms.verify(longer, CONTENT)


def test_a_signature_without_its_signer_is_refused(office: Office, signature: bytes) -> None:
    def drop_all(data: Any) -> None:
        data["certificates"] = None

    def keep_the_root(data: Any) -> None:
        data["certificates"] = [loaded(office.root)]

    for change in (drop_all, keep_the_root):
        with pytest.raises(SignerMissing):
            cms.verify(changed(signature, change), CONTENT)


def test_the_signer_cannot_be_exchanged(office: Office, signature: bytes) -> None:
    """A second certificate of the same key, or of another one, does not fit the digest that was signed."""
    for public_key in (office.key.public_key(), keys.new_key().public_key()):
        other = certificate_for(office, public_key)

        def exchange(data: Any, other: x509.Certificate = other) -> None:
            choice = loaded(other)
            data["certificates"] = [choice, loaded(office.root)]
            data["signer_infos"][0]["sid"] = asn1.SignerIdentifier(
                {
                    "issuer_and_serial_number": {
                        "issuer": choice.chosen.issuer,
                        "serial_number": other.serial_number,
                    }
                }
            )

        with pytest.raises(SignatureForeignProfile):
            cms.verify(changed(signature, exchange), CONTENT)


def test_certificates_that_do_not_belong_to_the_chain_are_refused(office: Office, signature: bytes) -> None:
    strangers = [
        certificate_for(office, keys.new_key().public_key()),
        authority.new_authority("Lạ", office.now)[1],
    ]
    for stranger in strangers:

        def add(data: Any, stranger: x509.Certificate = stranger) -> None:
            data["certificates"].append(loaded(stranger))

        with pytest.raises(SignatureForeignProfile, match="chain"):
            cms.verify(changed(signature, add), CONTENT)


ECDSA = {"algorithm": "sha256_ecdsa"}
RSA = {"algorithm": "sha256_rsa", "parameters": core.Null()}
PSS = {"algorithm": "rsassa_pss", "parameters": algos.RSASSAPSSParams({"salt_length": 32})}


def by_hand(office: Office, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, algorithm: Any) -> bytes:
    """A signature of the right form by a key of another kind."""
    certificate = certificate_for(office, key.public_key())
    template = cms.sign(CONTENT, office.key, office.certificate, [office.root], office.now)

    def resign(data: Any) -> None:
        choice = loaded(certificate)
        serial = {"issuer": choice.chosen.issuer, "serial_number": certificate.serial_number}
        info = data["signer_infos"][0]
        data["certificates"] = [choice, loaded(office.root)]
        info["sid"] = asn1.SignerIdentifier({"issuer_and_serial_number": serial})
        for attribute in info["signed_attrs"]:
            if attribute["type"].native == "signing_certificate_v2":
                named = attribute["values"][0]["certs"][0]
                named["cert_hash"] = hashlib.sha256(choice.dump()).digest()
                named["issuer_serial"]["serial_number"] = certificate.serial_number
        info["signature_algorithm"] = algorithm
        signed = b"\x31" + info["signed_attrs"].dump(force=True)[1:]
        if isinstance(key, rsa.RSAPrivateKey):
            info["signature"] = key.sign(signed, padding.PKCS1v15(), hashes.SHA256())
        else:
            info["signature"] = key.sign(signed, ec.ECDSA(hashes.SHA256()))

    return changed(template, resign)


def test_a_token_with_rsa_of_2048_bits_is_read(office: Office) -> None:
    key = rsa.generate_private_key(65537, 2048)
    signer = cms.verify(by_hand(office, key, RSA), CONTENT)
    assert signer.fingerprint == keys.fingerprint(key.public_key())
    with pytest.raises(SignatureForeignProfile, match="algorithm"):
        cms.verify(by_hand(office, key, ECDSA), CONTENT)


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (rsa.generate_private_key(65537, 1024), RSA),
        (ec.generate_private_key(ec.SECP384R1()), ECDSA),
        (ec.generate_private_key(ec.SECP256K1()), ECDSA),
    ],
    ids=["RSA-1024", "P-384", "secp256k1"],
)
def test_keys_of_other_kinds_are_refused(
    office: Office, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, algorithm: Any
) -> None:
    with pytest.raises(SignatureForeignProfile, match="key"):
        cms.verify(by_hand(office, key, algorithm), CONTENT)


def test_pss_is_another_profile(office: Office) -> None:
    key = rsa.generate_private_key(65537, 2048)
    with pytest.raises(SignatureForeignProfile):
        cms.verify(by_hand(office, key, PSS), CONTENT)
