"""The province gives figures: one by one or many at once, all of them or none, and the units do not enter them."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

import pytest

from db import journal
from parindex_desktop.domain.assessments import answer_key
from parindex_desktop.domain.criteria import CriterionUnknown
from parindex_desktop.domain.given import ALL, InputGiven
from parindex_desktop.domain.kits import NotAssessed, PeriodNotOpen, UnknownUnit
from parindex_desktop.domain.units import Level
from parindex_desktop.services import filling, giving, kits, locking, receiving, register, settling_kits
from parindex_desktop.services.giving import CodeOfSeveralSets, FiguresFaulty, FigureUnknown
from parindex_desktop.services.register import NotTheProvince
from resources import Language, say
from tests.comparing import (
    CODE,
    YEAR,
    compared_set,
    comparing_province,
    export_kit,
    fill_compared,
    office_with_kit,
)
from tests.offices import UNITS, close_and_sign, leaf
from tests.rival_kits import forked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from parindex_desktop.services.giving import Board, Figure
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def province(scene: Scene) -> Office:
    return comparing_province(scene)


def board_of(province: Office) -> Board:
    (board,) = giving.boards(province, YEAR)
    return board


def previous(province: Office) -> Figure:
    return board_of(province).figure(CODE, "previous")


def event(province: Office) -> Figure:
    return board_of(province).figure("1.1", "event")


def unit_id(province: Office, code: str = "03001") -> str:
    return register.current_kit(province).unit_of_code(code).id


def test_what_the_province_knows_is_proposed_and_anything_else_can_be_given(province: Office) -> None:
    board = board_of(province)
    assert [figure.code for figure in board.usual()] == ["1.1/event", "1.3/previous", "7.5/event"]
    assert [unit.code for unit in board.units] == list(UNITS)
    other = board.figure("1.2", "denominator")
    assert not other.proposed
    giving.give(province, YEAR, {(unit_id(province), *other.key): "40"})
    assert "1.2/denominator" in [figure.code for figure in board_of(province).usual()]
    assert not [
        figure for figure in board.figures if figure.criterion.code == "1.10"
    ]  # a survey has no inputs


def test_figures_are_given_as_they_are_typed_to_one_unit_or_to_all(province: Office) -> None:
    place = (unit_id(province), *previous(province).key)
    changed = giving.give(province, YEAR, {place: "1.200", (ALL, *event(province).key): "5/1/2026"})
    assert changed == 2
    board = board_of(province)
    assert board.text(ALL, event(province)) == "2026-01-05"
    assert board.text(unit_id(province), previous(province)) == "1200"
    assert board.text(unit_id(province), event(province)) is None
    assert giving.give(province, YEAR, {place: "1200"}) == 0
    assert giving.give(province, YEAR, {place: " "}) == 1
    assert board_of(province).text(unit_id(province), previous(province)) is None
    assert kits.kit_status(province).changes["given"] == 1


def test_each_time_is_one_line_of_the_journal(province: Office) -> None:
    key = previous(province).key
    giving.give(province, YEAR, {(unit_id(province, code), *key): "7" for code in UNITS})
    giving.give(province, YEAR, {(unit_id(province), *key): "7"})
    with province.read() as session:
        (line,) = journal.entries(session, "figures.given")
    assert json.loads(line.details)["year"] == YEAR
    assert len(json.loads(line.details)["entries"]) == 3


def test_one_figure_that_cannot_be_read_keeps_all_from_being_given(province: Office) -> None:
    key = previous(province).key
    with pytest.raises(FiguresFaulty) as refused:
        giving.give(
            province,
            YEAR,
            {
                (unit_id(province), *key): "12",
                (unit_id(province, "03002"), *key): "mười",
                (ALL, *event(province).key): "31/2/2026",
            },
        )
    said = [say(fault, Language.EN) for fault in refused.value.faults]
    assert UNITS["03002"] in said[0]
    assert "mười" in said[0]
    assert said[1].startswith("All units, 1.1")
    assert register.current_kit(province).given == {}


@pytest.mark.parametrize(
    ("code", "name", "fault"),
    [
        (CODE, "denominator", FigureUnknown),
        ("1.10", "points", FigureUnknown),
        ("9.99", "x", CriterionUnknown),
    ],
)
def test_what_the_set_does_not_ask_for_cannot_be_given(
    province: Office, code: str, name: str, fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        board_of(province).figure(code, name)
    with pytest.raises(FigureUnknown):
        giving.give(province, YEAR, {("nobody", *previous(province).key): "1"})
    with pytest.raises(UnknownUnit):
        giving.unit_of(giving.boards(province, YEAR), "99999")


def test_a_code_of_several_sets_needs_the_kind_of_unit(province: Office) -> None:
    text = register.shipped_sets()["department-2026.json"].decode()
    own = text.replace(board_of(province).figure("1.2", "denominator").criterion.id, str(uuid.uuid4()))
    register.open_period(province, YEAR, [register.import_set(province, own.encode())])
    boards = giving.boards(province, YEAR)
    assert [board.level for board in boards] == [Level.DEPARTMENT, Level.COMMUNE]
    with pytest.raises(CodeOfSeveralSets):
        giving.board_with(boards, "1.2", ["denominator"])
    assert giving.board_with(boards, CODE, ["previous"]).level is Level.COMMUNE
    assert giving.board_with(boards, "9.99", []) is boards[0]
    assert giving.board_of(boards, Level.COMMUNE).level is Level.COMMUNE
    with pytest.raises(NotAssessed):
        giving.board_of(boards, Level.CENTRAL)


def test_only_the_province_gives_and_only_in_a_year_that_is_open(scene: Scene, province: Office) -> None:
    with pytest.raises(PeriodNotOpen):
        giving.boards(province, "2031")
    with pytest.raises(NotTheProvince):
        giving.boards(scene.office("ban-ho"), YEAR)


@pytest.fixture
def unit(scene: Scene, province: Office, tmp_path: Path) -> Office:
    """Xã Bản Hồ with a kit that gives it last year's figure, and all units the day of an event."""
    place = (unit_id(province), *previous(province).key)
    giving.give(province, YEAR, {place: "100", (ALL, *event(province).key): "05/01/2026"})
    return office_with_kit(scene, "ban-ho", export_kit(province, tmp_path / "kit.cchc"))


