"""Offices for the tests of pages: founded once in a session, then copied, since making a key takes its time.

`province` has enrolled Xã Bản Hồ (two machines: `commune` and `second_machine`) and has opened 2026 for the shipped
set; both hold its kit. Phường Sa Pa is in the kit but has no key yet. `newcomer` is set up and has no kit. All of
them live at `NOW` and have the passphrase `PASSPHRASE`.
"""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

import pytest

import resources
from parindex_desktop.domain.scoring.inputs import InputKind
from parindex_desktop.domain.units import Level
from parindex_desktop.services import enrolling, filling, founding, kits, locking, receiving, register
from parindex_desktop.services.homes import Office, open_home
from parindex_desktop.services.locking import SignedPaper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from parindex_desktop.domain.scoring.inputs import InputSpec
    from parindex_desktop.services.filling import Form

PASSPHRASE = "demo"
NOW = dt.datetime(2026, 11, 20, 2, 41, 7, tzinfo=dt.UTC)
YEAR = "2026"
DEADLINE = dt.date(2026, 12, 15)
ACTOR = "lan"


def clock() -> dt.datetime:
    """The time at which all of it happens."""
    return NOW


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed homes `province`, `commune`, `second`, `newcomer` side by side, and the kit `kit.cchc`."""
    folder = tmp_path_factory.mktemp("founded")
    with _found(folder / "province", Level.PROVINCE, "Sở Nội vụ tỉnh Lào Cai") as province:
        criteria = register.import_set(province, resources.file("criteria/commune-2026.json").read_bytes())
        register.add_units(
            province,
            [
                register.NewUnit("03001", "Ủy ban nhân dân xã Bản Hồ", Level.COMMUNE),
                register.NewUnit("03002", "Ủy ban nhân dân xã Tả Van", Level.COMMUNE),
                register.NewUnit("03003", "Ủy ban nhân dân phường Sa Pa", Level.COMMUNE),
            ],
        )
        register.open_period(province, YEAR, [criteria], DEADLINE)
        codes = {name: _enrol(province, folder, name) for name in ("commune", "second")}
        kits.export_kit(province, PASSPHRASE, folder / "kit.cchc", lambda _done, _total: None)
        trusted = code_of(province)
    for name in codes:
        with open_home(folder / name, clock, ACTOR) as office:
            take_kit(office, folder / "kit.cchc", trusted)
    _found(folder / "newcomer", Level.COMMUNE, "Ủy ban nhân dân xã Mường Bo").close()
    return folder


@pytest.fixture
def kit(founded: Path) -> Path:
    """The province's kit."""
    return founded / "kit.cchc"


@pytest.fixture
def copied(founded: Path, tmp_path: Path) -> Iterator[Callable[[str], Office]]:
    """Opens a copy of one of the founded homes; closed after the test."""
    opened: list[Office] = []

    def office(name: str) -> Office:
        shutil.copytree(founded / name, tmp_path / "homes" / name)
        opened.append(open_home(tmp_path / "homes" / name, clock, ACTOR))
        return opened[-1]

    yield office
    for each in opened:
        each.close()


@pytest.fixture
def province(copied: Callable[[str], Office]) -> Office:
    """The province, its year open and its units enrolled."""
    return copied("province")


@pytest.fixture
def commune(copied: Callable[[str], Office]) -> Office:
    """Xã Bản Hồ, enrolled, with an empty form."""
    return copied("commune")


@pytest.fixture
def second_machine(copied: Callable[[str], Office]) -> Office:
    """The other machine of Xã Bản Hồ."""
    return copied("second")


@pytest.fixture
def newcomer(copied: Callable[[str], Office]) -> Office:
    """An office without a kit."""
    return copied("newcomer")


def code_of(office: Office) -> str:
    """The key code of an office, as it is typed by who hears it."""
    assert office.record.key is not None
    return office.record.key


def take_kit(office: Office, kit: Path, trusted: str) -> None:
    """Let `office` take in the kit of the province with that key code."""
    (taken,) = receiving.take_in(office, [kit], trust=trusted)
    assert taken.outcome.is_new, taken.problem


def fill(office: Office, form: Form, but: int = 0) -> Form:
    """Answer and explain every criterion that is self-scored, `but` the last few."""
    leaves = [leaf for leaf in form.criteria.leaves() if leaf.inputs]
    values: dict[str, object] = {}
    for leaf in leaves[: len(leaves) - but]:
        given = form.assessment.sheets[leaf.id].given
        typed = {spec.name: _typed(spec) for spec in leaf.inputs if spec.name not in given}
        answer = filling.typed_answer(form, leaf, typed)
        values[f"answer/{leaf.id}/figures"] = {
            "applicability": answer.applicability.value,
            "ground": "",
            "inputs": dict(answer.inputs),
        }
        values[f"answer/{leaf.id}/explanation"] = "Số liệu trích từ hệ thống một cửa của xã."
    return filling.put(office, form, values)  # type: ignore[arg-type]  # entries are JSON


def lock_and_sign(office: Office, form: Form) -> Form:
    """Lock a complete form and enter its paper, without a scanned copy."""
    form = locking.lock(office, form)
    paper = SignedPaper("05/BC-UBND", NOW.date(), "Nguyễn Văn An", without="Máy quét hỏng")
    return locking.record_signed(office, form, paper)


def _typed(spec: InputSpec) -> str:
    if spec.name == "denominator":
        return "30"
    match spec.kind:
        case InputKind.COUNT:
            return "9"
        case InputKind.AMOUNT:
            return "12,5"
        case InputKind.YES_NO | InputKind.CHECK:
            return "có"
        case InputKind.DATE:
            return "15/01/2026"
        case InputKind.CHOICE:
            return spec.options[0].id


def _found(home: Path, level: Level, name: str) -> Office:
    return founding.found(home, founding.NewOffice(level, name, PASSPHRASE), clock, ACTOR)


def _enrol(province: Office, folder: Path, name: str) -> str:
    request = folder / f"{name}.csr"
    with _found(folder / name, Level.COMMUNE, "Ủy ban nhân dân xã Bản Hồ") as office:
        code = enrolling.write_request(office, request, PASSPHRASE)
    enrolling.approve(province, request.read_bytes(), "03001", code, PASSPHRASE)
    return code
