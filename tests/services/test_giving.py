"""The province gives figures: one by one or many at once, all of them or none, and the units do not enter them."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

import pytest

from db import journal
from parindex_desktop.domain import attention, given_boards
from parindex_desktop.domain.assessments import answer_key
from parindex_desktop.domain.criteria import CriterionUnknown
from parindex_desktop.domain.given import InputGiven
from parindex_desktop.domain.given_boards import CodeOfSeveralSets, FigureUnknown, NothingAsked
from parindex_desktop.domain.kits import NotAssessed, PeriodNotOpen, UnknownUnit
from parindex_desktop.domain.unit_changes import NewUnit
from parindex_desktop.domain.units import Level
from parindex_desktop.services import (
    filling,
    giving,
    kits,
    locking,
    receiving,
    register,
    settling_kits,
    years,
)
from parindex_desktop.services.giving import FiguresFaulty
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

    from parindex_desktop.domain.given_boards import Board, Figure
    from parindex_desktop.domain.units import Unit
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


def unit_of(province: Office, code: str = "03001") -> Unit:
    return register.current_kit(province).unit_of_code(code)


def unit_id(province: Office, code: str = "03001") -> str:
    return unit_of(province, code).id


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
    everybody = event(province).place(None)
    written = giving.give(province, YEAR, {place: "1.200", everybody: "5/1/2026"})
    assert written == {place: (None, "1200"), everybody: (None, "2026-01-05")}
    board = board_of(province)
    assert board.text(None, event(province)) == "2026-01-05"
    assert board.text(unit_of(province), previous(province)) == "1200"
    assert board.text(unit_of(province), event(province)) is None
    assert giving.give(province, YEAR, {place: "1200"}) == {}
    assert giving.give(province, YEAR, {place: " "}) == {place: ("1200", None)}
    assert board_of(province).text(unit_of(province), previous(province)) is None
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
                event(province).place(None): "31/2/2026",
            },
        )
    said = [say(fault, Language.EN) for fault in refused.value.faults]
    assert UNITS["03002"] in said[0]
    assert "mười" in said[0]
    assert said[1].startswith("All units (Commune, ward, special zone), 1.1")
    assert register.current_kit(province).given == {}


@pytest.mark.parametrize(
    ("code", "name", "fault"),
    [
        (CODE, "denominator", FigureUnknown),
        ("1.10", "points", NothingAsked),
        ("1", "points", NothingAsked),
        ("8.4", "previous", NothingAsked),
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
        given_boards.unit_of(giving.boards(province, YEAR), "99999")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("8.4", "It does not apply to units of this kind (“Kết quả thu hút đầu tư được tính ở cấp tỉnh”)."),
        ("1.10", "It is scored from the survey."),
        ("1", "It is a heading; give the figures of the criteria below it."),
    ],
)
def test_why_nothing_can_be_given_for_a_criterion_is_said(province: Office, code: str, reason: str) -> None:
    with pytest.raises(NothingAsked) as refused:
        board_of(province).figure(code, "previous")
    assert reason in say(refused.value, Language.EN)


def test_the_figures_of_a_criterion_are_named_with_their_titles(province: Office) -> None:
    with pytest.raises(FigureUnknown) as refused:
        board_of(province).figure("8.3", "previous")
    assert "denominator (Dự toán thu được giao (triệu đồng))" in say(refused.value, Language.EN)


@pytest.fixture
def departments(province: Office) -> Board:
    """The board of a department, whose set has criteria with the ids of those of the communes."""
    register.open_period(
        province,
        YEAR,
        [register.import_set(province, register.shipped_sets()["department-2026.json"])],
    )
    register.add_unit(province, NewUnit("S01", "Sở Tư pháp", Level.DEPARTMENT))
    return given_boards.board_of(giving.boards(province, YEAR), Level.DEPARTMENT)


def test_a_code_of_several_sets_needs_the_kind_of_unit(province: Office, departments: Board) -> None:
    boards = giving.boards(province, YEAR)
    assert [board.level for board in boards] == [Level.DEPARTMENT, Level.COMMUNE]
    assert boards[0].figure("1.2", "denominator").key == boards[1].figure("1.2", "denominator").key
    with pytest.raises(CodeOfSeveralSets):
        given_boards.board_with(boards, "1.2", ["denominator"])
    assert given_boards.board_with(boards, CODE, ["previous"]).level is Level.COMMUNE
    assert given_boards.board_with(boards, "1.1", ["event"]).level is Level.COMMUNE
    assert given_boards.board_with(boards, "9.99", []) is boards[0]
    assert given_boards.board_of(boards, Level.COMMUNE).level is Level.COMMUNE
    with pytest.raises(NotAssessed):
        given_boards.board_of(boards, Level.CENTRAL)


def test_what_is_given_to_all_communes_does_not_reach_departments(
    province: Office, departments: Board
) -> None:
    communes = given_boards.board_of(giving.boards(province, YEAR), Level.COMMUNE)
    figure = communes.figure("1.2", "denominator")
    giving.give(province, YEAR, {figure.place(None): "40"})
    kit = register.current_kit(province)
    (office,) = departments.units
    assert kit.given_to(YEAR, unit_id(province)) == {figure.criterion.id: {"denominator": "40"}}
    assert kit.given_to(YEAR, office.id) == {}
    giving.give(province, YEAR, {departments.figure("1.2", "denominator").place(None): "41"})
    kit = register.current_kit(province)
    assert kit.given_to(YEAR, unit_id(province)) == {figure.criterion.id: {"denominator": "40"}}
    assert kit.given_to(YEAR, office.id) == {figure.criterion.id: {"denominator": "41"}}


def test_the_day_of_a_units_own_event_is_not_proposed(departments: Board) -> None:
    """A department enters the day of its own decision (3.2.2): it may have none, and no day is that of all."""
    assert departments.usual() == ()
    own = departments.figure("3.2.2", "event")
    assert own.criterion.rule is not None
    assert own.criterion.rule.nothing_arose is not None


def test_what_another_set_does_not_ask_for_waits_until_the_old_one_is_chosen_again(province: Office) -> None:
    """A slip of the hand in the choice of a set costs no figure."""
    before = board_of(province)
    gone = before.figure("1.2", "denominator")
    giving.give(province, YEAR, {gone.place(None): "40", gone.place(unit_of(province)): "41"})
    tree = json.loads(compared_set(YEAR)) | {"version": 3}
    leaf_node = next(each for each in tree["criteria"][0]["children"] if each["code"] == "1.2")
    leaf_node["id"] = str(uuid.uuid4())
    old = register.current_kit(province).periods[YEAR]
    other = register.import_set(province, json.dumps(tree).encode())
    kit = register.current_kit(province)
    said = years.opened_words(province, kit, register.open_period(province, YEAR, [other]))
    assert [each.values["count"] for each in said if each.code == "period.figures_idle"] == [2]
    assert board_of(province).text(None, board_of(province).figure("1.2", "denominator")) is None
    again = register.open_period(province, YEAR, [kit.set_of_digest(old.sets[Level.COMMUNE])])
    assert "period.figures_idle" not in [each.code for each in years.opened_words(province, kit, again)]
    assert board_of(province).text(None, gone) == "40"
    assert board_of(province).text(unit_of(province), gone) == "41"


def test_only_the_province_gives_and_only_in_a_year_that_is_open(scene: Scene, province: Office) -> None:
    with pytest.raises(PeriodNotOpen):
        giving.boards(province, "2031")
    with pytest.raises(NotTheProvince):
        giving.boards(scene.office("ban-ho"), YEAR)


@pytest.fixture
def unit(scene: Scene, province: Office, tmp_path: Path) -> Office:
    """Xã Bản Hồ with a kit that gives it last year's figure, and all units the day of an event."""
    place = (unit_id(province), *previous(province).key)
    giving.give(province, YEAR, {place: "100", event(province).place(None): "05/01/2026"})
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


