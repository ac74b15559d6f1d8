"""The whole round trip as `parindex demo` plays it; what it leaves is checked with tools that are none of ours."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from parindex_desktop.domain.tallies import tally_of
from parindex_desktop.domain.units import Level
from parindex_desktop.services import (
    differences,
    filling,
    handing_over,
    received,
    receiving,
    register,
    sealing,
    upkeep,
)
from parindex_desktop.services.demonstration import (
    COMMUNES,
    PAPER_TEXTS,
    PASSPHRASE,
    TAMPERED,
    TWICE,
    TWO_MACHINES,
    YEAR,
)
from parindex_desktop.services.homes import open_home
from tests.papers import flat, pages, words_outside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.e2e.conftest import Played

HOMES = 1 + len(COMMUNES) + 1  # the province, the communes, and the second machine of one


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, cwd=folder, capture_output=True, check=False)


@pytest.fixture
def homes(played: Played, tmp_path: Path) -> dict[str, Path]:
    shutil.copytree(played.folder / "homes", tmp_path / "homes")
    return {path.name: path for path in sorted((tmp_path / "homes").iterdir())}


@pytest.fixture
def province(homes: dict[str, Path]) -> Iterator[Office]:
    with open_home(homes["so-noi-vu-tinh-lao-cai"]) as office:
        yield office


def unpacked(bundle: Path, folder: Path) -> Path:
    """The bag in a bundle, by unzip."""
    done = run(folder, "unzip", "-q", str(bundle))
    assert done.returncode == 0, done.stderr
    (bag,) = (path for path in folder.iterdir() if path.is_dir())
    return bag


def verified(bag: Path, root: Path) -> list[bool]:
    """What sha256sum, a BagIt validator and openssl say of a bag."""
    signature = (
        "openssl cms -verify -binary -inform DER -in signature.p7s -content tagmanifest-sha256.txt -out /dev/null "
        f"-purpose any -CAfile {root}"
    )
    checks = [
        ["sha256sum", "--strict", "--quiet", "-c", "manifest-sha256.txt", "tagmanifest-sha256.txt"],
        [sys.executable, "-m", "bagit", "--validate", "--quiet", "."],
        signature.split(),
    ]
    return [run(bag, *check).returncode == 0 for check in checks]


def test_it_leaves_what_it_promises(played: Played) -> None:
    assert len(list((played.folder / "homes").iterdir())) == HOMES
    assert (
        len(played.sound) >= len(COMMUNES) + 4
    )  # kits, a draft, and three second hand-overs beside the first ones
    assert {path.suffix for path in (played.folder / "reports").iterdir()} == {".pdf", ".xlsx"}
    assert (played.folder / "root.pem").read_bytes().startswith(b"-----BEGIN CERTIFICATE-----\n")
    for name in (TWICE, TWO_MACHINES, TAMPERED):
        assert name in played.said


def test_it_says_each_step_in_vietnamese(played: Played) -> None:
    numbers = [int(found) for found in re.findall(r"^([0-9]+)\. ", played.said, re.MULTILINE)]
    assert sorted(set(numbers)) == list(range(1, 12))
    assert not re.search(r"\b(the|and|bundle|hands)\b", played.said)
    assert PASSPHRASE in played.said


def test_every_bundle_is_checked_without_us(played: Played, tmp_path: Path) -> None:
    for bundle in played.sound:
        folder = tmp_path / bundle.stem
        folder.mkdir()
        assert verified(unpacked(bundle, folder), played.folder / "root.pem") == [True, True, True], (
            bundle.name
        )
        with zipfile.ZipFile(bundle) as archive:
            assert archive.testzip() is None


def test_the_bundle_that_was_tampered_with_is_told_by_everybody(
    played: Played, province: Office, tmp_path: Path
) -> None:
    done = run(tmp_path, "unzip", "-q", "-o", str(played.tampered))
    (bag,) = (path for path in tmp_path.iterdir() if path.is_dir() and path.name != "homes")
    assert done.returncode != 0 or verified(bag, played.folder / "root.pem")[:2] == [False, False]
    before = upkeep.check(province)
    (taken,) = receiving.take_in(province, [played.tampered])
    assert taken.problem is not None
    assert taken.problem.code == "bundle.digest_mismatch"
    assert upkeep.check(province).revisions == before.revisions
    (first, *_) = [
        arrival for arrival in reversed(upkeep.read_inbox(province)) if arrival.outcome == "refused"
    ]
    assert first.code == "bundle.digest_mismatch"


def test_a_bundle_of_another_root_is_told_by_openssl(played: Played, tmp_path: Path) -> None:
    bag = unpacked(played.sound[0], tmp_path)
    key = tmp_path / "other.key"
    request = f"openssl req -x509 -newkey rsa:2048 -nodes -keyout {key} -out {tmp_path}/other.pem -days 9 -subj /CN=x"
    assert run(tmp_path, *request.split()).returncode == 0
    assert verified(bag, tmp_path / "other.pem") == [True, True, False]


def test_every_home_opens_and_is_whole(homes: dict[str, Path]) -> None:
    for home in homes.values():
        with open_home(home) as office:
            found = upkeep.check(office)
            assert found.sound, home.name
            assert found.journal_rows > 3
            sealing.check_passphrase(office, PASSPHRASE)
            if office.level is not Level.PROVINCE:
                form = filling.open_form(office)
                assert form.assessment.lacking() == []
                if office.record.name != TWO_MACHINES:
                    assert handing_over.next_step(form) is handing_over.Handover.DONE


def test_the_province_holds_what_the_communes_hold(homes: dict[str, Path], province: Office) -> None:
    rows = {row.unit.name: row for row in received.overview(province, YEAR)}
    assert list(rows) == [unit.name for unit in register.units(province)]
    assert {row.arrived for row in rows.values()} == {received.Arrived.WHOLE}
    assert differences.differences(province) == []
    assert {name: row.times for name, row in rows.items() if row.times > 1} == {TWICE: 2, TWO_MACHINES: 2}
    for home in homes.values():
        if home != province.home and not home.name.endswith("2"):
            with open_home(home) as office:
                row = rows[office.record.name]
                form = filling.open_form(office).assessment
                assert row.tally == tally_of(form)
                assert received.received_form(province, row.unit, YEAR) == form


def test_evidence_lies_once(homes: dict[str, Path], province: Office) -> None:
    """What all offices hold together is what the province holds, each file once."""
    held = {path.parent.name + path.name for path in (province.home / "evidence").glob("??/*")}
    sent = set()
    for home in homes.values():
        sent |= {path.parent.name + path.name for path in (home / "evidence").glob("??/*")}
    assert held == sent
    assert upkeep.check(province).files == len(held)


def test_taking_everything_in_again_changes_nothing(played: Played, province: Office) -> None:
    before = upkeep.check(province)
    outcomes = {each.outcome.value for each in receiving.take_in(province, [played.folder / "bundles"])}
    assert outcomes <= {"held", "older", "refused"}
    after = upkeep.check(province)
    assert (after.revisions, after.files, after.sound) == (before.revisions, before.files, True)


def test_another_province_that_takes_all_of_it_in_at_once_ends_in_the_same_state(
    played: Played, homes: dict[str, Path], tmp_path: Path
) -> None:
    """In the opposite order, from its home as it was when only the kit had gone out."""
    home = homes["so-noi-vu-tinh-lao-cai"]
    with open_home(home) as office:
        wanted = [(row.unit.name, row.tally, row.unsettled) for row in received.overview(office, YEAR)]
    backup = min((home / "backups").glob("*-import.db"))  # before the first batch
    (home / "office.db").write_bytes(backup.read_bytes())
    for rest in home.glob("office.db-*"):
        rest.unlink()
    shutil.rmtree(home / "evidence")
    with open_home(home) as office:
        finals = [bundle for bundle in reversed(played.bundles) if not bundle.name.startswith("kit")]
        receiving.take_in(office, finals)
        assert [(r.unit.name, r.tally, r.unsettled) for r in received.overview(office, YEAR)] == wanted


def test_papers_are_whole(played: Played) -> None:
    papers = sorted((played.folder / "reports").glob("*.pdf"))
    assert len(papers) >= len(COMMUNES) + 4
    for paper in papers:
        text = pages(paper)
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in flat(text[0]), paper.name
        assert words_outside(paper) == [], paper.name
        if not paper.name.startswith("tong-hop"):
            assert all(re.search(r"Mã đối chiếu: [A-Z2-7]{4}-[A-Z2-7]{4}", page) for page in text), paper.name
    summary = flat("".join(pages(played.folder / "reports" / f"tong-hop-{YEAR}.pdf")))
    assert f"Đã nộp: {len(COMMUNES)}/{len(COMMUNES)} đơn vị" in summary
    assert "…" not in summary, "a place or a name is left open"
    assert all(text in summary or text.upper() in summary for text in PAPER_TEXTS.values())
    book = openpyxl.load_workbook(played.folder / "reports" / f"tong-hop-{YEAR}.xlsx")
    names = {cell.value for row in book.active.iter_rows() for cell in row}
    assert {name for _, name in COMMUNES} <= names


def test_the_codes_on_paper_are_the_codes_that_were_said(played: Played) -> None:
    said = set(re.findall(r"\b[A-Z2-7]{4}-[A-Z2-7]{4}\b", played.said))
    printed = set()
    for paper in (played.folder / "reports").glob("*.pdf"):
        printed |= set(re.findall(r"Mã đối chiếu: ([A-Z2-7]{4}-[A-Z2-7]{4})", "".join(pages(paper))))
    assert printed == said


def test_it_does_not_write_into_a_folder_that_holds_something(played: Played) -> None:
    done = run(played.folder, sys.executable, "-m", "parindex_desktop", "demo", str(played.folder))
    assert (done.returncode, b"[demo.folder_not_empty]" in done.stderr) == (3, True)
    done = run(
        played.folder, sys.executable, "-m", "parindex_desktop", "demo", str(played.folder / "root.pem")
    )
    assert (done.returncode, b"[home.not_writable]" in done.stderr) == (3, True)
