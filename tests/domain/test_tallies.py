"""What is kept of a form for the overview says the same as the form itself."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from parindex_desktop.domain.assessments import Assessment, read_assessment
from parindex_desktop.domain.criteria import CriteriaSet
from parindex_desktop.domain.documents import Document, Form
from parindex_desktop.domain.given import inputs_given, is_outdated
from parindex_desktop.domain.merge import Standing
from parindex_desktop.domain.tallies import About, Tallier, Tally, figures_of, tally_of
from parindex_desktop.services import register
from tests.domain.test_bonus_and_penalty import TREE

if TYPE_CHECKING:
    from parindex_desktop.domain.revisions import Value

SETS = {name: register.check_set(document) for name, document in register.shipped_sets().items()}
FILE = Document("d", Form.PAPER, "1/BC", subject="Báo cáo", place="Kho")
PARTS = st.sampled_from(["explanation", "reason", "document", "undescribed", "twice", "copied"])


@st.composite
def forms(draw: st.DrawFn) -> Assessment:
    """Forms of a shipped set with a few answers, texts, documents and open differences."""
    criteria = SETS[draw(st.sampled_from(sorted(SETS)))]
    values: dict[str, list[Value]] = {}
    for leaf in draw(
        st.lists(st.sampled_from(criteria.leaves()), max_size=8, unique_by=lambda leaf: leaf.id)
    ):
        claim = draw(st.sampled_from(["applicable", "applicable", "not_applicable", "nothing_arose"]))
        inputs = {
            spec.name: draw(st.sampled_from(["1", "3", "12", "yes", "no", "2026-03-05"]))
            for spec in leaf.inputs
        }
        figures = {
            "applicability": claim,
            "ground": draw(st.sampled_from(["", "Không có"])),
            "inputs": inputs,
        }
        values[f"answer/{leaf.id}/figures"] = [figures]
        for part in draw(st.sets(PARTS)):
            match part:
                case "explanation" | "reason":
                    values[f"answer/{leaf.id}/{part}"] = ["Vì sao"]
                case "copied":
                    values[f"answer/{leaf.id}/note"] = ["một"]
                    values[f"confirm/{leaf.id}/note"] = ["a" * 64]
                case "twice":
                    values[f"answer/{leaf.id}/note"] = ["một", "hai"]
                case _:
                    name = f"{leaf.id}-{part}"
                    entry = FILE.entry()
                    values[f"document/{name}"] = [entry if part == "document" else {**entry, "subject": ""}]
                    values[f"link/{leaf.id}/{name}"] = [{"page": ""}]
    state = {
        key: tuple(Standing(value, frozenset({str(n)})) for n, value in enumerate(said))
        for key, said in values.items()
    }
    return read_assessment(criteria, state)


@given(forms())
def test_the_figures_that_are_kept_come_to_what_the_form_comes_to(form: Assessment) -> None:
    assert Tallier(form.criteria).tally(figures_of(form)) == tally_of(form)


@given(forms(), st.sampled_from(["1", "12", "yes", "2026-03-05"]))
def test_what_the_province_gives_otherwise_is_found_in_the_figures_that_are_kept(
    form: Assessment, text: str
) -> None:
    gives = {leaf.id: {spec.name: text for spec in leaf.inputs} for leaf in form.criteria.leaves()}
    outdated = tuple(
        sheet.criterion.code
        for sheet in form.sheets.values()
        if is_outdated(sheet.criterion, sheet.answer, inputs_given(sheet.criterion, gives))
    )
    assert Tallier(form.criteria).outdated(figures_of(form), {**gives, "gone": {"x": "1"}}) == outdated


@given(forms())
def test_a_tally_is_read_as_it_was_written(form: Assessment) -> None:
    tally = tally_of(form)
    assert Tally.read(tally.written()) == tally


@given(st.lists(forms(), max_size=4))
def test_forms_under_one_set_do_not_disturb_each_other(found: list[Assessment]) -> None:
    talliers = {name: Tallier(criteria) for name, criteria in SETS.items()}
    for form in found * 2:
        name = next(name for name, criteria in SETS.items() if criteria is form.criteria)
        assert talliers[name].tally(figures_of(form)) == tally_of(form)


def test_bonus_and_penalty_are_kept_with_their_signs() -> None:
    criteria = CriteriaSet.from_tree(TREE)
    counted = {"2.1": "2", "3.1": "1"}
    state = {
        f"answer/id-{code}/figures": (
            Standing({"applicability": "applicable", "ground": "", "inputs": {"count": n}}, frozenset("w")),
        )
        for code, n in counted.items()
    }
    tally = Tally.read(tally_of(read_assessment(criteria, state)).written())
    assert (tally.bonus, tally.penalty) == (Decimal("1.00"), Decimal("0.50"))
    assert tally.fields == (Decimal("0.00"), Decimal("1.00"), Decimal("-0.50"))
    assert tally.leaves == (None, 100, None, 50)


ABOUT = st.builds(
    About,
    st.just("2026-11-20T02:41:07+00:00"),
    st.integers(1, 9),
    st.lists(st.integers(1, 9)).map(tuple),
    st.lists(st.tuples(st.text("abc", min_size=1), st.integers(0, 10**9))).map(tuple),
    st.integers(1, 3),
    st.booleans(),
    st.integers(0, 9),
    st.booleans(),
    st.text("ảộ x"),
    st.none() | st.lists(st.none() | st.integers(0, 10_000)).map(tuple),
    st.lists(st.text("1.2")).map(tuple),
)


@given(ABOUT)
def test_what_else_is_known_is_read_as_it_was_written(about: About) -> None:
    assert About.read(about.written()) == about
