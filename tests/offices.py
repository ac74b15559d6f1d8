"""Offices at work, made once in a test run and copied for each test, since making and opening keys takes its time.

`scene` holds closed homes side by side, and the files that passed between them:

* `province`, whose kit (`kit.cchc`) names Xã Bản Hồ (03001, two machines), Xã Tả Van (03002), and Xã Mường Bo (03003,
  which has no key yet); 2026 is open with the shipped set;
* `ban-ho`, `ban-ho-2` and `ta-van` with that kit and an empty form; `stranger`, an office without any kit;
* `ban-ho-ready`: every criterion filled in, locked and signed, not handed over;
* `ban-ho-handed-over`: the same after `ban-ho-1.cchc`, then changed and handed over again as `ban-ho-2.cchc`;
* `ta-van-1.cchc`; `ban-ho-draft.cchc`, made at `ban-ho` before anything was handed over.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

import resources
from exports.bundles.reading import verify_bundle
from exports.bundles.writing import make_seal, write_bundle
from exports.signing import keys
from parindex_desktop.domain.documents import Document
from parindex_desktop.domain.documents import Form as DocumentForm
from parindex_desktop.domain.revisions import SELF, Entry
from parindex_desktop.domain.scoring.inputs import InputKind
from parindex_desktop.domain.units import Level
from parindex_desktop.services import (
    attaching,
    enrolling,
    filling,
    founding,
    handing_over,
    kits,
    locking,
    receiving,
    register,
    sealing,
    unit_lists,
)
from parindex_desktop.services.homes import Office, open_home
from parindex_desktop.services.locking import SignedPaper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.revisions import Revision
    from parindex_desktop.domain.scoring.inputs import InputSpec
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.receiving import Taken

PASSPHRASE = "mat khau"
YEAR = "2026"
NOW = dt.datetime(2026, 11, 20, 2, 41, 7, tzinfo=dt.UTC)
UNITS = {
    "03001": "Ủy ban nhân dân xã Bản Hồ",
    "03002": "Ủy ban nhân dân xã Tả Van",
    "03003": "Ủy ban nhân dân xã Mường Bo",
}
MACHINES = {"ban-ho": "03001", "ban-ho-2": "03001", "ta-van": "03002"}
PDF = b"%PDF-1.7 minh hoa\n%%EOF\n"


@dataclass
class Clock:
    """A clock that goes on by a second each time it is looked at."""

    now: dt.datetime = NOW

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(seconds=1)
        return self.now


@dataclass
class Scene:
    """Copies of the homes for one test; whatever it opens is closed after the test."""

    made: Path
    folder: Path
    clock: Clock = field(default_factory=Clock)
    opened: list[Office] = field(default_factory=list)

    def file(self, name: str) -> Path:
        """One of the files that passed between the offices; not to be changed."""
        return self.made / name

    def home(self, name: str) -> Path:
        """A copy of a home, closed."""
        home = self.folder / name
        if not home.exists():
            shutil.copytree(self.made / name, home)
        return home

    def office(self, name: str) -> Office:
        """A copy of a home, opened; opened anew where it was open already."""
        home = self.home(name)
        for office in [each for each in self.opened if each.home == home]:
            office.close()
            self.opened.remove(office)
        self.opened.append(open_home(home, self.clock, "lan"))
        return self.opened[-1]

    def new(self, name: str, level: Level, title: str) -> Office:
        """An office that did not exist before."""
        with light_keys():
            office = founding.found(
                self.folder / name, founding.NewOffice(level, title, PASSPHRASE), self.clock
            )
        self.opened.append(office)
        return office

    def evidence(self, name: str, content: bytes = PDF) -> Path:
        """A file that somebody attaches."""
        path = self.folder / name
        path.write_bytes(content)
        return path

    def close(self) -> None:
        for office in self.opened:
            office.close()


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that `make` fills once for all processes of the test run."""
    folder = factory.getbasetemp().parent / f"shared-{name}"
    if "PYTEST_XDIST_WORKER" not in os.environ:
        folder = factory.mktemp(name)
    with FileLock(f"{folder}.lock"):
        done = folder / "made"
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def made_scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with light_keys():
        return made_once(tmp_path_factory, "scene", make_scene)


