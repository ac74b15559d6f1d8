"""The demonstration: one province and six communes of 2026 play the whole round trip with generated evidence.

It uses the same services as the window and the command line. Xã Tả Van hands over twice; xã Mường Bo works on two
machines that give 3.7 different figures, and settles it; the bundle of xã Nậm Chày is changed on its way.
"""

from __future__ import annotations

import base64
import random
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from exports.signing import keys
from parindex_desktop.domain.errors import UserError, reason_of
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.scoring.answers import Answer
from parindex_desktop.domain.text import folded
from parindex_desktop.domain.unit_changes import NewUnit
from parindex_desktop.domain.units import Level
from parindex_desktop.services import (
    differences,
    enrolling,
    filling,
    handing_over,
    kits,
    locking,
    paper_texts,
    received,
    receiving,
    register,
    reporting,
)
from parindex_desktop.services.demonstration_figures import fill
from parindex_desktop.services.files import write_whole
from parindex_desktop.services.founding import NewOffice, found
from parindex_desktop.services.homes import HomeNotWritable
from resources.language import day_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.receiving import Taken

YEAR: Final = "2026"
PASSPHRASE: Final = "demo"  # noqa: S105 (a demonstration has nothing to hide)
PROVINCE: Final = "Sở Nội vụ tỉnh Lào Cai"
COMMUNES: Final = (
    ("03046", "Xã Bản Hồ"),
    ("03037", "Xã Tả Van"),
    ("03043", "Xã Mường Bo"),
    ("03076", "Xã Nậm Chày"),
    ("02701", "Xã Y Tý"),
    ("02869", "Xã Bản Liền"),
)
PAPER_TEXTS: Final = {
    "superior": "Ủy ban nhân dân tỉnh Lào Cai",
    "office": "Sở Nội vụ",
    "place": "Lào Cai",
    "signer": "Trần Văn Hùng",
}
TWICE, TWO_MACHINES, TAMPERED = "Xã Tả Van", "Xã Mường Bo", "Xã Nậm Chày"
DISPUTED: Final = "3.7"

Tell = "Callable[[Message], None]"


class FolderNotEmpty(UserError):
    """The demonstration writes into a folder of its own."""

    code = "demo.folder_not_empty"
    template = msgid(
        "The folder {folder} is not empty. Nothing was changed; name a new folder for the demonstration."
    )


class DemonstrationBroken(AssertionError):
    """The story did not go as it must: a bug of ours."""


@dataclass(slots=True)
class _Stage:
    """The folders and the offices of the play."""

    folder: Path
    tell: Callable[[Message], None]
    offices: dict[str, Office] = field(default_factory=dict)

    @property
    def bundles(self) -> Path:
        return self.folder / "bundles"

    @property
    def reports(self) -> Path:
        return self.folder / "reports"

    def close(self) -> None:
        for office in self.offices.values():
            office.close()


def play(folder: Path, tell: Callable[[Message], None]) -> None:
    """Play the round trip into `folder`, telling each step. Raises `FolderNotEmpty` or `HomeNotWritable`."""
    stage = _Stage(folder, tell)
    try:
        if folder.exists() and any(folder.iterdir()):
            raise FolderNotEmpty(folder=str(folder))
        for each in (stage.bundles, stage.reports, folder / "homes", folder / "evidence"):
            each.mkdir(parents=True)
    except OSError as fault:
        raise HomeNotWritable(home=str(folder), reason=reason_of(fault)) from fault
    try:
        province = _found_province(stage)
        _enrol_communes(stage, province)
        _send_kit(stage, province)
        for number, (_, name) in enumerate(COMMUNES):
            _fill(stage, name, random.Random(number))  # noqa: S311 (figures of a play)
        _second_machine_begins(stage, province)
        first = {name: _hand_over(stage, name) for _, name in COMMUNES}
        _take_in_first(stage, province, first)
        _hand_over_twice(stage, province, first[TWICE])
        _two_machines(stage, province)
        _print(stage, province)
    finally:
        stage.close()


def _found_province(stage: _Stage) -> Office:
    office = found(stage.folder / "homes" / _slug(PROVINCE), NewOffice(Level.PROVINCE, PROVINCE, PASSPHRASE))
    stage.offices[PROVINCE] = office
    criteria = register.import_set(office, register.shipped_sets()["commune-2026.json"])
    register.add_units(office, [NewUnit(code, name, Level.COMMUNE) for code, name in COMMUNES])
    register.open_period(office, YEAR, [criteria], date(2026, 12, 15))
    for name, text in PAPER_TEXTS.items():
        paper_texts.set_paper_text(office, name, text)
    root = register.current_kit(office).root
    assert root is not None
    text = base64.encodebytes(root).decode()
    write_whole(
        stage.folder / "root.pem", f"-----BEGIN CERTIFICATE-----\n{text}-----END CERTIFICATE-----\n".encode()
    )
    stage.tell(
        Message(
            "demo.province",
            "1. {name} sets up its register: {units} communes, the set “{set}”, the year {year}.",
            {"name": PROVINCE, "units": len(COMMUNES), "set": criteria.name, "year": YEAR},
        )
    )
    return office


