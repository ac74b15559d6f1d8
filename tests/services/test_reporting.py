"""Papers of an office: written whole, from what stands here, with whatever people typed shown as typed."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest

import resources
from parindex_desktop.domain.kits import PeriodNotOpen
from parindex_desktop.domain.scoring.answers import Answer, Applicability
from parindex_desktop.domain.units import Level
from parindex_desktop.services import (
    attaching,
    filling,
    handing_over,
    kits,
    locking,
    paper_texts,
    receiving,
    register,
    reporting,
)
from parindex_desktop.services.files import FileNotWritten
from parindex_desktop.services.locking import SignedPaper
from parindex_desktop.services.received import older_words, overview
from parindex_desktop.services.register import NewUnit, NotTheProvince
from parindex_desktop.services.reporting import FormatUnknown, Kind
from resources import say
from tests.offices import (
    NOW,
    PASSPHRASE,
    UNITS,
    YEAR,
    answer,
    fill,
    forged,
    hand_over,
    leaf,
    open_next_year,
    paper_at,
    quiet,
    revision_in,
    shipped_set,
    take_kit,
)
from tests.papers import flat, pages, words_outside

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


def printed(office: Office, target: Path, kind: Kind = Kind.SELF_ASSESSMENT) -> list[str]:
    """The text of the pages of a paper."""
    return pages(reporting.write_report(office, kind, target))


def test_the_report_for_signature_follows_the_decree(scene: Scene, tmp_path: Path) -> None:
    office = scene.office("ban-ho-ready")
    text = printed(office, tmp_path / "bc.pdf")
    first = flat(text[0])
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    assert "Độc lập - Tự do - Hạnh phúc" in first
    assert "ỦY BAN NHÂN DÂN" in first
    assert "XÃ BẢN HỒ" in first
    assert "/BC-UBND" in first
    whole = flat("".join(text))
    for part in ("BÁO CÁO", "Nơi nhận:", "Lưu: VT", "Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV"):
        assert part in whole
    assert "05/BC-UBND" not in whole  # number and date are written in by hand


def test_pages_are_numbered_from_the_second_of_each_section(scene: Scene, tmp_path: Path) -> None:
    text = printed(scene.office("ban-ho-ready"), tmp_path / "bc.pdf")
    tops = [page.strip().splitlines()[0].strip() for page in text]
    expected = 0
    for page, top in zip(text, tops, strict=True):
        begins = "Phụ lục I" in flat(page)[:40] or page is text[0]
        expected = 1 if begins or "(Kèm theo" in flat(page)[:200] else expected + 1
        if expected == 1:
            assert not top.isdigit(), top
        else:
            assert top == str(expected)
    assert sum(top.isdigit() for top in tops) >= 2


def test_a_locked_form_bears_its_code_and_an_open_one_says_that_it_is_a_draft(
    scene: Scene, tmp_path: Path
) -> None:
    office = scene.office("ban-ho-ready")
    lock = filling.open_form(office).assessment.lock
    assert lock is not None
    assert all(lock.code in page for page in printed(office, tmp_path / "bc.pdf"))
    locking.unlock(office, filling.open_form(office), "Sửa")
    opened = printed(office, tmp_path / "nhap.pdf")
    assert all("BẢN NHÁP" in page and lock.code not in page for page in opened)


NASTY = (
    '<b>đậm</b> & <font size="40">to</font> <img src="file:///etc/passwd"/> </para> %s {x} <br/> &amp; ]]>'
)


def test_whatever_was_typed_is_printed_as_typed(scene: Scene, tmp_path: Path) -> None:
    office = scene.office("ban-ho")
    form = fill(office, filling.open_form(office))
    criterion = leaf(form, "1.2")
    for name in ("explanation", "reason", "note"):
        form = filling.set_text(office, form, criterion, name, f"{name} {NASTY}")
    form = attaching.add_document(
        office, form, criterion, paper_at(NASTY).described(subject=NASTY, number=NASTY[:90])
    )
    for name in ("superior", "place", "symbol", "authority", "title", "signer", "difficulties", "proposals"):
        form = filling.set_report_text(office, form, name, NASTY)
    form = filling.answer(office, form, leaf(form, "4.4"), Answer(Applicability.NOT_APPLICABLE, NASTY))
    text = flat("".join(printed(office, tmp_path / "bc.pdf")))
    squeezed = text.replace(" ", "")
    assert squeezed.count(NASTY.replace(" ", "")) >= 6
    assert NASTY.upper().replace(" ", "") in squeezed


@pytest.mark.parametrize(
    "text",
    ["Một đoạn giải trình dài. " * 790, "không_một_dấu_cách" * 1100, "dòng\n" * 500],
    ids=["prose", "one word", "lines"],
)
def test_texts_of_any_length_are_printed_to_their_end(scene: Scene, tmp_path: Path, text: str) -> None:
    office = scene.office("ban-ho")
    form = filling.open_form(office)
    criterion = leaf(form, "1.2")
    text = text[:19_000].strip() + "\nHẾT"
    for name in ("explanation", "note"):
        form = filling.set_text(office, form, criterion, name, text)
    form = filling.set_report_text(office, form, "proposals", text)
    paper = tmp_path / "bc.pdf"
    whole = flat("".join(printed(office, paper))).replace(" ", "")
    assert whole.count("HẾT") >= 3
    assert words_outside(paper) == []


def test_long_names_are_not_cut(scene: Scene, tmp_path: Path) -> None:
    office = scene.office("ban-ho")
    form = fill(office, filling.open_form(office))
    long = "Kế hoạch triển khai thực hiện công tác cải cách hành chính nhà nước " * 7 + "HẾT TÊN"
    document = paper_at("https://dvc.laocai.gov.vn/" + "a" * 900).described(subject=long, issuer=long[:480])
    form = attaching.add_document(office, form, leaf(form, "1.2"), document)
    filling.set_report_text(office, form, "superior", "Ủy ban nhân dân tỉnh Lào Cai và các cơ quan khác " * 5)
    paper = tmp_path / "bc.pdf"
    text = flat("".join(printed(office, paper)))
    assert flat(long).replace(" ", "") in text.replace(" ", "") or "HẾT TÊN" in text
    assert words_outside(paper) == []


def test_an_empty_form_can_be_printed(scene: Scene, tmp_path: Path) -> None:
    text = flat("".join(printed(scene.office("ban-ho"), tmp_path / "bc.pdf")))
    assert "Không có tài liệu kiểm chứng" in text
    assert "Không có nội dung phải giải trình" in text


@pytest.mark.parametrize("name", ["bc.docx", "bc", "bc.pdf.exe", "bc.xlsx"])
def test_a_paper_is_written_in_its_own_formats_only(scene: Scene, tmp_path: Path, name: str) -> None:
    with pytest.raises(FormatUnknown):
        reporting.write_report(scene.office("ban-ho"), Kind.SELF_ASSESSMENT, tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_paper_that_cannot_be_written_leaves_the_older_one(scene: Scene, tmp_path: Path) -> None:
    office = scene.office("ban-ho")
    (tmp_path / "bc.pdf").mkdir()
    for target in (tmp_path / "bc.pdf", tmp_path / "none" / "bc.pdf"):
        with pytest.raises(FileNotWritten):
            reporting.write_report(office, Kind.SELF_ASSESSMENT, target)
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["bc.pdf"]
    assert list(tmp_path.glob(".*.pdf")) == []
    assert reporting.last_written(office, Kind.SELF_ASSESSMENT, YEAR) is None


def test_when_it_was_last_printed_is_remembered(scene: Scene, tmp_path: Path) -> None:
    office = scene.office("ban-ho")
    printed(office, tmp_path / "một.pdf")
    printed(office, tmp_path / "hai.pdf")
    last = reporting.last_written(office, Kind.SELF_ASSESSMENT, YEAR)
    assert last is not None
    assert last[1] == "hai.pdf"
    assert reporting.last_written(office, Kind.SELF_ASSESSMENT, "2027") is None


def test_another_years_report_is_not_the_one_that_was_locked(scene: Scene, tmp_path: Path) -> None:
    """Two years are open; that of 2026 is locked, and the report of 2027 is printed after that."""
    province, office = scene.office("province"), scene.office("ban-ho")
    open_next_year(province)
    kits.export_kit(province, PASSPHRASE, tmp_path / "kit.cchc", quiet)
    take_kit(office, tmp_path / "kit.cchc", province)
    locking.lock(office, fill(office, filling.open_form(office, YEAR)))
    reporting.write_report(office, Kind.SELF_ASSESSMENT, tmp_path / "khac.pdf", "2027")
    assert reporting.last_written(office, Kind.SELF_ASSESSMENT, YEAR) is None
    reporting.write_report(office, Kind.SELF_ASSESSMENT, tmp_path / "bc.pdf", YEAR)
    last = reporting.last_written(office, Kind.SELF_ASSESSMENT, YEAR)
    assert last is not None
    assert last[1] == "bc.pdf"


def test_the_summary_says_of_merged_versions_that_they_are_on_no_signed_paper(
    scene: Scene, tmp_path: Path
) -> None:
    province, one, two = (
        scene.office("province"),
        scene.office("ban-ho-handed-over"),
        scene.office("ban-ho-2"),
    )
    receiving.take_in(two, [scene.file("ban-ho-1.cchc")])
    form = locking.unlock(two, filling.open_form(two), "Sửa")
    answer(two, form, "1.3", count="1")
    receiving.take_in(province, [scene.file("ban-ho-2.cchc"), hand_over(two, tmp_path / "two.cchc")])

    def remark() -> str:
        (summary,) = reporting.summarise(province)[1]
        return next(row.remark for row in summary.rows if row.code == "03001")

    assert "không khớp bản giấy đã ký nào" in remark()
    receiving.take_in(one, [tmp_path / "two.cchc"])
    receiving.take_in(province, [hand_over(one, tmp_path / "three.cchc")])
    assert "không khớp" not in remark()


def test_the_summary_lists_every_unit_in_order_without_ranks(scene: Scene, tmp_path: Path) -> None:
    province = scene.office("province")
    receiving.take_in(province, [scene.file("ban-ho-2.cchc")])
    text = flat("".join(printed(province, tmp_path / "th.pdf", Kind.SELF_SUMMARY)))
    assert "chưa thẩm định" in text
    assert "Chưa thẩm định" in text
    assert "Không xếp hạng" in text
    assert [text.index(part) for part in ("Bản Hồ", "Tả Van", "Mường Bo")] == sorted(
        text.index(part) for part in ("Bản Hồ", "Tả Van", "Mường Bo")
    )
    assert "Đã nộp: 1/3 đơn vị" in text
    assert "Chưa nộp" in text
    assert "Chưa nhận lần 1; nộp không kèm bản ký: Máy quét hỏng" in text
    assert "hạng " not in text.replace("Không xếp hạng", "")


def test_the_summary_says_what_a_unit_lacked_when_it_locked_and_why(scene: Scene, tmp_path: Path) -> None:
    province, unit = scene.office("province"), scene.office("ta-van")
    form = answer(unit, filling.open_form(unit), "1.3", count="9")
    form = locking.lock(unit, form, "Chưa có số liệu quý IV.")
    locking.record_signed(unit, form, SignedPaper("1/BC", NOW.date(), "An", without="Máy quét hỏng"))
    handing_over.hand_over(unit, filling.open_form(unit), PASSPHRASE, tmp_path / "a.cchc")
    receiving.take_in(province, [tmp_path / "a.cchc"])
    _, (summary,) = reporting.summarise(province)
    row = next(row for row in summary.rows if row.code == "03002")
    lacking = len(filling.open_form(unit).assessment.lacking())
    assert row.remark.startswith(f"Còn thiếu {lacking} mục (lý do: Chưa có số liệu quý IV)")
    assert row.fields[0] is not None
    assert set(row.fields[1:]) == {None}
    text = flat("".join(printed(province, tmp_path / "th.pdf", Kind.SELF_SUMMARY)))
    assert f"Còn thiếu {lacking} mục" in text


def test_numbers_of_the_workbook_are_numbers(scene: Scene, tmp_path: Path) -> None:
    province = scene.office("province")
    receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    reporting.write_report(province, Kind.SELF_SUMMARY, tmp_path / "th.xlsx")
    (sheet,) = openpyxl.load_workbook(tmp_path / "th.xlsx").worksheets
    own = filling.open_form(scene.office("ban-ho-ready")).assessment
    cells = next(row for row in sheet.iter_rows() if row[1].value == "03001")
    names = [cell.value for cell in sheet[5]]
    total = cells[names.index("Tổng điểm tự đánh giá")]
    assert (Decimal(str(total.value)), total.number_format) == (own.totals.overall.points, "0.00")
    assert [Decimal(str(c.value)) for c in cells[4:12]] == [
        own.totals.by_id[field.id].points for field in own.criteria.fields
    ]
    assert {c.number_format for c in cells[4:15]} == {"0.00"}
    assert cells[1].value == "03001"  # a code keeps its zeros
    assert [row[2].value for row in sheet.iter_rows(min_row=7)] == list(UNITS.values())


def test_a_unit_that_types_a_formula_gets_text(scene: Scene, tmp_path: Path) -> None:
    province = scene.office("province")
    register.add_units(
        province, [NewUnit("03001", "=1+1", Level.COMMUNE), NewUnit("03002", "@SUM(A1)", Level.COMMUNE)]
    )
    reporting.write_report(province, Kind.SELF_SUMMARY, tmp_path / "th.xlsx")
    (sheet,) = openpyxl.load_workbook(tmp_path / "th.xlsx").worksheets
    named = [row[2] for row in sheet.iter_rows(min_row=7)]
    assert [(cell.value, cell.data_type) for cell in named[:2]] == [("=1+1", "s"), ("@SUM(A1)", "s")]
    assert all(cell.quotePrefix for cell in named[:2])


def test_the_summary_bears_the_head_and_the_signature_that_the_province_has_entered(
    scene: Scene, tmp_path: Path
) -> None:
    province = scene.office("province")
    before = flat("".join(printed(province, tmp_path / "a.pdf", Kind.SELF_SUMMARY)))
    assert "SỞ NỘI VỤ TỈNH LÀO CAI" in before
    for name, text in (
        ("superior", "Ủy ban nhân dân tỉnh Lào Cai"),
        ("office", "Sở Nội vụ"),
        ("place", "Lào Cai"),
        ("signer", "Trần Thị Bình"),
        ("symbol", "/BC-SNV"),
    ):
        paper_texts.set_paper_text(province, name, text)
    after = flat("".join(printed(province, tmp_path / "b.pdf", Kind.SELF_SUMMARY)))
    for text in ("ỦY BAN NHÂN DÂN TỈNH LÀO CAI", "SỞ NỘI VỤ", "Lào Cai, ngày", "Trần Thị Bình", "/BC-SNV"):
        assert text in after
    assert "- Ủy ban nhân dân tỉnh Lào Cai;" in after
    assert "SỞ NỘI VỤ TỈNH" not in after


def test_the_summary_is_the_provinces_and_needs_a_year(scene: Scene, tmp_path: Path) -> None:
    with pytest.raises(NotTheProvince):
        reporting.write_report(scene.office("ban-ho"), Kind.SELF_SUMMARY, tmp_path / "th.pdf")
    for ending in ("pdf", "xlsx"):
        with pytest.raises(PeriodNotOpen):
            reporting.write_report(
                scene.office("province"), Kind.SELF_SUMMARY, tmp_path / f"th.{ending}", "2031"
            )
    assert list(tmp_path.glob("th.*")) == []


def test_units_stand_under_the_set_that_they_were_assessed_by(scene: Scene, tmp_path: Path) -> None:
    """The province published a corrected set with a field less after the first unit had handed over."""
    province = scene.office("province")
    receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    tree = json.loads(shipped_set())
    last = tree["criteria"].pop()
    tree |= {
        "version": 2,
        "name": "Bộ tiêu chí sửa đổi",
        "maximum": f"{Decimal('100.00') - Decimal(last['maximum'])}",
    }
    newer = register.import_set(province, json.dumps(tree, ensure_ascii=False).encode())
    register.open_period(province, YEAR, [newer])
    kits.export_kit(province, PASSPHRASE, tmp_path / "kit.cchc", quiet)
    ta_van = scene.office("ta-van")
    take_kit(ta_van, tmp_path / "kit.cchc", province)
    fill(ta_van, filling.open_form(ta_van))
    receiving.take_in(province, [hand_over(ta_van, tmp_path / "ta-van.cchc")])
    _, summaries = reporting.summarise(province)
    listed = {summary.set_name: [row.code for row in summary.rows] for summary in summaries}
    assert listed == {
        "Bộ tiêu chí sửa đổi": ["03002", "03003"],
        json.loads(shipped_set())["name"]: ["03001"],
    }
    assert all(len(row.fields) in {0, len(s.fields)} for s in summaries for row in s.rows)
    for ending in ("pdf", "xlsx"):
        reporting.write_report(province, Kind.SELF_SUMMARY, tmp_path / f"th.{ending}")
    assert len(openpyxl.load_workbook(tmp_path / "th.xlsx").worksheets) == 2


def test_versions_of_one_name_are_told_apart_and_one_without_units_has_no_table(
    scene: Scene, tmp_path: Path
) -> None:
    province = scene.office("province")
    receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    name = json.loads(shipped_set())["name"]
    tree = json.loads(shipped_set()) | {"version": 2}
    newer = register.import_set(province, json.dumps(tree, ensure_ascii=False).encode())
    register.open_period(province, YEAR, [newer, departments(province)])
    _, summaries = reporting.summarise(province)
    assert [each.set_name for each in summaries] == [f"{name} (phiên bản 2)", f"{name} (phiên bản 1)"]
    assert [each.counts for each in summaries] == [
        "Đã nộp theo phiên bản này: 0 đơn vị; chưa nộp: 2 đơn vị.",
        "Đã nộp theo phiên bản này, trước khi có phiên bản mới: 1 đơn vị.",
    ]
    (line,) = map(say, older_words(overview(province, YEAR)))
    assert "1/3" in line
    assert "1 theo phiên bản 1" in line
    assert flat(line) in flat("".join(printed(province, tmp_path / "th.pdf", Kind.SELF_SUMMARY)))
    reporting.write_report(province, Kind.SELF_SUMMARY, tmp_path / "th.xlsx")
    for sheet in openpyxl.load_workbook(tmp_path / "th.xlsx").worksheets:
        assert line in [cell.value for row in sheet.iter_rows() for cell in row]


def test_the_summary_shows_what_a_penalty_may_take_off_as_the_units_own_report_does(
    scene: Scene, tmp_path: Path
) -> None:
    province = scene.office("province")
    register.add_unit(province, NewUnit("S01", "Sở Tư pháp", Level.DEPARTMENT))
    register.open_period(province, YEAR, [departments(province)])
    summary = next(each for each in reporting.summarise(province)[1] if "sở" in each.set_name)
    assert [maximum for code, _, maximum in summary.fields if code in {"9", "10"}] == [3, 2]
    text = flat("".join(printed(province, tmp_path / "th.pdf", Kind.SELF_SUMMARY)))
    assert summary.sums in text
    assert "−2,00" not in text
    reporting.write_report(province, Kind.SELF_SUMMARY, tmp_path / "th.xlsx")
    sheets = openpyxl.load_workbook(tmp_path / "th.xlsx").worksheets
    assert summary.sums in {sheet["A4"].value for sheet in sheets}


def test_the_words_above_a_table_stand_on_the_page_where_it_begins(scene: Scene, tmp_path: Path) -> None:
    province = scene.office("province")
    receiving.take_in(province, [scene.file("ban-ho-1.cchc"), scene.file("ta-van-1.cchc")])
    register.add_unit(province, NewUnit("S01", "Sở Tư pháp", Level.DEPARTMENT))
    register.add_unit(province, NewUnit("T01", "Công an tỉnh", Level.CENTRAL))
    register.open_period(province, YEAR, [departments(province)])
    (page,) = (
        page
        for page in map(flat, printed(province, tmp_path / "th.pdf", Kind.SELF_SUMMARY))
        if "Sở Tư pháp" in page
    )
    assert "Đã nộp: 0/1 đơn vị." in page


def departments(province: Office) -> CriteriaSet:
    """The set of departments that ships, in the register."""
    return register.import_set(province, resources.file("criteria/department-2026.json").read_bytes())


def test_only_what_counts_is_forged_here(scene: Scene, tmp_path: Path) -> None:
    """The same figures under the same set give the same paper at the unit and at the province."""
    province, unit = scene.office("province"), scene.office("ta-van")
    receiving.take_in(province, [forged(unit, revision_in(scene.file("ta-van-1.cchc")), tmp_path / "a.cchc")])
    _, (summary,) = reporting.summarise(province)
    (row,) = (row for row in summary.rows if row.code == "03002")
    form = answer(unit, fill(unit, filling.open_form(unit)), "1.3", count="9")
    assert row.total == form.assessment.totals.overall.points


def test_why_something_lacks_stands_where_the_report_speaks_of_evidence(scene: Scene, tmp_path: Path) -> None:
    office = scene.office("ban-ho")
    form = fill(office, filling.open_form(office), but=("1.3", "2.1"))
    locking.lock(office, form, "Chưa có số liệu quý IV")
    whole = flat("".join(printed(office, tmp_path / "bc.pdf")))
    reason = whole.index("Lý do: Chưa có số liệu quý IV")
    assert whole.index("2. Tài liệu kiểm chứng") < reason < whole.index("3. Khó khăn, vướng mắc")
    lacking = len(filling.open_form(office).assessment.lacking())
    assert f"Điểm được chốt khi còn {lacking} tiêu chí" in whole
