"""The start: frame first, then the office; what the window shows follows the office."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QThreadPool, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from parindex_desktop.services import filling, people
from parindex_desktop.services.homes import open_home
from parindex_desktop.services.people import NewPerson
from resources import Language
from tests.ui.hands import answer, offered, press, write
from tests.ui.offices import NOW, YEAR, clock, code_of, fill, take_kit
from ui import language, theme
from ui.desk import Desk
from ui.frame.shell import Shell
from ui.keys_help import KeysHelp
from ui.language import tr
from ui.settings import FILE, Memory, Settings
from ui.theme.tokens import Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office
    from ui.frame.window import MainWindow


@pytest.fixture
def start(qapp: QApplication) -> Iterator[Callable[..., Desk]]:
    """Starts the program over a home; ended after the test."""
    desks: list[Desk] = []
    shells: list[Shell] = []

    def started(home: Path, memory: dict[str, str] | None = None) -> Desk:
        settings = Settings({} if memory is None else memory)
        shells.append(Shell(settings))
        shells[-1].appear()
        desks.append(Desk(qapp, home, settings, shells[-1]))
        desks[-1].start()
        return desks[-1]

    yield started
    for desk, shell in zip(desks, shells, strict=True):
        desk.close()
        desk.deleteLater()
        shell.deleteLater()
    language.use(Language.VI, qapp)
    theme.apply(qapp, Theme.LIGHT)


def window_of(desk: Desk) -> MainWindow:
    assert desk.window is not None
    return desk.window


def shown(desk: Desk, key: str) -> bool:
    window = window_of(desk)
    return window.current_page() is not None and window.page(key) is window.current_page()


def home_of(office: Office) -> Path:
    """The home of `office`, closed."""
    office.close()
    return office.home


def test_the_first_frame_needs_nothing_heavy(founded: Path) -> None:
    """What the window holds, services and libraries are imported after the first paint (seen in a new process)."""
    code = (
        "import sys; from pathlib import Path; from ui import theme; from ui.frame.shell import Shell\n"
        "from ui.settings import Settings\n"
        "app = theme.application('x')\n"
        "shell = Shell(Settings({'office.name': 'Xã Bản Hồ', 'office.level': 'commune'}))\n"
        "shell.painted.connect(app.quit)\n"
        "shell.appear(); app.exec()\n"
        "late = ('parindex_desktop.services', 'ui.desk', 'ui.frame.window', 'sqlalchemy', 'cryptography')\n"
        "print([name for name in sys.modules if name.startswith(late)])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(founded / "commune")],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_a_commune_finds_its_pages_and_where_it_stands(
    start: Callable[..., Desk], commune: Office, qtbot: QtBot
) -> None:
    fill(commune, filling.open_form(commune), but=3)
    desk = start(home_of(commune))
    qtbot.waitUntil(lambda: shown(desk, "form"))
    window = window_of(desk)
    assert window.navigation.keys() == ["form", "handover", "differences", "people", "office"]
    assert window.navigation.button("form").badge() == 3
    QThreadPool.globalInstance().waitForDone()
    qtbot.waitUntil(lambda: tr("Journal: intact") in _bottom(window))


def _bottom(window: MainWindow) -> set[str]:
    from ui.widgets.labels import OneLine

    return {label.text() for label in window.status.findChildren(OneLine)}


def test_a_province_finds_its_pages(start: Callable[..., Desk], province: Office, qtbot: QtBot) -> None:
    desk = start(home_of(province))
    qtbot.waitUntil(lambda: shown(desk, "intake"))
    assert window_of(desk).navigation.keys() == [
        "intake",
        "units",
        "authoring",
        "periods",
        "differences",
        "people",
        "office",
    ]


def test_an_office_without_a_kit_begins_where_it_can_get_one(
    start: Callable[..., Desk], newcomer: Office, qtbot: QtBot
) -> None:
    desk = start(home_of(newcomer))
    qtbot.waitUntil(lambda: shown(desk, "office"))


def test_the_next_start_shows_the_frame_of_this_office_at_once(
    start: Callable[..., Desk], commune: Office, qtbot: QtBot
) -> None:
    memory: dict[str, str] = {}
    home = home_of(commune)
    desk = start(home, memory)
    qtbot.waitUntil(lambda: shown(desk, "form"))
    desk.close()
    again = start(home, memory)
    first = window_of(again)
    assert first.navigation.keys() == ["form", "handover", "differences", "people", "office"]
    qtbot.waitUntil(lambda: shown(again, "form"))
    assert window_of(again) is first


def test_a_home_in_use_is_told_and_can_be_tried_again(
    start: Callable[..., Desk], commune: Office, qtbot: QtBot
) -> None:
    desk = start(commune.home)
    qtbot.waitUntil(lambda: shown(desk, "trouble"))
    press(window_of(desk), "Try again")
    assert shown(desk, "trouble")
    commune.close()
    press(window_of(desk), "Try again")
    qtbot.waitUntil(lambda: shown(desk, "form"))


def test_the_first_run_leads_to_the_pages_of_the_new_office(
    start: Callable[..., Desk], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch)
    desk = start(tmp_path / "home")
    qtbot.waitUntil(lambda: shown(desk, "welcome"))
    window = window_of(desk)
    qtbot.waitUntil(window.isActiveWindow)
    press(window, "New office without a kit…")
    write(window.current_page().new_office.name, "Xã Tả Van")  # type: ignore[union-attr]  # the welcome page
    press(window, "Make the key…")
    qtbot.waitUntil(lambda: desk._office is not None)
    press(window, "Begin")
    assert shown(desk, "office")


def test_the_first_start_asks_in_the_language_that_is_chosen_there(
    start: Callable[..., Desk], tmp_path: Path, qtbot: QtBot
) -> None:
    desk = start(tmp_path / "home")
    qtbot.waitUntil(lambda: shown(desk, "welcome"))
    box = window_of(desk).current_page().language  # type: ignore[union-attr]  # the welcome page
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: desk.settings.language is Language.EN)
    assert tr("This machine") == "This machine"
    assert offered(window_of(desk), "Open the province's kit…")
    desk.settings.choose_language(Language.VI)


def test_what_is_typed_is_told_as_saved(start: Callable[..., Desk], commune: Office, qtbot: QtBot) -> None:
    desk = start(home_of(commune))
    qtbot.waitUntil(lambda: shown(desk, "form"))
    leaf = next(leaf for leaf in desk.session.form.criteria.leaves() if leaf.inputs)
    desk.session.office.clock = clock
    desk.session.edit(lambda office, form: filling.set_text(office, form, leaf, "note", "Đã đối chiếu"))
    assert tr("Saved at {time}", time="09:41:07") in _bottom(window_of(desk))
    assert NOW.hour == 2


def test_a_kit_that_names_the_office_gives_the_window_its_name(
    start: Callable[..., Desk], newcomer: Office, province: Office, kit: Path, qtbot: QtBot
) -> None:
    code = code_of(province)
    desk = start(home_of(newcomer))
    qtbot.waitUntil(lambda: shown(desk, "office"))
    from parindex_desktop.services import kits

    take_kit(desk.session.office, kit, code)
    kits.claim_unit(desk.session.office, "03003")
    desk.session.reload()
    title = tr("PAR index – {office}", office="Ủy ban nhân dân phường Sa Pa")
    qtbot.waitUntil(lambda: window_of(desk).windowTitle() == title)
    assert shown(desk, "office")


def test_another_language_keeps_office_and_page(
    start: Callable[..., Desk], commune: Office, qtbot: QtBot
) -> None:
    desk = start(home_of(commune))
    qtbot.waitUntil(lambda: shown(desk, "form"))
    desk.open_page("differences")
    desk.settings.choose_language(Language.EN)
    assert shown(desk, "differences")
    assert window_of(desk).navigation.button("form").text() == "Self-assessment"
    desk.settings.choose_language(Language.VI)


def test_the_hand_over_page_jumps_into_the_form(
    start: Callable[..., Desk], commune: Office, qtbot: QtBot
) -> None:
    desk = start(home_of(commune))
    qtbot.waitUntil(lambda: shown(desk, "form"))
    desk.open_page("handover")
    qtbot.waitUntil(window_of(desk).isActiveWindow)
    table = window_of(desk).current_page().closing.lacking  # type: ignore[union-attr]  # the hand-over page
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert shown(desk, "form")


def test_the_year_is_chosen_at_the_top(start: Callable[..., Desk], commune: Office, qtbot: QtBot) -> None:
    home = home_of(commune)
    desk = start(home)
    qtbot.waitUntil(lambda: shown(desk, "form"))
    window_of(desk).period_chosen.emit(YEAR)
    assert desk.session.office.record.period == YEAR
    window_of(desk).top.period_chosen.emit("1999")
    assert window_of(desk).banner.isVisible()
    desk.close()
    with open_home(home) as again:
        assert again.record.period == YEAR


def test_f1_lists_the_keys(start: Callable[..., Desk], newcomer: Office, qtbot: QtBot) -> None:
    desk = start(home_of(newcomer))
    qtbot.waitUntil(lambda: shown(desk, "office"))
    window = window_of(desk)
    qtbot.waitUntil(window.isActiveWindow)
    seen: list[str] = []

    def close_help() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, KeysHelp)
        seen.append(dialog.windowTitle())
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    QTimer.singleShot(0, close_help)
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert seen == [tr("Keyboard shortcuts")]


def test_choices_of_this_machine_are_kept_in_the_home(tmp_path: Path) -> None:
    memory = Memory(tmp_path / FILE)
    memory["window.place"] = "1,2,3,4"
    memory["office.name"] = "Ủy ban nhân dân xã Bản Hồ"
    del memory
    again = Memory(tmp_path / FILE)
    assert dict(again) == {"window.place": "1,2,3,4", "office.name": "Ủy ban nhân dân xã Bản Hồ"}
    del again["window.place"]
    with pytest.raises(KeyError):
        again["window.place"]
    with pytest.raises(KeyError):
        del again["window.place"]
    assert len(again) == 1


def test_a_language_asked_for_on_the_command_line_is_not_kept() -> None:
    settings = Settings({}, Language.EN)
    assert settings.language is Language.EN
    assert settings.memory == {}
    settings.choose_language(Language.VI)
    assert settings.language is Language.VI


@pytest.mark.parametrize("stored", ["", "klingon"])
def test_an_unknown_choice_counts_as_none(stored: str) -> None:
    settings = Settings({"language": stored, "theme": stored})
    assert (settings.language, settings.theme) == (Language.VI, Theme.LIGHT)


def named(office: Office, *names: str) -> None:
    for name in names:
        people.add(office, NewPerson(name))


def test_where_people_are_listed_one_chooses_the_own_name_first(
    start: Callable[..., Desk], commune: Office, qtbot: QtBot
) -> None:
    named(commune, "Nguyễn Thị Lan", "Trần Văn Bình")
    desk = start(home_of(commune))
    qtbot.waitUntil(lambda: shown(desk, "who"))
    assert not window_of(desk).navigation.isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert shown(desk, "who")  # nobody is chosen yet
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert shown(desk, "form")
    assert desk.session.office.actor == "Nguyễn Thị Lan"
    assert window_of(desk).status._person.text() == "Nguyễn Thị Lan"


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_somebody_else_may_work_from_the_same_page_on(
    start: Callable[..., Desk], commune: Office, qtbot: QtBot
) -> None:
    named(commune, "Nguyễn Thị Lan", "Trần Văn Bình")
    desk = start(home_of(commune))
    qtbot.waitUntil(lambda: shown(desk, "who"))
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    desk.open_page("handover")
    desk.switch_person()
    assert shown(desk, "who")
    press(window_of(desk), "Cancel")
    assert shown(desk, "handover")
    window_of(desk).status.person_asked.emit()
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert shown(desk, "handover")
    assert desk.session.office.actor == "Nguyễn Thị Lan"


def test_who_has_left_makes_room_for_another(
    start: Callable[..., Desk], commune: Office, qtbot: QtBot
) -> None:
    named(commune, "Nguyễn Thị Lan", "Trần Văn Bình")
    desk = start(home_of(commune))
    qtbot.waitUntil(lambda: shown(desk, "who"))
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    people.end(desk.session.office, people.find(desk.session.office, "Trần Văn Bình"))
    desk.session.reload()
    qtbot.waitUntil(lambda: shown(desk, "who"))
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert desk.session.office.actor == "Nguyễn Thị Lan"


def test_the_first_who_is_listed_need_not_begin_anew(
    start: Callable[..., Desk], commune: Office, qtbot: QtBot
) -> None:
    desk = start(home_of(commune))
    qtbot.waitUntil(lambda: shown(desk, "form"))
    assert not window_of(desk).status._person.isVisible()
    named(desk.session.office, "Nguyễn Thị Lan")
    desk.session.changed.emit()
    assert shown(desk, "form")
    assert window_of(desk).status._person.text() == tr("Who works here?")
