"""A criteria set proposed from a published table, for a person to complete: what was understood, what is doubtful."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from itertools import count, islice
from typing import TYPE_CHECKING, Any, Final

from exports.reports.wording import points
from exports.spreadsheets.grid import read_grids
from exports.spreadsheets.old_fonts import OldText, old_texts, unchanged_or_converted
from exports.spreadsheets.published_table import Line, TableNotFound, largest, lines_of
from parindex_desktop.domain.drafting import NEW_LEAF
from parindex_desktop.domain.legacy import OldFonts
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.rule_guessing import guess, most_told
from parindex_desktop.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_ROMAN: Final = re.compile(r"[IVX]{1,5}")
_CODE: Final = re.compile(r"[0-9A-Za-z]{1,6}(\.[0-9A-Za-z]{1,6}){0,7}")
_SUM: Final = re.compile(
    r"(?:tong|cong)(?: (?:cong|diem|so|toi da|cac linh vuc|bo tieu chi|\([^)]*\)))*[ :.]*"
)
_NOTE: Final = re.compile(r"(?:ghi chu|luu y|chu thich|\(\*\)|\*)")
_DETAIL: Final = re.compile(r"^[\s]*[-–+•*]")
_IF_ANY: Final = re.compile(r"\(?neu co\)?")
_MOST_DOCUMENTS: Final = 50
"""Documents that a criterion of a set may have."""
_MOST_LINES: Final = 200
_LONGEST_GUIDANCE: Final = 2000
"""Lines on scoring that are looked at, and characters that a set may hold of them."""


class Meaning(StrEnum):
    """What a row of the table was taken for."""

    CRITERION = "criterion"
    DETAIL = "detail"
    SUM = "sum"
    NOTE = "note"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """What it is called, as a template of the catalogue."""
        return _MEANINGS[self]


_MEANINGS: Final = {
    Meaning.CRITERION: msgid("Criterion"),
    Meaning.DETAIL: msgid("Part of the way of scoring"),
    Meaning.SUM: msgid("Sum"),
    Meaning.NOTE: msgid("Note"),
    Meaning.UNKNOWN: msgid("Not understood"),
}


@dataclass(slots=True)
class ProposedRow:
    """A row of the table and what became of it; of a criterion its place in the tree and the guessed rule."""

    sheet: str
    row: int
    text: str
    meaning: Meaning
    printed: str = ""
    code: str = ""
    depth: int = 0
    understood: list[Message] = field(default_factory=list)
    doubts: list[Message] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A set to be completed: `tree` in the form of a set file, without a head, its rules with gaps.

    `rows` are all rows of the table, `ignored` the headings of columns that are not read; `doubts` concern the whole.
    """

    tree: dict[str, Any]
    rows: tuple[ProposedRow, ...]
    ignored: tuple[str, ...]
    doubts: tuple[Message, ...]
    old_texts: tuple[OldText, ...]


def propose(
    data: bytes,
    name: str,
    *,
    old_fonts: OldFonts = OldFonts.ASK,
    new_id: Callable[[], str] = lambda: str(uuid.uuid4()),
) -> Proposal:
    """What the published table in the workbook `data` says; `name` is that of its file.

    Raises what `open_workbook` names, or `TableNotFound`.
    """
    grids = read_grids(data, name)
    old = old_texts(grids)
    found = largest(unchanged_or_converted(grids, old, old_fonts))
    if found is None:
        raise TableNotFound(name=name)
    grid, headings = found
    reading = _Reading(new_id)
    for line in lines_of(grid, headings):
        reading.take(line)
    reading.finish()
    doubts = list(reading.doubts)
    if old_fonts is OldFonts.ASK:
        doubts += [each.fault() for each in old]
    tree = {"maximum": f"{reading.total():.2f}", "criteria": reading.top}
    return Proposal(tree, tuple(reading.rows), headings.ignored, tuple(doubts), old)


@dataclass(slots=True)
class _Open:
    """A criterion whose rows are still being read; `above` are words of its group that are not how it is scored."""

    node: dict[str, Any]
    row: ProposedRow
    style: str
    block: str
    lines: list[str]
    documents: dict[str, None]
    above: list[str] = field(default_factory=list)

    def is_scored_by(self, lines: list[str]) -> bool:
        """Whether `lines` of its group tell the points of the share that its own words name without any."""
        maximum = Decimal(self.node.get("maximum", "0"))
        title, own = self.node["title"], self.lines[:_MOST_LINES]
        if most_told(title, own) is not None or most_told("", lines) != maximum:
            return False
        alone = guess(title, own, (), maximum).rule or {}
        whole = guess(title, [*lines, *own][:_MOST_LINES], (), maximum).rule or {}
        return alone.get("kind") == "ratio" and whole.get("kind") in {"steps", "threshold"}

    def add(self, line: Line) -> None:
        """Take in the documents of a row that belongs to it."""
        self.documents |= dict.fromkeys(line.documents)


