"""What the province gives stands in the form to be read; when it changes after the lock, the officer is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from parindex_desktop.services import filling, giving, kits, locking, receiving, register
from tests.ui.form.desk import Desk
from tests.ui.offices import PASSPHRASE, YEAR, fill
from ui.form.input_fields import GivenField
from ui.language import tr
from ui.session import Session
from ui.widgets.dates import DateEdit
from ui.widgets.fields import NumberEdit
from ui.widgets.labels import WrapLabel
from ui.widgets.notices import Banner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office


def give(province: Office, commune: Office, folder: Path, **typed: str) -> None:
    """The province gives inputs of 1.1 and 3.7 to all, in a kit that the commune takes in."""
    (board,) = giving.boards(province, YEAR)
    codes = {"event": "1.1", "denominator": "3.7"}
    giving.give(
        province,
        YEAR,
        {board.figure(codes[name], name).place(None): text for name, text in typed.items()},
    )
    kit = folder / f"kit-{len(list(folder.glob('kit-*')))}.cchc"
    kits.export_kit(province, PASSPHRASE, kit, lambda _done, _total: None)
    (taken,) = receiving.take_in(commune, [kit])
    assert taken.outcome.is_new


@pytest.fixture
def gives(province: Office, commune: Office, tmp_path: Path) -> None:
    give(province, commune, tmp_path, event="5/1/2026", denominator="1.200")


@pytest.fixture
def desk(qtbot: QtBot, gives: None, commune: Office, dressed: QApplication) -> Iterator[Desk]:
    made = Desk(qtbot, Session(commune), {})
    yield made
    made.window.close()


def test_a_given_figure_is_read_and_the_keyboard_goes_to_the_other_one(desk: Desk) -> None:
    desk.go("3.7")
    (field,) = desk.shown(GivenField)
    assert field.value.text() == "1.200"
    assert len(desk.shown(NumberEdit)) == 1
    assert desk.focused() is desk.figures()[0]
    desk.write("456")
    desk.press(Qt.Key.Key_Tab)
    assert desk.stored("3.7").answer.inputs == {"numerator": "456", "denominator": "1200"}
    assert desk.stored("3.7").outcome.points is not None


def test_a_given_day_is_read_too(desk: Desk) -> None:
    desk.go("1.1")
    (field,) = desk.shown(GivenField)
    assert field.value.text() == "05/01/2026"
    assert len(desk.shown(DateEdit)) == 1
    desk.write("20/1/2026")
    desk.press(Qt.Key.Key_Tab)
    assert desk.stored("1.1").outcome.points == desk.stored("1.1").criterion.maximum


def test_a_field_becomes_read_only_while_the_form_is_open(
    desk: Desk, province: Office, commune: Office, tmp_path: Path
) -> None:
    desk.go("3.7")
    give(province, commune, tmp_path, denominator="")
    desk.session.reload()
    assert desk.shown(GivenField) == []
    assert len(desk.figures()) == 2
    give(province, commune, tmp_path, denominator="900")
    desk.session.reload()
    desk.settle()
    (field,) = desk.shown(GivenField)
    assert field.value.text() == "900"


def test_what_was_typed_and_could_not_be_read_gives_way_to_what_is_given(
    desk: Desk, province: Office, commune: Office, tmp_path: Path
) -> None:
    desk.go("3.7")
    give(province, commune, tmp_path, denominator="")
    desk.session.reload()
    desk.settle()
    desk.go("3.7")
    desk.press(Qt.Key.Key_Tab)
    desk.write("nhiều")
    desk.press(Qt.Key.Key_Tab)
    assert desk.faults()
    give(province, commune, tmp_path, denominator="900")
    desk.session.reload()
    desk.go("1.2")
    desk.go("3.7")
    assert desk.faults() == []
    assert [field.value.text() for field in desk.shown(GivenField)] == ["900"]


def banners(desk: Desk) -> str:
    return "\n".join(each.text() for each in desk.page.findChildren(Banner) if each.isVisible())


def test_after_the_lock_another_figure_is_told_and_where_to_take_it_over(
    desk: Desk, province: Office, commune: Office, tmp_path: Path
) -> None:
    locking.lock(commune, fill(commune, filling.open_form(commune)))
    desk.session.reload()
    desk.go("3.7")
    said = tr("Given by the province: {titles}", titles="Tổng số kết quả còn hiệu lực")
    assert any(said in label.text() for label in desk.shown(WrapLabel))
    assert "1.300" not in banners(desk)
    give(province, commune, tmp_path, denominator="1300")
    desk.session.reload()
    desk.go("3.7")
    told = banners(desk)
    assert told.count(tr("{value}", value=1300)) == 2  # over the form, and at the criterion
    desk.button(tr("To the hand-over")).click()
    assert desk.asked == ["handover"]


def test_the_register_has_what_is_given(gives: None, commune: Office) -> None:
    kit = register.current_kit(commune)
    assert len(kit.given_to(YEAR, str(commune.record.unit))) == 2
