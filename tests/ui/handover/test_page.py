"""The way out of the office: lock, print, enter the signed paper, hand over; each step opens the next."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from parindex_desktop.domain.needs import Need
from parindex_desktop.domain.revisions import content_code
from parindex_desktop.services import filling, handing_over, kits, locking, people, receiving, reporting
from parindex_desktop.services.people import NewPerson
from tests.ui.hands import answer, in_window, offered, press, write
from tests.ui.offices import PASSPHRASE, code_of, fill, lock_and_sign, take_kit
from ui.form.page import FormPage
from ui.handover import reason, sending
from ui.handover.page import HandOverPage
from ui.handover.step_card import StepState
from ui.language import tr
from ui.session import Session
from ui.widgets.fields import TextArea

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office


class Opened:
    """A page with what it asked the frame for."""

    def __init__(self, qtbot: QtBot, office: Office) -> None:
        self.session = Session(office)
        self.opened: list[str] = []
        self.jumps: list[tuple[str, Need]] = []
        self.window = in_window(
            qtbot,
            lambda: HandOverPage(
                self.session, self.opened.append, lambda criterion, need: self.jumps.append((criterion, need))
            ),
        )
        page = self.window.current_page()
        assert isinstance(page, HandOverPage)
        self.page = page

    def states(self) -> list[StepState]:
        return [self.page.card(number).state for number in (1, 2, 3, 4)]

    def open_cards(self) -> list[int]:
        return [number for number in (1, 2, 3, 4) if self.page.card(number).is_open()]


@pytest.fixture
def opened(qtbot: QtBot, commune: Office) -> Callable[..., Opened]:
    """Opens the page of the commune after its form was brought to a state."""

    def page(prepare: Callable[[Office, Form], Form] | None = None) -> Opened:
        if prepare is not None:
            prepare(commune, filling.open_form(commune))
        return Opened(qtbot, commune)

    return page


def filled(office: Office, form: Form) -> Form:
    return fill(office, form)


def lacking(office: Office, form: Form) -> Form:
    return fill(office, form, but=2)


def locked(office: Office, form: Form) -> Form:
    return locking.lock(office, fill(office, form))


def signed(office: Office, form: Form) -> Form:
    return lock_and_sign(office, fill(office, form))


CURRENT, DONE, LATER = StepState.CURRENT, StepState.DONE, StepState.LATER


@pytest.mark.parametrize(
    ("prepare", "states", "cards"),
    [
        (filled, [CURRENT, LATER, LATER, LATER], [1]),
        (locked, [DONE, CURRENT, LATER, LATER], [2]),
        (signed, [DONE, LATER, DONE, CURRENT], [4]),
    ],
)
def test_the_step_to_be_done_is_open(
    opened: Callable[..., Opened], prepare: object, states: list[StepState], cards: list[int]
) -> None:
    at = opened(prepare)
    assert at.states() == states
    assert at.open_cards() == cards


def test_a_done_step_says_what_was_done(opened: Callable[..., Opened]) -> None:
    at = opened(signed)
    lock = at.session.form.assessment.lock
    assert lock is not None
    assert lock.code in at.page.card(1).note()
    assert "Máy quét hỏng" in at.page.card(3).note()


def test_without_a_kit_the_page_says_what_to_do(qtbot: QtBot, newcomer: Office) -> None:
    at = Opened(qtbot, newcomer)
    press(at.page, "Office, key and kit")
    assert at.opened == ["office"]


def test_a_criterion_that_lacks_something_opens_in_the_form(opened: Callable[..., Opened]) -> None:
    at = opened(lacking)
    assert QApplication.focusWidget() is at.page.closing.lacking
    QTest.keyClick(at.page.closing.lacking, Qt.Key.Key_Down)
    QTest.keyClick(at.page.closing.lacking, Qt.Key.Key_Return)
    second = at.session.form.assessment.lacking()[1]
    assert at.jumps == [(second.criterion.id, Need.UNSCORED)]


def test_what_lacks_is_locked_only_with_a_reason(
    opened: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened(lacking)
    asked = answer(monkeypatch)
    press(at.page, "Lock the figures…")
    assert at.page.closing.fault.text()
    assert at.session.form.assessment.lock is None
    assert asked == []
    write(at.page.closing.why, "Chờ số liệu của Chi cục Thống kê")
    press(at.page, "Lock the figures…")
    lock = at.session.form.assessment.lock
    assert lock is not None
    assert lock.incomplete == "Chờ số liệu của Chi cục Thống kê"


def test_on_a_small_screen_what_is_missing_for_locking_comes_into_view(
    opened: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    at = opened(lacking)
    answer(monkeypatch)
    at.page.window().resize(911, 512)
    at.page.closing.lock()
    qtbot.waitUntil(lambda: not at.page.closing.fault.visibleRegion().isEmpty())
    assert at.page.closing.why.hasFocus()


def test_a_question_answered_by_no_locks_nothing(
    opened: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened(filled)
    answer(monkeypatch, yes=False)
    press(at.page, "Lock the figures…")
    assert at.session.form.assessment.lock is None


def test_after_locking_the_keyboard_stands_in_the_next_step(
    opened: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened(filled)
    answer(monkeypatch)
    press(at.page, "Lock the figures…")
    assert at.open_cards() == [2]
    focused = QApplication.focusWidget()
    assert focused is not None
    assert at.page.card(2).isAncestorOf(focused)


def test_texts_of_the_report_are_saved_when_their_field_is_left(opened: Callable[..., Opened]) -> None:
    at = opened(filled)
    press(at.page, "Head, signature and texts of the report…")
    head = at.page.closing.letterhead
    assert head.field("symbol").placeholderText() == "/BC-UBND"
    write(head.field("signer"), "Nguyễn Văn An")
    assert at.session.form.assessment.report["signer"] == "Nguyễn Văn An"
    write(head.field("difficulties"), "Đường truyền chậm")
    assert filling.open_form(at.session.office).assessment.report["difficulties"] == "Đường truyền chậm"


def test_what_the_paper_lacks_is_told_while_it_can_still_be_entered(opened: Callable[..., Opened]) -> None:
    at = opened(filled)
    step = at.page.closing
    assert tr("Place") in step.blank.text()
    assert tr("Name of the signer") in step.blank.text()
    press(at.page, "Enter them")
    assert step.letterhead.field("place").hasFocus()
    write(step.letterhead.field("place"), "Bản Hồ")
    assert tr("Place") not in step.blank.text()
    write(step.letterhead.field("signer"), "Nguyễn Văn An")
    assert step.blank.isHidden()


def test_texts_of_locked_figures_are_only_read(opened: Callable[..., Opened]) -> None:
    at = opened(locked)
    at.page.card(1).open_up(opened=True)
    press(at.page, "Head, signature and texts of the report…")
    assert at.page.closing.letterhead.field("signer").isReadOnly()


def test_a_text_that_is_too_long_is_told_at_its_field(opened: Callable[..., Opened]) -> None:
    at = opened(filled)
    press(at.page, "Head, signature and texts of the report…")
    head = at.page.closing.letterhead
    write(head.field("proposals"), "dài " * 6000)
    assert head.fault("proposals")
    assert at.session.form.assessment.report["proposals"] == ""


def test_unlocking_asks_for_its_reason(
    opened: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened(signed)
    at.page.card(1).open_up(opened=True)
    monkeypatch.setattr(reason, "ask_reason", lambda *_: None)
    press(at.page, "Unlock…")
    assert at.session.form.assessment.lock is not None
    monkeypatch.setattr(reason, "ask_reason", lambda *_: "Sai số liệu 3.7")
    press(at.page, "Unlock…")
    assert at.states() == [CURRENT, LATER, LATER, LATER]


def test_an_empty_reason_keeps_the_question_open(qtbot: QtBot) -> None:
    dialog = reason.ReasonDialog(None, "Mở khóa?", "", "Lý do", "Mở khóa")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.accept()
    assert dialog.isVisible()
    dialog.field.setPlainText("Sai số liệu")
    dialog.accept()
    assert not dialog.isVisible()


def test_the_report_is_printed_where_the_officer_wants_it(
    opened: Callable[..., Opened], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    at = opened(locked)
    answer(monkeypatch, target=tmp_path / "trình ký")
    press(at.page, "Print for signature (PDF)…")
    qtbot.waitUntil(lambda: not at.page.work.busy)
    assert (tmp_path / "trình ký.pdf").read_bytes().startswith(b"%PDF")
    assert at.states() == [DONE, DONE, CURRENT, LATER]
    assert "trình ký.pdf" in at.page.card(2).note()


def test_a_report_that_cannot_be_written_is_told_in_its_step(
    opened: Callable[..., Opened], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    at = opened(locked)
    answer(monkeypatch, target=tmp_path / "gone" / "bc.pdf")
    press(at.page, "Print for signature (PDF)…")
    qtbot.waitUntil(lambda: not at.page.work.busy)
    assert "bc.pdf" in at.page.printing.fault.text()
    assert at.states() == [DONE, CURRENT, LATER, LATER]


def test_a_report_printed_before_the_lock_does_not_count(
    opened: Callable[..., Opened], commune: Office, tmp_path: Path
) -> None:
    def printed_then_changed(office: Office, form: Form) -> Form:
        form = filled(office, form)
        reporting.write_report(office, reporting.Kind.SELF_ASSESSMENT, tmp_path / "nháp.pdf")
        office.clock = lambda: NOW_LATER
        return locking.lock(office, form)

    at = opened(printed_then_changed)
    assert at.states() == [DONE, CURRENT, LATER, LATER]


NOW_LATER = dt.datetime(2026, 11, 21, 2, 0, tzinfo=dt.UTC)


def test_the_signed_paper_is_entered_with_its_copy(
    opened: Callable[..., Opened], tmp_path: Path, qtbot: QtBot
) -> None:
    at = opened(locked)
    at.page.card(3).open_up(opened=True)
    copy = tmp_path / "bản ký.pdf"
    copy.write_bytes(b"%PDF-1.4 ...")
    part = at.page.signing
    write(part.number, "05/BC-UBND")
    write(part.date.field, "20/11/2026")
    write(part.signer, "Nguyễn Văn An")
    part.zone.chosen.emit([copy])
    press(part, "Save number, date and copy")
    qtbot.waitUntil(lambda: not at.page.work.busy)
    entered = at.session.form.assessment.signed
    assert entered is not None
    assert (entered.number, entered.date, entered.name) == ("05/BC-UBND", dt.date(2026, 11, 20), "bản ký.pdf")
    assert at.states() == [DONE, LATER, DONE, CURRENT]


def test_a_report_older_than_its_figures_is_asked_about(
    qtbot: QtBot, opened: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened(locked)
    at.page.card(3).open_up(opened=True)
    part = at.page.signing
    QTest.keyClick(part.without, Qt.Key.Key_Space)
    for field, typed in (
        (part.number, "05/BC-UBND"),
        (part.date.field, "19/11/2026"),
        (part.signer, "Nguyễn Văn An"),
        (part.why, "Máy quét hỏng"),
    ):
        write(field, typed)
    asked = answer(monkeypatch, yes=False)
    press(part, "Save number, date and copy")
    assert asked == [tr("Is the report older than its figures?")]
    assert part.date.field.hasFocus()
    assert at.session.form.assessment.signed is None
    answer(monkeypatch)
    press(part, "Save number, date and copy")
    qtbot.waitUntil(lambda: not at.page.work.busy)
    assert at.session.form.assessment.signed is not None


def test_what_lacks_of_the_signed_paper_is_told_at_its_place(opened: Callable[..., Opened]) -> None:
    at = opened(locked)
    at.page.card(3).open_up(opened=True)
    write(at.page.signing.number, "05/BC-UBND")
    press(at.page.signing, "Save number, date and copy")
    assert at.page.signing.fault.text()
    assert not at.page.signing.number.property("wrong")
    assert at.page.signing.date.field.property("wrong")
    assert QApplication.focusWidget() is at.page.signing.date.field
    assert at.session.form.assessment.signed is None


def test_without_a_copy_only_a_reason_is_needed(opened: Callable[..., Opened], qtbot: QtBot) -> None:
    at = opened(locked)
    at.page.card(3).open_up(opened=True)
    part = at.page.signing
    part.without.setFocus()
    QTest.keyClick(part.without, Qt.Key.Key_Space)
    press(part, "Save number, date and copy")
    assert QApplication.focusWidget() is part.why
    write(part.why, "Máy quét hỏng")
    press(part, "Save number, date and copy")
    qtbot.waitUntil(lambda: not at.page.work.busy)
    entered = at.session.form.assessment.signed
    assert entered is not None
    assert entered.without == "Máy quét hỏng"


def test_typing_of_the_signed_paper_survives_a_change_elsewhere(opened: Callable[..., Opened]) -> None:
    at = opened(locked)
    at.page.card(3).open_up(opened=True)
    write(at.page.signing.number, "05/BC-UBND")
    at.session.changed.emit()
    assert at.page.signing.number.text() == "05/BC-UBND"


@pytest.mark.parametrize("on_stick", [True, False])
def test_handing_over_writes_one_file_and_says_of_a_stick_that_it_may_go(
    opened: Callable[..., Opened],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    on_stick: bool,
) -> None:
    if on_stick:
        monkeypatch.setattr(sending, "on_one_disk", lambda *_: False)
    at = opened(signed)
    stick = tmp_path / "stick"
    stick.mkdir()
    answer(monkeypatch, target=stick)
    press(at.page, "Hand over…")
    assert not at.page.leave()
    assert not offered(at.page, "Write a draft…")
    step = at.page.top_line().step
    assert step is not None
    assert not step.enabled
    qtbot.waitUntil(lambda: not at.page.work.busy)
    assert offered(at.page, "Write a draft…")
    (file,) = stick.iterdir()
    assert file.name in at.page.sending.result.text()
    assert ("USB" in at.page.sending.result.text()) is on_stick
    assert at.page.history.model.rowCount() == 1
    assert file.name in at.page.history.model.index(0, 2).data()
    assert at.page.leave()
    before = file.read_bytes()
    asked = answer(monkeypatch, target=stick)
    press(at.page, "Write the same file again…")
    qtbot.waitUntil(lambda: not at.page.work.busy)
    assert file.read_bytes() == before
    assert asked == [
        tr("Hand over: choose the stick or a folder")
    ]  # what is signed already needs no passphrase


def test_each_hand_over_has_the_content_code_that_the_province_sees(
    opened: Callable[..., Opened],
    province: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    at = opened(signed)
    office = at.session.office
    assert not at.page.sending.handed.isVisible()
    answer(monkeypatch, target=tmp_path)
    press(at.page, "Hand over…")
    qtbot.waitUntil(lambda: not at.page.work.busy)
    ((name, code),) = at.page.sending.handed.lines()
    (taken,) = receiving.take_in(province, list(tmp_path.glob("*.cchc")))
    assert taken.digest is not None
    assert (name, code) == (tr("Content code (SHA-256)"), content_code(taken.digest))
    assert at.page.history.code.lines() == [(name, code)]
    at.session.move(lambda _office, form: lock_and_sign(office, locking.unlock(office, form, "Sửa")))
    assert at.page.sending.handed.lines() == []
    press(at.page, "Hand over…")
    qtbot.waitUntil(lambda: not at.page.work.busy)
    ((_, second),) = at.page.sending.handed.lines()
    assert second != code
    at.page.history.table.setFocus()
    assert at.page.history.code.lines() == [(name, second)]  # the newest stands first
    at.page.history.table.setCurrentIndex(at.page.history.model.index(0, 0))
    QTest.keyClick(at.page.history.table, Qt.Key.Key_Down)
    assert at.page.history.code.lines() == [(name, code)]
    at.session.reload()
    assert at.page.history.code.lines() == [(name, code)]


def test_a_hand_over_that_cannot_be_written_says_so_and_can_be_repeated(
    opened: Callable[..., Opened], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    at = opened(signed)
    answer(monkeypatch, target=tmp_path / "gone" / "x.cchc")
    press(at.page, "Hand over…")
    qtbot.waitUntil(lambda: not at.page.work.busy)
    assert at.page.sending.fault.text()
    assert at.states() == [DONE, LATER, DONE, CURRENT]
    answer(monkeypatch, target=tmp_path)
    press(at.page, "Hand over…")
    qtbot.waitUntil(lambda: not at.page.work.busy)
    assert list(tmp_path.glob("*.cchc"))
    assert at.states() == [DONE, LATER, DONE, DONE]


@pytest.mark.parametrize("left_out", ["target", "secret"])
def test_cancelling_a_question_hands_nothing_over(
    opened: Callable[..., Opened], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left_out: str
) -> None:
    at = opened(signed)
    answer(
        monkeypatch,
        target=None if left_out == "target" else tmp_path,
        secret=None if left_out == "secret" else PASSPHRASE,
    )
    press(at.page, "Hand over…")
    assert not at.page.work.busy
    assert not handing_over.handed_over(at.session.form)


def test_the_top_line_offers_the_step_in_hand(opened: Callable[..., Opened]) -> None:
    at = opened(locked)
    step = at.page.top_line().step
    assert step is not None
    assert step.text == tr("Print for signature…")
    assert not offered(at.page, "Lock the figures…")


def test_a_draft_goes_to_the_other_machine_and_comes_back_merged(
    qtbot: QtBot,
    commune: Office,
    second_machine: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    filled(second_machine, filling.open_form(second_machine))
    there = Opened(qtbot, second_machine)
    answer(monkeypatch, target=tmp_path)
    press(there.page, "Write a draft…")
    qtbot.waitUntil(lambda: not there.page.work.busy)
    (draft,) = tmp_path.glob("*.cchc")
    assert there.states()[0] is CURRENT
    here = Opened(qtbot, commune)
    answer(monkeypatch, files=(draft,))
    press(here.page, "Take in the other machine's file…")
    qtbot.waitUntil(lambda: not here.page.work.busy)
    assert here.session.form.assessment.lacking() == []
    assert here.page.machines.result.isVisible()
    press(here.page, "Take in the other machine's file…")
    qtbot.waitUntil(lambda: not here.page.work.busy)
    assert here.page.machines.result.text() == tr("The file was taken in before. Nothing had to be changed.")


def test_figures_that_differ_are_settled_before_the_lock(
    qtbot: QtBot, commune: Office, second_machine: Office, tmp_path: Path
) -> None:
    form = filling.open_form(commune)
    leaf = next(leaf for leaf in form.criteria.leaves() if leaf.inputs)
    filling.set_text(commune, form, leaf, "note", "máy một")
    other = filling.set_text(second_machine, filling.open_form(second_machine), leaf, "note", "máy hai")
    _, draft = handing_over.export_draft(second_machine, other, PASSPHRASE, tmp_path)
    receiving.take_in(commune, [draft.target])
    at = Opened(qtbot, commune)
    press(at.page.closing, "Settle them")
    assert at.opened == ["differences"]
    form_page = FormPage(at.session, at.opened.append, {})
    for step in (at.page.top_line().step, form_page.top_line().step):
        assert step is not None
        assert (step.text, step.enabled) == (tr("Settle the figures…"), True)
        step.run()
    assert at.opened == ["differences"] * 3


def test_a_refused_file_is_named_with_its_reason(
    opened: Callable[..., Opened], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    at = opened()
    wrong = tmp_path / "wrong.cchc"
    wrong.write_bytes(b"no bundle")
    answer(monkeypatch, files=(wrong,))
    press(at.page, "Take in the other machine's file…")
    qtbot.waitUntil(lambda: not at.page.work.busy)
    assert at.page.machines.fault.text().startswith("wrong.cchc: ")


def test_the_mouse_folds_and_opens_a_step_by_its_title(opened: Callable[..., Opened], qtbot: QtBot) -> None:
    at = opened(filled)
    qtbot.mouseClick(at.page.card(3), Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    assert at.open_cards() == [1, 3]


# The key.


@pytest.fixture
def unenrolled(newcomer: Office, province: Office, kit: Path) -> Office:
    """Phường Sa Pa: it has the kit, and its key is not in it."""
    take_kit(newcomer, kit, code_of(province))
    kits.claim_unit(newcomer, "03003")
    return newcomer


def test_a_key_that_is_not_enrolled_is_told_before_anything_is_asked(
    qtbot: QtBot, unenrolled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(unenrolled, filling.open_form(unenrolled))
    at = Opened(qtbot, unenrolled)
    asked = answer(monkeypatch)
    assert at.open_cards() == [4]
    assert at.page.sending.key.isVisible()
    assert at.page.sending.key.text() == at.page.sending.trouble
    assert not offered(at.page.sending, "Hand over…")
    step = at.page.top_line().step
    assert step is not None
    assert (step.enabled, step.hint) == (False, at.page.sending.trouble)
    press(at.page.sending, "Office, key and kit")
    assert at.opened == ["office"]
    press(at.page, "Write a draft…")
    assert at.page.machines.fault.text() == at.page.sending.trouble
    assert asked == []


def test_that_the_key_is_not_enrolled_is_seen_from_the_first_step_on(
    qtbot: QtBot, unenrolled: Office
) -> None:
    at = Opened(qtbot, unenrolled)
    assert at.open_cards() == [1]
    folded = tr("Not possible yet: see here what is to be done about the key")
    card = at.page.card(4)
    assert card.note() == folded
    at.window.resize(911, 512)
    press(card, tr("Open: {title}", title=tr("Hand over")))
    assert card.note() == tr("Not possible yet")
    column = at.page._scrolled.viewport()
    qtbot.waitUntil(lambda: at.page.sending.key.isVisible() and _within(at.page.sending.key, column))
    press(card, tr("Fold: {title}", title=tr("Hand over")))
    assert card.note() == folded


def _within(part: QWidget, view: QWidget) -> bool:
    """Whether all of `part` is in view."""
    return view.rect().contains(QRect(part.mapTo(view, QPoint(0, 0)), part.size()))


@pytest.mark.parametrize("prepare", [filled, signed])
def test_an_enrolled_key_is_not_spoken_of(opened: Callable[..., Opened], prepare: object) -> None:
    at = opened(prepare)
    assert not at.page.sending.key.isVisible()
    assert at.page.card(4).note() == ""


# One name for the next step.


def printed(office: Office, form: Form) -> Form:
    form = locked(office, form)
    reporting.write_report(office, reporting.Kind.SELF_ASSESSMENT, office.home / "trình ký.pdf")
    return form


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (filled, "Lock the figures…"),
        (locked, "Print for signature…"),
        (printed, "Enter the signed report…"),
        (signed, "Hand over…"),
    ],
)
def test_both_pages_call_the_next_step_the_same(
    opened: Callable[..., Opened], prepare: object, words: str
) -> None:
    at = opened(prepare)
    form_page = FormPage(at.session, at.opened.append, {})
    steps = [at.page.top_line().step, form_page.top_line().step]
    assert [step.text if step else "" for step in steps] == [tr(words)] * 2


def test_the_top_step_leads_to_the_signed_paper_and_saves_it_once_it_is_typed(
    opened: Callable[..., Opened], qtbot: QtBot
) -> None:
    at = opened(printed)
    part = at.page.signing

    def go_on() -> None:
        step = at.page.top_line().step
        assert step is not None
        step.run()

    part.zone.button.setFocus()
    go_on()
    assert QApplication.focusWidget() is part.number
    assert part.fault.text() == ""
    assert not part.number.property("wrong")
    part.without.setChecked(True)
    write(part.why, "Máy quét hỏng")
    go_on()
    qtbot.waitUntil(lambda: not at.page.work.busy)
    assert at.session.form.assessment.signed is not None


# What was wrong is not red any more once it is mended.


def test_what_was_missing_of_the_signed_paper_is_not_red_while_it_is_typed(
    opened: Callable[..., Opened], tmp_path: Path
) -> None:
    at = opened(locked)
    at.page.card(3).open_up(opened=True)
    part = at.page.signing
    press(part, "Save number, date and copy")
    assert part.number.property("wrong")
    write(part.number, "05/BC-UBND")
    assert not part.number.property("wrong")
    assert part._number.fault.text() == ""
    assert part.signer.property("wrong")
    assert part.fault.text()
    part.without.setChecked(True)
    assert part.fault.text() == ""
    assert not part.signer.property("wrong")


def test_the_reason_mends_what_was_said_of_locking(opened: Callable[..., Opened]) -> None:
    at = opened(lacking)
    press(at.page, "Lock the figures…")
    assert at.page.closing.fault.text()
    write(at.page.closing.why, "Chờ số liệu")
    assert at.page.closing.fault.text() == ""


def test_a_text_that_could_not_be_saved_stays_and_is_not_red_while_it_is_mended(
    opened: Callable[..., Opened],
) -> None:
    at = opened(filled)
    press(at.page, "Head, signature and texts of the report…")
    head = at.page.closing.letterhead
    write(head.field("proposals"), "dài " * 6000)
    write(head.field("signer"), "Nguyễn Văn An")
    proposals = head.field("proposals")
    assert isinstance(proposals, TextArea)
    assert proposals.toPlainText().startswith("dài ")
    write(head.field("proposals"), "ngắn")
    assert head.fault("proposals") == ""
    assert at.session.form.assessment.report["proposals"] == "ngắn"


# The other machine.


def test_figures_that_the_other_machine_has_opened_are_told_on_both_pages(
    qtbot: QtBot,
    commune: Office,
    second_machine: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form = signed(commune, filling.open_form(commune))
    _, first = handing_over.hand_over(commune, form, PASSPHRASE, tmp_path)
    receiving.take_in(second_machine, [first.target])
    form = locking.unlock(second_machine, filling.open_form(second_machine), "Sửa")
    leaf = next(leaf for leaf in form.criteria.leaves() if leaf.inputs)
    form = filling.set_text(second_machine, form, leaf, "note", "Máy hai")
    _, draft = handing_over.export_draft(second_machine, form, PASSPHRASE, tmp_path)

    at = Opened(qtbot, commune)
    assert at.open_cards() == [4]
    answer(monkeypatch, files=(draft.target,))
    press(at.page, "Take in the other machine's file…")
    qtbot.waitUntil(lambda: not at.page.work.busy)
    assert at.open_cards() == [1]
    opened_again = tr("The figures are open again: step 1 says what that means and what to do.")
    assert opened_again in at.page.machines.result.text()
    told = handing_over.reopened(commune, at.session.form)
    assert told is not None
    assert at.page.closing.reopened.isVisible()
    assert at.page.closing.reopened.text() == tr(told)

    window = in_window(qtbot, lambda: FormPage(at.session, at.opened.append, {}))
    page = window.current_page()
    assert isinstance(page, FormPage)
    assert page.banner.text() == tr(told)
    press(page, "To the hand-over")
    assert at.opened == ["handover"]
    press(page.banner, "Close")
    page.refresh()
    assert not page.banner.isVisible()  # read once, it stands in the way no more


def test_the_machine_that_takes_the_hand_over_in_says_so(
    qtbot: QtBot,
    commune: Office,
    second_machine: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form = signed(commune, filling.open_form(commune))
    _, first = handing_over.hand_over(commune, form, PASSPHRASE, tmp_path)
    at = Opened(qtbot, second_machine)
    answer(monkeypatch, files=(first.target,))
    press(at.page, "Take in the other machine's file…")
    qtbot.waitUntil(lambda: not at.page.work.busy)
    assert at.states() == [DONE, LATER, DONE, DONE]
    said = tr("With that this machine knows, too, that it was handed over (hand-over {times}).", times=1)
    assert said in at.page.machines.result.text()


def test_a_large_scanned_copy_can_be_cancelled(
    opened: Callable[..., Opened], tmp_path: Path, qtbot: QtBot
) -> None:
    at = opened(locked)
    at.page.card(3).open_up(opened=True)
    copy = tmp_path / "bản ký.pdf"
    with copy.open("wb") as file:
        file.truncate(2_000_000_000)  # takes no room on the disk, and a second at least to copy
    part = at.page.signing
    write(part.number, "05/BC-UBND")
    write(part.date.field, "20/11/2026")
    write(part.signer, "Nguyễn Văn An")
    part.zone.chosen.emit([copy])
    press(part, "Save number, date and copy")
    press(at.page.work, "Cancel")
    qtbot.waitUntil(lambda: not at.page.work.busy)
    assert part.fault.text() == tr("Cancelled. Nothing has changed.")
    assert [path for path in (at.session.office.home / "evidence").rglob("*") if path.is_file()] == []
    assert at.session.form.assessment.signed is None
    assert part.number.text() == "05/BC-UBND"


def test_where_people_are_listed_the_lock_names_who_entered_and_who_looked_it_through(
    qtbot: QtBot, commune: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan = people.add(commune, NewPerson("Nguyễn Thị Lan", "công chức"))
    people.work_as(commune, lan)
    fill(commune, filling.open_form(commune))
    page = Opened(qtbot, commune).page
    assert page.closing.approved.text() == "Nguyễn Thị Lan, công chức"
    write(page.closing.approved, "Lò Văn Minh, Chủ tịch")
    answer(monkeypatch)
    page.closing.lock()
    lock = filling.open_form(commune).assessment.lock
    assert lock is not None
    assert (lock.entered, lock.approved) == (("Nguyễn Thị Lan, công chức",), "Lò Văn Minh, Chủ tịch")
    assert not page.closing.approved.isVisible()
    assert tr("Looked through by: {name}", name=lock.approved) in page.closing._hands.text()


def test_without_a_staff_list_nobody_is_asked_who_looked_it_through(qtbot: QtBot, commune: Office) -> None:
    fill(commune, filling.open_form(commune))
    page = Opened(qtbot, commune).page
    assert not page.closing.approved.isVisible()
