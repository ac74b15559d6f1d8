"""Evidence of tasks and criteria: attached to one it serves the other, never behind a lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from parindex_desktop.domain.documents import ClassifiedHasFile, Document
from parindex_desktop.domain.documents import Form as DocumentForm
from parindex_desktop.services import attaching, filling, locking, progressing, proving, releasing, upkeep
from tests.offices import PDF, fill, leaf, paper_at
from tests.services import plans

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def commune(scene: Scene, tmp_path: Path) -> Office:
    plans.issue(scene, tmp_path)
    plans.send(scene, tmp_path / "kit-ke-hoach.cchc", "ban-ho")
    return scene.office("ban-ho")


def names(office: Office, code: str = "1.2") -> list[str]:
    return [each.document.name for each in filling.open_form(office).sheet(code).evidence]


def proofs(office: Office, no: str = "I.1") -> list[tuple[str, str]]:
    return [(p.document.name, p.page) for p in progressing.open_progress(office).task(no).proofs]


def attach(office: Office, source: Path, no: str = "I.1") -> proving.Proven:
    progress = progressing.open_progress(office)
    return proving.attach_file(office, progress, progress.task(no), source, "2")


def test_a_document_of_a_task_proves_the_criteria_that_it_serves(scene: Scene, commune: Office) -> None:
    proven = attach(commune, scene.evidence("ke-hoach.pdf"))
    assert (proven.shared, proven.locked) == (("1.2",), ())
    assert proofs(commune) == [("ke-hoach.pdf", "2")]
    assert names(commune) == ["ke-hoach.pdf"]
    (linked,) = filling.open_form(commune).sheet("1.2").evidence
    assert (linked.document.id, linked.page) == (proven.document.id, "2")
    assert attach(commune, scene.evidence("ke-hoach.pdf"), "I.2").shared == ()
    assert names(commune) == ["ke-hoach.pdf"], "the second task serves no criterion"
    assert attach(commune, scene.evidence("ban-sao.pdf")).document.id == proven.document.id, (
        "the same content"
    )


def test_a_document_of_a_criterion_proves_the_tasks_that_serve_it(scene: Scene, commune: Office) -> None:
    form = filling.open_form(commune)
    form, document = attaching.attach_file(
        commune, form, leaf(form, "1.2"), scene.evidence("ke-hoach.pdf"), "3"
    )
    assert proofs(commune) == [("ke-hoach.pdf", "3")]
    attaching.describe_document(commune, form, document.described(subject="Kế hoạch CCHC", number="01"))
    progress = progressing.open_progress(commune)
    (proof,) = progress.task("I.1").proofs
    assert (proof.document.subject, proof.document.number) == ("Kế hoạch CCHC", "01")
    progress = proving.describe(commune, progress, proof.document.described(number="02"))
    (linked,) = filling.open_form(commune).sheet("1.2").evidence
    assert linked.document.number == "02"
    form, _ = attaching.attach_file(
        commune, filling.open_form(commune), leaf(form, "2.1"), scene.evidence("khac.pdf", PDF + b"khac")
    )
    assert proofs(commune) == [("ke-hoach.pdf", "3")], "no task serves that criterion"


def test_evidence_without_a_file_is_shared_too_and_classified_papers_never_have_one(
    scene: Scene, commune: Office
) -> None:
    progress = progressing.open_progress(commune)
    assert proving.add_document(commune, progress, progress.task("I.1"), paper_at()).shared == ("1.2",)
    about = Document("x", DocumentForm.CLASSIFIED)
    source = scene.evidence("mat.pdf")
    with pytest.raises(ClassifiedHasFile):
        proving.attach_file(commune, progress, progress.task("I.1"), source, about=about)


def test_nothing_is_linked_behind_a_lock_and_it_is_offered_afterwards(scene: Scene, commune: Office) -> None:
    form = fill(commune, filling.open_form(commune))
    form = locking.lock(commune, form, "Chưa đủ")
    proven = attach(commune, scene.evidence("ke-hoach.pdf"))
    assert (proven.shared, proven.locked) == ((), ("1.2",))
    assert names(commune) == []
    offered = proving.unshared(commune, proven.progress)
    assert [(each.work.task.no, each.criterion.code) for each in offered] == [("I.1", "1.2")]
    with pytest.raises(filling.FormLocked):
        proving.share(commune, proven.progress, offered)
    locking.unlock(commune, filling.open_form(commune), "Bổ sung")
    assert proving.share(commune, proven.progress, offered) == 1
    assert names(commune) == ["ke-hoach.pdf"]
    assert proving.unshared(commune, proven.progress) == []
    assert proving.share(commune, proven.progress, []) == 0


def test_a_document_goes_with_its_last_task_and_criteria_keep_theirs(scene: Scene, commune: Office) -> None:
    proven = attach(commune, scene.evidence("ke-hoach.pdf"))
    progress, id_ = proven.progress, proven.document.id
    progress = proving.link_document(commune, progress, progress.task("I.2"), id_).progress
    progress = proving.unlink(commune, progress, progress.task("I.1"), id_)
    assert (proofs(commune), proofs(commune, "I.2")) == ([], [("ke-hoach.pdf", "")])
    progress = proving.unlink(commune, progress, progress.task("I.2"), id_)
    assert progress.said.documents == {}
    assert names(commune) == ["ke-hoach.pdf"]
    for ask in (proving.link_document, proving.unlink):
        with pytest.raises(attaching.DocumentUnknown):
            ask(commune, progress, progress.task("I.1"), id_)
    with pytest.raises(attaching.DocumentUnknown):
        proving.describe(commune, progress, proven.document)


def test_files_that_progress_names_are_kept_and_missed(
    scene: Scene, commune: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = attach(commune, scene.evidence("bao-cao.pdf", PDF + b"bao cao"), "I.2").document
    monkeypatch.setattr(releasing, "UNUSED_FOR", -releasing.UNUSED_FOR)
    assert releasing.release(commune).files == 0
    assert upkeep.check(commune).sound
    assert stored.sha256 is not None
    commune.evidence.path(stored.sha256).unlink()
    (missing,) = upkeep.check(commune).missing
    assert (missing.year, missing.tasks, missing.name) == ("2026", ("I.2",), "bao-cao.pdf")
