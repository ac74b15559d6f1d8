"""The points of all units: kept, and computed anew whenever what they come from is another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text, update

from db import tallies as table
from db.models import TallyRow
from parindex_desktop.domain.given import given_entry, given_key
from parindex_desktop.domain.tallies import tally_of
from parindex_desktop.services import received, receiving, register, tallying
from tests.offices import YEAR

if TYPE_CHECKING:
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.tallying import UnitTally
    from tests.offices import Scene


@pytest.fixture
def province(scene: Scene) -> Office:
    """Bản Hồ has handed over once."""
    office = scene.office("province")
    receiving.take_in(office, [scene.file("ban-ho-1.cchc")])
    return office


def tally(office: Office) -> UnitTally:
    unit = register.current_kit(office).unit_of_code("03001")
    return tallying.tallies(office, YEAR)[unit.id]


def rows(office: Office) -> int:
    with office.read() as session:
        return int(session.execute(text("SELECT count(*) FROM tally")).scalar_one())


def set_row(office: Office, **values: object) -> None:
    with office.begin() as session:
        session.execute(update(TallyRow).values(**values))


def test_it_is_what_the_form_comes_to_and_is_kept(province: Office) -> None:
    unit = register.current_kit(province).unit_of_code("03001")
    assert rows(province) == 0
    first = tally(province)
    assert first.tally == tally_of(received.received_form(province, unit, YEAR))
    assert rows(province) == 1
    assert tally(province) == first


def test_what_is_kept_is_what_is_shown(province: Office) -> None:
    before = tally(province)
    set_row(province, points=before.tally.written().replace("[", "[", 1).replace("null", "7"))
    assert tally(province) != before


def test_another_hand_over_is_counted_at_once(province: Office, scene: Scene) -> None:
    before = tally(province)
    receiving.take_in(province, [scene.file("ban-ho-2.cchc")])
    after = tally(province)
    assert (before.about.times, after.about.times) == (1, 2)
    assert rows(province) == 1


def test_newer_rules_compute_from_the_figures_that_are_kept(province: Office) -> None:
    before = tally(province)
    set_row(province, engine=0, points="[]")
    assert tally(province) == before
    with province.read() as session:
        assert session.execute(text("SELECT engine FROM tally")).scalar_one() == tallying.ENGINE


def give(office: Office, code: str, holder: str, text: str) -> str:
    """Give the second input of a criterion (to a unit, or to a level); returns its code."""
    criterion = tally(office).criteria.by_code(code)
    key = given_key(YEAR, criterion.id, holder)
    with office.begin() as session:
        opened = register.provincial_series(session, office)
        opened.put(office, session, {key: given_entry({criterion.inputs[1].name: text})})
    return criterion.code


def test_other_figures_of_the_province_are_noticed(province: Office) -> None:
    unit = register.current_kit(province).unit_of_code("03001")
    assert tally(province).about.outdated == ()
    give(province, "1.2", "department", "987654")
    assert tally(province).about.outdated == ()
    give(province, "1.2", "commune", "987654")
    assert tally(province).about.outdated == ("1.2",)
    give(province, "1.7", unit.id, "987654")
    assert tally(province).about.outdated == ("1.2", "1.7")
    form = received.received_form(province, unit, YEAR)
    locked = form.sheets[form.criteria.by_code("1.2").id].answer.inputs["denominator"]
    give(province, "1.2", "commune", locked)
    assert tally(province).about.outdated == ("1.7",)


def test_what_is_locked_is_not_read_again_for_other_figures_of_the_province(province: Office) -> None:
    """What was kept of it stays, but for what is to be told."""
    before = tally(province)
    kept = replace(before.tally, lacking=77)
    set_row(province, points=kept.written())
    give(province, "1.2", "commune", "987654")
    for _ in range(2):  # as computed, and as kept of it
        after = tally(province)
        assert (after.tally, after.about.outdated) == (kept, ("1.2",))


def test_what_is_not_locked_is_read_again_for_other_figures_of_the_province(province: Office) -> None:
    before = tally(province)
    open_again = replace(before.about, locked=False)
    set_row(province, points=replace(before.tally, lacking=77).written(), about=open_again.written())
    give(province, "1.2", "commune", "987654")
    after = tally(province)
    assert (after.tally, after.about.locked) == (before.tally, True)


def test_a_year_without_hand_overs_has_none(province: Office) -> None:
    assert tallying.tallies(province, "2031") == {}


def test_what_arrives_while_the_tallies_are_read_is_counted_the_next_time(
    province: Office, scene: Scene
) -> None:
    """Another thread takes in between the reading of the forms and the keeping of what they came to."""
    before = tally(province)
    with province.read() as session:
        rows, figures = table.tallies(session, YEAR), table.older_figures(session, YEAR, engine=0)
    receiving.take_in(province, [scene.file("ban-ho-2.cchc")])
    with province.begin() as session:
        table.put_tallies(session, YEAR, {unit: (row, figures[unit]) for unit, row in rows.items()})
    assert (before.about.times, tally(province).about.times) == (1, 2)
