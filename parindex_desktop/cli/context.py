"""What every command gets, and what it gives back."""

from __future__ import annotations

import getpass
import os
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from parindex_desktop.cli.exits import DONE, REFUSED
from parindex_desktop.domain.errors import Cancelled, UsageError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.services.files import read_small
from resources import Language, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from parindex_desktop.domain.errors import ManyFaults
    from parindex_desktop.domain.people import Person
    from parindex_desktop.services.homes import Office


class PassphraseNeeded(UsageError):
    """Nobody is there to ask."""

    code = "usage.passphrase_needed"
    template = msgid(
        "A passphrase is needed. Give --passphrase-file or the environment variable PARINDEX_PASSPHRASE; "
        "it is never taken from an argument."
    )


class NewPassphraseNeeded(UsageError):
    """Nobody is there to ask."""

    code = "usage.new_passphrase_needed"
    template = msgid(
        "A new passphrase for the key is needed. Give --new-passphrase-file or the environment variable "
        "PARINDEX_NEW_PASSPHRASE; when work is handed over, --keep-passphrase leaves the present one."
    )


class PassphrasesDiffer(UsageError):
    """Typed blindly, and not the same both times."""

    code = "usage.passphrases_differ"
    template = msgid("The new passphrase was not typed the same way twice. Nothing was changed; begin again.")


class PinNeeded(UsageError):
    """Nobody is there to ask."""

    code = "usage.pin_needed"
    template = msgid(
        "A PIN is needed. Give it in the environment variable {variable}; it is never taken from an argument."
    )


