"""The sheets of a criteria set: which columns each has, and which field of the set stands in them.

The order of rows does not matter (column “Thứ tự” holds it), codes may change (the last column holds the ids).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from exports.spreadsheets.unit_cells import LEVEL_TITLES
from parindex_desktop.domain.text import folded
from parindex_desktop.domain.units import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

Key = tuple[str, ...]


class Form(Enum):
    """How a value is written in its cell."""

    LINE = auto()
    TEXT = auto()
    LINES = auto()  # a list, one entry on each line
    POINTS = auto()
    PERCENT = auto()
    FLOOR = auto()  # points where the rule deducts, else a percentage
    LIMIT = auto()  # a whole number where the steps go by count, else a percentage
    WHOLE = auto()
    LABEL = auto()
    MONTH_DAY = auto()
    DATE = auto()
    ORDER = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its printed title, the field of the set in it, how that is written, how wide it is."""

    title: str
    key: Key
    form: Form
    width: int
    labels: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: `within` is the list of the rule that its rows are entries of, empty where a row is a thing itself."""

    title: str
    columns: tuple[Column, ...]
    within: Key = ()

    def column(self, key: Key) -> Column:
        """The column of a field."""
        return next(column for column in self.columns if column.key == key)


LEVELS: Final = {
    Level.PROVINCE.value: "Tỉnh",
    **{level.value: title for level, title in LEVEL_TITLES.items()},
}
SHORT_LEVELS: Final = {
    "province": "tỉnh",
    "department": "sở",
    "district": "huyện",
    "commune": "xã",
    "central": "trung ương",
}
KINDS: Final = {
    "yes_no": "Có / không",
    "ratio": "Tỷ lệ",
    "threshold": "Đạt ngưỡng",
    "threshold_ratio": "Đạt ngưỡng, dưới ngưỡng theo tỷ lệ",
    "steps": "Theo bậc",
    "count": "Đếm số lượng",
    "checklist": "Danh mục nội dung",
    "choice": "Chọn phương án",
    "deduct": "Trừ điểm",
    "deadline": "Thời hạn",
    "survey": "Điều tra xã hội học",
    "sipas": "Chỉ số hài lòng (SIPAS)",
    "compare_previous": "So với năm trước",
    "formula": "Công thức",
    "manual": "Hội đồng cho điểm",
}
PARTS: Final = {
    "documents": "Tài liệu kiểm chứng",
    "survey": "Điều tra xã hội học",
    "judgement": "Hội đồng cho điểm",
}
APPLIES: Final = {"always": "Luôn áp dụng", "if_any": "Nếu có", "never": "Không áp dụng"}
BLOCKS: Final = {"main": "Trong tổng điểm", "bonus": "Điểm cộng", "penalty": "Điểm trừ"}
REASONS: Final = {"required": "Bắt buộc", "optional": "Không bắt buộc"}
FIGURES: Final = {"count": "Số nguyên", "amount": "Số thập phân"}
INPUTS: Final = {**FIGURES, "yes_no": "Có / không", "choice": "Lựa chọn"}
STEPS_BY: Final = {"percentage": "Tỷ lệ phần trăm", "count": "Số lượng"}
BETTER: Final = {"higher": "Cao hơn", "lower": "Thấp hơn"}
NOTHING: Final = {"full": "Điểm tối đa", "zero": "0 điểm", "not_applicable": "Không áp dụng"}
DAYS: Final = {"calendar": "Ngày lịch", "working": "Ngày làm việc"}
DUE_YEARS: Final = {"-1": "Năm trước", "0": "Năm đánh giá", "1": "Năm sau"}
DAY_LISTS: Final = {"holidays": "Ngày nghỉ", "worked": "Làm bù"}

ORDER: Final = ("order",)
CODE: Final = ("code",)
DEPTH: Final = ("depth",)
ID: Final = ("id",)
LINK: Final = ("link",)
OF_INPUT: Final = ("input",)
KIND: Final = ("rule", "kind")

_GRADED: Final = (
    "Nếu khác nhau theo cấp, năm hoặc lộ trình thì ghi: “theo cấp: huyện = 50; xã = 40”, "
    "“lộ trình: 2022 = 35; 2025 = 40”."
)
_IDS: Final = "Không sửa. Dòng mới để trống, chương trình sẽ tự cấp."
_MOVE: Final = (
    "Thứ tự của các dòng; sửa số này để chuyển chỗ. Dòng mới để trống thì đứng sau dòng ngay trên nó."
)
_order: Final = Column("Thứ tự", ORDER, Form.ORDER, 8, hint=_MOVE)
_code: Final = Column("Mã tiêu chí", CODE, Form.LINE, 12)
_link: Final = Column("Mã định danh", LINK, Form.LINE, 14, hint=_IDS)
_name: Final = Column("Tên trong tệp", ID, Form.LINE, 16, hint=_IDS)
_share: Final = Column("Tỷ lệ điểm (%)", ("share",), Form.PERCENT, 14, hint=_GRADED)
_points: Final = Column("Điểm", ("points",), Form.POINTS, 10, hint=_GRADED)


def _part(title: str, within: Key, *columns: Column) -> Sheet:
    return Sheet(title, (_order, _code, *columns, _link), within)


HEAD: Final = Sheet(
    "Bộ tiêu chí",
    (
        Column("Tên bộ tiêu chí", ("name",), Form.LINE, 0),
        Column("Năm", ("year",), Form.WHOLE, 0),
        Column("Cấp", ("level",), Form.LABEL, 0, LEVELS),
        Column("Phiên bản", ("version",), Form.WHOLE, 0),
        Column("Tổng điểm tối đa", ("maximum",), Form.POINTS, 0),
        Column("Căn cứ (mỗi dòng một văn bản)", ("legal_basis",), Form.LINES, 0),
        Column("Lưu ý in kèm", ("notice",), Form.TEXT, 0),
        Column("Mã định danh", ID, Form.LINE, 0, hint=_IDS),
    ),
)
CRITERIA: Final = Sheet(
    "Tiêu chí",
    (
        _order,
        Column("STT", CODE, Form.LINE, 10),
        Column("Bậc", DEPTH, Form.WHOLE, 6, hint="1 là lĩnh vực, 2 là tiêu chí, 3 là tiêu chí thành phần."),
        Column("Tiêu chí", ("title",), Form.LINE, 60),
        Column("Điểm tối đa", ("maximum",), Form.POINTS, 10),
        Column("Cách chấm", KIND, Form.LABEL, 22, KINDS),
        Column("Phần", ("part",), Form.LABEL, 18, PARTS),
        Column("Áp dụng", ("applicability",), Form.LABEL, 16, APPLIES),
        Column("Lý do không áp dụng", ("not_applicable_ground",), Form.LINE, 30),
        Column("Tài liệu kiểm chứng (mỗi dòng một tài liệu)", ("documents",), Form.LINES, 50),
        Column("Lý do chưa đạt điểm tối đa", ("reason_below_maximum",), Form.LABEL, 16, REASONS),
        Column("Chủ trì", ("lead",), Form.LINE, 20),
        Column("Hướng dẫn", ("guidance",), Form.TEXT, 40),
        Column("Nguồn", ("source",), Form.LINE, 40),
        Column("Điểm cộng, điểm trừ", ("block",), Form.LABEL, 16, BLOCKS),
        Column("Mã định danh", ID, Form.LINE, 14, hint=_IDS),
    ),
)
RULES: Final = Sheet(
    "Cách chấm",
    (
        _order,
        _code,
        Column("Câu hỏi", ("question",), Form.LINE, 40),
        Column("Loại số liệu", ("figures",), Form.LABEL, 14, FIGURES),
        Column("Tử số", ("numerator",), Form.LINE, 40),
        Column("Mẫu số", ("denominator",), Form.LINE, 40),
        Column("Ngưỡng đạt (%)", ("target",), Form.PERCENT, 14, hint=_GRADED),
        Column("Mức sàn", ("floor",), Form.FLOOR, 12, hint=_GRADED),
        Column("Bậc tính theo", ("by",), Form.LABEL, 16, STEPS_BY),
        Column("Số đếm", ("count",), Form.LINE, 30),
        Column("Điểm mỗi đơn vị đếm", ("each",), Form.POINTS, 12, hint=_GRADED),
        Column("Số lượng đạt điểm tối đa", ("most",), Form.WHOLE, 12),
        Column("Tên của ngày", ("date",), Form.LINE, 30),
        Column("Tên khi chưa làm", ("not_done",), Form.LINE, 20),
        Column("Hạn (ngày/tháng)", ("due", "day"), Form.MONTH_DAY, 12),
        Column("Năm của hạn", ("due", "year_offset"), Form.LABEL, 14, DUE_YEARS),
        Column("Sự kiện", ("after", "event"), Form.LINE, 30),
        Column("Số ngày sau sự kiện", ("after", "days"), Form.WHOLE, 12),
        Column("Cách tính ngày", ("after", "days_are"), Form.LABEL, 14, DAYS),
        Column("Số liệu năm nay", ("value",), Form.LINE, 30),
        Column("Số liệu năm trước", ("previous",), Form.LINE, 30),
        Column("Tốt hơn khi", ("better",), Form.LABEL, 12, BETTER),
        Column("Mức thay đổi tối thiểu (%)", ("change",), Form.PERCENT, 14, hint=_GRADED),
        Column("Tỷ lệ điểm khi giữ nguyên (%)", ("kept",), Form.PERCENT, 14, hint=_GRADED),
        Column("Công thức điểm", ("points",), Form.TEXT, 40),
        Column("Khi không phát sinh", ("nothing_arose",), Form.LABEL, 16, NOTHING),
        _link,
    ),
)
STEPS: Final = _part(
    "Bậc điểm",
    ("steps",),
    Column("Từ (≥)", ("at_least",), Form.LIMIT, 14, hint=_GRADED),
    Column("Trên (>)", ("above",), Form.LIMIT, 14, hint=_GRADED),
    _points,
)
OPTIONS: Final = _part(
    "Phương án", ("options",), Column("Phương án", ("title",), Form.LINE, 50), _share, _name
)
ITEMS: Final = _part("Nội dung", ("items",), Column("Nội dung", ("title",), Form.LINE, 50), _points, _name)
LATE: Final = _part("Trễ hạn", ("late",), Column("Trễ đến (ngày)", ("days",), Form.WHOLE, 14), _share)
INPUT: Final = _part(
    "Số liệu của công thức",
    ("inputs",),
    Column("Tên trong công thức", ID, Form.LINE, 20),
    Column("Tên số liệu", ("title",), Form.LINE, 50),
    Column("Loại số liệu", ("figures",), Form.LABEL, 14, INPUTS),
)
INPUT_OPTIONS: Final = _part(
    "Lựa chọn của số liệu",
    ("inputs", "options"),
    Column("Tên trong công thức", OF_INPUT, Form.LINE, 20),
    Column("Lựa chọn", ("title",), Form.LINE, 50),
    _name,
)
BRANCHES: Final = _part(
    "Điều kiện của công thức",
    ("branches",),
    Column("Khi", ("when",), Form.TEXT, 40),
    Column("Công thức điểm", ("points",), Form.TEXT, 40),
)
CALENDAR: Final = Sheet(
    "Lịch nghỉ",
    (
        _order,
        Column("Ngày", ("day",), Form.DATE, 14),
        Column("Loại", ("list",), Form.LABEL, 14, DAY_LISTS),
    ),
)

PART_SHEETS: Final = (STEPS, OPTIONS, ITEMS, LATE, INPUT, INPUT_OPTIONS, BRANCHES)
SHEETS: Final = (HEAD, CRITERIA, RULES, *PART_SHEETS, CALENDAR)
USUAL: Final = {("figures",), ("due", "year_offset")}
"""Fields of a rule that a new row may leave empty: they count whole numbers, or fall into the year of the set."""
NEVER_CONTENT: Final = frozenset({ORDER, LINK, ID})
"""Columns that the program fills; a row with nothing else was emptied by hand."""


def as_column(kind: str, key: Key) -> Key:
    """The key of the column for the field `key` of a rule: `by` is a word in steps and a percentage in a comparison."""
    return ("change",) if kind == "compare_previous" and key == ("by",) else key


def label_of(labels: Mapping[str, str], text: str) -> str | None:
    """The value whose label (or own name) `text` is, however accented; None where it is none."""
    wanted = folded(" ".join(text.split()))
    return next((v for v, label in labels.items() if wanted in (folded(label), folded(v))), None)