def test_the_unit_enters_the_rest_and_what_is_given_counts(unit: Office) -> None:
    form = fill_compared(unit, value="105")
    sheet = form.sheet(CODE)
    assert sheet.outcome.points == sheet.criterion.maximum
    stored = form.series.state()[answer_key(sheet.criterion.id, "figures")][0].value
    assert isinstance(stored, dict)
    assert stored["inputs"] == {"value": "105"}


def test_the_unit_cannot_enter_what_is_given(unit: Office) -> None:
    form = filling.open_form(unit)
    with pytest.raises(InputGiven) as refused:
        filling.type_input(unit, form, leaf(form, CODE), "previous", "90")
    assert "Số sáng kiến năm trước" in say(refused.value, Language.EN)
    with pytest.raises(InputGiven):
        filling.type_input(unit, form, leaf(form, "1.1"), "event", "")
    assert filling.open_form(unit).sheet(CODE).answer.inputs == {"previous": "100"}


def test_clearing_the_answer_leaves_what_is_given(unit: Office) -> None:
    form = fill_compared(unit, value="105")
    form = filling.type_input(unit, form, leaf(form, CODE), "value", "")
    assert answer_key(leaf(form, CODE).id, "figures") not in {
        key for key, register in form.series.state().items() if register[0].value is not None
    }
    assert form.sheet(CODE).answer.inputs == {"previous": "100"}