@dataclass(slots=True)
class _Reading:
    """The tree as it grows, row by row."""

    new_id: Callable[[], str]
    top: list[dict[str, Any]] = field(default_factory=list)
    rows: list[ProposedRow] = field(default_factory=list)
    doubts: list[Message] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _all: list[_Open] = field(default_factory=list)
    _codes: set[str] = field(default_factory=set)
    _spares: Iterator[int] = field(default_factory=lambda: count(1))
    _sums: list[tuple[Decimal, ProposedRow]] = field(default_factory=list)

    def take(self, line: Line) -> None:
        """Take in the next row."""
        words = folded(line.title)
        text = " ".join(part for part in (line.number, line.title) if part)
        row = ProposedRow(line.sheet, line.row, text, Meaning.UNKNOWN, doubts=list(line.doubts))
        self.rows.append(row)
        if not line.number and _SUM.fullmatch(words) and line.maximum is not None:
            row.meaning = Meaning.SUM
            self._sums.append((line.maximum, row))
        elif _NOTE.match(words) and line.maximum is None:
            row.meaning = Meaning.NOTE
        elif line.number and line.title and not _DETAIL.match(line.number):
            self._criterion(line, row)
        elif self._open:
            self._detail(line, row)
        else:
            template = msgid("A row before the first criterion; nothing of it is taken.")
            row.doubts.append(Message("table.before", template))

    def _detail(self, line: Line, row: ProposedRow) -> None:
        row.meaning = Meaning.DETAIL
        last = self._open[-1]
        if line.title:
            worth = f": {points(line.maximum)} điểm" if line.maximum is not None else ""
            last.lines.append(f"{line.title}{worth}")
        last.lines += line.scoring
        if not line.shared:
            last.add(line)
        values = {"criterion": last.node["code"]}
        row.understood.append(Message("table.detail", "It belongs to the criterion {criterion}.", values))

    def _criterion(self, line: Line, row: ProposedRow) -> None:
        row.meaning = Meaning.CRITERION
        style = self._style(line.number)
        styles = [each.style for each in self._open]
        if style in styles:
            del self._open[styles.index(style) :]
        parent = self._open[-1] if self._open else None
        code = self._code(line.number, parent, row)
        node: dict[str, Any] = {"id": self.new_id(), "code": code, "title": line.title[:500]}
        if line.maximum is not None:
            node["maximum"] = f"{line.maximum:.2f}"
        else:
            row.doubts.append(Message("table.no_maximum", "The row has no points; write its maximum."))
        if line.shared:
            template = msgid(
                "The documents are those of the merged cell {cell}; do they belong to this row too?"
            )
            row.doubts.append(Message("table.merged", template, {"cell": line.shared}))
        siblings = parent.node.setdefault("children", []) if parent else self.top
        siblings.append(node)
        row.printed, row.code, row.depth = line.number, code, len(self._open) + 1
        each = _Open(node, row, style, parent.block if parent else _block(line.title), line.scoring, {})
        each.add(line)
        if each.block and parent is None:
            node["block"] = each.block
            template = msgid(
                "Points that are added or taken off; they do not belong to the sum of the fields."
            )
            row.understood.append(Message("table.block", template))
        self._open.append(each)
        self._all.append(each)

    def _style(self, number: str) -> str:
        """What kind of number it is; rows of one kind stand beside each other."""
        if number.count("."):
            return f"dots{number.count('.')}"
        known = {each.style for each in self._open}
        if _ROMAN.fullmatch(number) and not ("upper" in known and "roman" not in known):
            return "roman"
        if number.isdecimal():
            return "number"
        return "upper" if number.isupper() else "lower"

    def _code(self, number: str, parent: _Open | None, row: ProposedRow) -> str:
        """A code that stands once: as printed where that is unambiguous, else below the code of its group."""
        code = re.sub(r"[^0-9A-Za-z.]", "", number.replace("đ", "dd"))
        if parent is not None:
            above, printed = parent.node["code"], parent.row.printed
            if code.startswith(f"{printed}."):
                code = f"{above}{code[len(printed) :]}"
            elif "." not in code or code in self._codes:
                code = f"{above}.{code}"
        if not _CODE.fullmatch(code) or code in self._codes:
            code = self._spare()
            values = {"text": number[:40], "code": code}
            template = msgid("The number “{text}” stands twice or is no code; the row was given “{code}”.")
            row.doubts.append(Message("table.code", template, values))
        self._codes.add(code)
        return code

    def _spare(self) -> str:
        return next(spare for n in self._spares if (spare := f"x{n}") not in self._codes)

    def finish(self) -> None:
        """Guess the rules of the leaves, and compare the sums."""
        for each in self._all:
            if "children" in each.node:
                self._group(each)
                self._compare(each)
        for each in self._all:
            if "children" not in each.node:
                _leaf(each)
        if not self._all:
            self.doubts.append(Message("table.empty", "The table has no numbered row."))
        for total, row in self._sums:
            if total != self.total():
                values = {"sum": self.total(), "maximum": total}
                row.doubts.append(Message("criteria.sum", _SUM_TEMPLATE, values))

    def _group(self, each: _Open) -> None:
        """Keep what the table says of a group itself: a group has neither a rule nor documents nor guidance.

        Points that its parts leave over are a part of their own where words tell how they are scored.
        """
        children = each.node["children"]
        rest = Decimal(each.node.get("maximum", "0")) - _sum(children)
        if each.lines and rest > 0 and guess("", each.lines[:_MOST_LINES], (), rest).rule is not None:
            code = f"{each.node['code']}.0"
            code = code if _CODE.fullmatch(code) and code not in self._codes else self._spare()
            self._codes.add(code)
            node = {
                "id": self.new_id(),
                "code": code,
                "title": each.node["title"],
                "maximum": f"{rest:.2f}",
            }
            children.insert(0, node)
            values = {"code": code, "points": rest}
            template = msgid(
                "Its rows without a number say how points are scored, and its parts leave {points} over: these became "
                "the part {code}. Check it."
            )
            each.row.doubts.append(Message("table.own_part", template, values))
            _leaf(replace(each, node=node))
            return
        if each.documents:
            template = msgid("The documents of a group belong to its parts; put them there: {documents}")
            values = {"documents": tuple(each.documents)[:_MOST_DOCUMENTS]}
            each.row.doubts.append(Message("table.group_documents", template, values))
        if each.lines:
            first = self._first_leaf(each)
            fits = first.is_scored_by(each.lines)
            (first.lines if fits else first.above)[:0] = each.lines
            values = {"code": first.node["code"]}
            template = (
                msgid(
                    "Its rows without a number were taken for the way of scoring of {code}, and stand in its guidance: "
                    "a group has none. Check it."
                )
                if fits
                else msgid(
                    "Its rows without a number stand in the guidance of {code}: a group has none. Put them where they "
                    "belong."
                )
            )
            each.row.doubts.append(Message("table.group_words", template, values))

    def _first_leaf(self, each: _Open) -> _Open:
        node = each.node
        while "children" in node:
            node = node["children"][0]
        return next(one for one in self._all if one.node is node)

    def _compare(self, each: _Open) -> None:
        maximum = each.node.get("maximum")
        total = _sum(each.node["children"])
        if maximum is None:
            each.node["maximum"] = f"{total:.2f}"
            template = msgid("Taken as the sum of its parts: {sum} points.")
            each.row.doubts.append(Message("table.summed", template, {"sum": total}))
        elif Decimal(maximum) != total:
            values = {"sum": total, "maximum": Decimal(maximum)}
            each.row.doubts.append(Message("criteria.sum", _SUM_TEMPLATE, values))

    def total(self) -> Decimal:
        """The points of all fields; what is added or taken off stands outside."""
        return _sum(node for node in self.top if "block" not in node)


