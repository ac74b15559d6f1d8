"""A criteria set: what an office is assessed on in a year, as data (format in docs/criteria-set.md).

This module knows sets that are already checked; `criteria_reading` checks one that comes from outside.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Self

from parindex_desktop.domain.calendars import Calendar
from parindex_desktop.domain.errors import UsageError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.revisions import canonical, digest_of
from parindex_desktop.domain.scoring.head import Head
from parindex_desktop.domain.scoring.kinds import read_rule
from parindex_desktop.domain.scoring.rule import ScoredBy
from parindex_desktop.domain.units import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from parindex_desktop.domain.scoring.inputs import InputSpec
    from parindex_desktop.domain.scoring.rule import Rule


class Part(StrEnum):
    """The part of the 100 points that a criterion belongs to."""

    DOCUMENTS = "documents"
    SURVEY = "survey"
    JUDGEMENT = "judgement"


class Block(StrEnum):
    """Whether points belong to the maximum of the set, or are added to it or taken off, up to a cap of their own."""

    MAIN = "main"
    BONUS = "bonus"
    PENALTY = "penalty"


class Applies(StrEnum):
    """Whether a criterion concerns the units of the set's level.

    ALWAYS it must be scored; IF_ANY ("nếu có") a unit may take it out with its ground; NEVER the set itself
    takes it out, for every unit.
    """

    ALWAYS = "always"
    IF_ANY = "if_any"
    NEVER = "never"


class CriterionUnknown(UsageError):
    """A code that the set does not have."""

    code = "criteria.unknown_code"
    template = msgid("“{name}” has no criterion with the code “{criterion}”. It has, for example: {nearest}.")


@dataclass(frozen=True, slots=True)
class Criterion:
    """A field, a criterion or a sub-criterion. Only a leaf (no `children`) is scored.

    `id` is for life, `code` is what is printed. The values from `part` on belong to leaves; a group has
    their defaults. Where `applies` is NEVER, and only there, `ground` says why and `rule` may be None.
    """

    id: str
    code: str
    title: str
    maximum: Decimal
    lead: str | None = None
    children: tuple[Criterion, ...] = ()
    block: Block = Block.MAIN
    part: Part | None = None
    applies: Applies = Applies.ALWAYS
    ground: str = ""
    rule: Rule | None = None
    documents: tuple[str, ...] = ()
    reason_required: bool = False
    guidance: str | None = None
    source: str | None = None

    @property
    def counts(self) -> Decimal:
        """What it adds to the denominator while it applies: bonus and penalty stand outside."""
        return self.maximum if self.block is Block.MAIN else Decimal("0.00")

    @property
    def inputs(self) -> tuple[InputSpec, ...]:
        """What a unit enters; nothing where it does not score itself."""
        if self.rule is None or self.applies is Applies.NEVER or self.rule.scored_by is not ScoredBy.UNIT:
            return ()
        return self.rule.specs

    def walk(self) -> Iterator[Criterion]:
        """Itself and everything below, in printed order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """A set of a year and a level; `digest` names it by the SHA-256 of its canonical bytes.

    `fields` is the top level; `notice` is printed wherever the set is. `tree` is what all of it was read from.
    """

    digest: str
    id: str
    name: str
    year: int
    level: Level
    version: int
    notice: str
    legal_basis: tuple[str, ...]
    maximum: Decimal
    fields: tuple[Criterion, ...]
    tree: Mapping[str, Any] = field(repr=False, compare=False)
    _by_id: Mapping[str, Criterion] = field(init=False, repr=False, compare=False)
    _by_code: Mapping[str, Criterion] = field(init=False, repr=False, compare=False)
    _parents: Mapping[str, Criterion] = field(init=False, repr=False, compare=False)
    _leaves: tuple[Criterion, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        everything = tuple(self.walk())
        object.__setattr__(self, "_by_id", {c.id: c for c in everything})
        object.__setattr__(self, "_by_code", {c.code: c for c in everything})
        object.__setattr__(self, "_parents", {child.id: c for c in everything for child in c.children})
        object.__setattr__(self, "_leaves", tuple(c for c in everything if not c.children))

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Self:
        """The set that `tree` says, which a `read_criteria_set` has accepted before."""
        head = head_of(tree)
        return cls(
            digest=digest_of(canonical(dict(tree))),
            id=tree["id"],
            name=tree["name"],
            year=tree["year"],
            level=Level(tree["level"]),
            version=tree["version"],
            notice=tree["notice"],
            legal_basis=tuple(tree["legal_basis"]),
            maximum=Decimal(tree["maximum"]),
            fields=tuple(
                _criterion(node, head, Block(node.get("block", Block.MAIN))) for node in tree["criteria"]
            ),
            tree=tree,
        )

    def walk(self) -> Iterator[Criterion]:
        """Every field, criterion and sub-criterion, in printed order."""
        for top in self.fields:
            yield from top.walk()

    def leaves(self) -> tuple[Criterion, ...]:
        """What is scored, in printed order."""
        return self._leaves

    @property
    def has_extras(self) -> bool:
        """Whether points are added to the maximum or taken off (điểm cộng, điểm trừ)."""
        return any(top.block is not Block.MAIN for top in self.fields)

    def find(self, criterion_id: str) -> Criterion | None:
        """The criterion with this id, if the set has it."""
        return self._by_id.get(criterion_id)

    def by_code(self, code: str) -> Criterion:
        """The criterion with this printed code; raises `CriterionUnknown`."""
        try:
            return self._by_code[code]
        except KeyError:
            raise CriterionUnknown(
                name=self.name, criterion=code[:60], nearest=_nearest(code, self._by_code)
            ) from None

    def parent(self, criterion: Criterion) -> Criterion | None:
        """The group that `criterion` belongs to; None for a field."""
        return self._parents.get(criterion.id)


def _nearest(code: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Those of `codes` that somebody may have meant: of the same heading, written most alike; else the top level."""
    known = list(codes)
    meant = code.strip().replace(",", ".")[:_LONGEST_CODE]
    heading = meant
    while "." in heading:
        heading = heading.rpartition(".")[0]
        if below := [each for each in known if each.startswith(f"{heading}.")]:
            return tuple(get_close_matches(meant, below, _NEAREST, 0))
    return tuple(each for each in known if "." not in each)


_NEAREST: Final = 5
_LONGEST_CODE: Final = 60
"""Signs of a code that was asked for: no set has a longer one."""


def head_of(tree: Mapping[str, Any]) -> Head:
    """What the rules of the set `tree` take from it."""
    return Head(tree["year"], Level(tree["level"]), Calendar.read(tree.get("calendar", {})))


def _criterion(node: Mapping[str, Any], head: Head, block: Block) -> Criterion:
    maximum = Decimal(node["maximum"])
    common = (node["id"], node["code"], node["title"], maximum, node.get("lead"))
    if "children" in node:
        children = tuple(_criterion(child, head, block) for child in node["children"])
        return Criterion(*common, children=children, block=block)
    return Criterion(
        *common,
        block=block,
        part=Part(node["part"]),
        applies=Applies(node["applicability"]),
        ground=node.get("not_applicable_ground", ""),
        rule=read_rule(node["rule"], maximum, head) if "rule" in node else None,
        documents=tuple(node["documents"]),
        reason_required=node["reason_below_maximum"] == "required",
        guidance=node.get("guidance"),
        source=node.get("source"),
    )
