"""Taking in bundles: each is staged, checked and committed by itself; one outcome for each, never a stop.

The pipeline for one file is: stage (container, tag files, signature, signer, digests, schema) -> entitlement and
content -> evidence into the store -> one transaction that names it all. What fails before the last step leaves
nothing but its outcome.
"""

from __future__ import annotations

import logging
import shutil
import uuid
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Final

from db import revisions as kept
from db.errors import BackupNotMade, StoreFull, StoreNotWritable
from db.evidence import Stored
from db.office import Arrival, brought_by, record_arrival, record_evidence
from exports.bundles import bag
from exports.bundles.container import read_front
from exports.bundles.errors import DiskFull, TargetNotWritable
from exports.bundles.reading import stage_bundle, verify_bundle
from exports.bundles.sticks import said
from exports.signing.keys import spoken
from parindex_desktop.domain import merge
from parindex_desktop.domain.assessments import criterion_of, unsettled_in
from parindex_desktop.domain.errors import BundleRefused, Cancelled, MachineError, ParIndexError, UserError
from parindex_desktop.domain.planning.progress import subject_of
from parindex_desktop.domain.revisions import Kind, State
from parindex_desktop.domain.rival_kits import contradictions
from parindex_desktop.domain.text import one_line
from parindex_desktop.services.entitlement import check_assessment, check_progress, judge_unit
from parindex_desktop.services.finding import SUFFIX, bundles_in
from parindex_desktop.services.forks import fork_of
from parindex_desktop.services.kits import check_kit, judge_kit, known_kit, learn_from_kit
from parindex_desktop.services.outcomes import Brought, Outcome, Taken
from parindex_desktop.services.refusals import BundleBug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sized
    from datetime import datetime
    from pathlib import Path

    from db.database import Session
    from exports.bundles.bag import Claims
    from exports.bundles.reading import Staged
    from exports.signing.cms import Signer
    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.merge import Placement, Register
    from parindex_desktop.domain.revisions import Revision, Series, Value
    from parindex_desktop.services.homes import Office

__all__ = ["SUFFIX", "Brought", "Outcome", "Taken", "bundles_in", "take_in"]

_log = logging.getLogger("parindex.bug")


