"""Số liệu cần thống nhất: both sides see them, only the unit itself settles them, and nothing is lost."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from parindex_desktop.services import attaching, differences, filling, handing_over, locking, receiving
from parindex_desktop.services.differences import DifferenceUnknown, OnlyTheUnitSettles
from resources import Language, say
from tests.offices import PASSPHRASE, YEAR, answer, close_and_sign, hand_over, holdings, leaf

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene

CODE = "3.7"


@pytest.fixture
def machines(scene: Scene, tmp_path: Path) -> tuple[Office, Office]:
    """Two machines of Xã Bản Hồ that went on from lần 1; both changed 3.7, each something else beside it."""
    one, two = scene.office("ban-ho-handed-over"), scene.office("ban-ho-2")
    receiving.take_in(two, [scene.file("ban-ho-2.cchc")])
    for office, number, text in ((one, "456", "Máy một"), (two, "480", "Máy hai")):
        form = locking.unlock(office, filling.open_form(office), "Bổ sung")
        form = answer(office, form, CODE, numerator=number, denominator="1200")
        form = filling.set_text(office, form, leaf(form, "1.3" if office is one else "1.6"), "note", text)
        close_and_sign(office, form)
    hand_over(two, tmp_path / "two.cchc")
    return one, two


def key_of(form: filling.Form, code: str = CODE) -> str:
    return f"answer/{leaf(form, code).id}/figures"


def test_at_the_unit_the_working_copy_stands_beside_what_came(
    machines: tuple[Office, Office], tmp_path: Path
) -> None:
    one, _ = machines
    (taken,) = receiving.take_in(one, [tmp_path / "two.cchc"])
    assert taken.outcome == "later"  # nothing was handed over here since: the working copy is no revision yet
    (found,) = differences.differences(one, YEAR)
    form = filling.open_form(one)
    assert found.key == key_of(form)
    assert {version.points for version in found.versions} == {Decimal("1.43"), Decimal("1.50")}
    assert sorted(origin.working for version in found.versions for origin in version.origins) == [False, True]
    assert form.sheet(CODE).unsettled == (found.key,)
    assert form.sheet("1.3").note == "Máy một"  # what only one of them wrote needs no settling
    assert form.sheet("1.6").note == "Máy hai"


@pytest.mark.parametrize("number", [1, 2])
def test_the_unit_chooses_and_the_other_value_stays_in_history(
    machines: tuple[Office, Office], tmp_path: Path, number: int
) -> None:
    one, two = machines
    receiving.take_in(one, [tmp_path / "two.cchc"])
    (found,) = differences.differences(one, YEAR)
    chosen = found.versions[number - 1].value
    form = differences.settle(one, filling.open_form(one), found.key, number)
    assert form.series.state()[found.key][0].value == chosen
    assert differences.differences(one, YEAR) == []
    with pytest.raises(DifferenceUnknown):
        differences.settle(one, form, found.key, number)
    close_and_sign(one, form)
    hand_over(one, tmp_path / "one.cchc")
    assert receiving.take_in(two, [tmp_path / "one.cchc"])[0].outcome == "later"
    assert filling.open_form(two).assessment == filling.open_form(one).assessment


def test_both_sides_see_it_and_only_the_unit_settles_it(
    scene: Scene, machines: tuple[Office, Office], tmp_path: Path
) -> None:
    one, _ = machines
    province = scene.office("province")
    hand_over(one, tmp_path / "one.cchc")
    taken = receiving.take_in(
        province, [scene.file("ban-ho-2.cchc"), tmp_path / "one.cchc", tmp_path / "two.cchc"]
    )
    assert [each.outcome.value for each in taken] == ["later", "later", "forked"]
    assert taken[-1].differences == 1
    (found,) = differences.differences(province, YEAR)
    assert (found.unit_name, found.period) == ("Ủy ban nhân dân xã Bản Hồ", YEAR)
    assert all(origin.claimed for version in found.versions for origin in version.origins)
    before = holdings(province.home)
    with pytest.raises(OnlyTheUnitSettles):
        differences.settle_own(province, YEAR, found.key, 1)
    assert holdings(province.home) == before
    receiving.take_in(one, [tmp_path / "two.cchc"])
    settled = differences.settle_own(one, YEAR, found.key, 2)
    close_and_sign(one, settled)
    hand_over(one, tmp_path / "settled.cchc")
    (taken_in,) = receiving.take_in(province, [tmp_path / "settled.cchc"])
    assert (taken_in.outcome, taken_in.differences) == ("later", 0)
    assert differences.differences(province, YEAR) == []


def test_what_one_has_not_entered_is_named_beside_what_the_other_has(scene: Scene, tmp_path: Path) -> None:
    one, two = scene.office("ban-ho"), scene.office("ban-ho-2")
    answer(one, filling.open_form(one), CODE, numerator="456", denominator="1200")
    form = answer(two, filling.open_form(two), CODE, denominator="1200")
    form = filling.set_report_text(two, form, "place", "Bản Hồ")
    _, draft = handing_over.export_draft(two, form, PASSPHRASE, tmp_path)
    receiving.take_in(one, [draft.target])
    (found,) = differences.own_differences(one, YEAR)
    assert found.criterion is not None
    lines = [[say(line, Language.EN) for line in version.lines] for version in found.versions]
    first, second = (spec.title for spec in found.criterion.inputs)
    assert sorted(lines) == sorted(
        [[f"{first}: 456", f"{second}: 1,200"], [f"{first}: not entered", f"{second}: 1,200"]]
    )


def test_an_empty_answer_or_document_is_not_shown_as_nothing(scene: Scene) -> None:
    form = filling.open_form(scene.office("ban-ho"))
    empty = {"applicability": "applicable", "ground": "", "inputs": {}}
    document = {"form": "paper", "number": "", "date": None, "issuer": "", "subject": "", "place": ""}
    for criterion in (leaf(form, CODE), None):
        lines, _ = differences.shown_value("answer/x/figures", criterion, empty)
        assert all("not entered" in say(line, Language.EN) for line in lines)
        assert len(lines) == (2 if criterion else 1)
    (line,), _ = differences.shown_value(f"document/{uuid.uuid4()}", None, document)
    assert say(line, Language.EN) == "not entered"


def test_own_differences_are_those_of_the_own_form(
    scene: Scene, machines: tuple[Office, Office], tmp_path: Path
) -> None:
    one, _ = machines
    province = scene.office("province")
    receiving.take_in(province, [hand_over(one, tmp_path / "one.cchc"), tmp_path / "two.cchc"])
    receiving.take_in(one, [tmp_path / "two.cchc"])
    assert differences.own_differences(one, YEAR) == differences.differences(one, YEAR) != []
    assert len(differences.differences(province, YEAR)) == 1
    assert differences.own_differences(province, YEAR) == []


@pytest.mark.parametrize("number", [0, 3, -1])
def test_only_values_that_are_listed_can_be_chosen(
    machines: tuple[Office, Office], tmp_path: Path, number: int
) -> None:
    one, _ = machines
    receiving.take_in(one, [tmp_path / "two.cchc"])
    form = filling.open_form(one)
    before = holdings(one.home)
    for key, which in ((key_of(form), number), (key_of(form, "1.2"), 1), ("nothing", 1)):
        with pytest.raises(DifferenceUnknown):
            differences.settle_own(one, YEAR, key, which)
    assert holdings(one.home) == before


def test_typing_over_a_difference_settles_it_too(machines: tuple[Office, Office], tmp_path: Path) -> None:
    one, _ = machines
    receiving.take_in(one, [tmp_path / "two.cchc"])
    form = answer(one, filling.open_form(one), CODE, numerator="470", denominator="1200")
    assert form.assessment.unsettled == ()
    assert form.sheet(CODE).answer.inputs == {"numerator": "470", "denominator": "1200"}


def test_every_part_of_a_form_can_differ_and_be_shown(scene: Scene, tmp_path: Path) -> None:
    """Texts, documents, links, the report, and an answer that one of them cleared."""
    one, two = scene.office("ban-ho-handed-over"), scene.office("ban-ho-2")
    receiving.take_in(two, [scene.file("ban-ho-2.cchc")])
    for office, text in ((one, "một"), (two, "hai")):
        form = locking.unlock(office, filling.open_form(office), "Bổ sung")
        criterion = leaf(form, "1.2")
        document = form.sheet("1.2").evidence[0].document
        for name in ("explanation", "reason", "note"):
            form = filling.set_text(office, form, criterion, name, f"{name} {text}")
        form = attaching.describe_document(office, form, document.described(number=text))
        form = attaching.link_document(office, form, criterion, document.id, text)
        form = filling.set_report_text(office, form, "difficulties", text)
        if office is one:
            form = filling.type_input(office, form, leaf(form, "1.3"), "count", "")
        else:
            form = answer(office, form, "1.3", count="1")
        close_and_sign(office, form)
    receiving.take_in(one, [hand_over(two, tmp_path / "two.cchc")])
    found = differences.differences(one, YEAR)
    assert {each.part.code.removeprefix("difference.") for each in found} == {
        "figures", "explanation", "reason", "note", "document", "link", "report"
    }  # fmt: skip
    assert all(len(each.versions) == 2 and all(v.lines for v in each.versions) for each in found)
    form = filling.open_form(one)
    for each in found:
        form = differences.settle(one, form, each.key, 1)
    assert form.assessment.unsettled == ()


def test_an_office_without_a_kit_has_nothing_that_differs(scene: Scene) -> None:
    from parindex_desktop.services.register import NoKitYet

    with pytest.raises(NoKitYet):
        differences.differences(scene.office("stranger"))


def test_figures_stand_before_the_texts_of_their_criterion(scene: Scene, tmp_path: Path) -> None:
    one, two = scene.office("ban-ho"), scene.office("ban-ho-2")
    for office, number in ((one, "456"), (two, "480")):
        form = answer(office, filling.open_form(office), CODE, numerator=number, denominator="1200")
        filling.set_text(office, form, leaf(form, CODE), "explanation", f"Có {number}")
    _, draft = handing_over.export_draft(two, filling.open_form(two), PASSPHRASE, tmp_path)
    receiving.take_in(one, [draft.target])
    assert [each.part.code for each in differences.differences(one)] == [
        "difference.figures",
        "difference.explanation",
    ]


def test_a_draft_has_no_number_also_after_a_hand_over(
    machines: tuple[Office, Office], scene: Scene, tmp_path: Path
) -> None:
    one, _ = machines
    two = scene.office("ban-ho-2")
    form = locking.unlock(two, filling.open_form(two), "Sửa")
    form = answer(two, form, CODE, numerator="470", denominator="1200")
    _, draft = handing_over.export_draft(two, form, PASSPHRASE, tmp_path)
    receiving.take_in(one, [tmp_path / "two.cchc", draft.target])
    (found,) = differences.differences(one, YEAR)
    came = [origin for version in found.versions for origin in version.origins if not origin.working]
    assert [(origin.draft, origin.sequence) for origin in came] == [(True, 3)]


def test_a_draft_that_never_came_is_known_as_one_from_what_continues_it(
    machines: tuple[Office, Office], scene: Scene, tmp_path: Path
) -> None:
    one, _ = machines
    two = scene.office("ban-ho-2")
    form = locking.unlock(two, filling.open_form(two), "Sửa")
    form = answer(two, form, CODE, numerator="470", denominator="1200")
    form, _ = handing_over.export_draft(two, form, PASSPHRASE, tmp_path)
    form = filling.set_text(two, form, leaf(form, "1.2"), "note", "Sau bản nháp")
    hand_over(two, tmp_path / "after.cchc")
    receiving.take_in(one, [tmp_path / "after.cchc"])
    (found,) = differences.differences(one, YEAR)
    came = [origin for version in found.versions for origin in version.origins if not origin.working]
    assert [origin.draft for origin in came] == [True]
