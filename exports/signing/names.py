"""How an office is named in certificates and requests.

The common name of X.509 holds 64 bytes, which long Vietnamese names exceed. There the common name is cut
(with “…”) and the whole name stands in the attribute `description`, which holds 1,024.
"""

from __future__ import annotations

from typing import Final

from cryptography import x509
from cryptography.x509.oid import NameOID

from parindex_desktop.domain.errors import UsageError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.text import one_line

_DESCRIPTION: Final = x509.ObjectIdentifier("2.5.4.13")
_COMMON_NAME_BYTES: Final = 64
_LONGEST: Final = 255
_CUT: Final = "…"


class OfficeNameMissing(UsageError):
    """An office without a name cannot be named in a certificate."""

    code = "signing.name_missing"
    template = msgid("The name of the office is missing. Enter it, then make the key again.")


def subject(name: str, unit_id: str | None = None) -> x509.Name:
    """The X.509 name of the office `name`; `unit_id` is its UUID, where the province has given it one.

    Raises `OfficeNameMissing`, or `TextTooLong` above 255 characters.
    """
    whole = one_line(name, _LONGEST)
    if not whole:
        raise OfficeNameMissing
    common = _cut(whole)
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if common != whole:
        attributes.append(x509.NameAttribute(_DESCRIPTION, whole))
    if unit_id is not None:
        attributes.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, unit_id))
    return x509.Name(attributes)


def name_in(subject: x509.Name) -> str:
    """The office's whole name in `subject`, empty where it has none. May raise `TextTooLong`."""
    for kind in (_DESCRIPTION, NameOID.COMMON_NAME):
        for attribute in subject.get_attributes_for_oid(kind):
            if isinstance(attribute.value, str):
                return one_line(attribute.value, _LONGEST)
    return ""


def _cut(name: str) -> str:
    if len(name.encode()) <= _COMMON_NAME_BYTES:
        return name
    room = _COMMON_NAME_BYTES - len(_CUT.encode())
    return name.encode()[:room].decode(errors="ignore").rstrip() + _CUT