def _enrol_communes(stage: _Stage, province: Office) -> None:
    for code, name in COMMUNES:
        _enrol(stage, province, code, name, name)
    stage.tell(
        Message(
            "demo.enrolled",
            "2. Each commune makes its key and a signing request; the province hears the key code and enrols it.",
        )
    )


def _enrol(stage: _Stage, province: Office, code: str, name: str, machine: str) -> None:
    office = found(stage.folder / "homes" / _slug(machine), NewOffice(Level.COMMUNE, name, PASSPHRASE))
    stage.offices[machine] = office
    request = stage.folder / "evidence" / f"{_slug(machine)}.csr"
    fingerprint = enrolling.write_request(office, request, PASSPHRASE)
    enrolling.approve(province, request.read_bytes(), code, keys.spoken(fingerprint), PASSPHRASE)


def _send_kit(stage: _Stage, province: Office) -> None:
    file, _ = kits.export_kit(province, PASSPHRASE, stage.bundles, _silent)
    assert province.record.key is not None
    for name, office in stage.offices.items():
        if name != PROVINCE:
            _expect(
                receiving.take_in(office, [file], trust=keys.spoken(province.record.key))[0], "first", "later"
            )
    stage.tell(
        Message(
            "demo.kit",
            "3. The kit {file} goes out; every commune types the province's key code and takes it in.",
            {"file": file.name},
        )
    )


def _fill(stage: _Stage, name: str, chance: random.Random) -> None:
    form = fill(stage.offices[name], YEAR, stage.folder / "evidence", chance)
    total = form.assessment.totals.overall
    stage.tell(
        Message(
            "demo.filled",
            "4. {name} fills its form offline: {points} of {maximum} points, {scored} criteria.",
            {"name": name, "points": total.points, "maximum": total.maximum, "scored": total.scored},
        )
    )


def _hand_over(stage: _Stage, name: str, machine: str | None = None) -> Path:
    """Lock, print, sign on paper, enter the number, sign the bundle: the order that offices keep."""
    office = stage.offices[machine or name]
    form = locking.lock(office, filling.open_form(office, YEAR))
    times = handing_over.times_handed_over(form) + 1
    paper = stage.reports / f"{_slug(machine or name)}-lan-{times}.pdf"
    reporting.write_report(office, reporting.Kind.SELF_ASSESSMENT, paper, YEAR)
    day = max(date(2026, 12, 10), day_of(office.clock()))
    signed = locking.SignedPaper(f"{40 + times}/BC-UBND", day, "Nguyễn Văn Minh", paper)
    form = locking.record_signed(office, form, signed)
    target = stage.bundles / f"{_slug(machine or name)}-{YEAR}-lan-{times}.cchc"
    form, done = handing_over.hand_over(office, form, PASSPHRASE, target)
    assert form.assessment.lock is not None
    stage.tell(
        Message(
            "demo.handed_over",
            "5. {name} locks (code {code}), prints, signs on paper and hands over {file}, {size} bytes.",
            {"name": name, "code": form.assessment.lock.code, "file": target.name, "size": done.written.size},
        )
    )
    return target


