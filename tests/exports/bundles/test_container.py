"""The canonical ZIP container by itself: read by others, and strict about what it reads."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.bundles import container
from exports.bundles.container import Item, local_header, offsets_of, read_directory, read_front, tail_of
from exports.bundles.errors import ContainerNotCanonical, TooLarge, Truncated
from parindex_desktop.domain.errors import BundleRefused

GB = 1024**3
NAMES = st.from_regex(r"[a-z0-9-]{1,20}(/[a-z0-9][a-z0-9.-]{0,20}){1,3}", fullmatch=True)


def stored(entries: dict[str, bytes]) -> bytes:
    data = bytearray()
    items = []
    for name, content in entries.items():
        item = Item(name, len(content), len(content), zlib.crc32(content))
        items.append(item)
        data += local_header(item, len(data)) + content
    return bytes(data) + tail_of(items)


class Holes(io.RawIOBase):
    """A file of gigabytes that is zero but for a few pieces, without a disk that would hold it."""

    def __init__(self, pieces: dict[int, bytes]) -> None:
        self._pieces = pieces
        self._size = max(offset + len(piece) for offset, piece in pieces.items())
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._place = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        return self._place

    def readinto(self, buffer: Any) -> int:
        start, end = self._place, min(self._place + len(buffer), self._size)
        if end <= start:
            return 0
        buffer[: end - start] = bytes(end - start)
        for offset, piece in self._pieces.items():
            begin, stop = max(offset, start), min(offset + len(piece), end)
            if begin < stop:
                buffer[begin - start : stop - start] = piece[begin - offset : stop - offset]
        self._place = end
        return end - start


def read(data: bytes) -> container.Directory:
    return read_directory(BytesIO(data), "a.cchc")


@given(st.dictionaries(NAMES, st.binary(max_size=50), max_size=8).filter(bool))
def test_others_read_what_is_written(entries: dict[str, bytes]) -> None:
    data = stored(entries)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {info.filename: archive.read(info) for info in archive.infolist()} == entries
    directory = read(data)
    assert [item.name for item in directory.items] == list(entries)
    front = data[: directory.start]
    assert read_front(front) == tuple(zip(directory.items, entries.values(), strict=True))
    assert data == front + directory.tail


@pytest.mark.parametrize(
    "sizes",
    [
        [2**32 - 2],
        [2**32 - 1],
        [2**32],
        [5 * GB, 3],
        [3, 5 * GB, 3],
        [3 * GB, 3 * GB, 3],
        [2**32 - 1 - 33 - 33, 0, 3],
        [2**32 - 1 - 33, 0, 3],
        [9 * GB, 9 * GB, 9 * GB],
    ],
)
def test_wide_fields_stand_where_they_are_needed_and_nowhere_else(sizes: list[int]) -> None:
    """Only the headers are really there, and zipfile finds every entry by them."""
    items = [Item(f"t/{place}", size, size, 7) for place, size in enumerate(sizes)]
    offsets, end = offsets_of(items)
    pieces = {offset: local_header(item, offset) for item, offset in zip(items, offsets, strict=True)}
    file = io.BufferedReader(Holes(pieces | {end: tail_of(items)}))
    with zipfile.ZipFile(file) as archive:
        found = archive.infolist()
        for info, item, offset in zip(found, items, offsets, strict=True):
            assert (info.file_size, info.compress_size, info.header_offset) == (
                item.size,
                item.packed,
                offset,
            )
            wide = item.size >= 2**32 - 1
            assert bool(info.extra) == (wide or offset >= 2**32 - 1)
            archive.open(info).close()  # reads the local header
    file.seek(0)
    assert read_directory(file, "wide").items == tuple(items)


def test_wide_fields_that_are_not_needed_are_refused() -> None:
    wide = BytesIO()
    with zipfile.ZipFile(wide, "w") as archive, archive.open("t/a", mode="w", force_zip64=True) as entry:
        entry.write(b"a")
    with pytest.raises(ContainerNotCanonical):
        read(wide.getvalue())


def test_a_wide_end_that_is_not_needed_is_refused() -> None:
    data = stored({"t/a": b"a"})
    directory = read(data)
    front, central, end = data[: directory.start], directory.tail[:-22], directory.tail[-22:]
    record = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, len(central), len(front))
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, len(front) + len(central), 1)
    overflow = end[:16] + b"\xff\xff\xff\xff" + end[20:]
    for wrong in (
        front + central + record + locator + end,
        front + central + record + locator + overflow,
        front + central + overflow,
    ):
        with pytest.raises(BundleRefused):
            read(wrong)


class NotSeekable(BytesIO):
    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError

    def seek(self, *_: int) -> int:
        raise OSError


def test_data_descriptors_are_refused() -> None:
    streamed = NotSeekable()
    with zipfile.ZipFile(streamed, "w") as archive:
        archive.writestr("t/a", b"a")
    data = streamed.getvalue()
    assert b"PK\x07\x08" in data
    with pytest.raises(BundleRefused):
        read(data)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (4, 45),  # version made by
        (5, 3),  # made on Unix
        (6, 45),  # version needed
        (8, 1),  # encrypted
        (8, 8),  # data descriptor
        (9, 8),  # UTF-8 names
        (10, 12),  # bzip2
        (12, 1),  # time
        (14, 0x22),  # date
        (32, 1),  # comment
        (34, 1),  # disk
        (36, 1),  # internal attributes
        (41, 1),  # external attributes
        (42, 1),  # offset
    ],
)
def test_every_field_of_the_directory_has_one_value(place: int, value: int) -> None:
    data = bytearray(stored({"t/a": b"a"}))
    at = read(bytes(data)).start + place
    assert data[at] != value
    data[at] = value
    with pytest.raises(ContainerNotCanonical):
        read(bytes(data))


def test_gaps_and_overlaps_are_refused() -> None:
    one, two = Item("t/a", 1, 1, zlib.crc32(b"a")), Item("t/b", 1, 1, zlib.crc32(b"b"))
    whole = local_header(one, 0) + b"a" + local_header(two, 0) + b"b"
    tail = bytearray(tail_of([one, two]))
    with pytest.raises(ContainerNotCanonical):
        read(local_header(one, 0) + b"a" + b"gap" + whole[len(local_header(one, 0)) + 1 :] + bytes(tail))
    second = tail.index(b"PK\x01\x02", 4)
    tail[second + 42 : second + 46] = bytes(4)  # both entries at byte 0
    with pytest.raises(ContainerNotCanonical):
        read(whole + bytes(tail))


def test_more_entries_than_any_bundle_has_are_refused_before_they_are_read() -> None:
    data = bytearray(stored({"t/a": b"a"}))
    data[-14:-10] = struct.pack("<2H", container.MOST_ENTRIES + 1, container.MOST_ENTRIES + 1)
    with pytest.raises(TooLarge):
        read(bytes(data))
    data = bytearray(stored({"t/a": b"a"}))
    data[-10:-6] = struct.pack("<I", 2**31)
    with pytest.raises(TooLarge):
        read(bytes(data))


def test_twenty_thousand_files_fit() -> None:
    entries = {f"t/data/evidence/{number:064x}": b"" for number in range(20_000)}
    assert len(read(stored(entries)).items) == 20_000


def test_a_wide_entry_that_is_cut_is_told_as_cut() -> None:
    item = Item("t/a", 5 * GB, 5 * GB, 7)
    with pytest.raises(Truncated):
        read(local_header(item, 0) + b"\0" * 1000)


@given(st.data())
def test_a_front_that_is_not_whole_entries_is_refused(data: st.DataObject) -> None:
    content = {"t/a": b"aa", "t/b": b"bb"}
    whole = stored(content)
    front = whole[: read(whole).start]
    second = len(front) // 2
    length = data.draw(st.integers(1, len(front) - 1).filter(lambda value: value != second))
    with pytest.raises(ValueError):
        read_front(front[:length])