def given_anew(scene: Scene, province: Office, unit: Office, folder: Path, text: str) -> None:
    """The province gives another figure, in a newer kit that the unit takes in."""
    giving.give(province, YEAR, {(unit_id(province), *previous(province).key): text})
    (taken,) = receiving.take_in(unit, [export_kit(province, folder / f"kit-{text}.cchc")])
    assert taken.outcome.is_new


def test_what_is_locked_stays_until_the_unit_takes_the_new_figure_over(
    scene: Scene, province: Office, unit: Office, tmp_path: Path
) -> None:
    form = locking.lock(unit, fill_compared(unit, value="105"), "Chưa đủ tài liệu")
    assert form.assessment.outdated() == []
    given_anew(scene, province, unit, tmp_path, "110")
    form = filling.open_form(unit)
    assert [sheet.criterion.code for sheet in form.assessment.outdated()] == [CODE]
    assert form.sheet(CODE).outcome.points == form.sheet(CODE).criterion.maximum
    form = close_and_sign(unit, locking.unlock(unit, form, "Tỉnh sửa số liệu"))
    assert form.assessment.outdated() == []
    assert form.sheet(CODE).answer.inputs == {"value": "105", "previous": "110"}
    assert form.sheet(CODE).outcome.points == 0


def test_a_figure_that_is_given_no_more_is_the_units_own_again(
    scene: Scene, province: Office, unit: Office, tmp_path: Path
) -> None:
    fill_compared(unit, value="105")
    given_anew(scene, province, unit, tmp_path, "")
    form = filling.open_form(unit)
    assert form.sheet(CODE).given == {}
    form = filling.type_input(unit, form, leaf(form, CODE), "previous", "104")
    assert form.sheet(CODE).outcome.points == form.sheet(CODE).criterion.maximum


def test_what_another_set_does_not_read_is_not_given(province: Office, scene: Scene, tmp_path: Path) -> None:
    """The set of the year counts whole numbers again, after 12,5 was given under one that took amounts."""
    counts = register.current_kit(province).periods[YEAR].sets[Level.COMMUNE]
    amounts = register.import_set(province, compared_set(YEAR, figures="amount"))
    register.open_period(province, YEAR, [amounts])
    giving.give(province, YEAR, {(ALL, *previous(province).key): "12,5"})
    register.open_period(province, YEAR, [register.current_kit(province).set_of_digest(counts)])
    office = office_with_kit(scene, "ban-ho", export_kit(province, tmp_path / "kit.cchc"))
    assert filling.open_form(office).sheet(CODE).given == {}


@pytest.mark.parametrize("everybody", [True, False])
def test_what_two_kits_give_otherwise_is_settled_by_the_province(scene: Scene, everybody: bool) -> None:
    def gives(text: str) -> Callable[[Office], object]:
        def give(province: Office) -> None:
            (board,) = giving.boards(province, YEAR)
            holder = ALL if everybody else unit_id(province)
            giving.give(province, YEAR, {(holder, *board.figure("1.1", "event").key): text})

        return give

    fork = forked(scene, gives("5/1/2026"), gives("6/1/2026"))
    assert fork.take_other().differences == 1
    (difference,) = settling_kits.kit_differences(fork.province)
    part = say(difference.part, Language.EN)
    assert "2026" in part
    assert "1.1" in part
    assert ("all units" if everybody else UNITS["03001"]) in part
    lines = [
        [each if isinstance(each, str) else say(each, Language.EN) for each in v.lines]
        for v in difference.versions
    ]
    assert lines == [
        ["Ngày ban hành kế hoạch CCHC năm của UBND tỉnh: 05/01/2026"],
        ["Ngày ban hành kế hoạch CCHC năm của UBND tỉnh: 06/01/2026"],
    ]
    assert settling_kits.settle_kit(fork.province, difference.key, 2) == 0
    given = register.current_kit(fork.province).given[YEAR]
    assert [inputs for by in given.values() for inputs in by.values()] == [{"event": "2026-01-06"}]