_SUM_TEMPLATE: Final = msgid("The parts add up to {sum} points, the maximum says {maximum}.")
_BLOCKS: Final = {
    "bonus": re.compile(r"\bdiem (?:cong|thuong)\b"),
    "penalty": re.compile(r"\bdiem tru\b"),
}
_PARTS: Final = {"survey": "survey", "sipas": "survey", "manual": "judgement"}


def _block(title: str) -> str:
    """Whether the points of a group are added to the others or taken off, as its title says; else empty."""
    return next((block for block, pattern in _BLOCKS.items() if pattern.search(folded(title))), "")


def _sum(nodes: Iterable[Mapping[str, Any]]) -> Decimal:
    return sum((Decimal(node.get("maximum", "0")) for node in nodes), Decimal("0.00"))


def _guidance(lines: Iterable[str], row: ProposedRow) -> str:
    """The lines as a text that a set may hold; what is left out is said."""
    text = "\n".join(lines).strip()
    if len(text) > _LONGEST_GUIDANCE:
        values = {"most": _LONGEST_GUIDANCE}
        template = msgid("The words on scoring have more than {most} characters; the rest was left out.")
        row.doubts.append(Message("table.words_cut", template, values))
    return text[:_LONGEST_GUIDANCE]


def _leaf(each: _Open) -> None:
    """Complete a leaf as far as the table tells."""
    node, row = each.node, each.row
    maximum = Decimal(node["maximum"]) if "maximum" in node else Decimal("0.00")
    documents = list(islice(each.documents, _MOST_DOCUMENTS))
    lines = each.lines[:_MOST_LINES]
    guessed = guess(node["title"], lines, documents, maximum, taken_off=each.block == "penalty")
    row.understood += guessed.seen
    row.doubts += guessed.doubts
    if guessed.rule is not None:
        node["rule"] = guessed.rule
    node["part"] = _PARTS.get((guessed.rule or {}).get("kind", ""), "documents")
    node["applicability"] = "if_any" if _IF_ANY.search(folded(node["title"])) else "always"
    node["reason_below_maximum"] = NEW_LEAF["reason_below_maximum"]
    node["documents"] = documents
    if not documents and node["part"] == "documents":
        row.doubts.append(Message("table.no_documents", "The row names no documents."))
    if len(each.documents) > _MOST_DOCUMENTS:
        template = msgid("It names {count} documents; a criterion has at most {most}, the rest was left out.")
        values = {"count": len(each.documents), "most": _MOST_DOCUMENTS}
        row.doubts.append(Message("table.documents_cut", template, values))
    if each.above or each.lines:
        node["guidance"] = _guidance([*each.above, *each.lines], row)
