"""An office's key: its file, and the code by which people know it."""

from __future__ import annotations

import errno
import os
import re
import stat
import subprocess
import unicodedata
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import NoEncryption, PrivateFormat, pkcs12
from hypothesis import given
from hypothesis import strategies as st

from exports.signing import keys

if TYPE_CHECKING:
    from pathlib import Path

PASSPHRASE = "mật khẩu của xã"
DIGITS = "0123456789abcdef" * 4


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ec.EllipticCurvePrivateKey]:
    path = tmp_path_factory.mktemp("keys") / "office.p12"
    key = keys.new_key()
    keys.save_key(path, key, PASSPHRASE)
    return path, key


def test_a_key_comes_back_from_its_file(saved: tuple[Path, ec.EllipticCurvePrivateKey]) -> None:
    path, key = saved
    assert keys.load_key(path, PASSPHRASE).private_numbers() == key.private_numbers()


def test_the_same_word_in_another_unicode_form_opens_it(
    saved: tuple[Path, ec.EllipticCurvePrivateKey],
) -> None:
    decomposed = unicodedata.normalize("NFD", PASSPHRASE)
    assert decomposed != PASSPHRASE
    keys.load_key(saved[0], decomposed)


@pytest.mark.parametrize("wrong", ["mat khau cua xa", PASSPHRASE + " ", PASSPHRASE.upper()])
def test_a_wrong_passphrase_is_named(saved: tuple[Path, ec.EllipticCurvePrivateKey], wrong: str) -> None:
    with pytest.raises(keys.WrongPassphrase):
        keys.load_key(saved[0], wrong)


@pytest.mark.parametrize("unusable", ["", "a\0b", "\udc80"])
def test_a_passphrase_must_be_text(tmp_path: Path, unusable: str) -> None:
    with pytest.raises(keys.PassphraseUnusable):
        keys.save_key(tmp_path / "office.p12", keys.new_key(), unusable)
    assert not list(tmp_path.iterdir())


def test_openssl_opens_it_and_sees_600000_rounds_twice(
    saved: tuple[Path, ec.EllipticCurvePrivateKey],
) -> None:
    """Both guards count: whoever guesses attacks the weaker one."""
    command = ["openssl", "pkcs12", "-in", str(saved[0]), "-info", "-noout", "-passin", f"pass:{PASSPHRASE}"]
    told = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stderr
    assert "MAC: sha256" in told
    assert "PBES2, PBKDF2, AES-256-CBC" in told
    assert re.findall(r"Iteration (\d+)", told) == ["600000", "600000"]


def test_only_its_owner_reads_it(saved: tuple[Path, ec.EllipticCurvePrivateKey]) -> None:
    everyone = 0 if os.name == "posix" else 0o066  # Windows guards the user's folder instead
    assert stat.S_IMODE(saved[0].stat().st_mode) == 0o600 | everyone


@pytest.mark.parametrize("length", [0, 1, 2, 10, 100, 400])
def test_a_file_cut_short_is_damaged(
    saved: tuple[Path, ec.EllipticCurvePrivateKey], tmp_path: Path, length: int
) -> None:
    path = tmp_path / "office.p12"
    path.write_bytes(saved[0].read_bytes()[:length])
    with pytest.raises(keys.KeyFileDamaged):
        keys.load_key(path, PASSPHRASE)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"-----BEGIN PRIVATE KEY-----\n", b"\x30\x00", b"0" * 100_000]
)
def test_another_file_is_no_key_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "office.p12"
    path.write_bytes(content)
    with pytest.raises((keys.KeyFileDamaged, keys.WrongPassphrase)):
        keys.load_key(path, PASSPHRASE)


@pytest.mark.parametrize(
    "key",
    [ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 2048)],
    ids=["P-384", "RSA"],
)
def test_a_key_of_another_kind_is_refused(tmp_path: Path, key: pkcs12.PKCS12PrivateKeyTypes) -> None:
    path = tmp_path / "office.p12"
    encryption = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(1).build(PASSPHRASE.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(None, key, None, None, encryption))
    with pytest.raises(keys.KeyFileDamaged):
        keys.load_key(path, PASSPHRASE)


def test_an_unprotected_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "office.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(None, keys.new_key(), None, None, NoEncryption()))
    with pytest.raises(keys.WrongPassphrase):
        keys.load_key(path, PASSPHRASE)


def test_a_missing_file_or_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(keys.KeyFileUnreachable):
        keys.load_key(tmp_path / "none.p12", PASSPHRASE)
    with pytest.raises(keys.KeyFileUnreachable):
        keys.save_key(tmp_path / "none" / "office.p12", keys.new_key(), PASSPHRASE)


def test_a_full_disk_leaves_the_older_file(
    saved: tuple[Path, ec.EllipticCurvePrivateKey], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "office.p12"
    path.write_bytes(saved[0].read_bytes())

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(keys.KeyFileUnreachable, match=r"machine\.full"):
        keys.save_key(path, keys.new_key(), "another")
    assert [entry.read_bytes() for entry in tmp_path.iterdir()] == [saved[0].read_bytes()]


def test_the_fingerprint_is_that_of_the_public_key_information() -> None:
    key = keys.new_key().public_key()
    assert re.fullmatch(r"[0-9a-f]{64}", keys.fingerprint(key))
    assert keys.fingerprint(key) != keys.fingerprint(keys.new_key().public_key())


def test_what_is_read_out_is_short_enough_to_say() -> None:
    assert keys.spoken(DIGITS) == "0123 4567 89AB CDEF 0123 4567 89AB CDEF"


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        (keys.spoken(DIGITS), True),
        (keys.spoken(DIGITS).lower().replace(" ", ""), True),
        (keys.spoken(DIGITS).replace(" ", ":"), True),
        ("  0123-4567\t89AB\u00a0CDEF 0123 4567 89ab cdef\n", True),
        (DIGITS, True),
        (DIGITS[:40], True),
        (DIGITS[:-1] + "0", False),
        (DIGITS + "0", False),
        ("1" + DIGITS[1:32], False),
        ("O" + DIGITS[1:32], False),
    ],
)
def test_a_typed_code_is_compared_whatever_its_form(typed: str, same: bool) -> None:
    assert keys.same_fingerprint(typed, DIGITS) is same


@given(st.integers(0, 31))
def test_fewer_digits_are_never_enough(count: int) -> None:
    with pytest.raises(keys.FingerprintTooShort):
        keys.same_fingerprint(DIGITS[:count], DIGITS)
