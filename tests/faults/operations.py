"""What is broken off in the middle: ten operations of an office, and how to see which of two states it is in."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from exports.bundles.reading import verify_bundle
from exports.signing import keys
from exports.signing.keys import WrongPassphrase
from parindex_desktop.domain.people import Assignee
from parindex_desktop.services import (
    attaching,
    duties,
    filling,
    handing_over,
    locking,
    moving,
    passphrases,
    people,
    receiving,
    releasing,
    upkeep,
    work_handover,
)
from parindex_desktop.services.homes import Office, open_home
from parindex_desktop.services.locking import SignedPaper
from tests.offices import NOW, PASSPHRASE, YEAR, Clock, answer, leaf, light_keys
from tests.versions import newer_kit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class Operation:
    """`act` is done to an office in a folder that also holds `files`; `seen` tells what came of it.

    `before` is done beforehand, and never broken off.
    """

    home: str
    files: tuple[str, ...]
    act: Callable[[Office, Path], object]
    seen: Callable[[Office, Path], Any]
    before: Callable[[Office, Path], object] = lambda _office, _folder: None


def opened(home: Path) -> Office:
    return open_home(home, Clock(), "lan")


def _form(office: Office, _: Path) -> Any:
    """All that was entered, whatever documents are called inside."""
    form = filling.open_form(office, YEAR)
    sheets = [
        (s.answer, s.explanation, s.reason, s.note, len(s.evidence)) for s in form.assessment.sheets.values()
    ]
    return sheets, form.assessment.stage, sorted(form.series.held), len(form.assessment.unsettled)


def _answer(office: Office, _: Path) -> None:
    answer(office, filling.open_form(office), "1.3", count="2")


def _attach(office: Office, folder: Path) -> None:
    form = filling.open_form(office)
    if not form.sheet("1.2").evidence:
        attaching.attach_file(office, form, leaf(form, "1.2"), folder / "ban-ky.pdf", "3")


def _unlock(office: Office, _: Path) -> None:
    locking.unlock(office, filling.open_form(office), "Sửa")


def _lock(office: Office, _: Path) -> None:
    form = filling.open_form(office)
    if form.assessment.lock is None:
        locking.lock(office, form, "Chưa đủ")


def _sign(office: Office, folder: Path) -> None:
    paper = SignedPaper("05/BC-UBND", NOW.date(), "Nguyễn Văn An", folder / "ban-ky.pdf")
    locking.record_signed(office, filling.open_form(office), paper)


def _hand_over(office: Office, folder: Path) -> None:
    handing_over.hand_over(office, filling.open_form(office), PASSPHRASE, folder / "out.cchc")


def _handed_over(office: Office, folder: Path) -> Any:
    """The file is whole, or not there at all."""
    target = folder / "out.cchc"
    if target.exists():
        staged = verify_bundle(target, judge=lambda _claims, _signer: None)
        assert staged.digest in _form(office, folder)[2]
    return _form(office, folder)


def _take_in(office: Office, folder: Path) -> None:
    (taken,) = receiving.take_in(office, [folder / "ban-ho-1.cchc"])
    if taken.problem is not None:
        raise Failed(taken.problem.code)


def _take_kit(office: Office, folder: Path) -> None:
    (taken,) = receiving.take_in(office, [folder / "kit.cchc"], trust=(folder / "code").read_text("utf-8"))
    if taken.problem is not None:
        raise Failed(taken.problem.code)


def _taken_in(office: Office, _: Path) -> Any:
    from db import revisions
    from parindex_desktop.domain.revisions import Kind

    with office.begin() as session:
        kinds = [revisions.series_of_kind(session, kind) for kind in (Kind.ASSESSMENT, Kind.KIT)]
        held = [sorted(revisions.held(session, series)) for found in kinds for series in found]
    return held, upkeep.check(office).files, office.record


def _attach_by_mistake(office: Office, folder: Path) -> None:
    form = filling.open_form(office)
    form, document = attaching.attach_file(office, form, leaf(form, "1.2"), folder / "ban-ky.pdf")
    attaching.unlink(office, form, leaf(form, "1.2"), document.id)
    for path in (office.home / "evidence").glob("??/*"):
        os.utime(path, (0, 0))


def _release(office: Office, _: Path) -> None:
    releasing.release(office)


def _prove_what_becomes_void(office: Office, folder: Path) -> None:
    """A file proves what a newer set does not have; the form was moved to that, long ago, and no backup is left."""
    kit = folder.parent / "kit-2.cchc"
    if not kit.exists():
        with opened(folder / "province") as province:
            newer_kit(province, folder.parent)
    form = filling.open_form(office)
    attaching.attach_file(office, form, leaf(form, "1.9"), folder / "ban-ky.pdf")
    receiving.take_in(office, [kit])
    moving.move_form(office, filling.open_form(office))
    for path in [*(office.home / "backups").iterdir()]:
        path.unlink()
    for path in (office.home / "evidence").glob("??/*"):
        os.utime(path, (0, 0))


def _free_and_undo_the_move(office: Office, _: Path) -> None:
    releasing.release(office)
    form = filling.open_form(office)
    if moving.newer_set(form) is None:
        moving.undo_move(office, form)


def _room(office: Office, folder: Path) -> Any:
    return _form(office, folder), releasing.to_free(office)


class Failed(Exception):
    """The outcome was no success; carries its stable code."""


NEW_SECRET = "mật khẩu mới"


def _opens(office: Office, passphrase: str) -> list[bool]:
    found = []
    for path in (office.signing_key, office.root_key):
        if not path.exists():
            continue
        try:
            keys.load_key(path, passphrase)
        except WrongPassphrase:
            found.append(False)
        else:
            found.append(True)
    return found


def _change_passphrase(office: Office, _: Path) -> None:
    if not all(_opens(office, NEW_SECRET)):
        with light_keys():
            passphrases.change_passphrase(office, passphrases.NewPassphrase(PASSPHRASE, NEW_SECRET))


def _secret(office: Office, _: Path) -> Any:
    names = sorted(path.name for path in office.signing_key.parent.iterdir())
    return _opens(office, PASSPHRASE), _opens(office, NEW_SECRET), names


def _two_who_work_here(office: Office, _: Path) -> None:
    for name in ("Nguyễn Thị Lan", "Trần Văn Bình"):
        people.add(office, people.NewPerson(name))
    criteria = filling.open_form(office).criteria
    duties.assign(office, YEAR, [criteria.by_code("1")], Assignee(people.find(office, "Nguyễn Thị Lan")))


def _pass_work_on(office: Office, folder: Path) -> None:
    listed = {each.name: each for each in people.at_work(office)}
    giver = listed.get("Nguyễn Thị Lan")
    if giver is not None:
        change = passphrases.NewPassphrase(PASSPHRASE, NEW_SECRET)
        with light_keys():
            work_handover.hand_over_work(
                office, giver, listed["Trần Văn Bình"], folder / "bien-ban.pdf", change
            )


def _passed_on(office: Office, folder: Path) -> Any:
    """The one commit decides: list, duties and key are all of before, or all of after it."""
    here = [each.name for each in people.at_work(office)]
    charged = {to.name for to in duties.duties(office, YEAR).values()}
    minutes = folder / "bien-ban.pdf"
    if "Nguyễn Thị Lan" in here:
        assert not minutes.exists()  # no minutes of what did not happen
    return here, charged, _secret(office, folder)


OPERATIONS = {
    "answer": Operation("ban-ho-handed-over", (), _answer, _form, _unlock),
    "attach": Operation("ban-ho", ("ban-ky.pdf",), _attach, _form),
    "lock": Operation("ban-ho", (), _lock, _form),
    "sign": Operation("ban-ho", ("ban-ky.pdf",), _sign, _form, _lock),
    "hand over": Operation("ban-ho-ready", (), _hand_over, _handed_over),
    "free room": Operation("ban-ho", ("ban-ky.pdf",), _release, _room, _attach_by_mistake),
    "undo a move": Operation(
        "ban-ho", ("ban-ky.pdf", "province"), _free_and_undo_the_move, _form, _prove_what_becomes_void
    ),
    "take in": Operation("province", ("ban-ho-1.cchc",), _take_in, _taken_in),
    "change the passphrase": Operation("province", (), _change_passphrase, _secret),
    "pass work on": Operation("ban-ho", (), _pass_work_on, _passed_on, _two_who_work_here),
    "take in a kit": Operation("stranger", ("kit.cchc", "code"), _take_kit, _taken_in),
}


def loose_ends(home: Path) -> list[str]:
    """What should not be there in a home that was opened and closed again: half copies, unsound evidence."""
    found = [str(path) for path in (home / "staging").iterdir()]
    for path in (home / "evidence").rglob("*"):
        if path.is_file():
            actual = hashlib.sha256(path.read_bytes()).hexdigest()
            found += [str(path)] if path.parent.name + path.name != actual else []
    return found
