"""Every bad input ends in one clear Vietnamese sentence with a stable code; nothing is lost or half taken in."""

from __future__ import annotations

import dataclasses
import errno
import os
import re
import sqlite3
import zlib
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from exports.bundles.container import Item, local_header, read_directory, tail_of
from parindex_desktop.services import upkeep
from parindex_desktop.services.homes import open_home
from tests.offices import content_of, files_of, forged, holdings, revision_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cli.running import Ran, Terminal
    from tests.offices import Scene

Parts = list[tuple[Item, bytes]]
"""The entries of a container with their packed data."""


def parts_of(bundle: Path) -> Parts:
    data = bundle.read_bytes()
    with bundle.open("rb") as file:
        items = read_directory(file, bundle.name).items
    parts = []
    position = 0
    for item in items:
        begin = position + len(local_header(item, position))
        position = begin + item.packed
        parts.append((item, data[begin:position]))
    return parts


def container(parts: Parts) -> bytes:
    """A container of whatever entries, in the one form that it must have."""
    data = b""
    for item, content in parts:
        data += local_header(item, len(data)) + content
    return data + tail_of([item for item, _ in parts])


def renamed(bundle: Path, name: str) -> bytes:
    """The last entry, a file of evidence, under another name."""
    *rest, (item, content) = parts_of(bundle)
    return container([*rest, (dataclasses.replace(item, name=name), content)])


def doubled(bundle: Path) -> bytes:
    parts = parts_of(bundle)
    return container([*parts, parts[-1]])


def bomb(bundle: Path) -> bytes:
    """A revision of four gigabytes, which packs into four megabytes."""
    parts = parts_of(bundle)
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = (deflate.compress(b"\0" * 2**24) + deflate.flush(zlib.Z_FULL_FLUSH)) * 256
    packed += zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    place = next(n for n, (item, _) in enumerate(parts) if item.name.endswith("revision.json"))
    item = parts[place][0]
    parts[place] = (dataclasses.replace(item, packed=len(packed), size=1000), packed)
    return container(parts)


def honest_bomb(bundle: Path) -> bytes:
    """A revision that says itself that it unpacks to four gigabytes."""
    parts = parts_of(bundle)
    place = next(n for n, (item, _) in enumerate(parts) if item.name.endswith("revision.json"))
    parts[place] = (dataclasses.replace(parts[place][0], size=2**32 - 2), parts[place][1])
    return container(parts)


def flipped(share: float) -> Callable[[Path], bytes]:
    def change(bundle: Path) -> bytes:
        data = bytearray(bundle.read_bytes())
        data[int((len(data) - 1) * share)] ^= 0x20
        return bytes(data)

    return change


def cut(share: float) -> Callable[[Path], bytes]:
    return lambda bundle: bundle.read_bytes()[: int(bundle.stat().st_size * share)]


def newer(bundle: Path) -> bytes:
    return bundle.read_bytes().replace(b"CCHC-Format: 1\n", b"CCHC-Format: 2\n")


HOSTILE: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "nothing": (lambda _: b"", "bundle.not_a_bundle"),
    "something else": (lambda _: b"%PDF-1.7", "bundle.not_a_bundle"),
    "cut short at once": (cut(0.01), "bundle.truncated"),
    "cut short in the middle": (cut(0.5), "bundle.truncated"),
    "cut short at the end": (lambda bundle: bundle.read_bytes()[:-1], "bundle.truncated"),
    "a byte flipped at the front": (flipped(0.02), ""),
    "a byte flipped in the middle": (flipped(0.5), ""),
    "a byte flipped near the end": (flipped(0.9), ""),
    "the last byte flipped": (flipped(1.0), ""),
    "two entries of one name": (doubled, "bundle.duplicate_entry"),
    "a name that leads upwards": (
        lambda b: renamed(b, "../../../../parindex-evil"),
        "bundle.unsafe_name",
    ),
    "a name that leads upwards inside": (lambda b: renamed(b, "x/../../parindex-evil"), "bundle.unsafe_name"),
    "a name of two lines": (lambda b: renamed(b, "x\ny"), "bundle.unsafe_name"),
    "an absolute name": (lambda b: renamed(b, "/parindex-evil"), "bundle.unsafe_name"),
    "an absolute name of Windows": (lambda b: renamed(b, "C:\\parindex-evil"), "bundle.unsafe_name"),
    "a name with a backslash": (lambda b: renamed(b, "x\\..\\parindex-evil"), "bundle.unsafe_name"),
    "an entry that unpacks to gigabytes": (bomb, ""),
    "an entry that says so": (honest_bomb, "bundle.too_large"),
    "something before it": (lambda b: b"MZ" + b.read_bytes(), "bundle.not_a_bundle"),
    "something behind it": (lambda b: b.read_bytes() + b"\n", "bundle.container"),
    "another order": (lambda b: container(parts_of(b)[::-1]), "bundle.container"),
    "an entry too few": (lambda b: container(parts_of(b)[1:]), "bundle.missing_entry"),
    "a newer format": (newer, "bundle.format_too_new"),
}


