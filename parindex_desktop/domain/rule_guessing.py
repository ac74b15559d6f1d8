"""What the words of a published table say about how a criterion is scored: a proposal, never a rule by itself.

A person completes it. Every guess says which words it rests on, and everything that the words leave open is a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.numbers import exact, percentage, quotient
from parindex_desktop.domain.rule_names import as_written, number_of, share_names
from parindex_desktop.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_NUMBER: Final = r"(\d{1,3}(?:[.,]\d{1,2})?)"
_PERCENT: Final = re.compile(rf"{_NUMBER} ?%")
_POINTS: Final = re.compile(rf"{_NUMBER} ?diem|[:;=|–-] ?{_NUMBER}\s*$")
_DAY: Final = re.compile(r"\b(?:truoc|cham nhat|den het|han)\b\D{0,20}?(\d{1,2})[/.-](\d{1,2})(?![/.-]?\d)")
_AFTER: Final = re.compile(
    r"(\d{1,3}) ngay( lam viec)? (?:ke tu|sau|tinh tu)|(?:trong vong|trong|sau) (\d{1,3}) ngay( lam viec)?"
)
_EACH: Final = re.compile(rf"\b(?:cu moi|moi|cu) ([^.;:\n]{{1,60}}?)(?: duoc| cong|:|,)? {_NUMBER} ?diem")
_OFF: Final = re.compile(
    rf"(?:\b(?:cu moi|moi|cu) ([^.;:\n]{{1,60}}?)[:,]? ?(?:(?:bi|se|thi) )?)?\btru {_NUMBER} ?diem"
)
_MOST: Final = 10_000
"""Things that a set may ask for at most."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A rule as far as words tell: `rule` may lack fields, `seen` says what was understood, `doubts` what is open."""

    rule: dict[str, Any] | None = None
    seen: tuple[Message, ...] = ()
    doubts: tuple[Message, ...] = ()


@dataclass(slots=True)
class _Words:
    """The texts of a criterion, as they stand and folded, and what is found in them."""

    title: str
    text: str
    lines: list[tuple[str, str]]
    documents: str
    maximum: Decimal
    taken_off: bool = False
    seen: list[Message] = field(default_factory=list)
    doubts: list[Message] = field(default_factory=list)

    @property
    def all(self) -> str:
        return folded(self.text)

    def original(self, found: re.Match[str], group: int = 0) -> str:
        """What was found, with its accents; a text that did not keep its length when folded is said folded."""
        return as_written(self.text, found, group)

    def saw(self, found: re.Match[str] | str, meaning: str) -> None:
        words = found if isinstance(found, str) else self.original(found)
        values = {"words": words[:60], "rule": Message("guess.rule", meaning)}
        self.seen.append(Message("guess.seen", "“{words}” was understood as: {rule}", values))

    def doubt(self, template: str, **values: object) -> None:
        self.doubts.append(Message("guess.doubt", template, values))


def guess(
    title: str,
    lines: Sequence[str],
    documents: Sequence[str],
    maximum: Decimal,
    *,
    taken_off: bool = False,
) -> Guess:
    """What the words say about a criterion worth `maximum` points; 0 where nothing tells its points.

    `lines` on scoring stand below or beside the title; of the `documents` only a survey is of interest. Where the
    points are `taken_off` the others, its rule says how many that are.
    """
    words = _Words(
        title,
        "\n".join((title, *lines)),
        [(text, folded(text)) for text in lines],
        folded("\n".join(documents)),
        maximum,
        taken_off,
    )
    for reader in _READERS:
        rule = reader(words)
        if rule is not None:
            _compare(words, rule)
            return Guess(rule, tuple(words.seen), tuple(words.doubts))
    words.doubt(msgid("No words say how it is scored; choose the rule."))
    return Guess(None, (), tuple(words.doubts))