class NotAtWork(UsageError):
    """Who is said to work here does not, or not any more."""

    code = "usage.not_at_work"
    template = msgid(
        "Nobody called “{name}” works here by the staff list. Nothing was done; correct --as or the environment "
        "variable PARINDEX_PERSON (“parindex people list” says who works here)."
    )


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command has to say: `data` for scripts (--json), `lines` for people, and the exit status."""

    data: dict[str, Any]
    lines: list[str] = field(default_factory=list)
    status: int = DONE


@dataclass(slots=True)
class Heading:
    """Of which year the answer speaks, for those commands that speak of one."""

    year: str | None = None
    line: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """The settings of one run; `person` is who works here by the staff list, empty for the machine's user.

    `of_year` tells that all that the command says is of one year, which `heading` then names.
    """

    home: Path
    language: Language
    year: str | None
    passphrase_file: Path | None
    quiet: bool
    person: str = ""
    of_year: bool = False
    heading: Heading = field(default_factory=Heading)

    def office(self, *, unnamed: bool = False) -> Office:
        """Open the office of this home, with whoever works here.

        Where the office keeps a staff list, somebody on it must be named, as in the window: what a command does is
        recorded with a person. With `unnamed` nobody need be: for commands that only look, and for those that keep the
        list itself (to set it up, and where somebody forgot their PIN). Raises `NobodySaid`.
        """
        from parindex_desktop.services.homes import open_home  # noqa: PLC0415 (SQLAlchemy takes a while)

        office = open_home(self.home)
        try:
            self._identify(office, unnamed=unnamed)
            if self.of_year:
                self.name_year(office)
        except BaseException:
            office.close()
            raise
        return office

    def name_year(self, office: Office) -> None:
        """Put the year that is worked on above the answer, and that others are open where one may mean those."""
        from parindex_desktop.services import years  # noqa: PLC0415 (with the office)

        year = self.year or office.record.period
        if year is None or year not in years.open_years(office):
            return  # whatever needs the year says so itself
        others = years.besides(office, year)
        self.heading.year = year
        self.heading.line = (
            self.tr(
                "Year of assessment {year}. Also open: {others} (--period YEAR for one command, or “parindex period "
                "choose YEAR”).",
                year=year,
                others=", ".join(others),
            )
            if others
            else self.tr("Year of assessment {year}.", year=year)
        )

    def _identify(self, office: Office, *, unnamed: bool) -> None:
        from parindex_desktop.services import people  # noqa: PLC0415 (with the office)

        person = self._person(office, unnamed=unnamed) if self.person else None
        if person is not None:
            pin = self.secret("PARINDEX_PIN", msgid("PIN: ")) if person.has_pin else ""
            people.identify(office, person, pin)
        elif not unnamed:
            people.check_said(office)

    def _person(self, office: Office, *, unnamed: bool) -> Person | None:
        """Who is said to work here; None for somebody who has left, where nobody need be named. Raises `NotAtWork`."""
        from parindex_desktop.services import people  # noqa: PLC0415 (with the office)

        try:
            return people.find(office, self.person)
        except people.PersonUnknown as fault:
            if not unnamed or not people.has_left(office, self.person):
                raise NotAtWork(name=fault.values["name"]) from fault
        said = self.tr(
            "“{name}” (--as or the environment variable PARINDEX_PERSON) no longer works here by the staff list; this "
            "command goes on without a name.",
            name=self.person,
        )
        sys.stderr.write(f"{said}\n")
        return None

    def tr(self, template: str, **values: object) -> str:
        """Say a sentence in the language of this run."""
        return say(template, self.language, **values)

    def said(self, message: Message) -> str:
        """Say a computed sentence in the language of this run."""
        return say(message, self.language)

    def error(self, message: Message) -> dict[str, str]:
        """What `--json` says of a refusal: its stable code and its sentence."""
        return {"code": message.code, "message": self.said(message)}

    def refused(self, problems: Iterable[Message | None]) -> dict[str, dict[str, str]]:
        """`error`, as every refused command has it, of the first problem there is; nothing where there is none."""
        first = next(filter(None, problems), None)
        return {"error": self.error(first)} if first else {}

    def faulty(self, fault: ManyFaults, **data: Any) -> Reply:
        """The refusal of something that has faults, every one of them named; `data` is what scripts get besides."""
        return Reply(
            {
                **self.refused([fault.message]),
                "faults": [self.error(each) for each in fault.faults],
                **data,
            },
            [
                f"{self.said(fault.message)} [{fault.code}]",
                *(f"- {self.said(each)}" for each in fault.faults),
            ],
            REFUSED,
        )

    def passphrase(self, *, new: bool = False) -> str:
        """From the file, the environment or a prompt. Raises `PassphraseNeeded` where nobody can be asked."""
        if self.passphrase_file is not None:
            # Windows' own editor puts a mark before the text.
            return read_small(self.passphrase_file).decode("utf-8-sig", "replace").rstrip("\r\n")
        if "PARINDEX_PASSPHRASE" in os.environ:
            return os.environ["PARINDEX_PASSPHRASE"]
        if not sys.stdin.isatty():
            raise PassphraseNeeded
        return self._asked_twice() if new else self._asked(msgid("Passphrase: "))

    def secret(self, variable: str, prompt: str) -> str:
        """From the environment `variable` or a prompt. Raises `PinNeeded` where nobody can be asked."""
        if variable in os.environ:
            return os.environ[variable]
        if not sys.stdin.isatty():
            raise PinNeeded(variable=variable)
        return self._asked(prompt)

    def new_passphrase(self, file: Path | None) -> str:
        """The one that the key is to have, from `file`, the environment or a prompt. Raises `NewPassphraseNeeded`."""
        if file is not None:
            return read_small(file).decode("utf-8-sig", "replace").rstrip("\r\n")
        if "PARINDEX_NEW_PASSPHRASE" in os.environ:
            return os.environ["PARINDEX_NEW_PASSPHRASE"]
        if not sys.stdin.isatty():
            raise NewPassphraseNeeded
        return self._asked_twice()

    def _asked_twice(self) -> str:
        """A new passphrase: a slip nobody sees would lock everybody out. Raises `PassphrasesDiffer`."""
        first = self._asked(msgid("New passphrase: "))
        if self._asked(msgid("New passphrase once more: ")) != first:
            raise PassphrasesDiffer
        return first

    def _asked(self, prompt: str) -> str:
        try:
            return getpass.getpass(self.tr(prompt), stream=sys.stderr)
        except EOFError as fault:
            raise Cancelled from fault

    def progress(self, unit: str = "") -> Callable[[int, int], None]:
        """Tells progress on standard error, where a person watches it."""
        if self.quiet or not sys.stderr.isatty():
            return lambda _done, _total: None

        def tell(done: int, total: int) -> None:
            share = 100 * done // total if total else 100
            end = "\n" if done >= total else ""
            sys.stderr.write(f"\r{share:3d} % {unit}{end}")
            sys.stderr.flush()

        return tell
