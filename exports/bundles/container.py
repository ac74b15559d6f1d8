"""The canonical ZIP container: one set of entries has exactly one sequence of bytes around their data.

An entry is a local header, its name and its data; entries follow one another from byte 0; then the central
directory and its end. There are no comments, extra fields, data descriptors, encryption or dates. ZIP64 fields
stand where a figure does not fit 32 bits, and nowhere else. The reader takes the entries from the central
directory, writes the directory and every local header anew, and compares the bytes: what it accepts, it would
have written. (Python's zipfile accepts far more, so it is not used.)
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from os import SEEK_END
from typing import IO, TYPE_CHECKING, Final

from exports.bundles.errors import (
    ContainerNotCanonical,
    DuplicateEntry,
    NotABundle,
    TooLarge,
    Truncated,
    UnsafeName,
)
from parindex_desktop.domain.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ENTRIES: Final = 20_010
"""20,000 files of evidence and what describes them."""

_NAME: Final = re.compile(rb"[a-z0-9-]{1,64}(?:/[a-z0-9][a-z0-9.-]*)+")
_LONGEST_NAME: Final = 160
_LIMIT: Final = 0xFFFF_FFFF
_NO_TIME: Final = 0
_NO_DATE: Final = 0x21  # 1980-01-01, the first day that the format knows
_STORED: Final = 0
_DEFLATED: Final = 8
_PLAIN_VERSION: Final = 20
_WIDE_VERSION: Final = 45

_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_WIDE_END: Final = struct.Struct("<4sQ2H2I4Q")
_LOCATOR: Final = struct.Struct("<4sIQI")
_WIDE: Final = struct.Struct("<2H")
_LOCAL_SIGN: Final = b"PK\x03\x04"
_CENTRAL_SIGN: Final = b"PK\x01\x02"
_END_SIGN: Final = b"PK\x05\x06"
_WIDE_END_SIGN: Final = b"PK\x06\x06"
_LOCATOR_SIGN: Final = b"PK\x06\x07"
_LARGEST_DIRECTORY: Final = MOST_ENTRIES * (_CENTRAL.size + _LONGEST_NAME + 28)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry: `packed` bytes in the container, `size` bytes unpacked (the same unless deflated)."""

    name: str
    packed: int
    size: int
    crc: int
    deflated: bool = False


@dataclass(frozen=True, slots=True)
class Directory:
    """What a container says that it holds: its entries, and the bytes (from `start`) behind the last one."""

    items: tuple[Item, ...]
    start: int
    tail: bytes


def local_header(item: Item, offset: int) -> bytes:
    """What stands before the data of `item`, which begins at `offset`. Its length does not depend on the CRC."""
    wide = _too_wide(item)
    extra = _extra(item.size, item.packed) if wide else b""
    fields = _common(item, offset, wide=wide)
    return _LOCAL.pack(_LOCAL_SIGN, *fields, len(item.name), len(extra)) + item.name.encode("ascii") + extra


def offsets_of(items: Sequence[Item]) -> tuple[tuple[int, ...], int]:
    """Where the entries begin, and where the last one ends."""
    offsets = []
    position = 0
    for item in items:
        offsets.append(position)
        position += len(local_header(item, position)) + item.packed
    return tuple(offsets), position


def tail_of(items: Sequence[Item]) -> bytes:
    """What stands behind the last entry: the central directory and its end."""
    offsets, start = offsets_of(items)
    directory = b"".join(map(_central_header, items, offsets))
    wide_end = b""
    if start >= _LIMIT:
        record = _WIDE_END.pack(
            _WIDE_END_SIGN,
            _WIDE_END.size - 12,
            _WIDE_VERSION,
            _WIDE_VERSION,
            0,
            0,
            len(items),
            len(items),
            len(directory),
            start,
        )
        wide_end = record + _LOCATOR.pack(_LOCATOR_SIGN, 0, start + len(directory), 1)
    end = _END.pack(_END_SIGN, 0, 0, len(items), len(items), len(directory), min(start, _LIMIT), 0)
    return directory + wide_end + end


def read_directory(file: IO[bytes], name: str) -> Directory:
    """The entries of the container `file`; `name` is said in `NotABundle`.

    Raises `NotABundle`, `Truncated`, `ContainerNotCanonical`, `TooLarge`, `UnsafeName` or `DuplicateEntry`.
    Local headers are not looked at: compare each with `local_header` when it comes by.
    """
    size = file.seek(0, SEEK_END)
    file.seek(0)
    if file.read(4) != _LOCAL_SIGN:
        raise NotABundle(name=name)
    file.seek(max(size - _END.size - _LOCATOR.size - _WIDE_END.size, 0))
    end = file.read()
    if len(end) < _END.size or end[-_END.size :][:4] != _END_SIGN:
        raise _why_no_end(file, size)
    count, directory_size, start = _figures(end)
    if count > MOST_ENTRIES or directory_size > _LARGEST_DIRECTORY:
        raise TooLarge(place="ZIP")
    end_size = _END.size + (_WIDE_END.size + _LOCATOR.size if start >= _LIMIT else 0)
    if start + directory_size + end_size != size:
        raise _why_no_end(file, size)
    file.seek(start)
    tail = file.read(size - start)
    items = _items(tail[:directory_size], count)
    if tail_of(items) != tail:
        raise ContainerNotCanonical(place="ZIP")
    return Directory(items, start, tail)


