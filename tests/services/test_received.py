"""What a receiver sees: a row for each unit in order, and each form read-only as its office left it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from parindex_desktop.domain.unit_entries import unit_entry
from parindex_desktop.services import (
    attaching,
    evidence,
    filling,
    locking,
    received,
    receiving,
    register,
    reporting,
)
from parindex_desktop.services.received import Arrived, EvidenceNotHere, NothingReceived
from resources.language import day_of
from tests.offices import NOW, PDF, UNITS, YEAR, answer, figures_of, hand_over, shipped_set

if TYPE_CHECKING:
    from collections.abc import Callable

    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


def unit(province: Office, code: str) -> Unit:
    return register.current_kit(province).unit_of_code(code)


def rows(province: Office) -> dict[str, received.UnitRow]:
    return {row.unit.code: row for row in received.overview(province, YEAR)}


def test_every_unit_has_its_row_before_anything_came(province: Office) -> None:
    assert list(rows(province)) == list(UNITS)
    assert {row.arrived for row in rows(province).values()} == {Arrived.NOTHING}
    assert received.overview(province, "2031") == []
    assert received.details(province, unit(province, "03001"), YEAR).hand_overs == ()
    with pytest.raises(NothingReceived, match="Bản Hồ"):
        received.received_form(province, unit(province, "03001"), YEAR)


def ending(province: Office, code: str, last: dt.date) -> None:
    """Let a unit end, as one of two that were entered under one code does."""
    with province.begin() as session:
        opened = register.provincial_series(session, province)
        ended = replace(unit(province, code), valid_to=last)
        opened.put(province, session, {f"unit/{ended.id}": unit_entry(ended)})


def test_a_unit_that_is_no_more_is_expected_only_where_it_sent_something(
    scene: Scene, province: Office
) -> None:
    receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    today = day_of(NOW)
    for code in ("03001", "03002"):
        ending(province, code, today - dt.timedelta(days=1))
    ending(province, "03003", today)
    assert list(rows(province)) == ["03001", "03003"]
    assert rows(province)["03001"].arrived is Arrived.WHOLE
    (summary,) = reporting.summarise(province, YEAR)[1]
    assert [(row.code, row.remark) for row in summary.rows] == [("03001", ""), ("03003", "Chưa nộp")]


def test_what_came_is_shown_as_the_office_left_it(scene: Scene, province: Office) -> None:
    receiving.take_in(province, [scene.file("ban-ho-1.cchc"), scene.file("ta-van-1.cchc")])
    row = rows(province)["03001"]
    assert (row.arrived, row.times, row.missing, row.lacking_files, row.unsettled) == (
        Arrived.WHOLE,
        1,
        (),
        0,
        0,
    )
    left = filling.open_form(scene.office("ban-ho-ready")).assessment
    assert row.merged == left
    assert received.received_form(province, unit(province, "03001"), YEAR) == left
    assert rows(province)["03003"].arrived is Arrived.NOTHING


def test_the_newest_hand_over_counts_and_all_are_listed(scene: Scene, province: Office) -> None:
    for name in ("ban-ho-1.cchc", "ban-ho-2.cchc"):
        receiving.take_in(province, [scene.file(name)])
    row = rows(province)["03001"]
    assert (row.times, row.arrived) == (2, Arrived.WHOLE)
    assert row.merged is not None
    assert row.merged.sheets.keys() == filling.open_form(scene.office("ban-ho")).assessment.sheets.keys()
    listed = received.details(province, unit(province, "03001"), YEAR).hand_overs
    assert [(each.sequence, each.current) for each in listed] == [(1, False), (2, True)]
    assert listed[0].received < listed[1].received  # type: ignore[operator]  # both have come
    assert all(each.claimed for each in listed)


def test_the_province_is_not_among_those_that_hand_over_to_it(province: Office) -> None:
    """Also where the register has a set for provinces: by that one the ministry assesses."""
    tree = json.loads(shipped_set()) | {"level": "province", "name": "Bộ tiêu chí cấp tỉnh"}
    of_provinces = register.import_set(province, json.dumps(tree, ensure_ascii=False).encode())
    register.open_period(province, YEAR, [of_provinces])
    assert list(rows(province)) == list(UNITS)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("harm", [Path.unlink, cut], ids=["gone", "cut"])
def test_a_file_that_is_gone_from_the_store_is_waited_for_again(
    scene: Scene, province: Office, harm: Callable[[Path], object]
) -> None:
    receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    row = rows(province)["03001"]
    assert row.merged is not None
    assert row.merged.signed is not None
    harm(province.evidence.path(row.merged.signed.sha256 or ""))
    row = rows(province)["03001"]
    assert (row.arrived, row.lacking_files) == (Arrived.INCOMPLETE, 1)
    receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    assert rows(province)["03001"].arrived is Arrived.WHOLE


def test_a_gap_is_told(scene: Scene, province: Office) -> None:
    receiving.take_in(province, [scene.file("ban-ho-2.cchc")])
    row = rows(province)["03001"]
    assert (row.times, row.missing, row.arrived) == (2, (1,), Arrived.WHOLE)


def test_two_versions_side_by_side_are_shown_both(scene: Scene, province: Office, tmp_path: Path) -> None:
    two = scene.office("ban-ho-2")
    receiving.take_in(two, [scene.file("ban-ho-1.cchc")])
    form = locking.unlock(two, filling.open_form(two), "Sửa")
    answer(two, form, "1.2", **figures_of(form, "1.2", "30"))
    other = hand_over(two, tmp_path / "two.cchc")
    receiving.take_in(province, [scene.file("ban-ho-1.cchc"), scene.file("ban-ho-2.cchc"), other])
    row = rows(province)["03001"]
    assert (row.arrived, row.unsettled, row.same_key) == (Arrived.FORKED, 1, False)
    fork = received.details(province, unit(province, "03001"), YEAR).fork
    assert fork is not None
    assert [branch.sequence for branch in fork.branches] == [2, 2]
    (different,) = (each for each in fork.rows if each.unsettled)
    assert different.criterion is not None
    assert different.criterion.code == "1.2"
    assert len({side.points for side in different.sides}) == 2


def test_evidence_is_opened_by_its_content_and_never_by_its_name(
    scene: Scene, province: Office, tmp_path: Path
) -> None:
    commune = scene.office("ta-van")
    form = filling.open_form(commune)
    for code, name, content in (
        ("1.2", "../../báo cáo.exe", PDF + b"2"),
        ("1.3", "bảng tính.pdf", b"PK\x03\x04 not a PDF"),
    ):
        file = scene.evidence("x", content)
        form, document = attaching.attach_file(commune, form, form.sheet(code).criterion, file)
        form = attaching.describe_document(commune, form, document.described(subject=name))
    from tests.offices import close_and_sign, fill

    close_and_sign(commune, fill(commune, form))
    receiving.take_in(province, [hand_over(commune, tmp_path / "a.cchc")])
    came = received.received_form(province, unit(province, "03002"), YEAR)
    sheets = {sheet.criterion.code: sheet for sheet in came.sheets.values()}
    viewed = evidence.viewable_copy(province, sheets["1.2"].evidence[0].document)
    assert (viewed.suffix, viewed.read_bytes()) == (".pdf", PDF + b"2")
    assert viewed.is_relative_to(province.staging)
    office_file = sheets["1.3"].evidence[0].document
    with pytest.raises(evidence.NotViewable):
        evidence.viewable_copy(province, office_file)
    evidence.save_copy(province, office_file, tmp_path / evidence.safe_name(office_file))
    assert (tmp_path / evidence.safe_name(office_file)).read_bytes() == b"PK\x03\x04 not a PDF"
    province.evidence.path(office_file.sha256 or "").unlink()
    with pytest.raises(EvidenceNotHere):
        evidence.save_copy(province, office_file, tmp_path / "again")


@pytest.mark.parametrize(
    "subject", ["", "..", "con", "../../etc/passwd", "báo cáo/quý\\I", "a" * 400, "✓", "NUL", "com1"]
)
def test_a_copy_gets_a_name_that_every_system_takes(subject: str) -> None:
    from parindex_desktop.domain.documents import Document, Form

    name = evidence.safe_name(
        Document("d", Form.FILE, subject=subject, name="x.PDF", sha256="ab" * 32, size=1)
    )
    assert name.endswith(".pdf")
    assert len(name) <= 80
    assert name.removesuffix(".pdf") not in {"con", "nul", "com1", "", ".", ".."}
    assert not set(name) & set('/\\:*?"<>|')
