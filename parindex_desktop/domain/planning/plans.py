"""A plan, directive or campaign as it is issued: one document, whole in one entry, with everything that it sets.

Drafts lack fields and stay trees (`plan_faults` says what is missing); this is what a reader may rely on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Self

from parindex_desktop.domain.calendars import Calendar
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.planning.parties import parties
from parindex_desktop.domain.planning.targets import Target
from parindex_desktop.domain.planning.tasks import Task
from parindex_desktop.domain.units import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex_desktop.domain.planning.parties import Party


class DocumentKind(StrEnum):
    """What kind of document sets it."""

    PLAN = "plan"
    DIRECTIVE = "directive"
    CAMPAIGN = "campaign"

    @property
    def words(self) -> str:
        """What it is called, as a template of the catalogue."""
        return _KINDS[self]


_KINDS: Final = {
    DocumentKind.PLAN: msgid("Plan (kế hoạch)"),
    DocumentKind.DIRECTIVE: msgid("Directive (chỉ thị)"),
    DocumentKind.CAMPAIGN: msgid("Emulation campaign (phát động phong trào thi đua)"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """Points of a year out of a maximum, and the rank where one was given: `rank` of `of`, in the `scope`."""

    year: int
    points: Decimal
    maximum: Decimal
    rank: int | None = None
    of: int | None = None
    scope: str = ""

    @classmethod
    def read(cls, tree: Mapping[str, Any]) -> Self:
        """From the tree of a plan's file."""
        return cls(
            tree["year"],
            Decimal(tree["points"]),
            Decimal(tree["maximum"]),
            tree.get("rank"),
            tree.get("of"),
            tree.get("scope", ""),
        )

    @property
    def lost(self) -> Decimal:
        """Points that were not reached."""
        return self.maximum - self.points


@dataclass(frozen=True, slots=True)
class PlanField:
    """A field of the reform (lĩnh vực): who leads it, what it came to last year; `about` is what the plan says."""

    id: str
    no: str
    title: str
    leads: tuple[Party, ...]
    supports: tuple[Party, ...]
    last: Result | None
    about: tuple[str, ...]

    @classmethod
    def read(cls, tree: Mapping[str, Any]) -> Self:
        """From the tree of a plan's file."""
        return cls(
            tree["id"],
            tree["no"],
            tree["title"],
            parties(tree, "leads"),
            parties(tree, "supports"),
            Result.read(tree["last"]) if "last" in tree else None,
            tuple(tree.get("about", ())),
        )


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the annex; `groups` stand below it. `printed` is its number where the paper says another one."""

    id: str
    no: str
    title: str
    groups: tuple[Section, ...]
    printed: str = ""

    @classmethod
    def read(cls, tree: Mapping[str, Any]) -> Self:
        """From the tree of a plan's file."""
        groups = tuple(cls.read(each) for each in tree.get("groups", ()))
        return cls(tree["id"], tree["no"], tree["title"], groups, tree.get("printed", ""))


@dataclass(frozen=True, slots=True)
class Duty:
    """A numbered duty of a directive: to whom it is given, what it says, and its points.

    Each point begins with the mark that it is printed with: “đ)”, “-”.
    """

    id: str
    no: str
    text: str
    parties: tuple[Party, ...]
    points: tuple[str, ...]

    @classmethod
    def read(cls, tree: Mapping[str, Any]) -> Self:
        """From the tree of a plan's file."""
        return cls(
            tree["id"], tree["no"], tree["text"], parties(tree, "parties"), tuple(tree.get("points", ()))
        )


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """Money for the plan in đồng, at its four stages; None is not yet known."""

    id: str
    title: str
    source: str
    proposed: int | None
    appraised: int | None
    approved: int | None
    spent: int | None

    @classmethod
    def read(cls, tree: Mapping[str, Any]) -> Self:
        """From the tree of a plan's file."""
        stages = (tree.get(name) for name in ("proposed", "appraised", "approved", "spent"))
        return cls(tree["id"], tree["title"], tree.get("source", ""), *stages)