def _take_in_first(stage: _Stage, province: Office, first: dict[str, Path]) -> None:
    """Everything that came, and the changed copy of one bundle before the sound one."""
    tampered = stage.bundles / f"{_slug(TAMPERED)}-{YEAR}-bi-sua.cchc"
    data = bytearray(first[TAMPERED].read_bytes())
    data[len(data) * 3 // 4] ^= 0x01
    tampered.write_bytes(data)
    refused = receiving.take_in(province, [tampered])[0]
    _expect(refused, "refused")
    stage.tell(
        Message(
            "demo.tampered",
            "6. The bundle {file}, of which one bit was changed, is refused: {reason}",
            {"file": tampered.name, "reason": refused.problem},
        )
    )
    taken = receiving.take_in(province, [path for name, path in first.items() if name != TWICE])
    for each in taken:
        _expect(each, "first")
    stage.tell(Message("demo.taken_in", "7. The province takes in {count} bundles.", {"count": len(taken)}))


def _hand_over_twice(stage: _Stage, province: Office, first: Path) -> None:
    """The second hand-over arrives before the first: nothing is lost, the older one is known as older."""
    office = stage.offices[TWICE]
    form = locking.unlock(office, filling.open_form(office, YEAR), "Bổ sung số liệu tháng 12")
    criterion = form.sheet("1.9").criterion
    form = filling.answer(office, form, criterion, Answer(inputs={"answer": "yes"}))
    filling.set_text(office, form, criterion, "explanation", "Đã tổ chức khảo sát ngày 05/12/2026.")
    second = _hand_over(stage, TWICE)
    newer, older = receiving.take_in(province, [second]), receiving.take_in(province, [first])
    _expect(newer[0], "later")
    _expect(older[0], "older")
    stage.tell(
        Message(
            "demo.twice",
            "8. {name} hands over again; the second bundle comes first (missing: {missing}), "
            "the first one later and is known as older.",
            {"name": TWICE, "missing": ", ".join(map(str, newer[0].missing))},
        )
    )


def _second_machine_begins(stage: _Stage, province: Office) -> None:
    """The second machine of one commune is enrolled and gets the draft of the first."""
    machine = f"{TWO_MACHINES} máy 2"
    code = next(code for code, name in COMMUNES if name == TWO_MACHINES)
    _enrol(stage, province, code, TWO_MACHINES, machine)
    file, _ = kits.export_kit(province, PASSPHRASE, stage.bundles, _silent)
    assert province.record.key is not None
    for each in (machine, TWO_MACHINES):
        taken = receiving.take_in(stage.offices[each], [file], trust=keys.spoken(province.record.key))
        _expect(taken[0], "first", "later")
    office = stage.offices[TWO_MACHINES]
    _, draft = handing_over.export_draft(office, filling.open_form(office, YEAR), PASSPHRASE, stage.bundles)
    _expect(receiving.take_in(stage.offices[machine], [draft.target])[0], "first", "later")
    for each, figures in ((TWO_MACHINES, "456"), (machine, "480")):
        office = stage.offices[each]
        form = filling.open_form(office, YEAR)
        criterion = form.sheet(DISPUTED).criterion
        typed = {"numerator": figures, "denominator": "1.200"}
        form = filling.answer(office, form, criterion, filling.typed_answer(form, criterion, typed))
        filling.set_text(office, form, criterion, "reason", "Đang số hóa nốt hồ sơ lưu của các năm trước.")
    stage.tell(
        Message(
            "demo.second_machine",
            "   {name} goes on at two machines after a draft was passed on; both change criterion {code}.",
            {"name": TWO_MACHINES, "code": DISPUTED},
        )
    )


def _two_machines(stage: _Stage, province: Office) -> None:
    """Both machines hand over; both sides see the difference; the commune settles it and hands over again."""
    machine = f"{TWO_MACHINES} máy 2"
    other = _hand_over(stage, TWO_MACHINES, machine)
    taken = receiving.take_in(province, [other])[0]
    _expect(taken, "forked")
    stage.tell(
        Message(
            "demo.forked",
            "9. The second machine of {name} hands over too: two versions side by side, {count} value(s) to settle.",
            {"name": TWO_MACHINES, "count": taken.differences},
        )
    )
    office = stage.offices[TWO_MACHINES]
    _expect(receiving.take_in(office, [other])[0], "forked")
    form = filling.open_form(office, YEAR)
    open_keys = [each.key for each in differences.differences(office, YEAR)]
    for key in open_keys:
        form = differences.settle(office, form, key, 2)
    settled = _hand_over(stage, TWO_MACHINES)
    again = receiving.take_in(province, [settled])[0]
    _expect(again, "later")
    if again.differences:
        raise DemonstrationBroken(again)
    stage.tell(
        Message(
            "demo.settled",
            "10. {name} settles {count} value(s) and hands over; at the province nothing differs any more.",
            {"name": TWO_MACHINES, "count": len(open_keys)},
        )
    )


def _print(stage: _Stage, province: Office) -> None:
    for ending in (".pdf", ".xlsx"):
        reporting.write_report(
            province, reporting.Kind.SELF_SUMMARY, stage.reports / f"tong-hop-{YEAR}{ending}", YEAR
        )
    rows = received.overview(province, YEAR)
    stage.tell(
        Message(
            "demo.printed",
            "11. The province prints the summary of {count} units (not appraised, no ranks): reports/.",
            {"count": len(rows)},
        )
    )


def _expect(taken: Taken, *outcomes: str) -> None:
    if taken.outcome.value not in outcomes:
        raise DemonstrationBroken(taken)


def _silent(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def _slug(name: str) -> str:
    return "-".join(folded(name).split())