def test_what_was_copied_at_the_lock_goes_with_it_once_it_is_given_no_more(
    scene: Scene, province: Office, unit: Office, tmp_path: Path
) -> None:
    """As if it had never been locked: the unit has entered nothing there."""
    form = locking.lock(unit, fill_compared(unit, value="105"), "Chưa đủ tài liệu")
    given_anew(scene, province, unit, tmp_path, "")
    form = filling.open_form(unit)
    assert form.sheet(CODE).answer.inputs == {"value": "105", "previous": "100"}
    assert form.sheet(CODE).outcome.points == form.sheet(CODE).criterion.maximum
    form = locking.unlock(unit, form, "Tỉnh thôi cung cấp")
    sheet = form.sheet(CODE)
    assert (sheet.answer.inputs, sheet.withdrawn) == ({"value": "105"}, {"previous": "100"})
    assert sheet.outcome.points is None
    (said,) = attention.sheet_messages(form.assessment, sheet.criterion)
    assert "(100)" in say(said, Language.EN)
    locked = locking.lock(unit, form, "Chưa có số liệu")
    assert locked.sheet(CODE).answer.inputs == {"value": "105"}
    form = locking.unlock(unit, locked, "Nhập số liệu")
    form = filling.type_input(unit, form, leaf(form, CODE), "previous", "104")
    assert (form.sheet(CODE).withdrawn, form.sheet(CODE).copied) == ({}, {})
    assert attention.sheet_messages(form.assessment, sheet.criterion) == []
    assert form.sheet(CODE).outcome.points == sheet.criterion.maximum


