"""Homes: one folder holds one office, and one process has it open at a time.

office.db            the database                    keys/signing.p12    the signing key
evidence/ab/cdef...  evidence by its SHA-256         keys/root.p12       the province's root key
backups/             automatic copies of office.db   .lock               held while the home is open
staging/             bundles being taken in
"""

from __future__ import annotations

import getpass
import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Self

from filelock import FileLock, Timeout

from db import journal
from db.backup import back_up, backups, made_at
from db.database import Database, Session
from db.evidence import EvidenceStore
from db.office import OfficeRecord, put_setting, read_office, setting, write_office
from parindex_desktop.domain.errors import MachineError, UserError, reason_of
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.text import one_line
from parindex_desktop.domain.units import Level
from parindex_desktop.services import replacing_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.people import Person
    from parindex_desktop.domain.revisions import Value


_PRIVATE: Final = 0o700


class HomeInUse(MachineError):
    """Another process has the home open."""

    code = "home.in_use"
    template = msgid(
        "This office's data ({home}) is open in another window of the program. Nothing was changed; "
        "close that window, then try again."
    )


class HomeNotSetUp(UserError):
    """The folder holds no office yet."""

    code = "home.not_set_up"
    template = msgid(
        "There is no office in {home} yet. Set it up first: in the window, or by “parindex init”."
    )


class HomeTaken(UserError):
    """The folder holds an office already."""

    code = "home.taken"
    template = msgid("{home} already belongs to “{name}”. Nothing was changed; choose another folder.")


class HomeNotWritable(MachineError):
    """The folder cannot be made or written."""

    code = "home.not_writable"
    template = msgid(
        "The folder {home} cannot be written ({reason}). Nothing was changed; choose another folder."
    )