def judged(ran: Ran, code: str, *, said: str | None = None) -> None:
    """Exit 3, the code, and one sentence in Vietnamese."""
    (line, *_) = [each for each in (ran.out + ran.err).splitlines() if each.strip()]
    found = re.search(r"\[([a-z_.]+)\]", line)
    assert found, ran
    assert ran.status in {2, 3}, ran
    if code:
        assert found[1] == code, line
    assert re.search("[ạảãàáăắằặâấầậđêếềệôốồộơớờợưứừự]", line), line
    assert "Nothing" not in line
    assert "{" not in line


@contextmanager
def nothing_changes(home: Path) -> Iterator[None]:
    before = holdings(home)
    evidence = files_of(home / "evidence")
    yield
    assert holdings(home) == before
    assert files_of(home / "evidence") == evidence
    with open_home(home) as office:
        assert upkeep.check(office).sound
    assert not list(home.parent.rglob("*parindex-evil*"))
    assert not Path("/parindex-evil").exists()


@pytest.mark.parametrize(("make", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_bundle(
    parindex: Terminal, scene: Scene, tmp_path: Path, make: Callable[[Path], bytes], code: str
) -> None:
    home = scene.home("province")
    (tmp_path / "in").mkdir()
    bad = tmp_path / "in" / "goi.cchc"
    bad.write_bytes(make(scene.file("ban-ho-1.cchc")))
    with nothing_changes(home):
        judged(parindex("verify", bad, home=home), code)
        judged(parindex("import", "--dry-run", bad, home=home), code)
        judged(parindex("import", bad, home=home), code)
        judged(parindex("kit", "import", bad, home=home), code)
    told = parindex("--json", "import", bad, home=home)
    assert (told.status, told.data["bundles"][0]["outcome"]) == (3, "refused")
    assert told.data["bundles"][0]["error"]["message"] != ""
    assert (
        parindex("import", scene.file("ban-ho-1.cchc"), home=home).status == 0
    )  # the sound one is still welcome


def test_the_bomb_does_not_go_off(scene: Scene, tmp_path: Path, parindex: Terminal) -> None:
    import tracemalloc

    bad = tmp_path / "bomb.cchc"
    bad.write_bytes(bomb(scene.file("ban-ho-1.cchc")))
    home = scene.home("province")
    tracemalloc.start()
    try:
        assert parindex("import", bad, home=home).status == 3
        assert tracemalloc.get_traced_memory()[1] < 64 * 2**20
    finally:
        tracemalloc.stop()


def test_a_wrong_password(
    parindex: Terminal, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARINDEX_PASSPHRASE", "sai mat khau")
    home = scene.home("ban-ho-ready")
    with nothing_changes(home):
        judged(parindex("export", "-o", tmp_path / "a.cchc", home=home), "key.wrong_passphrase")
        judged(parindex("enrol", "request", "-o", tmp_path / "a.csr", home=home), "key.wrong_passphrase")
    assert not (tmp_path / "a.cchc").exists()
    monkeypatch.setenv("PARINDEX_PASSPHRASE", "mat khau")
    assert parindex("export", "-o", tmp_path / "a.cchc", home=home).status == 0


def test_a_key_of_another_office(parindex: Terminal, scene: Scene, tmp_path: Path) -> None:
    signer = scene.office("ta-van")
    other = revision_in(scene.file("ban-ho-1.cchc"))
    own = revision_in(scene.file("ta-van-1.cchc"))
    claimed = forged(signer, dataclasses.replace(own, series=other.series), tmp_path / "gia-mao.cchc")
    home = scene.home("province")
    with nothing_changes(home):
        judged(parindex("import", claimed, home=home), "bundle.signer_of_another_unit")
    stranger = scene.home("stranger")
    with nothing_changes(stranger):
        judged(parindex("import", scene.file("ban-ho-1.cchc"), home=stranger), "bundle.signer_unknown")


def test_an_unknown_criteria_set(parindex: Terminal, scene: Scene, tmp_path: Path) -> None:
    own = revision_in(scene.file("ta-van-1.cchc"))
    bundle = forged(
        scene.office("ta-van"), dataclasses.replace(own, criteria_set="9" * 64), tmp_path / "a.cchc"
    )
    home = scene.home("province")
    with nothing_changes(home):
        judged(parindex("import", bundle, home=home), "criteria.unknown_set")


@contextmanager
def full_disk() -> Iterator[None]:
    """Whatever is flushed to the disk finds no room."""

    def no_room(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", no_room)
        yield


@contextmanager
def full_database(home: Path) -> Iterator[None]:
    """The database finds no room for another page."""

    def limit(connection: Any, _record: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with closing(sqlite3.connect(home / "office.db")) as database:
        database.execute("VACUUM")  # else it would use the pages that it has emptied
    event.listen(Engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(Engine, "connect", limit)


def test_a_full_disk(parindex: Terminal, scene: Scene, tmp_path: Path) -> None:
    province, commune, ready = scene.home("province"), scene.home("ban-ho"), scene.home("ban-ho-ready")
    file = scene.evidence("a.pdf")
    attach = (
        "form",
        "answer",
        "1.2",
        "--input",
        "numerator=9",
        "--input",
        "denominator=10",
        "--evidence",
        file,
    )
    with nothing_changes(province), full_disk():
        judged(parindex("import", scene.file("ban-ho-1.cchc"), home=province), "storage.no_room")
    with nothing_changes(commune), full_disk():
        judged(parindex(*attach, home=commune), "storage.no_room")
        judged(parindex("lock", "--incomplete", "x", home=commune), "storage.backup_not_made")
        judged(
            parindex("report", "self-assessment", "-o", tmp_path / "bc.pdf", home=commune), "file.not_written"
        )
        judged(parindex("enrol", "request", "-o", tmp_path / "a.csr", home=commune), "file.not_written")
    with full_disk():
        judged(parindex("export", "-o", tmp_path / "a.cchc", home=ready), "files.disk_full")
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("PARINDEX_HOME", str(tmp_path / "moi"))
            judged(parindex("init", "--level", "commune", "--name", "Xã mới"), "key.file_unreachable")
    assert [path.name for path in tmp_path.iterdir() if path.suffix in {".cchc", ".pdf", ".csr"}] == ["a.pdf"]
    # With room again, everything is as if nothing had been.
    assert parindex("import", scene.file("ban-ho-1.cchc"), home=province).status == 0
    assert parindex(*attach, home=commune).status == 0
    assert parindex("export", "-o", tmp_path / "a.cchc", home=ready).status == 0
    assert parindex("init", "--level", "commune", "--name", "Xã mới", home=tmp_path / "moi").status == 0


def test_a_database_that_finds_no_room(parindex: Terminal, scene: Scene) -> None:
    """Evidence goes into the store before the transaction that names it, so its bytes may be there: named by nobody."""
    province, commune = scene.home("province"), scene.home("ban-ho")
    before = content_of(province)
    with full_database(province):
        ran = parindex("import", scene.file("ban-ho-1.cchc"), home=province)
        judged(ran, "storage.disk_full")
    assert content_of(province) == before
    assert parindex.json("check", home=province)["sound"] is True
    long = ("form", "answer", "1.2", "--explain", "Giải trình. " * 1500)
    with nothing_changes(commune), full_database(commune):
        judged(parindex(*long, home=commune), "storage.disk_full")
    assert parindex("import", scene.file("ban-ho-1.cchc"), home=province).status == 0
    assert parindex(*long, home=commune).status == 0


def test_a_home_that_another_process_has_open(parindex: Terminal, scene: Scene) -> None:
    home = scene.office("province").home
    before = holdings(home)
    for command in (
        ("import", scene.file("ban-ho-1.cchc")),
        ("check",),
        ("inbox", "list"),
        ("report", "self-summary"),
    ):
        judged(parindex(*command, home=home), "home.in_use")
    assert holdings(home) == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("1.2", "--input", "numerator=chín"), "number.not_a_count"),
        (("1.2", "--input", "numerator=1,5"), "number.not_a_count"),
        (("3.5", "--input", "numerator=mười triệu"), "number.not_an_amount"),
        (("1.2", "--input", "numerator=9999999999999999"), "number.too_large"),
        (("7.5", "--input", "date=hôm qua"), "input.not_a_date"),
        (("1.9", "--input", "answer=có lẽ"), "input.not_yes_or_no"),
        (("7.6", "--input", "choice=rất tốt"), "input.not_an_option"),
        (("99", "--input", "x=1"), "criteria.unknown_code"),
    ],
)
def test_a_text_where_a_number_belongs(
    parindex: Terminal, scene: Scene, arguments: tuple[str, ...], code: str
) -> None:
    home = scene.home("ban-ho")
    with nothing_changes(home):
        judged(parindex("form", "answer", *arguments, home=home), code)


def test_a_spreadsheet_that_is_none(parindex: Terminal, scene: Scene, tmp_path: Path) -> None:
    home = scene.home("province")
    for content in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0 xls", b"ma;ten;cap\n"):
        (tmp_path / "units.xlsx").write_bytes(content)
        with nothing_changes(home):
            ran = parindex("units", "import", tmp_path / "units.xlsx", home=home)
            judged(ran, "")
            assert ran.code is not None
            assert ran.code.startswith("spreadsheet.")


def test_a_request_that_is_none(parindex: Terminal, scene: Scene, tmp_path: Path) -> None:
    home = scene.home("province")
    approve = ("enrol", "approve", tmp_path / "a.csr", "--unit", "03003", "--fingerprint", "0" * 32)
    with nothing_changes(home):
        judged(parindex(*approve, home=home), "file.not_read")
        for content in (
            b"",
            b"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
            b"\xff",
        ):
            (tmp_path / "a.csr").write_bytes(content)
            ran = parindex(*approve, home=home)
            judged(ran, "")
            assert ran.code is not None
            assert ran.code.startswith("request.")