def most_told(title: str, lines: Sequence[str]) -> Decimal | None:
    """The most points that the words give at once; None where they tell none."""
    clauses = _clauses([folded(line) for line in lines])
    told = [points for clause in clauses if (points := _points(clause)) is not None]
    told += [Decimal(found[1].replace(",", ".")) for found in _IF_SO.finditer(folded(title))]
    return max(told, default=None)


_WHOLE: Final = frozenset({"yes_no", "ratio", "threshold", "threshold_ratio", "steps", "deadline"})
"""Rules whose best answer gives the maximum."""
_IF_SO: Final = re.compile(rf"(?<!khong )\b(?:co|dat) ?[:=] ?{_NUMBER}(?![.,]?\d| ?%)")


def _compare(words: _Words, rule: Mapping[str, Any]) -> None:
    """Doubt a rule that cannot give what the words say."""
    told = most_told(words.title, [text for text, _ in words.lines])
    if rule["kind"] in _WHOLE and told and words.maximum > 0 and told != words.maximum:
        words.doubt(
            msgid("The words give {told} points at most, the table {maximum}: which of them is right?"),
            told=told,
            maximum=words.maximum,
        )


def _sipas(words: _Words) -> dict[str, Any] | None:
    if (found := re.search(r"sipas|chi so hai long|muc do hai long|su hai long", words.all)) is None:
        return None
    words.saw(found, msgid("the result of SIPAS"))
    words.doubt(msgid("Is it SIPAS, or a question of the survey? Points follow the percentage."))
    return {"kind": "sipas"}


_SURVEYED: Final = re.compile(r"dieu tra (?:xa hoi hoc|khao sat)|\bxhh\b|qua khao sat|phieu khao sat")


def _survey(words: _Words) -> dict[str, Any] | None:
    found = _SURVEYED.search(words.all)
    named = _SURVEYED.search(words.documents)
    if found is None and named is None:
        return None
    words.saw(found or (named.group() if named else ""), msgid("the survey"))
    words.doubt(msgid("Which answers does the survey offer, with which share of the points?"))
    return {"kind": "survey"}


def _manual(words: _Words) -> dict[str, Any] | None:
    found = re.search(
        r"(?:diem )?danh gia cua (?:chu tich|pho chu tich|hoi dong|lanh dao)|hoi dong (?:cham|cho diem)",
        words.all,
    )
    if found is None:
        return None
    words.saw(found, msgid("points given by the council"))
    return {"kind": "manual"}


def _deduct(words: _Words) -> dict[str, Any] | None:
    if (found := _OFF.search(words.all)) is None:
        return None
    words.saw(found, msgid("points off for every case"))
    thing, each = words.original(found, 1) if found[1] else "", Decimal(_as_points(found[2]))
    if words.taken_off:
        return _counted(words, thing, each)
    rule = {"kind": "deduct", "each": f"{each:.2f}", "floor": "0.00"}
    if not thing:
        words.doubt(msgid("Name what is counted, and the points below which it does not fall (now 0)."))
        return rule
    words.doubt(
        msgid("What is counted was called “{name}”, and the points do not fall below 0: check both."),
        name=number_of(thing),
    )
    return {**rule, "count": number_of(thing)}


def _deadline(words: _Words) -> dict[str, Any] | None:
    common = {"kind": "deadline"}
    if (found := _DAY.search(words.all)) is not None:
        words.saw(found, msgid("a due day"))
        before = re.search(r"nam (?:truoc|lien truoc)|truoc lien ke", words.all) is not None
        if found.group().startswith("truoc"):
            words.doubt(
                msgid("“Before” {day}/{month}: the day itself is taken as in time; correct it if not."),
                day=found[1],
                month=found[2],
            )
        words.doubt(msgid("Name the date that the unit enters, and what is said where it was not done."))
        return {
            **common,
            "due": {"day": f"{int(found[2]):02}-{int(found[1]):02}", "year_offset": -1 if before else 0},
        }
    if (found := _AFTER.search(words.all)) is None or "ty le" in words.all:
        return None
    working = bool(found[2] or found[4])
    words.saw(found, msgid("days after an event"))
    words.doubt(msgid("Name the event that the days are counted from, and the date that the unit enters."))
    after = {"days": int(found[1] or found[3]), **({"days_are": "working"} if working else {})}
    return {**common, "after": after}


