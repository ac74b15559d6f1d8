"""The desk: bundles that were looked at and are not taken in yet."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from parindex_desktop.domain.revisions import content_code
from parindex_desktop.services import filling, handing_over, received, receiving
from parindex_desktop.services.received import Arrived
from parindex_desktop.services.receiving import Outcome
from tests.rival_kits import forked, until
from tests.ui.hands import press
from ui.intake import wording
from ui.language import tr
from ui.widgets.chips import Chip
from ui.widgets.labels import CopyLabel

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.intake.counter import Counter

CAME = tr(wording.ARRIVED[Arrived.WHOLE])


def tampered(folder: Path, bundle: Path) -> Path:
    data = bytearray(bundle.read_bytes())
    data[len(data) // 2] ^= 1
    bad = folder / "hong.cchc"
    bad.write_bytes(data)
    return bad


def test_other_files_of_a_folder_are_told_with_their_kinds(counter: Counter, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for name in ("a.pdf", "b.pdf", "c.zip", "d.xls", "e.docx", "f.mp4", "GHI CHU"):
        (stick / name).write_bytes(b"x")
    counter.check(stick)
    kinds = [tr("{count} .{ending}", count=2, ending="pdf"), tr("{count} without an ending", count=1)]
    kinds += [tr("{count} .{ending}", count=1, ending=ending) for ending in ("docx", "mp4")]
    kinds += [tr("{count} of other kinds", count=2)]
    said = tr(
        "Passed over in the folders, since they are no bundles: {count} file(s) ({kinds}).",
        count=7,
        kinds=kinds,
    )
    assert said in counter.page.banner.text()
    os.link(counter.scene.file("ban-ho-1.cchc"), stick / "ban-ho.cchc")
    counter.check(stick)
    assert counter.outcomes() == [Outcome.FIRST]
    assert counter.page.desk.passed_over.text() == said
    assert counter.page.desk.passed_over.isVisible()
    counter.page.desk.dismissed.emit()
    counter.check(counter.scene.file("ban-ho-1.cchc"))
    assert not counter.page.desk.passed_over.isVisible()


def test_the_second_of_two_copies_is_called_that_and_not_taken_in_already(
    counter: Counter, tmp_path: Path
) -> None:
    os.link(counter.scene.file("ban-ho-1.cchc"), tmp_path / "copy.cchc")
    counter.check(counter.scene.file("ban-ho-1.cchc"), tmp_path / "copy.cchc")
    assert counter.outcomes() == [Outcome.FIRST, Outcome.TWIN]
    cell = counter.page.desk.table.rows.cell(1, 2)
    assert cell.text == tr("Same as another")
    assert cell.note == "ban-ho-1.cchc"
    counter.page.desk.table.choose(1)
    assert "ban-ho-1.cchc" in counter.page.desk.pane.sentence.text()
    assert counter.page.desk.take.text() == tr("Take in {count} valid file(s)", count=1)


def test_the_content_code_can_be_read_whole_and_copied(counter: Counter) -> None:
    counter.check(counter.scene.file("ban-ho-1.cchc"))
    ((_, taken),) = counter.page.desk.table.rows.rows()
    shown = dict(counter.page.desk.pane._file.lines())[tr("Content code (SHA-256)")]
    assert shown.replace(" ", "") == taken.digest
    (label,) = [each for each in counter.page.desk.pane.findChildren(CopyLabel) if each.text() == shown]
    longest = max(label.fontMetrics().horizontalAdvance(group) for group in shown.split())
    assert longest < label.width()


def test_whose_key_signed_a_kit_is_said_in_words_that_fit(counter: Counter) -> None:
    counter.check(counter.scene.file("kit.cchc"))
    names = [name for name, _ in counter.page.desk.pane._file.lines()]
    assert tr("Key code of the province") in names
    assert tr("Key code of the unit") not in names


def test_a_refused_bundle_says_why_beside_it_and_in_full_at_the_right(
    counter: Counter, tmp_path: Path
) -> None:
    counter.check(tampered(tmp_path, counter.scene.file("ta-van-1.cchc")))
    ((_, taken),) = counter.page.desk.table.rows.rows()
    assert taken.problem is not None
    sentence = tr(taken.problem)
    assert counter.page.desk.pane.problem.text() == sentence
    note = counter.page.desk.table.rows.cell(0, 2).note
    assert note
    assert sentence.startswith(note)
    assert not counter.page.desk.take.isEnabled()


def test_what_was_taken_in_before_is_not_new(counter: Counter) -> None:
    receiving.take_in(counter.session.office, [counter.scene.file("ban-ho-2.cchc")])
    counter.check(counter.scene.file("ban-ho-2.cchc"))
    assert counter.outcomes() == [Outcome.HELD]
    assert counter.page.desk.take.text() == tr("Nothing new to take in")
    assert not counter.page.desk.take.isEnabled()


def test_an_earlier_hand_over_that_came_late_can_be_taken_in(counter: Counter) -> None:
    """It changes no figure, but closes the gap that is shown."""
    receiving.take_in(counter.session.office, [counter.scene.file("ban-ho-2.cchc")])
    counter.check(counter.scene.file("ban-ho-1.cchc"))
    assert counter.outcomes() == [Outcome.OLDER]
    press(counter.page.desk, tr("Take in {count} valid file(s)", count=1))
    counter.settle()
    assert received.overview(counter.session.office, "2026")[0].missing == ()


def test_a_bundle_that_brings_lost_evidence_back_can_be_taken_in(counter: Counter) -> None:
    office = counter.session.office
    receiving.take_in(office, [counter.scene.file("ban-ho-1.cchc")])
    (lost,) = [path for path in (office.home / "evidence").rglob("*") if path.is_file()]
    lost.unlink()
    counter.session.reload()
    counter.settle()
    assert counter.units()[0] == ("03001", tr(wording.ARRIVED[Arrived.INCOMPLETE]))
    counter.check(counter.scene.file("ban-ho-1.cchc"))
    assert counter.outcomes() == [Outcome.HELD]
    press(counter.page.desk, tr("Take in {count} valid file(s)", count=1))
    counter.settle()
    assert counter.units()[0] == ("03001", CAME)


def test_two_versions_stand_side_by_side_before_they_are_taken_in(counter: Counter, tmp_path: Path) -> None:
    counter.check(*counter.two_versions(tmp_path))
    assert counter.outcomes() == [Outcome.FIRST, Outcome.LATER, Outcome.FORKED]
    assert counter.page.desk.take.text() == tr(
        "Take in {count} valid file(s) ({open} to be settled)", count=3, open=1
    )
    counter.page.desk.table.choose(2)
    (fork,) = [part for part in counter.page.desk.pane.findChildren(object) if hasattr(part, "notice")]
    assert [row.criterion.code for row in fork.table.rows.rows()] == ["1.2"]
    assert "1.2" in fork.notice.text()


def test_kits_are_spoken_of_in_their_own_words(counter: Counter) -> None:
    """Nobody hands a kit over; a kit beside another one says what is to be done about it."""
    fork = forked(counter.scene, until(20), until(25))
    counter.session.office = fork.province
    counter.check(fork.other, counter.scene.file("ban-ho-1.cchc"))
    desk = counter.page.desk
    said = [desk.table.rows.cell(row, 2).text for row in range(2)]
    assert said == [tr("Two parallel kits"), tr("Handed over for the first time")]
    chips = [tr(chip.sign()) for chip in desk.findChildren(Chip) if chip.sign() is not None]
    assert chips == [
        tr("{count} for the first time", count=1),
        tr("{count} parallel kit(s)", count=1),
    ]
    desk.table.choose(0)
    assert tr("Figures to be settled") in desk.pane.sentence.text()
    assert "1" in desk.pane.sentence.text()


def test_the_unit_pane_has_the_content_code_that_the_unit_sees(counter: Counter) -> None:
    receiving.take_in(counter.session.office, [counter.scene.file("ban-ho-1.cchc")])
    counter.session.reload()
    counter.settle()
    counter.choose("03001")
    sent = counter.scene.office("ban-ho-handed-over")
    past = handing_over.history(sent, filling.open_form(sent))
    (digest,) = [each.digest for each in past if each.sequence == 1]
    codes = [value for _, value in counter.page.overview.pane.came.lines()]
    assert tr("content code {code}", code=content_code(digest)) in codes