def read_front(data: bytes) -> tuple[tuple[Item, bytes], ...]:
    """The entries (with their packed data) that `data` begins with and consists of, up to the last whole one.

    Raises ValueError where `data` does not consist of whole canonical entries.
    """
    found = []
    position = 0
    while position < len(data):
        item, header = _local_item(data, position)
        begin = position + len(header)
        if data[position:begin] != header or begin + item.packed > len(data):
            raise ValueError("the entries are not whole")
        found.append((item, data[begin : begin + item.packed]))
        position = begin + item.packed
    return tuple(found)


def _common(item: Item, offset: int, *, wide: bool) -> tuple[int, ...]:
    """The fields that local and central header share, from the version to the unpacked size."""
    return (
        _WIDE_VERSION if wide or offset >= _LIMIT else _PLAIN_VERSION,
        0,
        _DEFLATED if item.deflated else _STORED,
        _NO_TIME,
        _NO_DATE,
        item.crc,
        _LIMIT if wide else item.packed,
        _LIMIT if wide else item.size,
    )


def _central_header(item: Item, offset: int) -> bytes:
    wide = _too_wide(item)
    fields = _common(item, offset, wide=wide)
    figures = [item.size, item.packed] if wide else []
    if offset >= _LIMIT:
        figures.append(offset)
    extra = _extra(*figures) if figures else b""
    made_by = fields[0]
    places = (len(item.name), len(extra), 0, 0, 0, 0, min(offset, _LIMIT))
    return _CENTRAL.pack(_CENTRAL_SIGN, made_by, *fields, *places) + item.name.encode("ascii") + extra


def _too_wide(item: Item) -> bool:
    return max(item.packed, item.size) >= _LIMIT


def _extra(*figures: int) -> bytes:
    return struct.pack(f"<2H{len(figures)}Q", 1, 8 * len(figures), *figures)


def _figures(end: bytes) -> tuple[int, int, int]:
    """Number of entries, size and place of the central directory; checked later, by writing them anew."""
    *_, count, directory_size, start, comment = _END.unpack(end[-_END.size :])
    if comment:
        raise ContainerNotCanonical(place="ZIP")
    if start == _LIMIT:
        record = end[: -_END.size - _LOCATOR.size]
        if len(record) != _WIDE_END.size:
            raise ContainerNotCanonical(place="ZIP")
        start = _WIDE_END.unpack(record)[-1]
    return count, directory_size, start


def _items(directory: bytes, count: int) -> tuple[Item, ...]:
    found: dict[str, Item] = {}
    position = 0
    for _ in range(count):
        try:
            fields = _CENTRAL.unpack_from(directory, position)
        except struct.error as fault:
            raise ContainerNotCanonical(place="ZIP") from fault
        method, (crc, packed, size, name_length, extra_length) = fields[4], fields[7:12]
        begin = position + _CENTRAL.size
        extra = directory[begin + name_length :][:extra_length]
        name = _safe(directory[begin : begin + name_length])
        if name in found:
            raise DuplicateEntry(name=name)
        found[name] = _item(name, method, crc, packed, size, extra)
        position = begin + name_length + extra_length + fields[12]
    return tuple(found.values())


def _item(name: str, method: int, crc: int, packed: int, size: int, extra: bytes) -> Item:
    if packed == size == _LIMIT and len(extra) >= _WIDE.size + 16:
        size, packed = struct.unpack_from("<2Q", extra, _WIDE.size)
    deflated = method == _DEFLATED
    if not deflated and packed != size:
        raise ContainerNotCanonical(place=name)
    return Item(name, packed, size, crc, deflated)


def _local_item(data: bytes, position: int) -> tuple[Item, bytes]:
    """The entry whose local header stands at `position`, and the header that it must have."""
    try:
        fields = _LOCAL.unpack_from(data, position)
    except struct.error as fault:
        raise ValueError("a header is cut short") from fault
    method, (crc, packed, size, name_length) = fields[3], fields[6:10]
    begin = position + _LOCAL.size
    item = Item(data[begin : begin + name_length].decode("ascii"), packed, size, crc, method == _DEFLATED)
    return item, local_header(item, position)


def _safe(name: bytes) -> str:
    """`name` if it is one that could stand in a bundle at all. Names never become paths, even so."""
    if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
        raise UnsafeName(name=one_line(name[:60].decode(errors="replace")))
    return name.decode("ascii")


def _why_no_end(file: IO[bytes], size: int) -> ContainerNotCanonical | Truncated:
    """Why the last bytes of the file are not the end of a container: it was cut, or something follows."""
    position = 0
    for _ in range(MOST_ENTRIES):
        file.seek(position)
        header = file.read(_LOCAL.size)
        if header[:4] != _LOCAL_SIGN or len(header) < _LOCAL.size:
            break
        fields = _LOCAL.unpack(header)
        packed, name_length, extra_length = fields[7], fields[9], fields[10]
        if packed == _LIMIT:
            file.seek(position + _LOCAL.size + name_length)
            packed = int.from_bytes(file.read(extra_length)[12:20], "little")
        position += _LOCAL.size + name_length + extra_length + packed
        if position >= size:
            return Truncated()
    file.seek(position)
    rest = file.read(_LARGEST_DIRECTORY + 1024)
    at = rest.find(_END_SIGN)
    whole = at >= 0 and at + _END.size <= len(rest)
    return ContainerNotCanonical(place="ZIP") if whole else Truncated()