@dataclass(frozen=True, slots=True)
class Award:
    """What a campaign gives, to whom and to how many: `cap` over all levels together.

    `papers` are what a dossier holds, `forms` the form of the law that each follows. `initiatives` is how many a
    candidate must have; `collectives` says whether collectives are honoured, too.
    """

    title: str
    cap: int
    collectives: bool
    initiatives: int
    papers: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]

    @classmethod
    def read(cls, tree: Mapping[str, Any]) -> Self:
        """From the tree of a plan's file."""
        return cls(
            tree["title"],
            tree["cap"],
            "collectives" in tree["honours"],
            tree.get("initiatives", 0),
            tuple((each["title"], each.get("form", "")) for each in tree["papers"]),
            tuple(tree["steps"]),
        )


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: on whose behalf (KT. CHỦ TỊCH), as what, and the name."""

    title: str
    name: str
    authority: str = ""

    @classmethod
    def read(cls, tree: Mapping[str, Any]) -> Self:
        """From the tree of a plan's file."""
        return cls(tree["title"], tree["name"], tree.get("authority", ""))


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan, directive or campaign.

    `office` is who issues it and `superior` who stands above it, as its head is printed. It runs from `first` to
    `last` year. `number` and `issued` are empty until the paper is signed. `opening` and `closing` are its texts
    before and after what it sets, in parts of a heading and paragraphs.
    `history` are the results of earlier years. `day_itself` says whether “trước 20/12” lets the 20th pass.
    `report_day` (month, day) is when units report each year. `ranked` are the groups that are ranked apart.
    """

    id: str
    kind: DocumentKind
    title: str
    office: str
    number: str
    issued: date | None
    place: str
    first: int
    last: int
    superior: str
    bases: tuple[str, ...]
    opening: tuple[tuple[str, tuple[str, ...]], ...]
    closing: tuple[tuple[str, tuple[str, ...]], ...]
    fields: tuple[PlanField, ...]
    history: tuple[Result, ...]
    targets: tuple[Target, ...]
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    duties: tuple[Duty, ...]
    budget: tuple[BudgetLine, ...]
    award: Award | None
    recipients: tuple[str, ...]
    signer: Signer | None
    day_itself: bool
    report_day: tuple[int, int] | None
    ranked: tuple[tuple[Level, ...], ...]
    calendar: Calendar

    @classmethod
    def read(cls, tree: Mapping[str, Any]) -> Self:
        """From the tree of a plan's file that was found without fault."""
        head = tree["head"]
        day = head.get("report_day")
        return cls(
            id=head["id"],
            kind=DocumentKind(head["kind"]),
            title=head["title"],
            office=head["office"],
            number=head.get("number", ""),
            issued=date.fromisoformat(head["issued"]) if "issued" in head else None,
            place=head.get("place", ""),
            first=head["first"],
            last=head["last"],
            superior=head.get("superior", ""),
            bases=tuple(tree.get("bases", ())),
            opening=_parts(tree, "opening"),
            closing=_parts(tree, "closing"),
            fields=tuple(PlanField.read(each) for each in tree.get("fields", ())),
            history=tuple(Result.read(each) for each in tree.get("history", ())),
            targets=tuple(Target.read(each) for each in tree.get("targets", ())),
            sections=tuple(Section.read(each) for each in tree.get("sections", ())),
            tasks=tuple(Task.read(each) for each in tree.get("tasks", ())),
            duties=tuple(Duty.read(each) for each in tree.get("duties", ())),
            budget=tuple(BudgetLine.read(each) for each in tree.get("budget", ())),
            award=Award.read(tree["award"]) if "award" in tree else None,
            recipients=tuple(tree.get("recipients", ())),
            signer=Signer.read(tree["signer"]) if "signer" in tree else None,
            day_itself=head.get("before_means", "day_itself") == "day_itself",
            report_day=(int(day[:2]), int(day[3:])) if day else None,
            ranked=tuple(tuple(Level(level) for level in group) for group in head.get("ranked", ())),
            calendar=Calendar.read(tree.get("calendar", {})),
        )

    def runs_in(self, year: int) -> bool:
        """Whether it is for `year`."""
        return self.first <= year <= self.last


def _parts(tree: Mapping[str, Any], name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((each.get("heading", ""), tuple(each["paragraphs"])) for each in tree.get(name, ()))
