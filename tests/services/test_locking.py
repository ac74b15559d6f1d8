"""Chốt điểm: figures stay as they are until somebody opens them again with a reason; the paper follows."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from db.errors import BackupNotMade, EvidenceUnreadable
from parindex_desktop.domain.assessments import Stage
from parindex_desktop.domain.merge import DifferencesUnsettled
from parindex_desktop.services import filling, locking, receiving, upkeep
from parindex_desktop.services.locking import SignedPaper
from resources.language import day_of
from tests.offices import PDF, answer, close_and_sign, figures_of, fill, hand_over, holdings

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene

DAY = dt.date(2026, 11, 20)


@pytest.fixture
def commune(scene: Scene) -> Office:
    return scene.office("ban-ho")


def filled(office: Office, but: tuple[str, ...] = ()) -> filling.Form:
    return fill(office, filling.open_form(office), but)


def test_a_complete_form_is_locked_without_a_word(scene: Scene, commune: Office) -> None:
    form = locking.lock(commune, filled(commune))
    assert form.assessment.stage is Stage.LOCKED
    lock = form.assessment.lock
    assert lock is not None
    assert (lock.by, lock.incomplete) == ("lan", "")
    assert re.fullmatch(r"[A-Z2-7]{4}-[A-Z2-7]{4}", lock.code)
    assert filling.open_form(scene.office("ban-ho")).assessment.lock == lock


def test_what_is_lacking_needs_a_reason_that_the_receiver_reads(commune: Office) -> None:
    form = filled(commune, but=("1.2", "3.7"))
    before = holdings(commune.home)
    with pytest.raises(locking.StillLacking) as refused:
        locking.lock(commune, form, " \n")
    assert refused.value.values["count"] == 2
    assert holdings(commune.home) == before
    form = locking.lock(commune, form, "Chờ số liệu của tỉnh")
    assert form.assessment.lock is not None
    assert form.assessment.lock.incomplete == "Chờ số liệu của tỉnh"


def test_a_reason_is_not_kept_where_nothing_is_lacking(commune: Office) -> None:
    form = locking.lock(commune, filled(commune), "Không cần")
    assert form.assessment.lock is not None
    assert form.assessment.lock.incomplete == ""


def test_it_is_locked_once(commune: Office) -> None:
    form = locking.lock(commune, filled(commune))
    with pytest.raises(filling.FormLocked):
        locking.lock(commune, form)


def test_the_code_stays_the_same_until_something_changes(scene: Scene, commune: Office) -> None:
    form = locking.lock(commune, filled(commune))
    first = form.assessment.lock
    assert first is not None
    form = locking.record_signed(commune, form, SignedPaper("05/BC", DAY, "An", without="Máy quét hỏng"))
    again = filling.open_form(scene.office("ban-ho"))
    assert again.assessment.lock == first
    office = scene.office("ban-ho")
    opened = locking.unlock(office, again, "Sửa số liệu")
    changed = locking.lock(office, answer(office, opened, "1.3", count="1"), "")
    assert changed.assessment.lock is not None
    assert changed.assessment.lock.code != first.code


def test_two_offices_never_have_the_same_code(scene: Scene) -> None:
    codes = set()
    for name in ("ban-ho", "ta-van"):
        office = scene.office(name)
        lock = locking.lock(office, filled(office)).assessment.lock
        assert lock is not None
        codes.add(lock.code)
    assert len(codes) == 2


def test_opening_needs_a_reason_and_voids_the_signature(scene: Scene) -> None:
    commune = scene.office("ban-ho-ready")
    form = filling.open_form(commune)
    assert form.assessment.stage is Stage.SIGNED
    before = holdings(commune.home)
    with pytest.raises(locking.ReasonMissing):
        locking.unlock(commune, form, "  ")
    assert holdings(commune.home) == before
    form = locking.unlock(commune, form, "Bổ sung tháng 12")
    assert (form.assessment.stage, form.assessment.lock, form.assessment.signed) == (
        Stage.FILLING,
        None,
        None,
    )
    assert upkeep.read_journal(commune)[-1].action == "form.unlocked"
    form = locking.lock(commune, form)
    assert form.assessment.signed is None  # the same figures, but nobody has signed this paper
    with pytest.raises(locking.AlreadyOpen):
        locking.unlock(commune, locking.unlock(commune, form, "x"), "x")


def test_whatever_a_second_machine_changes_opens_the_lock(scene: Scene, tmp_path: Path) -> None:
    one, two = scene.office("ban-ho-handed-over"), scene.office("ban-ho-2")
    receiving.take_in(two, [scene.file("ban-ho-2.cchc")])
    form = locking.unlock(two, filling.open_form(two), "Sửa")
    hand_over_of_two = answer(two, form, "1.3", count="1")
    close_and_sign(two, hand_over_of_two)
    assert filling.open_form(one).assessment.stage is Stage.SIGNED
    receiving.take_in(one, [hand_over(two, tmp_path / "two.cchc")])
    form = filling.open_form(one)
    assert form.assessment.stage is Stage.SIGNED  # it simply has what the other machine handed over
    assert form.sheet("1.3").answer.inputs == {"count": "1"}
    form = locking.unlock(one, form, "Sửa tiếp")
    answer(one, form, "1.6", count="3")
    three = hand_over(one, tmp_path / "three.cchc")
    form = locking.unlock(two, filling.open_form(two), "Sửa tiếp")
    form = close_and_sign(two, answer(two, form, "1.9", answer="không"))
    assert form.assessment.stage is Stage.SIGNED
    receiving.take_in(two, [three])
    form = filling.open_form(two)
    assert form.assessment.unsettled == ()  # they changed different things
    assert form.assessment.stage is Stage.FILLING  # but nobody has locked both changes together
    assert form.sheet("1.6").answer.inputs == {"count": "3"}
    assert form.sheet("1.9").answer.inputs == {"answer": "no"}


def test_differences_are_settled_before_figures_are_locked(scene: Scene, tmp_path: Path) -> None:
    one, two = scene.office("ban-ho-handed-over"), scene.office("ban-ho-2")
    receiving.take_in(two, [scene.file("ban-ho-1.cchc")])
    form = locking.unlock(two, filling.open_form(two), "Sửa")
    answer(two, form, "1.2", **figures_of(form, "1.2", "30"))
    receiving.take_in(one, [hand_over(two, tmp_path / "two.cchc")])
    form = filling.open_form(one)
    assert len(form.assessment.unsettled) == 1
    before = holdings(one.home)
    with pytest.raises(DifferencesUnsettled):
        locking.lock(one, form, "Vẫn chốt")
    assert holdings(one.home) == before


WHOLE: dict[str, Any] = {"number": "05/BC-UBND", "date": DAY, "signer": "Nguyễn Văn An"}


@pytest.mark.parametrize("lacking", ["number", "date", "signer", "copy"])
def test_a_signed_paper_is_whole_or_has_a_reason(scene: Scene, commune: Office, lacking: str) -> None:
    form = locking.lock(commune, filled(commune))
    data = WHOLE | {"copy": scene.evidence("ky.pdf")}
    data[lacking] = {"number": " ", "date": None, "signer": "", "copy": None}[lacking]
    before = holdings(commune.home)
    with pytest.raises(locking.SignedDataMissing):
        locking.record_signed(commune, form, SignedPaper(**data))
    assert holdings(commune.home) == before
    form = locking.record_signed(commune, form, SignedPaper(**data, without="Chưa có văn thư"))
    assert form.assessment.stage is Stage.SIGNED


def test_the_scanned_copy_is_evidence_of_the_form(scene: Scene, commune: Office) -> None:
    form = locking.lock(commune, filled(commune))
    copy = scene.evidence("báo cáo đã ký.pdf", PDF * 2)
    form = locking.record_signed(commune, form, SignedPaper(**WHOLE, copy=copy, without="bỏ qua"))
    signed = form.assessment.signed
    assert signed is not None
    assert (signed.number, signed.date, signed.signer) == tuple(WHOLE.values())
    assert (signed.name, signed.size, signed.without) == ("báo cáo đã ký.pdf", 2 * len(PDF), "")
    assert commune.evidence.path(signed.sha256 or "").read_bytes() == PDF * 2
    assert upkeep.check(commune).files == 1
    assert filling.open_form(commune).assessment.stage is Stage.SIGNED


def test_the_paper_comes_after_the_lock_and_its_copy_must_be_there(scene: Scene, commune: Office) -> None:
    form = filled(commune)
    with pytest.raises(locking.NotLocked):
        locking.record_signed(commune, form, SignedPaper(**WHOLE, without="x"))
    form = locking.lock(commune, form)
    before = holdings(commune.home)
    with pytest.raises(EvidenceUnreadable):
        locking.record_signed(commune, form, SignedPaper(**WHOLE, copy=scene.folder / "không có.pdf"))
    assert holdings(commune.home) == before


def test_a_paper_older_than_its_figures_is_entered_only_when_somebody_says_that_its_date_is_right(
    commune: Office,
) -> None:
    form = locking.lock(commune, filled(commune))
    assert form.assessment.lock is not None
    day_before = day_of(form.assessment.lock.at) - dt.timedelta(days=1)
    paper = SignedPaper("05/BC-UBND", day_before, "Nguyễn Văn An", without="x")
    before = holdings(commune.home)
    with pytest.raises(locking.SignedBeforeLock):
        locking.record_signed(commune, form, paper)
    assert holdings(commune.home) == before
    form = locking.record_signed(commune, form, replace(paper, though_earlier=True))
    assert form.assessment.signed is not None
    assert form.assessment.signed.date == day_before


def test_without_a_backup_nothing_is_locked(commune: Office) -> None:
    form = filled(commune)
    folder = commune.home / "backups"
    for copy in folder.iterdir():
        copy.unlink()
    folder.rmdir()
    folder.write_bytes(b"")
    before = holdings(commune.home)
    with pytest.raises(BackupNotMade):
        locking.lock(commune, form)
    assert holdings(commune.home) == before
    assert filling.open_form(commune).assessment.stage is Stage.FILLING