@pytest.fixture
def scene(made_scene: Path, tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(made_scene, tmp_path)
    yield scene
    scene.close()


@contextmanager
def light_keys() -> Iterator[None]:
    """Key files of few rounds, which open at once; tests/exports/signing has the real ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "_ROUNDS", 1000)
        yield


def make_scene(folder: Path) -> None:
    clock = Clock(NOW - dt.timedelta(days=1))

    def found(name: str, level: Level, title: str) -> Office:
        return founding.found(folder / name, founding.NewOffice(level, title, PASSPHRASE), clock, "lan")

    with found("province", Level.PROVINCE, "Sở Nội vụ tỉnh Lào Cai") as province:
        criteria = register.import_set(province, shipped_set())
        register.add_units(province, [register.NewUnit(c, n, Level.COMMUNE) for c, n in UNITS.items()])
        register.open_period(province, YEAR, [criteria], dt.date(2026, 12, 15))
        for machine, code in MACHINES.items():
            with found(machine, Level.COMMUNE, UNITS[code]) as office:
                enrol(province, office, code, folder / f"{machine}.csr")
        kits.export_kit(province, PASSPHRASE, folder / "kit.cchc", quiet)
        for machine in MACHINES:
            with open_home(folder / machine, clock, "lan") as office:
                (taken,) = take_kit(office, folder / "kit.cchc", province)
                assert taken.outcome.is_new
    found("stranger", Level.COMMUNE, "Ủy ban nhân dân xã Lạ").close()
    _hand_over_at_ban_ho(folder, clock)
    shutil.copytree(folder / "ta-van", folder / "making")
    with open_home(folder / "making", clock, "hoa") as office:
        form = close_and_sign(office, fill(office, filling.open_form(office)))
        handing_over.hand_over(office, form, PASSPHRASE, folder / "ta-van-1.cchc")
    shutil.rmtree(folder / "making")


def _hand_over_at_ban_ho(folder: Path, clock: Clock) -> None:
    shutil.copytree(folder / "ban-ho", folder / "making")
    scan = folder / "ban-ky.pdf"
    scan.write_bytes(PDF + b"ban ky")
    with open_home(folder / "making", clock, "lan") as office:
        form = fill(office, filling.open_form(office))
        for code, page in (("1.2", "3"), ("2.1", "")):
            form, _ = attaching.attach_file(office, form, leaf(form, code), scan, page)
        form = locking.lock(office, form)
        paper = SignedPaper("05/BC-UBND", NOW.date(), "Nguyễn Văn An", scan)
        locking.record_signed(office, form, paper)
    shutil.copytree(folder / "making", folder / "ban-ho-ready")
    with open_home(folder / "making", clock, "lan") as office:
        form = filling.open_form(office)
        form, _ = handing_over.hand_over(office, form, PASSPHRASE, folder / "ban-ho-1.cchc")
        form = locking.unlock(office, form, "Bổ sung số liệu")
        form = answer(office, form, "1.2", **figures_of(form, "1.2", "7"))
        form = close_and_sign(office, form)
        handing_over.hand_over(office, form, PASSPHRASE, folder / "ban-ho-2.cchc")
    (folder / "making").rename(folder / "ban-ho-handed-over")
    shutil.copytree(folder / "ban-ho", folder / "making")
    with open_home(folder / "making", clock, "lan") as office:
        form = answer(
            office, filling.open_form(office), "1.2", **figures_of(filling.open_form(office), "1.2", "3")
        )
        handing_over.export_draft(office, form, PASSPHRASE, folder / "ban-ho-draft.cchc")
    shutil.rmtree(folder / "making")


def quiet(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def shipped_set() -> bytes:
    return resources.file("criteria/commune-2026.json").read_bytes()


def open_next_year(province: Office) -> None:
    """Open 2027 with the shipped set made for it, as a province does while 2026 still runs."""
    tree = json.loads(shipped_set()) | {"year": 2027}
    newer = register.import_set(province, json.dumps(tree, ensure_ascii=False).encode())
    register.open_period(province, "2027", [newer], dt.date(2027, 12, 15))


def key_code(office: Office) -> str:
    """The key code of an office, as it is read out."""
    return enrolling.spoken_key(office)


def enrol(province: Office, office: Office, code: str, request: Path) -> None:
    fingerprint = enrolling.write_request(office, request, PASSPHRASE)
    enrolling.approve(province, request.read_bytes(), code, fingerprint, PASSPHRASE)


def take_units(office: Office, source: Path) -> None:
    """Take the list of units in a workbook over."""
    unit_lists.take_list(office, unit_lists.look_at_list(office, source))


def take_kit(office: Office, kit: Path, province: Office) -> list[Taken]:
    return receiving.take_in(office, [kit], trust=key_code(province))


def leaf(form: Form, code: str) -> Criterion:
    return form.sheet(code).criterion


def answer(office: Office, form: Form, code: str, **typed: str) -> Form:
    """Type some inputs of a criterion."""
    criterion = leaf(form, code)
    return filling.answer(office, form, criterion, filling.typed_answer(form, criterion, typed))


def figures_of(form: Form, code: str, number: str) -> dict[str, str]:
    """Something sensible for every input of a criterion, `number` where it counts."""
    return {spec.name: typed_for(spec, number) for spec in leaf(form, code).inputs}


def typed_for(spec: InputSpec, number: str = "9") -> str:
    if spec.name == "denominator":
        return "30"
    match spec.kind:
        case InputKind.COUNT | InputKind.AMOUNT:
            return number
        case InputKind.YES_NO | InputKind.CHECK:
            return "có" if number == "9" else "không"
        case InputKind.DATE:
            return "15/01/2026"
        case InputKind.CHOICE:
            return spec.options[0].id


def fill(office: Office, form: Form, but: tuple[str, ...] = ()) -> Form:
    """Answer and explain every criterion that is self-scored, but those with the codes `but`."""
    values: dict[str, Any] = {}
    for each in form.criteria.leaves():
        if each.inputs and each.code not in but:
            entered = [spec for spec in each.inputs if spec.name not in form.assessment.sheets[each.id].given]
            given = filling.typed_answer(form, each, {spec.name: typed_for(spec) for spec in entered})
            values[f"answer/{each.id}/figures"] = {
                "applicability": given.applicability.value,
                "ground": given.ground,
                "inputs": dict(given.inputs),
            }
            values[f"answer/{each.id}/explanation"] = "Số liệu trích từ hệ thống một cửa của xã."
    return filling.put(office, form, values)


def close_and_sign(office: Office, form: Form) -> Form:
    """Lock, and enter the paper without a scanned copy."""
    form = locking.lock(office, form, "Chưa đủ tài liệu" if form.assessment.lacking() else "")
    paper = SignedPaper("06/BC-UBND", NOW.date(), "Nguyễn Văn An", without="Máy quét hỏng")
    return locking.record_signed(office, form, paper)


def hand_over(office: Office, target: Path) -> Path:
    """Lock if need be, sign and hand the form over as it stands."""
    form = filling.open_form(office)
    if form.assessment.lock is None:
        form = close_and_sign(office, form)
    handing_over.hand_over(office, form, PASSPHRASE, target)
    return target


def paper_at(place: str = "Tủ hồ sơ Văn phòng") -> Document:
    """Evidence on paper."""
    return Document(
        "0d9d4f5e-0000-4000-8000-000000000001", DocumentForm.PAPER, subject="Kế hoạch năm 2026", place=place
    )


def revision_in(bundle: Path) -> Revision:
    """The revision that a sound bundle holds."""
    return verify_bundle(bundle, judge=lambda _claims, _signer: None).revision


def forged(office: Office, revision: Revision, target: Path, kit: Kit | None = None) -> Path:
    """A bundle of whatever revision, well made and signed with the key of `office`; its evidence is what it holds."""
    sign = sealing.signer(office, kit or register.current_kit(office), PASSPHRASE)
    seal = make_seal("forged", revision.document(), made=NOW.date(), sign=sign)
    write_bundle(target, seal, evidence=office.evidence.path)
    return target


def changed(revision: Revision, values: Mapping[str, Any], **others: Any) -> Revision:
    """A revision in which some entries (and fields) were written anew."""
    entries = dict(revision.entries) | {key: Entry(value, (SELF,)) for key, value in values.items()}
    return replace(revision, entries=entries, **others)


def content_of(home: Path) -> dict[str, list[Any]]:
    """Every row of every table of a home's database that says what is held; not the journal and the inbox."""
    with closing(sqlite3.connect(f"file:{home / 'office.db'}?mode=ro", uri=True)) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(map(repr, database.execute(f"SELECT * FROM {name}")))
            for name in names
            if name not in {"journal", "arrival"}
        }


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def holdings(home: Path) -> str:
    """All that an office holds, to be compared: the database but journal and inbox, evidence, staging."""
    return json.dumps(
        [content_of(home), sorted(files_of(home / "evidence")), sorted(files_of(home / "staging"))],
        default=repr,
    )
