"""Papers: which kinds there are, and writing one from what stands here."""

from __future__ import annotations

import json
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from db import journal
from parindex_desktop.domain.errors import UsageError, UserError
from parindex_desktop.domain.merge import first_few
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.text import folded
from parindex_desktop.domain.units import Level
from parindex_desktop.services.files import new_file
from parindex_desktop.services.filling import open_form
from parindex_desktop.services.paper_texts import TEXTS, paper_texts
from parindex_desktop.services.received import Arrived, older_words, overview
from parindex_desktop.services.register import NotTheProvince, current_kit, open_period_of
from parindex_desktop.services.years import left_out_words
from resources import Language, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from exports.reports.self_summary import Summary, SummaryRow
    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.received import UnitRow

    _Writer = Callable[[Path], None]


class Kind(StrEnum):
    """A paper; its value is its name on the command line."""

    SELF_ASSESSMENT = "self-assessment"
    SELF_SUMMARY = "self-summary"


FORMATS = {Kind.SELF_ASSESSMENT: (".pdf",), Kind.SELF_SUMMARY: (".pdf", ".xlsx")}
"""Endings of a file name that each paper can be written to."""

TITLES = {
    Kind.SELF_ASSESSMENT: Message("report.self_assessment", "Self-assessment report with its annexes"),
    Kind.SELF_SUMMARY: Message("report.self_summary", "Summary of self-assessed points (not appraised)"),
}


class FormatUnknown(UsageError):
    """The ending of the file name is not one that the paper has."""

    code = "report.format_unknown"
    template = msgid("This paper cannot be written as “{name}”. Choose a file name that ends in {endings}.")


# What an office's report says unless it writes something else: superior, symbol, authority, title.
_DEFAULTS = {
    Level.COMMUNE: {"symbol": "/BC-UBND", "authority": "TM. Ủy ban nhân dân", "title": "Chủ tịch"},
    Level.DISTRICT: {"symbol": "/BC-UBND", "authority": "TM. Ủy ban nhân dân", "title": "Chủ tịch"},
    Level.DEPARTMENT: {"symbol": "/BC", "authority": "", "title": "Giám đốc"},
    Level.CENTRAL: {"symbol": "/BC", "authority": "", "title": "Thủ trưởng đơn vị"},
    Level.PROVINCE: {"symbol": "/BC", "authority": "", "title": "Giám đốc"},
}


def report_text(office: Office, assessment: Assessment, name: str) -> str:
    """A text of the report: the office's own, or the usual one of its level."""
    if assessment.report[name]:
        return assessment.report[name]
    return _paper_name(office) if name == "office" else _DEFAULTS[office.level].get(name, "")


def texts_of(office: Office, year: str | None = None) -> dict[str, str]:
    """What stands on the papers of this office; nothing where it has no form yet."""
    if office.level is Level.PROVINCE:
        return paper_texts(office)
    try:
        assessment = open_form(office, year).assessment
    except UserError:
        return {}
    return {name: report_text(office, assessment, name) for name in TEXTS}


def blank_texts(office: Office, assessment: Assessment) -> tuple[str, ...]:
    """What the report needs to be signed and nobody has entered: the names of these texts."""
    return tuple(name for name in _NEEDED if not report_text(office, assessment, name))


_NEEDED: Final = ("place", "signer")


def _paper_name(office: Office) -> str:
    """The office as its papers name it: a commune's are those of its people's committee."""
    name = office.record.name
    if office.level not in {Level.COMMUNE, Level.DISTRICT} or folded(name).startswith(("uy ban", "ubnd")):
        return name
    return f"Ủy ban nhân dân {name[:1].lower()}{name[1:]}"


def kinds_for(office: Office) -> list[Kind]:
    """The papers that this office has."""
    return [Kind.SELF_SUMMARY if office.level is Level.PROVINCE else Kind.SELF_ASSESSMENT]


def write_report(office: Office, kind: Kind, target: Path, year: str | None = None) -> Path:
    """Write a paper to `target`, whole or not at all.

    Raises `FormatUnknown`, `FileNotWritten`, and what opening the form or the overview names.
    """
    if target.suffix.lower() not in FORMATS[kind]:
        raise FormatUnknown(name=target.name, endings=", ".join(FORMATS[kind]))
    if kind is Kind.SELF_ASSESSMENT:
        chosen, writer = _self_assessment(office, year)
    else:
        chosen, writer = _self_summary(office, year, target.suffix.lower())
    with new_file(target) as file:
        writer(file)
    with office.begin() as session:
        office.write(session, "report.written", {"kind": kind.value, "year": chosen, "file": target.name})
    return target


def last_written(office: Office, kind: Kind, year: str) -> tuple[datetime, str] | None:
    """When this machine last wrote a paper of that kind for `year`, and the name of its file."""
    with office.read() as session:
        for entry in reversed(journal.entries(session, "report.written")):
            written = json.loads(entry.details)
            # Papers of a program that did not note the year count for none.
            if (written["kind"], written.get("year")) == (kind.value, year):
                return entry.at, str(written["file"])
    return None


def _self_assessment(office: Office, year: str | None) -> tuple[str, _Writer]:
    # ReportLab takes a tenth of a second to import: only where something is printed.
    from exports.reports.layout import Letterhead, Signature  # noqa: PLC0415
    from exports.reports.self_assessment import write_self_assessment  # noqa: PLC0415

    form = open_form(office, year)
    assessment = form.assessment

    def text(name: str) -> str:
        return report_text(office, assessment, name)

    province = form.kit.province()
    head = Letterhead(text("superior"), text("office"), text("symbol"), text("place"), form.year)
    recipients = (province.name,) if province else ()
    signature = Signature(text("authority"), text("title"), text("signer"), recipients)
    counted = form.counted_in_part
    return form.year, lambda path: write_self_assessment(path, assessment, head, signature, counted)


