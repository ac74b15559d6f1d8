"""Filling the form in: saved at once, found again exactly, and untouched by whatever is refused."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.errors import DatabaseFull, EvidenceEmpty, EvidenceUnreadable
from parindex_desktop.domain import numbers
from parindex_desktop.domain.assessments import AssessmentMalformed
from parindex_desktop.domain.criteria import CriterionUnknown
from parindex_desktop.domain.documents import AttachedAlready, ClassifiedHasFile, Document, Form
from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.domain.kits import ProvinceNotAssessed, UnknownPeriod
from parindex_desktop.domain.needs import Need
from parindex_desktop.domain.scoring.answers import Answer, Applicability
from parindex_desktop.domain.scoring.inputs import NotADate, NotAnOption, NotYesOrNo
from parindex_desktop.domain.text import TextTooLong
from parindex_desktop.services import attaching, filling, register, upkeep
from tests.offices import PDF, YEAR, answer, figures_of, fill, holdings, leaf, paper_at

if TYPE_CHECKING:
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def commune(scene: Scene) -> Office:
    return scene.office("ban-ho")


def sheets_of(form: filling.Form) -> Any:
    return form.assessment.sheets


def reopened(scene: Scene, name: str = "ban-ho") -> filling.Form:
    return filling.open_form(scene.office(name))


def test_a_new_form_is_empty_and_of_the_year_of_the_kit(commune: Office) -> None:
    form = filling.open_form(commune)
    assert form.year == YEAR
    assert form.assessment.totals.overall.points == 0
    assert form.assessment.totals.overall.maximum == Decimal(
        "82.50"
    )  # 100 less survey and what never applies
    assert {sheet.needs[0] for sheet in form.assessment.lacking()} == {Need.UNSCORED}
    assert form.saved is None


def test_a_form_needs_a_kit_a_unit_and_a_year(scene: Scene) -> None:
    with pytest.raises(register.NoKitYet):
        filling.open_form(scene.office("stranger"))
    with pytest.raises(UnknownPeriod):
        filling.open_form(scene.office("ban-ho"), "2031")
    with pytest.raises(ProvinceNotAssessed):
        filling.open_form(scene.office("province"))


TYPED = {
    "deadline": ("7.5", {"event": "15/01/2026", "date": "20-1-2026"}, "1.00"),
    "deadline not done": ("1.1", {"date": "not_done"}, "0.00"),
    "ratio": ("1.2", {"numerator": "1.140", "denominator": "1 200"}, "1.90"),
    "count": ("1.3", {"count": "3"}, "1.50"),
    "threshold": ("1.4.1", {"numerator": "9", "denominator": "30"}, "1.00"),
    "steps by count": ("1.6", {"count": "2"}, "1.25"),
    "threshold ratio": ("3.7", {"numerator": "456", "denominator": "1.200"}, "1.43"),
    "yes or no": ("1.9", {"answer": "CÓ"}, "1.00"),
    "amounts": ("3.5", {"numerator": "12,5", "denominator": "50.00"}, "0.71"),
    "checklist": ("3.11", {"staff": "đạt", "equipment": "không", "notice": "x"}, "1.00"),
    "deduct": ("5.7", {"count": "1"}, "1.50"),
    "steps by percentage": ("8.3", {"numerator": "101", "denominator": "100"}, None),
    "choice": ("7.6", {"choice": ""}, None),
}


@pytest.mark.parametrize(("code", "typed", "points"), TYPED.values(), ids=TYPED.keys())
def test_every_kind_of_input_is_saved_at_once_and_found_again(
    scene: Scene, code: str, typed: dict[str, str], points: str | None
) -> None:
    commune = scene.office("ban-ho")
    form = filling.open_form(commune)
    criterion = leaf(form, code)
    if code == "7.6":
        typed = {"choice": criterion.inputs[0].options[0].title.upper()}
    for name, text in typed.items():
        form = filling.type_input(commune, form, criterion, name, text)
    assert set(form.sheet(code).answer.inputs) == set(typed)
    if points is not None:
        assert form.sheet(code).outcome.points == Decimal(points)
    again = reopened(scene)
    assert sheets_of(again) == sheets_of(form)
    assert again.saved == form.saved
    assert again.saved is not None


def test_a_whole_form_is_found_exactly_as_it_was_left(scene: Scene) -> None:
    commune = scene.office("ban-ho")
    form = fill(commune, filling.open_form(commune))
    form, _ = attaching.attach_file(commune, form, leaf(form, "1.2"), scene.evidence("báo cáo.pdf"), "3")
    form = attaching.add_document(commune, form, leaf(form, "1.3"), paper_at())
    form = filling.set_report_text(commune, form, "difficulties", "Mạng yếu.\nMất điện.")
    form = filling.answer(commune, form, leaf(form, "4.4"), Answer(Applicability.NOT_APPLICABLE, "Chưa có"))
    again = reopened(scene)
    assert again.assessment == form.assessment
    assert again.series.state() == form.series.state()


BAD_INPUTS = {
    "letters": ("1.2", "numerator", "chín", numbers.NotACount),
    "letters behind": ("1.2", "numerator", "9 việc", numbers.NotACount),
    "a fraction of a thing": ("1.2", "numerator", "1,5", numbers.NotACount),
    "below zero": ("1.2", "numerator", "-1", numbers.NotACount),
    "too large": ("1.2", "numerator", "9" * 16, numbers.NumberTooLarge),
    "exponent": ("3.5", "numerator", "1e3", numbers.NotAnAmount),
    "infinity": ("3.5", "numerator", "Infinity", numbers.NotAnAmount),
    "other digits": ("1.2", "numerator", "٣", numbers.NotACount),
    "neither yes nor no": ("1.9", "answer", "có lẽ", NotYesOrNo),
    "no such day": ("7.5", "date", "31/02/2026", NotADate),
    "month first": ("7.5", "date", "01/13/2026", NotADate),
    "no such option": ("7.6", "choice", "rất tốt", NotAnOption),
    "no such input": ("1.2", "total", "9", filling.InputUnknown),
    "a novel": ("1.9", "answer", "x" * 600, TextTooLong),
}


@pytest.mark.parametrize(("code", "name", "typed", "refusal"), BAD_INPUTS.values(), ids=BAD_INPUTS.keys())
def test_a_bad_input_changes_nothing(
    scene: Scene, code: str, name: str, typed: str, refusal: type[ParIndexError]
) -> None:
    commune = scene.office("ban-ho-handed-over")
    form = filling.open_form(commune)
    form = filling.put_journalled(commune, form, {"lock": None}, "form.unlocked", {})
    before = holdings(commune.home)
    with pytest.raises(refusal):
        filling.type_input(commune, form, leaf(form, code), name, typed)
    assert holdings(commune.home) == before
    assert filling.open_form(commune).assessment == form.assessment


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=30), code=st.sampled_from(["1.2", "3.5", "1.9", "7.5", "7.6", "3.11"]))
def test_whatever_is_typed_is_read_or_refused(commune: Office, text: str, code: str) -> None:
    form = filling.open_form(commune)
    criterion = leaf(form, code)
    name = criterion.inputs[-1].name
    before = form.assessment
    try:
        form = filling.type_input(commune, form, criterion, name, text)
    except ParIndexError:
        assert filling.open_form(commune).assessment == before
    else:
        assert filling.open_form(commune).assessment == form.assessment


def test_an_emptied_input_is_gone_and_an_emptied_answer_is_unanswered(commune: Office) -> None:
    form = answer(commune, filling.open_form(commune), "1.2", numerator="9", denominator="10")
    form = filling.type_input(commune, form, leaf(form, "1.2"), "numerator", " ")
    assert form.sheet("1.2").answer.inputs == {"denominator": "10"}
    form = filling.type_input(commune, form, leaf(form, "1.2"), "denominator", "")
    assert form.sheet("1.2").needs == (Need.UNSCORED,)
    assert set(form.series.state()) <= {"set"}  # as if it had never been written


def test_writing_the_same_again_is_no_change(commune: Office) -> None:
    form = answer(commune, filling.open_form(commune), "1.3", count="2")
    lines = len(upkeep.read_journal(commune))
    saved = form.saved
    form = answer(commune, form, "1.3", count=" 2 ")
    assert (len(upkeep.read_journal(commune)), form.saved) == (lines, saved)


@pytest.mark.parametrize("code", ["1.10", "4.3", "7.7"])
def test_what_is_not_self_scored_is_not_filled_in(scene: Scene, commune: Office, code: str) -> None:
    form = filling.open_form(commune)
    criterion = leaf(form, code)
    before = holdings(commune.home)
    file = scene.evidence("a.pdf")
    for change in (
        lambda: filling.answer(commune, form, criterion, Answer(Applicability.NOTHING_AROSE)),
        lambda: filling.type_input(commune, form, criterion, "answer", "có"),
        lambda: attaching.attach_file(commune, form, criterion, file),
        lambda: attaching.attach_kept(commune, form, criterion, attaching.keep_file(commune, file)),
        lambda: attaching.add_document(commune, form, criterion, paper_at()),
    ):
        with pytest.raises(filling.NotSelfScored):
            change()
        assert set(filling.open_form(commune).series.state()) <= {"set"}
    assert holdings(commune.home).count("evidence_origin") == before.count("evidence_origin")
    assert upkeep.check(commune).files == 0


def test_points_belong_to_the_lowest_criteria(commune: Office) -> None:
    form = filling.open_form(commune)
    with pytest.raises(filling.NotALeaf):
        form.sheet("1.4")
    with pytest.raises(CriterionUnknown):
        form.sheet("9.9")


def test_texts_are_kept_clean_and_have_a_limit(commune: Office) -> None:
    form = filling.open_form(commune)
    criterion = leaf(form, "1.2")
    form = filling.set_text(commune, form, criterion, "explanation", " Ba\u0309n \u202eHồ\r\nhai dòng\x00 ")
    assert form.sheet("1.2").explanation == "Bản Hồ\nhai dòng"
    before = holdings(commune.home)
    with pytest.raises(TextTooLong):
        filling.set_text(commune, form, criterion, "explanation", "x" * 20_001)
    with pytest.raises(TextTooLong):
        filling.set_report_text(commune, form, "proposals", "x" * 20_001)
    assert holdings(commune.home) == before
    form = filling.set_text(commune, form, criterion, "explanation", "")
    assert set(form.series.state()) <= {"set"}


def test_a_file_that_proves_two_criteria_is_stored_once(scene: Scene, commune: Office) -> None:
    form = filling.open_form(commune)
    file = scene.evidence("Báo cáo CCHC năm.pdf")
    copy = scene.evidence("khác tên.pdf")
    form, first = attaching.attach_file(commune, form, leaf(form, "1.2"), file, "3")
    form, second = attaching.attach_file(commune, form, leaf(form, "1.3"), copy, "7")
    assert first.id == second.id
    assert [len(attaching.documents(form)), upkeep.check(commune).files] == [1, 1]
    assert commune.evidence.path(first.sha256 or "").read_bytes() == PDF
    assert form.sheet("1.2").evidence[0].page == "3"
    assert form.sheet("1.3").evidence[0].page == "7"


@pytest.mark.parametrize("kept_before", [False, True])
def test_one_content_under_two_names_proves_a_criterion_once(
    scene: Scene, commune: Office, kept_before: bool
) -> None:
    form = filling.open_form(commune)
    criterion = leaf(form, "1.2")
    first, second = scene.evidence("báo cáo.pdf"), scene.evidence("bao-cao (1).pdf")
    kept = attaching.keep_file(commune, second)
    form, document = attaching.attach_file(commune, form, criterion, first, "3")
    attach = attaching.attach_kept if kept_before else attaching.attach_file
    said = re.escape("“bao-cao (1).pdf” has the same content as “báo cáo.pdf”")
    with pytest.raises(AttachedAlready, match=said):
        attach(commune, form, criterion, kept if kept_before else second, "7")  # type: ignore[arg-type]  # each its own
    form, again = attaching.attach_file(commune, filling.open_form(commune), criterion, first, "4")
    assert again == document
    assert [(each.document.name, each.page) for each in form.sheet("1.2").evidence] == [("báo cáo.pdf", "4")]


def test_a_document_leaves_with_the_last_criterion_that_it_proves(scene: Scene, commune: Office) -> None:
    form = filling.open_form(commune)
    form, document = attaching.attach_file(commune, form, leaf(form, "1.2"), scene.evidence("a.pdf"))
    form = attaching.link_document(commune, form, leaf(form, "1.3"), document.id, "2")
    form = attaching.unlink(commune, form, leaf(form, "1.2"), document.id)
    assert [len(form.sheet(code).evidence) for code in ("1.2", "1.3")] == [0, 1]
    form = attaching.unlink(commune, form, leaf(form, "1.3"), document.id)
    assert attaching.documents(form) == []
    assert commune.evidence.has(document.sha256 or "")  # backups and earlier revisions may name it
    with pytest.raises(attaching.DocumentUnknown):
        attaching.link_document(commune, form, leaf(form, "1.3"), document.id)
    with pytest.raises(attaching.DocumentUnknown):
        attaching.describe_document(commune, form, document)


def test_data_of_a_document_count_wherever_it_is_linked(scene: Scene, commune: Office) -> None:
    form = filling.open_form(commune)
    form, document = attaching.attach_file(commune, form, leaf(form, "1.2"), scene.evidence("a.pdf"))
    form = attaching.link_document(commune, form, leaf(form, "1.3"), document.id)
    told = document.described(
        number=" 12/BC-UBND ", date=dt.date(2026, 11, 5), issuer="UBND xã", subject="Báo cáo"
    )
    form = attaching.describe_document(commune, form, told)
    assert {form.sheet(code).evidence[0].document for code in ("1.2", "1.3")} == {told}


@pytest.mark.parametrize("kind", [Form.PAPER, Form.LINK, Form.EXTRACT, Form.CLASSIFIED])
def test_evidence_without_a_file(commune: Office, kind: Form) -> None:
    form = answer(commune, filling.open_form(commune), "1.3", count="4")
    document = Document(
        str(uuid.uuid4()), kind, "1/KH", dt.date(2026, 1, 2), "UBND xã", "Kế hoạch", "Tủ số 1"
    )
    form = attaching.add_document(commune, form, leaf(form, "1.3"), document, "2")
    (linked,) = filling.open_form(commune).sheet("1.3").evidence
    assert (linked.document, linked.page) == (document, "2")
    assert form.sheet("1.3").needs == ()
    assert upkeep.check(commune).files == 0
    form = attaching.describe_document(commune, form, replace(document, place=""))
    assert form.sheet("1.3").needs == (Need.DOCUMENT_DATA,)


def test_a_classified_document_is_never_a_file(scene: Scene, commune: Office) -> None:
    form = filling.open_form(commune)
    about = Document("", Form.CLASSIFIED, subject="Văn bản mật")
    before = holdings(commune.home)
    with pytest.raises(ClassifiedHasFile):
        attaching.attach_file(commune, form, leaf(form, "1.2"), scene.evidence("mat.pdf"), "", about)
    kept = attaching.keep_file(commune, scene.evidence("mat.pdf"))
    with pytest.raises(ClassifiedHasFile):
        attaching.attach_kept(commune, form, leaf(form, "1.2"), kept, "", about)
    assert set(filling.open_form(commune).series.state()) <= {"set"}
    assert holdings(commune.home).count("document/") == before.count("document/")


def test_what_nobody_could_read_again_is_never_kept(scene: Scene, commune: Office) -> None:
    """A file that is said to be something else would make the whole form unreadable for good."""
    form = filling.open_form(commune)
    form, document = attaching.attach_file(commune, form, leaf(form, "1.2"), scene.evidence("a.pdf"))
    before = holdings(commune.home)
    with pytest.raises(AssessmentMalformed):
        attaching.describe_document(commune, form, replace(document, form=Form.CLASSIFIED))
    assert holdings(commune.home) == before
    assert filling.open_form(commune).assessment == form.assessment


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("trống.pdf", EvidenceEmpty), ("không có.pdf", EvidenceUnreadable), ("", EvidenceUnreadable)],
)
def test_a_file_that_cannot_be_attached_changes_nothing(
    scene: Scene, commune: Office, name: str, refusal: type[ParIndexError]
) -> None:
    scene.evidence("trống.pdf", b"")
    form = filling.open_form(commune)
    before = holdings(commune.home)
    with pytest.raises(refusal):
        attaching.attach_file(commune, form, leaf(form, "1.2"), scene.folder / name)
    assert holdings(commune.home) == before


def test_a_damaged_file_of_the_store_is_made_whole_by_attaching_it_again(
    scene: Scene, commune: Office
) -> None:
    """This is what the sentence about it promises."""
    form = filling.open_form(commune)
    form, document = attaching.attach_file(commune, form, leaf(form, "1.2"), scene.evidence("a.pdf"))
    commune.evidence.path(document.sha256 or "").write_bytes(b"")
    assert not upkeep.check(commune).sound
    attaching.attach_file(commune, form, leaf(form, "1.2"), scene.evidence("a.pdf"))
    assert upkeep.check(commune).sound


def test_a_locked_form_refuses_every_change(scene: Scene) -> None:
    commune = scene.office("ban-ho-ready")
    form = filling.open_form(commune)
    criterion = leaf(form, "1.2")
    document = form.sheet("1.2").evidence[0].document
    before = holdings(commune.home)
    for change in (
        lambda: filling.answer(commune, form, criterion, Answer(Applicability.NOTHING_AROSE)),
        lambda: filling.type_input(commune, form, criterion, "numerator", "1"),
        lambda: filling.set_text(commune, form, criterion, "note", "x"),
        lambda: filling.set_report_text(commune, form, "place", "Lào Cai"),
        lambda: attaching.attach_file(commune, form, criterion, scene.evidence("moi.pdf", b"moi")),
        lambda: attaching.add_document(commune, form, criterion, paper_at()),
        lambda: attaching.describe_document(commune, form, replace(document, subject="x")),
        lambda: attaching.unlink(commune, form, criterion, document.id),
        lambda: attaching.link_document(commune, form, leaf(form, "1.4.1"), document.id),
    ):
        with pytest.raises(filling.FormLocked):
            change()
    assert holdings(commune.home) == before


def test_what_could_not_be_saved_can_be_typed_again(commune: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk was full; after room was made the same figures are entered again, and this time they are kept."""
    form = filling.open_form(commune)

    def full(*_: object) -> None:
        raise DatabaseFull(path="office.db")

    with monkeypatch.context() as patched:
        patched.setattr("db.journal.write", full)
        with pytest.raises(DatabaseFull):
            answer(commune, form, "1.3", count="2")
    assert set(form.series.state()) <= {"set"}
    answer(commune, form, "1.3", count="2")
    assert filling.open_form(commune).sheet("1.3").answer.inputs == {"count": "2"}


def test_figures_of_every_criterion_can_be_told_by_their_sheet(commune: Office) -> None:
    form = fill(commune, filling.open_form(commune))
    for criterion in form.criteria.leaves():
        typed = figures_of(form, criterion.code, "9")
        assert set(form.sheet(criterion.code).answer.inputs) == set(typed)
