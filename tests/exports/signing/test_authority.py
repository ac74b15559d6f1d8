"""The province as a certificate authority for foreign tools."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from hypothesis import given
from hypothesis import strategies as st

from exports.signing import authority, keys
from exports.signing.names import OfficeNameMissing, name_in, subject
from parindex_desktop.domain.text import TextTooLong, one_line

if TYPE_CHECKING:
    from .conftest import Office


def usage(certificate: x509.Certificate) -> set[str]:
    value = certificate.extensions.get_extension_for_class(x509.KeyUsage)
    assert value.critical
    names = ("digital_signature", "content_commitment", "key_encipherment", "key_cert_sign", "crl_sign")
    return {name for name in names if getattr(value.value, name)}


def test_the_root_may_certify_offices_and_nothing_below_them(office: Office) -> None:
    constraints = office.root.extensions.get_extension_for_class(x509.BasicConstraints)
    assert constraints.critical
    assert constraints.value == x509.BasicConstraints(ca=True, path_length=0)
    assert usage(office.root) == {"key_cert_sign", "crl_sign"}
    assert office.root.not_valid_after_utc - office.root.not_valid_before_utc == timedelta(days=7305)
    office.root.verify_directly_issued_by(office.root)


def test_an_office_may_sign_for_good_and_nothing_else(office: Office) -> None:
    certificate = office.certificate
    certificate.verify_directly_issued_by(office.root)
    assert certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    assert usage(certificate) == {"digital_signature", "content_commitment"}
    purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(purposes) == [ExtendedKeyUsageOID.EMAIL_PROTECTION]


def test_a_certificate_names_the_office_and_its_unit(office: Office) -> None:
    assert name_in(office.certificate.subject) == "Xã Mường Khương"
    (unit,) = office.certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    assert unit.value == office.unit


def test_two_certificates_of_one_key_differ_by_their_serial(office: Office) -> None:
    again = authority.issue(
        office.root_key,
        office.root,
        office.key.public_key(),
        name="Xã Mường Khương",
        unit_id=office.unit,
        valid_from=office.now,
        valid_to=office.now + timedelta(days=1),
    )
    assert again.serial_number != office.certificate.serial_number
    assert keys.fingerprint(office.key.public_key()) == keys.fingerprint(again.public_key())  # type: ignore[arg-type]


@pytest.mark.parametrize("days", [(-1, 10), (0, 8000), (10, 10)])
def test_a_certificate_lives_within_its_root(office: Office, days: tuple[int, int]) -> None:
    begin, end = (office.now + timedelta(days=count) for count in days)
    with pytest.raises(ValueError, match="root"):
        authority.issue(
            office.root_key,
            office.root,
            office.key.public_key(),
            name="X",
            unit_id=office.unit,
            valid_from=begin,
            valid_to=end,
        )


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=255).filter(one_line))
def test_every_name_fits_and_comes_back_whole(name: str) -> None:
    made = subject(name)
    (common,) = made.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert len(str(common.value).encode()) <= 64
    assert name_in(made) == one_line(name)


def test_a_long_name_is_cut_visibly() -> None:
    name = "Ban Quản lý Khu kinh tế cửa khẩu quốc tế tỉnh Lào Cai và các khu công nghiệp"
    (common,) = subject(name).get_attributes_for_oid(NameOID.COMMON_NAME)
    assert str(common.value).endswith("…")
    assert name.startswith(str(common.value)[:-1])


@pytest.mark.parametrize(("name", "error"), [("", OfficeNameMissing), (" \n\u200b", OfficeNameMissing)])
def test_an_office_has_a_name(name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        subject(name)


def test_a_name_has_an_end() -> None:
    with pytest.raises(TextTooLong):
        subject("a" * 256)


def test_a_name_without_text_is_empty() -> None:
    assert name_in(x509.Name([])) == ""
