"""The frame: pages built when first shown, nothing typed lost, everything reached by the keyboard."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from ui.frame.page import Page, PageEntry, Step, TopLine
from ui.frame.window import MainWindow
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.fields import LineField
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Sheet(Page):
    """A page with two fields that keeps an account of what the frame asked of it."""

    searchable = True

    def __init__(self, name: str, account: list[str]) -> None:
        super().__init__()
        self.name = name
        self.account = account
        self.lets_go = True
        self.line = TopLine()

    def note(self, what: str) -> None:
        self.account.append(f"{self.name} {what}")

    def build(self) -> None:
        self.note("built")
        column = QVBoxLayout(self)
        self.first = LineField("Tử số")
        self.second = LineField("Mẫu số")
        for field in (self.first, self.second):
            field.committed.connect(lambda text: self.note(f"saved {text}"))
            column.addWidget(field)

    def activated(self) -> None:
        self.note("shown")

    def leave(self) -> bool:
        super().leave()
        return self.lets_go

    def top_line(self) -> TopLine:
        return self.line

    def search(self, text: str) -> None:
        self.note(f"searched {text}")

    def panes(self) -> Sequence[QWidget]:
        return (self.first, self.second)

    def show_line(self, line: TopLine) -> None:
        self.line = line
        self.top_changed.emit()


Make = Callable[[], MainWindow]


@pytest.fixture
def account() -> list[str]:
    return []


@pytest.fixture
def memory() -> dict[str, str]:
    return {}


@pytest.fixture
def make(qtbot: QtBot, account: list[str], memory: dict[str, str]) -> Make:
    def made() -> MainWindow:
        entries = [
            PageEntry(key, title, icon, lambda key=key: Sheet(key, account))
            for key, title, icon in (
                ("form", "Tự chấm điểm", Icon.FORM),
                ("papers", "In báo cáo, biểu mẫu", Icon.PAPERS),
                ("differences", "Số liệu cần thống nhất giữa các máy của đơn vị", Icon.DIFFERENCES),
            )
        ]
        window = MainWindow("UBND xã Bản Hồ", entries, memory)
        qtbot.addWidget(window)
        return window

    return made


@pytest.fixture
def window(make: Make, qtbot: QtBot) -> MainWindow:
    made = make()
    made.resize(1366, 768)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    made.open_page("form")
    return made


@pytest.fixture
def form(window: MainWindow) -> Sheet:
    page = window.page("form")
    assert isinstance(page, Sheet)
    return page


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_the_frame_tells_once_that_it_stands_there(make: Make, qtbot: QtBot, account: list[str]) -> None:
    window = make()
    with qtbot.waitSignal(window.painted):
        window.show()
    assert account == []
    told: list[None] = []
    window.painted.connect(lambda: told.append(None))
    window.repaint()
    QApplication.processEvents()
    assert told == []


def test_a_page_is_built_once_and_told_each_time_it_is_shown(window: MainWindow, account: list[str]) -> None:
    window.open_page("papers")
    window.open_page("form")
    window.open_page("form")
    assert account == ["form built", "form shown", "papers built", "papers shown", "form shown"]
    assert window.page("differences") is None


def test_leaving_a_page_saves_the_field_being_typed(
    window: MainWindow, account: list[str], form: Sheet
) -> None:
    QTest.keyClicks(form.first, "456")
    QTest.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert account[-3:] == ["form saved 456", "papers built", "papers shown"]


def test_closing_saves_the_field_being_typed(window: MainWindow, account: list[str], form: Sheet) -> None:
    QTest.keyClicks(form.first, "456")
    assert window.close()
    assert account[-1] == "form saved 456"


def test_a_page_that_does_not_let_go_stays(window: MainWindow, form: Sheet) -> None:
    form.lets_go = False
    QTest.mouseClick(window.navigation.button("papers"), Qt.MouseButton.LeftButton)
    assert window.current_page() is form
    assert window.navigation.button("form").isChecked()
    assert not window.close()
    form.lets_go = True


def test_the_page_takes_the_keyboard_when_it_opens(window: MainWindow, form: Sheet) -> None:
    assert focused() is form.first


@pytest.mark.parametrize(
    ("key", "page"), [(Qt.Key.Key_1, "form"), (Qt.Key.Key_2, "papers"), (Qt.Key.Key_3, "differences")]
)
def test_pages_by_number(window: MainWindow, key: Qt.Key, page: str) -> None:
    QTest.keyClick(window, key, CONTROL)
    assert window.current_page() is window.page(page)
    assert window.navigation.button(page).isChecked()


def test_pages_are_walked_by_arrows_and_opened_by_the_blank(window: MainWindow) -> None:
    window.navigation.button("form").setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert focused() is window.navigation.button("papers")
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert window.current_page() is window.page("papers")


def test_f6_walks_through_the_parts_of_the_window_and_back(window: MainWindow, form: Sheet) -> None:
    window.top.set_periods(["2025", "2026"], "2026")
    walked = []
    for _ in range(5):
        QTest.keyClick(window, Qt.Key.Key_F6)
        walked.append(focused())
    assert walked[0] is form.second
    assert window.status.isAncestorOf(walked[1])
    assert window.top.isAncestorOf(walked[2])
    assert window.navigation.isAncestorOf(walked[3])
    assert walked[4] is form.first
    QTest.keyClick(window, Qt.Key.Key_F6, SHIFT)
    assert window.navigation.isAncestorOf(focused())


def test_the_next_step_is_the_pages_own(window: MainWindow, form: Sheet, account: list[str]) -> None:
    form.show_line(TopLine(step=Step("Chốt điểm…", lambda: form.note("locks"))))
    QTest.keyClicks(form.first, "7")
    step = window.top.step_button()
    assert step.text() == "Chốt điểm…"
    assert step.property("role") == "filled"
    step.click()
    assert account[-2:] == ["form saved 7", "form locks"]


def test_a_step_that_cannot_be_done_says_why(window: MainWindow, form: Sheet) -> None:
    form.show_line(
        TopLine(
            step=Step("Nộp hồ sơ…", lambda: form.note("hands over"), enabled=False, hint="Chưa chốt điểm.")
        )
    )
    step = window.top.step_button()
    assert not step.isEnabled()
    assert step.toolTip() == step.accessibleDescription() == "Chưa chốt điểm."


def test_where_no_step_is_next_there_is_no_button(window: MainWindow, form: Sheet) -> None:
    form.show_line(TopLine())
    assert window.top.step_button().isHidden()


def test_undo_and_redo_by_the_keyboard(window: MainWindow, form: Sheet, account: list[str]) -> None:
    form.show_line(
        TopLine(
            undo=Step("Hoàn tác", lambda: form.note("undoes")),
            redo=Step("Làm lại", lambda: form.note("redoes")),
        )
    )
    window.navigation.button("form").setFocus()
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert account[-2:] == ["form undoes", "form redoes"]


def test_ctrl_z_in_a_field_undoes_the_typing_only(
    window: MainWindow, form: Sheet, account: list[str]
) -> None:
    form.show_line(TopLine(undo=Step("Hoàn tác", lambda: form.note("undoes"))))
    QTest.keyClicks(form.first, "7")
    QTest.keyClick(form.first, Qt.Key.Key_Z, CONTROL)
    assert form.first.text() == ""
    assert "form undoes" not in account


def test_the_state_of_the_office_stands_until_a_page_says_its_own(window: MainWindow, form: Sheet) -> None:
    window.set_state(Sign("Đang tự chấm", Tone.ACCENT), "Hạn tự chấm 15/12/2026")
    assert window.top.shown().note == "Hạn tự chấm 15/12/2026"
    form.show_line(TopLine(Sign("Đã chốt điểm"), "Chờ ký"))
    assert (window.top.shown().state, window.top.shown().note) == (Sign("Đã chốt điểm"), "Chờ ký")
    window.open_page("papers")
    assert window.top.shown().note == "Hạn tự chấm 15/12/2026"


def test_a_page_in_the_background_does_not_change_the_top_line(window: MainWindow, form: Sheet) -> None:
    window.open_page("papers")
    form.show_line(TopLine(note="Chờ ký"))
    assert window.top.shown().note == ""


def test_searching_by_the_keyboard(window: MainWindow, form: Sheet, account: list[str]) -> None:
    QTest.keyClick(window, Qt.Key.Key_F, CONTROL)
    field = focused()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "so")
    assert account[-2:] == ["form searched s", "form searched so"]
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert focused() is form.first
    QTest.keyClick(window, Qt.Key.Key_F, CONTROL)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert account[-1] == "form searched "
    assert focused() is form.first


def test_a_search_ends_with_the_page(window: MainWindow, account: list[str]) -> None:
    QTest.keyClick(window, Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(focused(), "so")
    window.open_page("papers")
    assert "form searched " in account
    assert not any(entry.startswith("papers searched") for entry in account)


def test_another_year_is_chosen_after_the_typing_is_saved(
    window: MainWindow, form: Sheet, qtbot: QtBot
) -> None:
    window.top.set_periods(["2025", "2026"], "2026")
    QTest.keyClicks(form.first, "3")
    with qtbot.waitSignal(window.period_chosen) as told:
        window.top.choose_period("2025")
    assert told.args == ["2025"]
    assert form.account[-1] == "form saved 3"


def test_a_count_stands_where_something_waits(window: MainWindow) -> None:
    window.set_badge("differences", 2, Tone.CARE)
    button = window.navigation.button("differences")
    assert button.badge() == 2
    assert "2" in button.accessibleName()
    window.set_badge("differences", 0, Tone.CARE)
    assert button.accessibleName() == button.text()


def test_a_long_name_of_a_page_wraps(window: MainWindow) -> None:
    short, long = (window.navigation.button(key).height() for key in ("form", "differences"))
    assert long > short


def test_a_narrow_window_shows_signs_instead_of_names(window: MainWindow, qtbot: QtBot) -> None:
    wide = window.navigation.width()
    window.resize(911, 512)
    qtbot.waitUntil(lambda: window.navigation.width() < wide)
    assert window.navigation.button("form").accessibleName() == "Tự chấm điểm"
    assert window.width() == 911
    assert window.height() == 512


def test_what_the_officer_wants_of_the_navigation_is_remembered(
    make: Make, memory: dict[str, str], window: MainWindow
) -> None:
    window.navigation.fold()
    window.close()
    assert make().navigation.width() == window.navigation.width()


def test_a_banner_stands_above_the_page_until_it_is_left(window: MainWindow) -> None:
    window.banner.tell("Bộ tiêu chí đã có bản mới.", Tone.CARE)
    assert window.banner.isVisible()
    window.open_page("papers")
    assert window.banner.isHidden()


def test_help_is_asked_by_f1(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.help_asked):
        QTest.keyClick(window, Qt.Key.Key_F1)


def test_the_bottom_line_says_what_it_was_told(window: MainWindow) -> None:
    window.status.set_saved("Đã lưu lúc 09:41:07")
    window.status.set_journal("Nhật ký: nguyên vẹn")
    window.status.set_backup("Không sao lưu được", Tone.WRONG)
    assert window.status.texts() == ["Đã lưu lúc 09:41:07", "Nhật ký: nguyên vẹn", "Không sao lưu được"]


def test_everything_that_takes_the_keyboard_has_a_name(window: MainWindow, form: Sheet) -> None:
    form.show_line(
        TopLine(
            step=Step("Chốt", lambda: None),
            undo=Step("Hoàn tác", lambda: None),
            redo=Step("Làm lại", lambda: None),
        )
    )
    window.top.set_periods(["2026"], "2026")
    takes = [
        w for w in window.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()
    ]
    assert len(takes) >= 9
    assert [w for w in takes if not (w.accessibleName() or getattr(w, "text", str)())] == []


def test_the_frame_imports_neither_services_nor_database() -> None:
    script = (
        "import sys; import ui.frame.window, ui.frame.page, ui.theme, ui.language; "
        "print([m for m in sys.modules if m.split('.')[0] in ('sqlalchemy', 'db', 'exports', 'parindex_desktop')])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"


def test_a_page_opened_by_the_keyboard_begins_at_its_first_part(
    qtbot: QtBot, account: list[str], memory: dict[str, str]
) -> None:
    class Headed(Sheet):
        def panes(self) -> Sequence[QWidget]:
            return (self.second,)

    entries = [
        PageEntry(key, key, Icon.FORM, lambda key=key: Headed(key, account)) for key in ("form", "papers")
    ]
    window = MainWindow("UBND xã Bản Hồ", entries, memory)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    window.open_page("form")
    QTest.keyClick(window, Qt.Key.Key_2, CONTROL)
    page = window.current_page()
    assert isinstance(page, Headed)
    assert (page.name, focused()) == ("papers", page.second)
