"""Kits side by side: a province that went on from a restored backup, or from a copied folder, comes together again."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pytest

from exports.signing.keys import spoken
from parindex_desktop.domain.body_changes import NewBody
from parindex_desktop.domain.unit_entries import body_entry
from parindex_desktop.domain.units import BodyKind, Level
from parindex_desktop.services import bodies, enrolling, kits, receiving, register, settling_kits
from parindex_desktop.services.differences import DifferenceUnknown
from parindex_desktop.services.ending_units import Ending, end_units
from parindex_desktop.services.register import NewUnit, NotTheProvince
from parindex_desktop.services.settling_kits import KitUnknown
from resources import say
from resources.language import VIETNAM
from tests.offices import UNITS, YEAR, enrol, forged, holdings, revision_in, take_kit
from tests.rival_kits import forked, new_unit, renamed, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from parindex_desktop.domain.messages import Message
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


def test_what_was_done_on_either_side_stands_together(scene: Scene) -> None:
    fork = forked(scene, new_unit("03050", "Xã một"), new_unit("03060", "Xã hai"))
    taken = fork.take_other()
    assert (taken.outcome, taken.differences) == ("forked", 0)
    assert taken.same_key
    assert fork.keys() == []
    codes = [unit.code for unit in register.units(fork.province)]
    assert codes == [*UNITS, "03050", "03060"]
    assert kits.kit_status(fork.province).changes == {"kit": 2}
    together = revision_in(fork.export())
    assert together.sequence == 3
    assert len(together.parents) == 2
    assert settling_kits.rival_kits(fork.province) == []
    assert kits.kit_status(fork.province).changes == {}


@pytest.mark.parametrize("first", ["own", "other"])
def test_an_office_that_holds_both_reads_them_like_the_province(scene: Scene, first: str) -> None:
    """In whatever order they come, and the kit that continues both afterwards."""
    fork = forked(scene, new_unit("03050", "Xã một"), new_unit("03060", "Xã hai"))
    commune = scene.office("ban-ho")
    paths = [fork.own, fork.other] if first == "own" else [fork.other, fork.own]
    assert [receiving.take_in(commune, [path])[0].outcome for path in paths] == ["later", "forked"]
    fork.take_other()
    assert register.current_kit(commune) == register.current_kit(fork.province)
    assert receiving.take_in(commune, [fork.export()])[0].outcome == "later"
    assert register.current_kit(commune) == register.current_kit(fork.province)
    assert receiving.take_in(commune, [fork.other])[0].outcome == "held"


@pytest.mark.parametrize(
    ("mine", "lost"),
    [
        (until(20), until(25)),
        (renamed("Xã Bản Hồ A"), renamed("Xã Bản Hồ B")),
        (new_unit("03050", "Xã một"), new_unit("03050", "Xã hai")),
    ],
    ids=["two deadlines", "two names", "one code twice"],
)
def test_kits_that_contradict_each_other_wait_for_the_one_that_continues_both(
    scene: Scene, mine: Callable[[Office], object], lost: Callable[[Office], object]
) -> None:
    fork = forked(scene, mine, lost)
    commune = scene.office("ban-ho")
    receiving.take_in(commune, [fork.other])
    before = holdings(commune.home)
    (taken,) = receiving.take_in(commune, [fork.own])
    assert taken.problem is not None
    assert taken.problem.code == "kit.forked"
    assert holdings(commune.home) == before

    assert fork.take_other().differences == 1
    with pytest.raises(kits.KitsUnsettled):
        fork.export()
    (key,) = fork.keys()
    assert settling_kits.settle_kit(fork.province, key, 1) == 0
    assert receiving.take_in(commune, [fork.export()])[0].outcome == "later"
    assert receiving.take_in(commune, [fork.own])[0].outcome == "older"
    assert register.current_kit(commune) == register.current_kit(fork.province)


@pytest.mark.parametrize("number", [1, 2])
def test_the_province_sees_both_values_and_chooses(scene: Scene, number: int) -> None:
    fork = forked(scene, until(20), until(25))
    fork.take_other()
    (found,) = settling_kits.kit_differences(fork.province)
    days = [version.value["self_assessment_to"] for version in found.versions]
    assert sorted(days) == ["2026-12-20", "2026-12-25"]
    assert all(len(version.origins) == 1 and version.origins[0].claimed for version in found.versions)
    settling_kits.settle_kit(fork.province, found.key, number)
    chosen = register.current_kit(fork.province).periods[YEAR].self_assessment_to
    assert chosen is not None
    assert chosen.isoformat() == days[number - 1]


def test_until_it_has_chosen_the_province_can_go_on_working(scene: Scene) -> None:
    fork = forked(scene, until(20), until(25))
    fork.take_other()
    assert register.current_kit(fork.province).periods[YEAR].self_assessment_to is not None
    register.add_units(fork.province, [NewUnit("03070", "Xã ba", Level.COMMUNE)])
    assert [each.outcome for each in receiving.take_in(fork.province, [scene.file("ban-ho-1.cchc")])] == [
        "first"
    ]
    assert fork.keys() == ["period/2026"]


def test_of_a_unit_that_was_entered_twice_the_chosen_one_keeps_the_code(scene: Scene) -> None:
    """The office that was enrolled as the other one goes on: nothing that it was filled under vanishes."""
    fork = forked(scene, new_unit("03050", "Xã mới"), new_unit("03050", "Xã mới"))
    fork.take_other()
    (found,) = settling_kits.kit_differences(fork.province)
    assert found.key == "code/03050"
    kept = found.versions[1].value
    assert settling_kits.settle_kit(fork.province, found.key, 2) == 0
    kit = register.current_kit(fork.province)
    assert kit.unit_of_code("03050").id == kept
    other = kit.unit_of_code("03050-2")
    assert (other.id, other.valid_to) == (found.versions[0].value, dt.date(2026, 11, 20))
    fork.export()


def test_an_office_whose_key_was_enrolled_on_both_sides(scene: Scene) -> None:
    """The certificates differ although both say the same."""
    stranger = scene.office("stranger")
    request = scene.folder / "xa.csr"

    def approve(office: Office) -> None:
        enrol(office, stranger, "03003", request)

    fork = forked(scene, approve, approve)
    fork.take_other()
    (found,) = settling_kits.kit_differences(fork.province)
    assert found.key == f"key/{stranger.record.key}"
    assert UNITS["03003"] in found.versions[0].lines
    settling_kits.settle_kit(fork.province, found.key, 1)
    take_kit(stranger, fork.export(), fork.province)
    assert stranger.record.name == UNITS["03003"]


def test_a_revocation_on_either_side_stands_at_once(scene: Scene) -> None:
    fork = forked(scene, until(20), lambda office: enrolling.revoke(office, "03002", "Mất máy"))
    fork.take_other()
    assert len(register.current_kit(fork.province).revocations) == 1
    assert fork.keys() == []


def test_everything_can_stand_as_one_of_the_kits_says(scene: Scene) -> None:
    def both(day: int, name: str) -> Callable[[Office], object]:
        return lambda office: [
            change(office) for change in (until(day), renamed(name), new_unit("03050", name))
        ]

    fork = forked(scene, both(20, "Xã A"), both(25, "Xã B"))
    assert fork.take_other().differences == 3
    lost = revision_in(fork.other)
    number = 1 + [each.claimed for each in settling_kits.rival_kits(fork.province)].index(
        min(each.claimed for each in settling_kits.rival_kits(fork.province) if each.claimed)
    )
    assert settling_kits.settle_as(fork.province, number) == 0
    kit = register.current_kit(fork.province)
    assert kit.periods[YEAR].self_assessment_to == dt.date(2026, 12, 25)
    assert kit.unit_of_code("03001").name == "Xã B"
    assert f"unit/{kit.unit_of_code('03050').id}" in lost.entries
    fork.export()


def test_what_was_typed_since_is_left_to_be_chosen(scene: Scene) -> None:
    """Neither kit says it, so neither can be taken for it."""
    fork = forked(scene, until(20), until(25))
    until(30)(fork.province)
    fork.take_other()
    (found,) = settling_kits.kit_differences(fork.province)
    working = [number for number, version in enumerate(found.versions, 1) if version.origins[0].working]
    assert len(working) == 1
    left = {number: settling_kits.settle_as(fork.province, number) for number in (1, 2)}
    assert 0 in left.values()


def test_what_is_not_there_is_not_settled(scene: Scene) -> None:
    fork = forked(scene, until(20), until(25))
    before = holdings(fork.province.home)
    for settle in (
        lambda: settling_kits.settle_kit(fork.province, "period/2026", 1),
        lambda: settling_kits.settle_as(fork.province, 1),
    ):
        with pytest.raises((DifferenceUnknown, KitUnknown)):
            settle()
    assert holdings(fork.province.home) == before
    fork.take_other()
    for number in (0, 3, -1):
        with pytest.raises(DifferenceUnknown):
            settling_kits.settle_kit(fork.province, "period/2026", number)
        with pytest.raises(KitUnknown):
            settling_kits.settle_as(fork.province, number)
    with pytest.raises(NotTheProvince):
        settling_kits.kit_differences(scene.office("ban-ho"))


def test_a_kit_beside_another_may_not_let_go_what_both_had(scene: Scene) -> None:
    fork = forked(scene, until(20), new_unit("03060", "Xã hai"))
    revision = revision_in(fork.other)
    entries = dict(revision.entries)
    gone = next(
        key for key, entry in entries.items() if key.startswith("unit/") and entry.value["code"] == "03003"
    )
    del entries[gone]
    bad = forged(fork.province, dataclasses.replace(revision, entries=entries), scene.folder / "bad.cchc")
    for office in (fork.province, scene.office("ban-ho")):
        if office is not fork.province:
            receiving.take_in(office, [fork.own])
        (taken,) = receiving.take_in(office, [bad])
        assert taken.problem is not None
        assert taken.problem.code == "kit.malformed"


def test_the_code_of_the_key_says_whose_kits_they_are(scene: Scene) -> None:
    fork = forked(scene, until(20), until(25))
    fork.take_other()
    rivals = settling_kits.rival_kits(fork.province)
    assert {(each.key, each.sequence) for each in rivals} == {(spoken(fork.province.record.key or ""), 2)}
    assert len({each.claimed for each in rivals}) == 2


def test_two_kits_of_one_minute_are_told_apart(scene: Scene) -> None:
    fork = forked(scene, until(20), until(25))
    fork.take_other()
    rivals = settling_kits.rival_kits(fork.province)
    first, second = (say(settling_kits.kit_words(each)) for each in rivals)
    assert first != second
    taken = receiving.take_in(fork.province, [fork.other, fork.own])  # the lost one was signed first
    assert [each.digest for each in rivals] == [each.digest for each in taken]
    for said, each in zip((first, second), rivals, strict=True):
        assert each.digest[:8] in said
        assert each.claimed is not None
        assert f"{each.claimed.astimezone(VIETNAM):%H:%M:%S}" in said
    (found,) = settling_kits.kit_differences(fork.province)
    assert {origin.digest for version in found.versions for origin in version.origins} == {
        each.digest for each in rivals
    }


def test_what_waits_to_be_settled_is_told_before_a_kit_is_exported(scene: Scene) -> None:
    fork = forked(scene, until(20), until(25))
    assert not kits.must_sign(fork.province)  # the same file again
    assert kits.kit_status(fork.province).unsettled == 0
    fork.take_other()
    assert kits.kit_status(fork.province).unsettled == 1
    with pytest.raises(kits.KitsUnsettled):
        kits.must_sign(fork.province)
    settling_kits.settle_as(fork.province, 1)
    assert kits.kit_status(fork.province).unsettled == 0
    assert kits.must_sign(fork.province)
    fork.export()
    assert not kits.must_sign(fork.province)


def test_what_is_rare_about_a_unit_or_an_organisation_is_told_where_kits_differ(scene: Scene) -> None:
    def ended(successor: str) -> Callable[[Office], object]:
        return lambda office: end_units(office, Ending(("03003",), dt.date(2026, 6, 30), (successor,)))

    fork = forked(scene, ended("03001"), ended("03002"))
    fork.take_other()
    (found,) = settling_kits.kit_differences(fork.province)
    said = [" ".join(map(say_line, version.lines)) for version in found.versions]
    for code in ("03001", "03002"):
        assert sum(f"Đến hết 30/06/2026 Đơn vị kế tục: {code}" in each for each in said) == 1


def test_organisations_that_differ_are_settled_like_everything_else(scene: Scene) -> None:
    province = scene.office("province")
    body = bodies.add_body(province, NewBody("Báo", BodyKind.ORGANISATION))
    province.close()
    scene.opened.clear()

    def named(name: str) -> Callable[[Office], object]:
        def change(office: Office) -> None:
            with office.begin() as session:
                opened = register.provincial_series(session, office)
                entry = body_entry(dataclasses.replace(body, name=name))
                opened.put(office, session, {f"body/{body.id}": entry})

        return change

    fork = forked(scene, named("Báo Lào Cai"), named("Báo Đảng"))
    fork.take_other()
    (found,) = settling_kits.kit_differences(fork.province)
    assert {say_line(version.lines[0]) for version in found.versions} == {"Báo Lào Cai", "Báo Đảng"}
    assert settling_kits.settle_kit(fork.province, found.key, 2) == 0
    assert fork.export().is_file()


def say_line(line: Message | str) -> str:
    return line if isinstance(line, str) else say(line)