def _items(words: _Words) -> dict[str, Any] | None:
    """Lines with points of their own, without percentages, that add up to the maximum."""
    found = [
        (text, points)
        for text, line in words.lines
        if not _PERCENT.search(line) and (points := _points(line)) is not None and points > 0
    ]
    if len(found) < 2:
        return None
    total = sum((points for _, points in found), Decimal(0))
    if total == words.maximum:
        words.saw(found[0][0], msgid("items with points of their own"))
        items = [
            {"id": f"item{n}", "title": _bare(text), "points": f"{points:.2f}"}
            for n, (text, points) in enumerate(found, 1)
        ]
        return {"kind": "checklist", "items": items}
    if max(points for _, points in found) == words.maximum:
        words.saw(found[0][0], msgid("options, of which one applies"))
        words.doubt(msgid("Put the question that the options answer."))
        options = [
            {
                "id": f"option{n}",
                "title": _bare(text),
                "share": exact(percentage(points, words.maximum)),
            }
            for n, (text, points) in enumerate(found, 1)
        ]
        return {"kind": "choice", "options": options}
    return None


def _each(words: _Words) -> dict[str, Any] | None:
    if (found := _EACH.search(words.all)) is None:
        return None
    each = Decimal(_as_points(found[2]))
    if not 0 < each <= words.maximum:
        return None
    words.saw(found, msgid("points for every thing that is counted"))
    return _counted(words, words.original(found, 1), each)


def _counted(words: _Words, thing: str, each: Decimal) -> dict[str, Any]:
    """`each` points for every `thing`; whatever the words do not tell is a doubt."""
    rule: dict[str, Any] = {"kind": "count", "each": f"{each:.2f}"}
    if thing:
        rule["count"] = number_of(thing)
        words.doubt(msgid("What is counted was called “{name}”: check it."), name=rule["count"])
    else:
        words.doubt(msgid("Name what is counted."))
    most = int(quotient(words.maximum, each).to_integral_value(rounding=ROUND_CEILING)) if each else 0
    if 0 < most <= _MOST:
        words.doubt(
            msgid("{most} of them make the whole {maximum} points: check it."),
            most=most,
            maximum=words.maximum,
        )
        return {**rule, "most": most}
    words.doubt(msgid("Say how many of them make the whole points; the row does not tell."))
    return rule


_SHARES: Final = {"numerator": msgid("the numerator"), "denominator": msgid("the denominator")}


def _shares(words: _Words) -> dict[str, Any] | None:
    """Percentages: steps where several give points, a threshold where one does, else in proportion."""
    steps = [
        (Decimal(limit.replace(",", ".")), points, _is_above(clause))
        for clause in _clauses([line for _, line in words.lines])
        if (limit := _lowest(clause)) is not None and (points := _points(clause)) is not None and points > 0
    ]
    limits = sorted({Decimal(limit.replace(",", ".")) for limit in _PERCENT.findall(words.all)})
    formula = re.search(r"b ?/ ?a|cong thuc|x ?diem toi da|\* ?diem toi da|tuong ung", words.all)
    found = re.search(r"ty le|ti le|phan tram|%|so voi tong so", words.all)
    if found is None and formula is None:
        return None
    names = share_names(words.text)
    for name, text in names.items():
        words.saw(text, _SHARES[name])
    if len(names) < len(_SHARES):
        words.doubt(msgid("Name the two figures of the share."))
    common = {"figures": "count", **names}
    if formula is not None:
        words.saw(formula, msgid("in proportion to a share"))
        return {**_proportion(words, limits), **common}
    if len(steps) > 1 or any(above for _, _, above in steps):
        words.saw("%", msgid("steps by percentage"))
        tree = [
            {"above" if above else "at_least": exact(limit), "points": f"{points:.2f}"}
            for limit, points, above in sorted(steps, key=lambda step: -step[0])
        ]
        return {"kind": "steps", "by": "percentage", **common, "steps": tree}
    if limits:
        target = steps[0][0] if steps else limits[-1]
        words.saw(f"{exact(target)}%", msgid("all or nothing from a percentage on"))
        if len(limits) > 1:
            words.doubt(msgid("There are several percentages: is it {target}%?"), target=target)
        return {"kind": "threshold", **common, "target": exact(target)}
    assert found is not None, "there is a share where there is no formula"
    words.saw(found, msgid("in proportion to a share"))
    words.doubt(msgid("Is there a percentage from which points are given, or all of them?"))
    return {"kind": "ratio", **common}


