"""Just enough DER to take a signature apart and to put it together again.

The reader is lenient on purpose: whatever it finds is written anew by `exports.signing.cms` and compared
with the bytes at hand, so nothing but the one canonical form passes.
"""

from __future__ import annotations

from typing import Final, NamedTuple

INTEGER: Final = 0x02
BITS: Final = 0x03
OCTETS: Final = 0x04
UTF8_TEXT: Final = 0x0C
UTC_TIME: Final = 0x17
SEQUENCE: Final = 0x30
SET: Final = 0x31
CONTEXT_0: Final = 0xA0
CONTEXT_4: Final = 0xA4


class Element(NamedTuple):
    """One element: its tag, its content, and all its bytes."""

    tag: int
    content: bytes
    whole: bytes


def element(tag: int, *contents: bytes) -> bytes:
    """An element of the concatenated `contents`."""
    content = b"".join(contents)
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    digits = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(digits))) + digits + content


def set_of(*elements: bytes, tag: int = SET) -> bytes:
    """A SET OF, in the order that DER demands."""
    return element(tag, *sorted(elements))


def children(content: bytes) -> list[Element]:
    """The elements that `content` is made of. Raises ValueError where it is not made of elements."""
    found = []
    position = 0
    while position < len(content):
        found.append(_read(content, position))
        position += len(found[-1].whole)
    return found


def only(content: bytes, tag: int) -> Element:
    """The one element that `content` is, with `tag`. Raises ValueError otherwise."""
    (found,) = children(content)
    if found.tag != tag:
        raise ValueError(f"tag {found.tag:#x} stands where {tag:#x} belongs")
    return found


def _read(data: bytes, start: int) -> Element:
    if start + 2 > len(data):
        raise ValueError("an element is cut short")
    tag, length = data[start], data[start + 1]
    begin = start + 2
    if length >= 0x80:
        digits = length & 0x7F
        if not 1 <= digits <= 4:
            raise ValueError("an element has no definite length")
        length = int.from_bytes(data[begin : begin + digits], "big")
        begin += digits
    if begin + length > len(data):
        raise ValueError("an element is cut short")
    return Element(tag, data[begin : begin + length], data[start : begin + length])
