"""Making the next revision of a series: signed, kept, and only then written out as a bundle.

The revision and its seal are committed before any file is written, so a process that dies while it writes to a
stick has said nothing that it does not remember: exporting again writes the very same bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from cryptography.x509 import load_der_x509_certificate

from db import journal
from db import revisions as kept
from exports.bundles.writing import make_seal, write_bundle
from exports.signing import cms, keys
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.revisions import Kind, State
from parindex_desktop.domain.text import folded
from parindex_desktop.services.files import is_folder
from parindex_desktop.services.finding import SUFFIX
from parindex_desktop.services.series import next_revision, open_series
from resources.language import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from db.database import Session
    from exports.bundles.writing import Progress, Written
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.revisions import Revision
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.series import OpenSeries


class NotEnrolled(UserError):
    """The kit held here does not have this office's key."""

    code = "enrol.not_enrolled"
    template = msgid(
        "The province has not enrolled this machine's key yet, so no bundle can be signed. Send the signing request, "
        "read the key code over the telephone, and open the kit that you get back. What you entered is safe."
    )


class KeyRevoked(UserError):
    """The key was taken back."""

    code = "enrol.key_revoked"
    template = msgid(
        "This machine's key was revoked by the province ({reason}). What you entered is safe; ask the province how to "
        "go on."
    )


class ChangedMeanwhile(UserError):
    """What was to be said is not what stands any more."""

    code = "revision.changed_meanwhile"
    template = msgid(
        "Something was changed elsewhere in the program while the file was being made. No file was made, and "
        "everything that was entered is safe; look at it again, then repeat."
    )


@dataclass(frozen=True, slots=True)
class Sealed:
    """A revision with what rebuilds its bundle."""

    digest: str
    revision: Revision
    seal: bytes


def seal_next(
    office: Office,
    opened: OpenSeries,
    kit: Kit,
    passphrase: str,
    *,
    state: State,
    audience: Iterable[str],
    kit_digest: str | None,
    criteria_set: str | None,
) -> Sealed:
    """Make, sign and keep the next revision of a series as it was `opened`; the working copy is empty afterwards.

    Raises `ChangedMeanwhile`, `DifferencesUnsettled`, `NotEnrolled`, `KeyRevoked`, `WrongPassphrase`.
    """
    sign = signer(office, kit, passphrase)
    assert office.record.key is not None
    with office.begin() as session:
        # The edits that are dropped below are those that the revision says, and no others.
        now = open_series(session, opened.series)
        if (now.held, now.edits) != (opened.held, opened.edits):
            raise ChangedMeanwhile
        digest, revision = next_revision(
            opened,
            state=state,
            audience=audience,
            key=office.record.key,
            kit=kit_digest,
            criteria_set=criteria_set,
            journal=journal.head(session),
        )
        document = revision.document()
        top = bundle_name(kit, revision).lower()
        seal = make_seal(top, document, made=day_of(office.clock()), sign=sign)
        kept.hold(session, revision, document, office.clock())
        kept.drop_edits(session, opened.series)
        kept.put_seal(session, digest, seal, office.clock())
        office.write(
            session,
            "revision.sealed",
            {
                "kind": opened.series.kind.value,
                "digest": digest,
                "sequence": revision.sequence,
                "state": state.value,
            },
        )
    return Sealed(digest, revision, seal)


def write_out(
    office: Office, sealed: Sealed, target: Path, kit: Kit, progress: Progress
) -> tuple[Path, Written]:
    """Write the bundle of a sealed revision to a file, or into a folder under its own name; tells where.

    A file without an ending gets that of bundles. Raises what `write_bundle` names; the revision stays kept and can
    be written again.
    """
    if is_folder(target):
        target = _free_name(target, sealed, kit)
    elif not target.suffix:
        target = target.with_name(target.name + SUFFIX)
    written = write_bundle(target, sealed.seal, evidence=office.evidence.path, progress=progress)
    with office.begin() as session:
        office.write(
            session,
            "bundle.written",
            {"digest": sealed.digest, "file": target.name, "sha256": written.sha256},
        )
    return target, written


def kept_seal(session: Session, digest: str) -> Sealed:
    """A revision that was sealed before, to be written again."""
    revision, seal = kept.revision(session, digest), kept.seal(session, digest)
    assert revision is not None
    assert seal is not None
    return Sealed(digest, revision, seal)


def check_passphrase(office: Office, passphrase: str) -> None:
    """Raise `WrongPassphrase` (or what else `load_key` names) unless it opens this office's key."""
    keys.load_key(office.signing_key, passphrase)


def certificates(office: Office, kit: Kit) -> tuple[bytes, bytes]:
    """The certificate of this office and that of the province's root (DER), without which nothing can be signed.

    Raises `NotEnrolled` or `KeyRevoked`.
    """
    registered = kit.keys.get(office.record.key or "")
    if registered is None or kit.root is None:
        raise NotEnrolled
    revocation = kit.revocations.get(registered.fingerprint)
    if revocation is not None:
        raise KeyRevoked(reason=revocation.reason)
    return registered.certificate, kit.root


def signer(office: Office, kit: Kit, passphrase: str) -> Callable[[bytes], bytes]:
    """What signs for this office. Raises `NotEnrolled`, `KeyRevoked` or `WrongPassphrase`."""
    own, issuer = certificates(office, kit)
    key = keys.load_key(office.signing_key, passphrase)
    certificate, root = load_der_x509_certificate(own), load_der_x509_certificate(issuer)
    return lambda content: cms.sign(content, key, certificate, [root], office.clock())


def bundle_name(kit: Kit, revision: Revision) -> str:
    """What people read on the stick: Xa-Ban-Ho-2026-lan-1."""
    unit = kit.units.get(revision.series.author)
    words = "-".join(re.findall(r"[A-Za-z0-9]+", folded(unit.name).title() if unit else ""))
    kind = {Kind.ASSESSMENT: [], Kind.PROGRESS: ["tien-do"]}.get(
        revision.series.kind, [revision.series.kind.value.replace("_", "-")]
    )
    period = [revision.series.period] if revision.series.period else []
    times = ["nhap" if revision.state is State.DRAFT else "lan", str(revision.sequence)]
    return "-".join([*kind, words[:32].rstrip("-"), *period, *times])


def _free_name(folder: Path, sealed: Sealed, kit: Kit) -> Path:
    """A file in `folder` for the bundle: its own name, with a number where another bundle stands there.

    Two machines of one office both make a “lan-2”; neither may take the place of the other.
    """
    name = bundle_name(kit, sealed.revision)
    for number in count(1):
        target = folder / (f"{name}{SUFFIX}" if number == 1 else f"{name}-({number}){SUFFIX}")
        if not target.exists() or _begins_with(target, sealed.seal):
            return target
    raise AssertionError("the numbers do not end")


def _begins_with(file: Path, seal: bytes) -> bool:
    """Whether `file` is this very bundle, or the beginning of it."""
    try:
        with file.open("rb") as stream:
            return stream.read(len(seal)) == seal
    except OSError:
        return False