def _proportion(words: _Words, limits: Sequence[Decimal]) -> dict[str, Any]:
    """Points by a formula such as b/a; percentages beside it are the one below which, and from which on, it ends."""
    floor, target = (limits[0], limits[-1]) if limits else (Decimal(100), Decimal(100))
    if floor < target < 100:
        words.doubt(
            msgid("The full points from {target}%, nothing below {floor}%: check both."),
            target=target,
            floor=floor,
        )
        return {"kind": "threshold_ratio", "target": exact(target), "floor": exact(floor)}
    if floor < 100:
        words.doubt(msgid("Nothing below {floor}%: check whether that is meant."), floor=floor)
        return {"kind": "ratio", "floor": exact(floor)}
    return {"kind": "ratio"}


def _yes_no(words: _Words) -> dict[str, Any] | None:
    found = re.search(
        r"(?<!khong )\bdat\b ?[/:;,–-].{0,40}khong dat|\bco\b ?[/:;,–-].{0,40}khong\b|"
        r"\bkhong (?:\w+ ){0,4}\w+ ?: ?0(?![.,]?\d)",
        words.all,
    )
    if found is None:
        return None
    words.saw(found, msgid("yes or no"))
    words.doubt(msgid("Put the question that is answered by yes or no."))
    return {"kind": "yes_no"}


def _plain(words: _Words) -> dict[str, Any] | None:
    found = re.match(r"(?:ban hanh|xay dung|cong bo|bao cao|co )", words.all)
    if found is None:
        return None
    words.saw(found, msgid("yes or no"))
    words.doubt(msgid("Only the title tells: is it yes or no? Put the question."))
    return {"kind": "yes_no"}


_READERS: Final[tuple[Callable[[_Words], dict[str, Any] | None], ...]] = (
    _survey,
    _sipas,
    _manual,
    _deduct,
    _items,
    _each,
    _deadline,
    _shares,
    _yes_no,
    _plain,
)


def _clauses(lines: Sequence[str]) -> list[str]:
    """The folded `lines`, cut where one says several steps."""
    return [clause for line in lines for clause in re.split(r";|\n|(?<=diem),|\. ", line) if clause.strip()]


def _lowest(line: str) -> str | None:
    """The percentage from which a step is reached; none in “below 80%”."""
    found = _PERCENT.findall(line)
    if not found or re.match(r"\W*(?:duoi|nho hon|<)", line):
        return None
    lowest: str = min(found, key=lambda text: Decimal(text.replace(",", ".")))
    return lowest


def _is_above(line: str) -> bool:
    return re.match(r"\W*(?:tren|lon hon|>(?!=))", line) is not None


def _points(line: str) -> Decimal | None:
    found = _POINTS.search(line)
    return Decimal((found[1] or found[2]).replace(",", ".")) if found else None


def _as_points(text: str) -> str:
    return f"{Decimal(text.replace(',', '.')):.2f}"


def _bare(text: str) -> str:
    """A line without its bullet and its points."""
    text = re.sub(r"^[\s\-–+*•.]+", "", text)
    return (
        re.sub(r"[\s:;,(–-]*\d{1,3}(?:[.,]\d{1,2})?\s*(?:điểm)?[\s).;]*$", "", text).strip()[:500]
        or text[:500]
    )