def now() -> datetime:
    """The machine's clock, aware."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Office:
    """An open home. `clock` and `login` (the name of the machine's user) are given once, at opening.

    `person` is who works here, where the office keeps a staff list and that was said (`services.people`).
    `kit_read` is the kit as `register.current_kit` last read it, with what it was made of.
    """

    home: Path
    database: Database
    evidence: EvidenceStore
    clock: Callable[[], datetime]
    login: str
    _lock: FileLock
    _record: OfficeRecord | None = None
    person: Person | None = None
    kit_read: tuple[object, Kit] | None = None

    @property
    def record(self) -> OfficeRecord:
        """Whose home this is."""
        if self._record is None:
            raise HomeNotSetUp(home=str(self.home))
        return self._record

    @property
    def actor(self) -> str:
        """Who works here, as the journal has it: the person, or as long as nobody said so the machine's user."""
        return self.person.words if self.person else self.login

    @property
    def level(self) -> Level:
        """The kind of this office."""
        return Level(self.record.level)

    @property
    def is_set_up(self) -> bool:
        """Whether the home already belongs to an office."""
        return self._record is not None

    @property
    def signing_key(self) -> Path:
        """File of the signing key."""
        return self.home / "keys" / "signing.p12"

    @property
    def root_key(self) -> Path:
        """File of the province's root key; other offices have none."""
        return self.home / "keys" / "root.p12"

    @property
    def staging(self) -> Path:
        """Folder of bundles being taken in; on the same file system as the store."""
        return self.home / "staging"

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """One transaction; where it fails, what is remembered of the office is again what the disk has."""
        before = self._record
        try:
            with self.database.begin() as session:
                yield session
        except BaseException:
            self._record = before
            raise

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only looks."""
        with self.database.read() as session:
            yield session

    def write(self, session: Session, action: str, details: dict[str, Value]) -> str:
        """Put a line into the journal; returns the new head."""
        return journal.write(session, self.clock(), self.actor, action, details)

    def change_record(self, session: Session, **changes: str | None) -> None:
        """Change what is known of this office; seen by others when the transaction has ended."""
        record = replace(self.record, **changes)  # type: ignore[arg-type]  # only the text fields are passed
        write_office(session, record)
        self._record = record

    def set_up(self, session: Session, record: OfficeRecord) -> None:
        """Give the home to an office."""
        write_office(session, record)
        self._record = record

    def back_up(self, reason: str) -> Path:
        """Copy the database, before something that changes much. Raises `BackupNotMade`."""
        return back_up(self.database, self.home / "backups", self.clock(), reason)

    def last_backup(self) -> datetime | None:
        """When the newest automatic backup was made."""
        kept = backups(self.home / "backups")
        if not kept:
            return None
        return made_at(kept[-1])

    def setting(self, name: str) -> str | None:
        """A choice made on this machine."""
        with self.read() as session:
            return setting(session, name)

    def put_setting(self, name: str, value: str) -> None:
        """Remember a choice."""
        with self.begin() as session:
            put_setting(session, name, value)

    def close(self) -> None:
        """Release the database and the lock."""
        self.database.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_home(home: Path, clock: Callable[[], datetime] = now, actor: str | None = None) -> Office:
    """Open the office in `home`. Raises `HomeNotSetUp`, `HomeInUse`, or what `db.errors` names."""
    try:
        is_there = (home / "office.db").is_file()
    except OSError as fault:
        raise HomeNotWritable(home=str(home), reason=reason_of(fault)) from fault
    if not is_there:
        raise HomeNotSetUp(home=str(home))
    office = _open(home, clock, actor)
    if not office.is_set_up:
        office.close()
        raise HomeNotSetUp(home=str(home))
    return office


def new_home(home: Path, clock: Callable[[], datetime] = now, actor: str | None = None) -> Office:
    """Open `home` for an office that is to be set up. Raises `HomeTaken`, `HomeInUse`, `HomeNotWritable`."""
    try:
        home.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        for folder in ("keys", "evidence", "staging", "backups"):
            (home / folder).mkdir(exist_ok=True)
        if not (home / "office.db").exists():
            _make_private(home)
    except OSError as fault:
        raise HomeNotWritable(home=str(home), reason=reason_of(fault)) from fault
    office = _open(home, clock, actor)
    if office.is_set_up:
        name = office.record.name
        office.close()
        raise HomeTaken(home=str(home), name=name)
    return office


def _open(home: Path, clock: Callable[[], datetime], actor: str | None) -> Office:
    # A window founds an office in one thread and closes it in another.
    lock = FileLock(home / ".lock", timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as fault:
        raise HomeInUse(home=str(home)) from fault
    except OSError as fault:
        raise HomeNotWritable(home=str(home), reason=reason_of(fault)) from fault
    database = Database(home / "office.db")
    try:
        database.migrate(lambda: _back_up_before_migration(database, home, clock))
        _sweep(home / "staging")
        replacing_keys.settle(database, home / "keys")
        evidence = EvidenceStore(home / "evidence")
        evidence.clear_unfinished()
        with database.read() as session:
            record = read_office(session)
    except OSError as fault:
        database.close()
        lock.release()
        raise HomeNotWritable(home=str(home), reason=reason_of(fault)) from fault
    except BaseException:
        database.close()
        lock.release()
        raise
    return Office(home, database, evidence, clock, actor or _user(), lock, record)


def _make_private(home: Path) -> None:
    """Keep the home from others at the machine; Windows does so by itself for the folders of a user."""
    if os.name == "posix":
        # A stick formatted as FAT knows no owners: whoever holds it can read it.
        with suppress(PermissionError):
            home.chmod(_PRIVATE)


def _sweep(staging: Path) -> None:
    """Empty the staging folder: what a killed process left there was never taken in."""
    for path in staging.rglob("*"):
        # Windows removes nothing that is read-only, as copies of evidence are that were opened.
        path.chmod(_PRIVATE)
    # Another program may still show a copy; then it goes the next time.
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(exist_ok=True)


def _user() -> str:
    """Who is at the machine; a service account may have no name, only a number."""
    try:
        return one_line(getpass.getuser(), 100)
    except (KeyError, ImportError, OSError):
        return "?"


def _back_up_before_migration(database: Database, home: Path, clock: Callable[[], datetime]) -> None:
    back_up(database, home / "backups", clock(), "migration")