def take_in(
    office: Office,
    paths: Iterable[Path],
    *,
    dry_run: bool = False,
    trust: str | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[Taken]:
    """Take in every bundle among `paths`; `trust` is the province's key code that a person heard.

    With `dry_run` nothing is kept: each outcome is what would become of the bundle after those before it.
    The database is backed up before the first bundle that changes what is held. `progress` is told the number of
    bundles done, also while a large one is read, and may raise `Cancelled`: what was taken in before stays, and
    its outcomes are in the inbox. Raises `BackupNotMade`.
    """
    sources = bundles_in(paths)
    desk = _Desk(office, known_kit(office), trust, dry_run=dry_run)
    taken = []
    for number, source in enumerate(sources):
        taken.append(desk.take(source, partial(progress, number, len(sources))))
    progress(len(sources), len(sources))
    return taken


class _OnlyTried(Exception):
    """Ends a transaction that was only to show whether it would go through."""


@dataclass(slots=True)
class _Desk:
    """One batch: the register is read once, and again only after a kit was taken in.

    `passed` are the bundles of the batch so far by their digests, `seen` the revisions that a dry run would have
    kept, with the times at which they say that they were signed, and `files` what it would have stored.
    """

    office: Office
    kit: Kit | None
    trust: str | None
    dry_run: bool
    backed_up: bool = False
    passed: dict[str, str] = field(default_factory=dict)
    seen: dict[Series, dict[str, tuple[Revision, datetime]]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)

    def take(self, source: Path, tick: Callable[[], None]) -> Taken:
        """One bundle, whatever it is; `tick` is called again and again while it is read."""
        tick()
        folder = self.office.staging / uuid.uuid4().hex
        try:
            _make(folder)
            if self.dry_run:
                staged = verify_bundle(source, judge=self._judge, progress=lambda _done, _total: tick())
            else:
                staged = stage_bundle(
                    source,
                    folder,
                    judge=self._judge,
                    has=partial(self._has, tick),
                    progress=lambda _done, _total: tick(),
                )
            taken = self._commit(source, staged, folder)
        except (Cancelled, BackupNotMade):
            raise
        except (DiskFull, TargetNotWritable) as fault:
            taken = self._refused(source, _not_stored(source, fault))
        except ParIndexError as fault:
            taken = self._refused(source, fault)
        except Exception:  # noqa: BLE001 (what nobody foresaw in one bundle stops no other; it is logged)
            _log.exception("taking in %s", _name(source))
            taken = self._refused(source, BundleBug())
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return taken

    def _has(self, tick: Callable[[], None], sha256: str) -> bool:
        """Whether a file is here whole; one that is damaged here is copied again, and so heals."""
        tick()
        return self.office.evidence.keep(sha256)

    def _judge(self, claims: Claims, signer: Signer) -> None:
        if claims.kind is Kind.KIT:
            judge_kit(self.office, self.kit, claims, signer, self.trust)
        else:
            judge_unit(self.kit, self.office, claims, signer)

    def _commit(self, source: Path, staged: Staged, folder: Path) -> Taken:
        series = staged.revision.series
        seen = self.seen.get(series, {})
        with self.office.read() as session:
            held = kept.held(session, series) | {digest: each for digest, (each, _) in seen.items()}
        assessment = self._check(staged, held)
        placement = merge.place(staged.digest, staged.revision, held)
        taken = replace(
            self._taken(source, staged, placement, held),
            brought=self._brought(staged, placement, held, assessment),
        )
        if taken.outcome.is_kept and series.kind is Kind.KIT:
            self._try_to_learn(staged)
        if self.dry_run:
            self.seen[series] = {**seen, staged.digest: (staged.revision, staged.signer.claimed_time)}
            self.files |= {file.sha256 for file in staged.files}
        else:
            self._store(staged, taken, folder)
        self.passed.setdefault(staged.digest, taken.source)
        return taken

    def _store(self, staged: Staged, taken: Taken, folder: Path) -> None:
        """Keep what the bundle brings, its evidence first."""
        if taken.adds:
            self._back_up()
        self.office.evidence.adopt((f.sha256, folder / f.sha256) for f in staged.files if f.copied)
        with self.office.begin() as session:
            self._keep(session, staged, taken)
        if taken.outcome.is_kept and staged.revision.series.kind is Kind.KIT:
            self.kit = known_kit(self.office)

    def _back_up(self) -> None:
        """Once in a batch, before what is held changes for the first time."""
        if not self.backed_up:
            self.office.back_up("import")
            self.backed_up = True

    def _try_to_learn(self, staged: Staged) -> None:
        """Raise what keeps a kit from being believed, before anything is backed up; nothing of this stays."""
        with suppress(_OnlyTried), self.office.begin() as session:
            kept.hold(session, staged.revision, staged.document, self.office.clock())
            learn_from_kit(self.office, session, staged.signer.fingerprint)
            raise _OnlyTried

    def _check(self, staged: Staged, held: Mapping[str, Revision]) -> Assessment | None:
        """The self-assessment (others have none), after entitlement, content and descent; raises what they name."""
        assessment = None
        kind, own = staged.revision.series.kind, self.office.record.unit
        if kind is Kind.KIT:
            check_kit(staged, held, own=staged.revision.series.author == own)
        else:
            assert self.kit is not None
            if kind is Kind.PROGRESS:
                check_progress(self.kit, own, staged, held)
            else:
                assessment = check_assessment(self.kit, own, staged, held)
        merge.check_descent(staged.revision, held)
        return assessment

    def _brought(
        self,
        staged: Staged,
        placement: Placement,
        held: Mapping[str, Revision],
        assessment: Assessment | None,
    ) -> Brought:
        """What the bundle brings; where it forks, the versions side by side."""
        signed = {digest: at for digest, (_, at) in self.seen.get(staged.revision.series, {}).items()}
        signed[staged.digest] = staged.signer.claimed_time
        fork = None
        if self.kit is not None and assessment and placement.verdict is merge.Verdict.FORKED:
            with self.office.read() as session:
                fork = fork_of(
                    {**held, staged.digest: staged.revision},
                    self.kit.set_of_digest,
                    lambda digest: signed.get(digest) or kept.claimed_time(session, digest),
                    self.kit.given_to(str(staged.revision.series.period), staged.revision.series.author),
                )
        key = spoken(staged.signer.fingerprint)
        return Brought(key, staged.signer.claimed_time, assessment, fork)

    def _taken(
        self, source: Path, staged: Staged, placement: Placement, held: Mapping[str, Revision]
    ) -> Taken:
        revision = staged.revision
        before = merge.merged(held)
        after = merge.merged({**held, staged.digest: revision})
        unit = self.kit.units.get(revision.series.author) if self.kit else None
        outcome = Outcome(placement.verdict.value)
        twin = self.passed.get(staged.digest, "") if outcome is Outcome.HELD else ""
        if twin:
            outcome = Outcome.TWIN
        lacking = {file.sha256 for file in staged.files} - self.files
        new, kind = outcome.is_new, revision.series.kind
        about = subject_of if kind is Kind.PROGRESS else criterion_of
        changed = {about(key) for key in after if new and after[key] != before.get(key)}
        return Taken(
            source=_name(source),
            outcome=outcome,
            twin_of=twin,
            kind=revision.series.kind,
            draft=revision.state is State.DRAFT,
            unit=revision.series.author,
            unit_name=unit.name if unit else "",
            period=revision.series.period,
            sequence=revision.sequence,
            digest=staged.digest,
            missing=placement.missing,
            same_key=placement.same_key,
            changed=len(changed - {None}),
            differences=len(_DIFFERENCES[kind](after)),
            files=len(staged.files),
            complete=self._complete(staged),
            restored=0 if outcome.is_kept else len(self.office.evidence.damaged(lacking)),
            size=staged.size,
        )

    def _complete(self, staged: Staged) -> bool:
        """Whether the evidence that the bundle leaves out is here, brought by the same office."""
        if not staged.left_out:
            return True
        with self.office.read() as session:
            brought = brought_by(session, staged.revision.series.author, staged.left_out)
        return all(
            sha256 in brought and self.office.evidence.has(sha256, size)
            for sha256, size in staged.left_out.items()
        )

    def _keep(self, session: Session, staged: Staged, taken: Taken) -> None:
        """Everything that one bundle changes, in the caller's transaction."""
        office, now = self.office, self.office.clock()
        author = staged.revision.series.author
        record_evidence(session, [Stored(f.sha256, f.size) for f in staged.files], author, now)
        if taken.outcome.is_kept:
            kept.hold(session, staged.revision, staged.document, now)
            kept.put_seal(session, staged.digest, staged.seal, staged.signer.claimed_time)
            if staged.revision.series.kind is Kind.KIT:
                learn_from_kit(office, session, staged.signer.fingerprint)
        elif _leaves_out(kept.seal(session, staged.digest)) > len(staged.left_out):
            # The fuller bundle of the same revision is the one that can be passed on.
            kept.put_seal(session, staged.digest, staged.seal, staged.signer.claimed_time)
        record_arrival(
            session,
            Arrival(
                at=now,
                source=taken.source,
                size=staged.size,
                outcome=taken.outcome.value,
                code=None,
                details={
                    "missing": list(taken.missing),
                    "same_key": str(taken.same_key),
                    "restored": taken.restored,
                },
                author=author,
                revision=staged.digest,
            ),
        )
        said: dict[str, Value] = {"outcome": taken.outcome.value, "digest": staged.digest}
        if taken.kind is Kind.KIT:
            office.write(session, "kit.taken_in", {**said, "sequence": taken.sequence})
        else:
            said["state"] = staged.revision.state.value
            office.write(session, "bundle.taken_in", said)

    def _refused(self, source: Path, fault: ParIndexError) -> Taken:
        outcome = Outcome.REFUSED if isinstance(fault, BundleRefused | UserError) else Outcome.FAILED
        try:
            size = source.stat().st_size
        except OSError:
            size = 0
        taken = Taken(source=_name(source), outcome=outcome, problem=fault.message, size=size)
        if self.dry_run or isinstance(fault, MachineError):
            # A machine that fails to read or write is asked for nothing more.
            return taken
        with self.office.begin() as session:
            record_arrival(
                session,
                Arrival(
                    at=self.office.clock(),
                    source=taken.source,
                    size=size,
                    outcome=outcome.value,
                    code=fault.code,
                    details={name: str(value) for name, value in fault.values.items()},
                    author=None,
                    revision=None,
                ),
            )
            self.office.write(session, "bundle.refused", {"code": fault.code, "source": taken.source})
        return taken


_DIFFERENCES: Final[Mapping[Kind, Callable[[Mapping[str, Register]], Sized]]] = {
    Kind.KIT: contradictions,
    Kind.ASSESSMENT: unsettled_in,
    Kind.PROGRESS: merge.conflicts,
}
"""How the entries with several values are found, in each kind that is taken in."""


def _not_stored(source: Path, fault: MachineError) -> MachineError:
    """What a fault of this machine's own disk means for the bundle; it was met under a name that nobody gave."""
    if isinstance(fault, DiskFull):
        return StoreFull(name=_name(source))
    return StoreNotWritable(name=_name(source), reason=fault.values["detail"])


def _leaves_out(seal: bytes | None) -> float:
    """How many files the bundle of a kept seal leaves out; one that cannot be read any more leaves out all."""
    try:
        entries = dict(read_front(seal or b""))
        files = bag.arranged(list(entries)).files
        return len(bag.read_fetch(entries[files[bag.FETCH]])) if bag.FETCH in files else 0
    except (ValueError, BundleRefused):
        return inf


def _make(folder: Path) -> None:
    """Make the folder of one bundle. Raises `DiskFull` or `TargetNotWritable`."""
    try:
        folder.mkdir(parents=True)
    except OSError as fault:
        raise said(fault, folder.parent, folder.parent.name, 0) from fault


def _name(source: Path) -> str:
    """What the file is called, in the inbox; an argument may be longer than any file's name."""
    return one_line(source.name[:255])
