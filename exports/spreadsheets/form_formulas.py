"""The points of a criterion as a formula of the sheet: what the engine computes (`scoring`), live while one types.

Spreadsheet programs count in binary, so every comparison and every product here is one of whole numbers: points and
percentages as hundredths, amounts as hundredths too. Below 2^53 (figures of ten digits) these are exact, and the one
quotient is rounded half up as the engine does. Rules that are not simple show what the program computed as long as
their cells say what they said then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from exports.spreadsheets.form_cells import CLAIMS, offered, shown_input
from parindex_desktop.domain.criteria import Applies, Block
from parindex_desktop.domain.numbers import exact
from parindex_desktop.domain.scoring.answers import Applicability
from parindex_desktop.domain.scoring.counts import Checklist, Count, Deduct
from parindex_desktop.domain.scoring.inputs import YES, InputKind
from parindex_desktop.domain.scoring.outcome import OutcomeState, score
from parindex_desktop.domain.scoring.picks import Choice, YesNo, share_of
from parindex_desktop.domain.scoring.rule import NothingArose
from parindex_desktop.domain.scoring.shares import Ratio, ShareRule, Threshold, ThresholdRatio
from parindex_desktop.domain.scoring.steps import StepsByCount, StepsByPercentage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.scoring.answers import Answer
    from parindex_desktop.domain.scoring.inputs import InputSpec
    from parindex_desktop.domain.scoring.outcome import Outcome
    from parindex_desktop.domain.scoring.rule import Rule
    from parindex_desktop.domain.scoring.steps import Step

NOT_APPLICABLE: Final = CLAIMS[Applicability.NOT_APPLICABLE]
NOT_SELF_SCORED: Final = "Không tự chấm"
WRONG: Final = "Kiểm tra lại"
NO_GROUND: Final = "Thiếu căn cứ"
IN_PROGRAM: Final = "Tính trong chương trình"
"""What stands in the place of points."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Where the inputs of a criterion stand; `says` are the conditions that a cell holds one of the words offered.

    `claim` and `ground` are empty where the unit has nothing to choose. `sign` stands before points: a minus for those
    that are taken off.
    """

    inputs: Mapping[str, str]
    says: Mapping[str, Mapping[str, str]]
    claim: str = ""
    ground: str = ""
    sign: str = ""


def conditions(
    spec: InputSpec, cell: str, word_cell: Callable[[tuple[str, ...], int], str]
) -> dict[str, str]:
    """For each word that `spec` offers, by canonical form, the condition that `cell` says it.

    A formula has no room for the words of a set, nor a pattern for “*” in them: those are compared with the cell that
    the drop-down takes them from, which `word_cell` names.
    """
    words = offered(spec)
    if spec.kind in {InputKind.YES_NO, InputKind.CHECK}:
        return {id_: f"{cell}={_text(word)}" for id_, word in words.items()}
    of_set = tuple(words.values())
    return {id_: f"EXACT({cell},{word_cell(of_set, number)})" for number, id_ in enumerate(words)}


def points_of_leaf(leaf: Criterion, answer: Answer, cells: Cells) -> str:
    """What stands in the column of points for `leaf`, which says `answer`: a formula, or words that always hold."""
    outcome = score(leaf, answer)
    if outcome.state is OutcomeState.NOT_SELF_SCORED:
        return NOT_SELF_SCORED
    if not leaf.inputs or leaf.rule is None:
        return NOT_APPLICABLE
    cells = replace(cells, sign="-" if leaf.block is Block.PENALTY else "")
    points = _points(leaf.rule, cells) if type(leaf.rule) in _SIMPLE else _as_computed(leaf, answer, cells)
    if cells.claim:
        points = _if(
            f'OR({cells.claim}="",{_claims(cells, Applicability.APPLICABLE)})', points, _claimed(leaf, cells)
        )
    return f"={points}"


def _points(rule: Rule, cells: Cells) -> str:
    """The points of a simple rule once its cells are filled in soundly."""
    points = cells.sign + _SIMPLE[type(rule)](rule, cells)
    if isinstance(rule, ShareRule):
        points = _Share(rule, cells).checked(points)
    points = _if(_any(_wrong(spec, cells) for spec in rule.specs), _text(WRONG), points)
    return _if(_any(f'{cells.inputs[spec.name]}=""' for spec in rule.specs), _text(""), points)


def _claimed(leaf: Criterion, cells: Cells) -> str:
    """What stands there where the unit says that the criterion as a whole does not count."""
    chain = _text(WRONG)
    if leaf.applies is Applies.IF_ANY:
        out = _if(f'TRIM({cells.ground})=""', _text(NO_GROUND), _text(NOT_APPLICABLE))
        chain = _if(_claims(cells, Applicability.NOT_APPLICABLE), out, chain)
    if leaf.rule is not None and leaf.rule.nothing_arose is not None:
        none = _nothing_arose(leaf.rule.nothing_arose, leaf.maximum, cells)
        chain = _if(_claims(cells, Applicability.NOTHING_AROSE), none, chain)
    return chain


def _claims(cells: Cells, said: Applicability) -> str:
    return f"{cells.claim}={_text(CLAIMS[said])}"


def points_of_group(group: Criterion, parts: Sequence[str]) -> str:
    """The sum of the points in the cells `parts` right below a heading; bonus and penalty have a cap."""
    total = f"SUM({','.join(parts)})"
    match group.block:
        case Block.MAIN:
            return f"={total}"
        case Block.BONUS:
            return f"=MIN({total},{exact(group.maximum)})"
        case Block.PENALTY:
            return f"=MAX({total},-{exact(group.maximum)})"


def _nothing_arose(gives: NothingArose, maximum: Decimal, cells: Cells) -> str:
    match gives:
        case NothingArose.FULL:
            return f"{cells.sign}{exact(maximum)}"
        case NothingArose.ZERO:
            return "0"
        case NothingArose.NOT_APPLICABLE:
            return _text(NOT_APPLICABLE)


def _wrong(spec: InputSpec, cells: Cells) -> str:
    """Whether a cell that is filled in holds what its input cannot be."""
    cell = cells.inputs[spec.name]
    if spec.kind in {InputKind.COUNT, InputKind.AMOUNT}:
        places = 0 if spec.kind is InputKind.COUNT else 2
        return _if(f"ISNUMBER({cell})", f"{cell}<>ROUND(ABS({cell}),{places})", "TRUE")
    return f"NOT({_any(cells.says[spec.name].values())})"


def _as_computed(leaf: Criterion, answer: Answer, cells: Cells) -> str:
    """The points as the program last computed them, while the cells say the same."""
    applied = replace(answer, applicability=Applicability.APPLICABLE)
    same = _all(_unchanged(spec, answer.inputs.get(spec.name, ""), cells) for spec in leaf.inputs)
    return _if(same, _computed(score(leaf, applied), cells), _text(IN_PROGRAM))


def _computed(outcome: Outcome, cells: Cells) -> str:
    if outcome.points is not None:
        return f"{cells.sign}{exact(outcome.points)}"
    words = {OutcomeState.NOT_APPLICABLE: NOT_APPLICABLE, OutcomeState.FAULTY: WRONG}
    return _text(words.get(outcome.state, ""))


def _unchanged(spec: InputSpec, text: str, cells: Cells) -> str:
    cell = cells.inputs[spec.name]
    if not text:
        return f'{cell}=""'
    if text in cells.says[spec.name]:
        return cells.says[spec.name][text]
    shown = shown_input(spec, text)
    if isinstance(shown, str):
        return f"EXACT({cell},{_text(shown)})"
    value = f"{shown}" if isinstance(shown, (int, Decimal)) else _day(shown)
    return f"AND(ISNUMBER({cell}),{cell}={value})"


def _day(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"


# The simple rules: a number without its sign, of complete inputs of the right kind.


def _yes_no(rule: YesNo, cells: Cells) -> str:
    return _if(cells.says["answer"][YES], exact(rule.maximum), "0")


def _choice(rule: Choice, cells: Cells) -> str:
    chain = "0"
    for pick in reversed(rule.options):
        chain = _if(cells.says["choice"][pick.id], exact(share_of(rule.maximum, pick.share)), chain)
    return chain


def _checklist(rule: Checklist, cells: Cells) -> str:
    met = "+".join(_if(cells.says[item.id][YES], str(_hundredths(item.points)), "0") for item in rule.items)
    return f"MIN({met},{_hundredths(rule.maximum)})/100"


def _count(rule: Count, cells: Cells) -> str:
    earned = f"{cells.inputs['count']}*{_hundredths(rule.each)}"
    return f"MIN({earned},{_hundredths(rule.maximum)})/100"


def _deduct(rule: Deduct, cells: Cells) -> str:
    left = f"{_hundredths(rule.maximum)}-{cells.inputs['count']}*{_hundredths(rule.each)}"
    return f"MAX({left},{_hundredths(rule.floor)})/100"


def _steps_by_count(rule: StepsByCount, cells: Cells) -> str:
    return _stepped(rule.steps, lambda step: f"{cells.inputs['count']}{_sign(step)}{exact(step.limit)}")


def _ratio(rule: Ratio, cells: Cells) -> str:
    share = _Share(rule, cells)
    points = share.of(Fraction(rule.maximum))
    return _if(share.reaches(rule.floor), points, "0") if rule.floor else points


def _threshold(rule: Threshold, cells: Cells) -> str:
    return _if(_Share(rule, cells).reaches(rule.target), exact(rule.maximum), "0")


def _threshold_ratio(rule: ThresholdRatio, cells: Cells) -> str:
    share = _Share(rule, cells)
    below = share.of(Fraction(rule.maximum) * 100 / Fraction(rule.target))
    if rule.floor:
        below = _if(share.reaches(rule.floor), below, "0")
    return _if(share.reaches(rule.target), exact(rule.maximum), below)


def _steps_by_percentage(rule: StepsByPercentage, cells: Cells) -> str:
    share = _Share(rule, cells)
    return _stepped(rule.steps, lambda step: share.compared(_sign(step), step.limit))


_SIMPLE: Final[Mapping[type[Rule], Callable[..., str]]] = {
    YesNo: _yes_no,
    Choice: _choice,
    Checklist: _checklist,
    Count: _count,
    Deduct: _deduct,
    Ratio: _ratio,
    Threshold: _threshold,
    ThresholdRatio: _threshold_ratio,
    StepsByCount: _steps_by_count,
    StepsByPercentage: _steps_by_percentage,
}


class _Share:
    """A numerator and a denominator as whole numbers."""

    def __init__(self, rule: ShareRule, cells: Cells) -> None:
        self._rule = rule
        self._cells = cells
        whole = rule.figures is InputKind.COUNT
        self._part, self._whole = (
            cells.inputs[name] if whole else f"ROUND({cells.inputs[name]}*100,0)"
            for name in ("numerator", "denominator")
        )

    def compared(self, sign: str, percent: Decimal) -> str:
        """Whether the share stands on that side of `percent`."""
        limit = Fraction(percent) / 100
        return f"{_times(self._part, limit.denominator)}{sign}{_times(self._whole, limit.numerator)}"

    def reaches(self, percent: Decimal) -> str:
        """Whether the share is at least `percent`."""
        return self.compared(">=", percent)

    def of(self, points: Fraction) -> str:
        """The share of `points`, rounded."""
        hundredths = points * 100
        part, whole = _times(self._part, hundredths.numerator), _times(self._whole, hundredths.denominator)
        return f"ROUND({part}/{whole if hundredths.denominator == 1 else f'({whole})'},0)/100"

    def checked(self, points: str) -> str:
        """`points`, but for a denominator of zero and a part that is larger than its whole."""
        if not self._rule.may_exceed:
            points = _if(f"{self._part}>{self._whole}", _text(WRONG), points)
        none = _text(WRONG)
        if self._rule.nothing_arose is not None:
            gives = _nothing_arose(self._rule.nothing_arose, self._rule.maximum, self._cells)
            none = _if(f"{self._part}=0", gives, none)
        return _if(f"{self._whole}=0", none, points)


def _stepped(steps: Sequence[Step], reached: Callable[[Step], str]) -> str:
    chain = "0"
    for step in reversed(steps):
        chain = _if(reached(step), exact(step.points), chain)
    return chain


def _sign(step: Step) -> str:
    return ">" if step.above else ">="


# Pieces of formulas.


def _if(condition: str, then: str, otherwise: str) -> str:
    return f"IF({condition},{then},{otherwise})"


def _any(conditions: Iterable[str]) -> str:
    found = list(conditions)
    return found[0] if len(found) == 1 else f"OR({','.join(found)})"


def _all(conditions: Iterable[str]) -> str:
    found = list(conditions)
    return found[0] if len(found) == 1 else f"AND({','.join(found)})"


def _text(words: str) -> str:
    return '"{}"'.format(words.replace('"', '""'))


def _hundredths(value: Decimal) -> int:
    return int(value.scaleb(2))


def _times(figure: str, factor: int) -> str:
    return figure if factor == 1 else f"{figure}*{factor}"