def _self_summary(office: Office, year: str | None, ending: str) -> tuple[str, _Writer]:
    from exports.reports.layout import Letterhead, Signature  # noqa: PLC0415
    from exports.reports.self_summary import write_self_summary  # noqa: PLC0415

    chosen, summaries = summarise(office, year)
    told = [*older_words(overview(office, chosen)), *left_out_words(office, chosen)]
    left_out = [say(each, Language.VI) for each in told]
    said = paper_texts(office)
    if ending == ".xlsx":
        from exports.spreadsheets.self_summary import write_self_summary_xlsx  # noqa: PLC0415

        return chosen, lambda path: write_self_summary_xlsx(path, summaries, said["office"], left_out)
    head = Letterhead(said["superior"], said["office"], said["symbol"], said["place"], chosen)
    recipients = (said["superior"],) if said["superior"] else ()
    signature = Signature(said["authority"], said["title"], said["signer"], recipients)
    return chosen, lambda path: write_self_summary(path, summaries, head, signature, left_out)


def summarise(office: Office, year: str | None = None) -> tuple[str, list[Summary]]:
    """What the units of each criteria set gave themselves. Raises `NotTheProvince`, `NoYearOpen` or `PeriodNotOpen`."""
    from exports.reports.self_summary import Summary, how_summed  # noqa: PLC0415

    if office.level is not Level.PROVINCE:
        raise NotTheProvince
    kit = current_kit(office)
    period = open_period_of(office, year)
    chosen = period.year
    # A unit stands under the set that it was assessed by, which may be an earlier one than the year has now.
    by_set: dict[str, list[UnitRow]] = {digest: [] for _, digest in sorted(period.sets.items())}
    for row in overview(office, chosen):
        digest = row.criteria.digest if row.criteria else period.sets[row.unit.level]
        by_set.setdefault(digest, []).append(row)
    # A set that nobody is assessed by (any more) needs no table, as long as there is another.
    shown = [(kit.set_of_digest(digest), rows) for digest, rows in by_set.items() if rows] or [
        (kit.set_of_digest(digest), rows) for digest, rows in by_set.items()
    ]
    split = {row.unit.level for _, rows in shown for row in rows if row.older_set}
    names = Counter(criteria.name for criteria, _ in shown)
    summaries = []
    for criteria, rows in shown:
        version = f" (phiên bản {criteria.version})" if names[criteria.name] > 1 else ""
        fields = tuple((field.code, field.title, field.maximum) for field in criteria.fields)
        own = tuple(map(_summary_row, rows))
        sums = how_summed(criteria)
        name = f"{criteria.name}{version}"
        counts = _counts(rows, is_split=any(row.unit.level in split for row in rows))
        summaries.append(Summary(chosen, name, criteria.notice, criteria.maximum, fields, own, sums, counts))
    return chosen, summaries


def _counts(rows: Sequence[UnitRow], *, is_split: bool) -> str:
    """How many of a table handed over; where the units of a level stand in several, a share of one says nothing."""
    arrived = sum(row.tally is not None for row in rows)
    if not is_split:
        return f"Đã nộp: {arrived}/{len(rows)} đơn vị."
    if any(row.older_set for row in rows):
        return f"Đã nộp theo phiên bản này, trước khi có phiên bản mới: {arrived} đơn vị."
    return f"Đã nộp theo phiên bản này: {arrived} đơn vị; chưa nộp: {len(rows) - arrived} đơn vị."


def _summary_row(row: UnitRow) -> SummaryRow:
    from exports.reports.self_summary import SummaryRow  # noqa: PLC0415

    if row.tally is None or row.criteria is None:
        return SummaryRow(row.unit.code, row.unit.name, 0, (), None, None, None, "Chưa nộp")
    total = row.tally.overall
    return SummaryRow(
        row.unit.code,
        row.unit.name,
        row.times,
        row.tally.scored_fields(row.criteria),
        total.points,
        total.maximum,
        total.percentage,
        _remark(row),
    )


def _remark(row: UnitRow) -> str:
    remarks = []
    if row.arrived is Arrived.FORKED:
        remarks.append(f"hai bản song song, {row.unsettled} số liệu cần thống nhất")
    if row.tally is not None and row.tally.lacking:
        why = f" (lý do: {row.incomplete.rstrip(' .')})" if row.incomplete else ""
        remarks.append(f"còn thiếu {row.tally.lacking} mục{why}")
    if row.reopened:
        remarks.append("điểm là các bản ghép lại, không khớp bản giấy đã ký nào")
    if row.recalculated:
        remarks.append(f"điểm tính lại từ số liệu khác điểm đã chốt (tiêu chí {_codes(row.recalculated)})")
    if row.outdated:
        remarks.append(f"số liệu tỉnh cung cấp đã thay đổi sau khi chốt (tiêu chí {_codes(row.outdated)})")
    if row.missing:
        numbers, more = first_few(row.missing)
        others = f" và {more} lần khác" if more else ""
        remarks.append(f"chưa nhận lần {numbers}{others}")
    if row.lacking_files:
        remarks.append(f"còn chờ {row.lacking_files} tệp")
    if row.without:
        remarks.append(f"nộp không kèm bản ký: {row.without}")
    whole = "; ".join(remarks)
    return whole[:1].upper() + whole[1:]


def _codes(criteria: Sequence[str]) -> str:
    codes, more = first_few(criteria)
    return f"{codes} và {more} tiêu chí khác" if more else codes