def test_what_was_copied_at_the_lock_is_not_the_units_own_while_it_is_given(unit: Office) -> None:
    form = locking.unlock(unit, locking.lock(unit, fill_compared(unit, value="105"), "Thiếu"), "Sửa")
    assert form.sheet(CODE).withdrawn == {}
    form = filling.type_input(unit, form, leaf(form, CODE), "value", "106")
    stored = form.series.state()[answer_key(leaf(form, CODE).id, "figures")][0].value
    assert isinstance(stored, dict)
    assert stored["inputs"] == {"value": "106"}
    assert "given" not in stored


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
    amounts = register.import_set(province, compared_set(YEAR, 3, figures="amount"))
    register.open_period(province, YEAR, [amounts])
    giving.give(province, YEAR, {previous(province).place(None): "12,5"})
    register.open_period(province, YEAR, [register.current_kit(province).set_of_digest(counts)])
    office = office_with_kit(scene, "ban-ho", export_kit(province, tmp_path / "kit.cchc"))
    assert filling.open_form(office).sheet(CODE).given == {}


@pytest.mark.parametrize("everybody", [True, False])
def test_what_two_kits_give_otherwise_is_settled_by_the_province(scene: Scene, everybody: bool) -> None:
    def gives(text: str) -> Callable[[Office], object]:
        def give(province: Office) -> None:
            (board,) = giving.boards(province, YEAR)
            to = None if everybody else unit_of(province)
            giving.give(province, YEAR, {board.figure("1.1", "event").place(to): text})

        return give

    fork = forked(scene, gives("5/1/2026"), gives("6/1/2026"))
    assert fork.take_other().differences == 1
    (difference,) = settling_kits.kit_differences(fork.province)
    part = say(difference.part, Language.EN)
    assert "2026" in part
    assert "1.1" in part
    assert ("all units (Commune, ward, special zone)" if everybody else UNITS["03001"]) in part
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


def test_a_figure_that_another_one_replaced_is_not_signed_as_the_units_own(
    scene: Scene, tmp_path: Path
) -> None:
    """The unit typed 5 where the province now gives 9, and locked before the rest was there."""
    province = comparing_province(scene)
    office = office_with_kit(scene, "ban-ho", export_kit(province, tmp_path / "before.cchc"))
    form = filling.open_form(office)
    filling.type_input(office, form, form.sheet(CODE).criterion, "previous", "5")
    giving.give(province, YEAR, {previous(province).place(None): "9"})
    receiving.take_in(office, [export_kit(province, tmp_path / "after.cchc")])
    form = filling.open_form(office)
    assert form.sheet(CODE).answer.inputs == {"previous": "9"}
    assert locking.lock(office, form, "chưa đủ số liệu").sheet(CODE).answer.inputs == {}
