"""Kits: the province sends out its register; an office learns from it whom to believe and which unit it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509 import load_der_x509_certificate

from db import revisions as kept
from exports.bundles.reading import verify_bundle
from exports.signing import keys
from parindex_desktop.domain.errors import BundleRefused, UserError
from parindex_desktop.domain.given import strangers
from parindex_desktop.domain.kits import ROOT, KitMalformed, check_units, read_kit, revocations_of
from parindex_desktop.domain.merge import Verdict, merged, place
from parindex_desktop.domain.merge import heads as heads_of
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.revisions import Kind, Series, State, canonical, content_code
from parindex_desktop.domain.rival_kits import as_one, contradictions
from parindex_desktop.domain.units import Level, in_order
from parindex_desktop.domain.work_minutes import Made
from parindex_desktop.domain.years import first_in_hand
from parindex_desktop.services.enrolling import check_fingerprint, unit_of_code
from parindex_desktop.services.plan_checks import first_unsound
from parindex_desktop.services.register import (
    NoKitYet,
    check_set,
    current_kit,
    kit_of,
    kit_series,
    provincial_series,
)
from parindex_desktop.services.sealing import kept_seal, seal_next, write_out
from resources.language import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from db.database import Session
    from exports.bundles.bag import Claims
    from exports.bundles.reading import Staged
    from exports.bundles.writing import Progress, Written
    from exports.signing.cms import Signer
    from parindex_desktop.domain.kits import Kit, RegisteredKey
    from parindex_desktop.domain.revisions import Revision, Value
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.series import OpenSeries


class NotAKit(BundleRefused):
    """The bundle is something else."""

    code = "kit.not_a_kit"
    template = msgid(
        "“{name}” is not a kit of the province but another bundle. Nothing was taken in; choose the file that "
        "the province sent as its kit."
    )


class KitNotTrusted(BundleRefused):
    """Nobody has confirmed yet that this kit is the province's."""

    code = "kit.not_trusted"
    template = msgid(
        "Nobody here has confirmed yet that this kit is the province's. Nothing was taken in. Telephone the province, "
        "have its key code read out, and open the kit again with the code that you hear."
    )


class KitOfAnotherProvince(BundleRefused):
    """The signer is not the province that this office believes."""

    code = "kit.of_another_province"
    template = msgid(
        "This kit was not signed by the province whose kits this office takes in (its key code is {spoken}). "
        "Nothing was taken in; ask the province which file is the right one."
    )


class KitForked(BundleRefused):
    """Neither of two kits continues the other, and they do not go together."""

    code = "kit.forked"
    template = msgid(
        "This kit and the one held here were made side by side and contradict each other. Nothing was taken in. Tell "
        "the province: it takes in both, settles what differs and sends a newer kit that continues both."
    )


class KitsUnsettled(UserError):
    """The province holds two of its own kits that say different things."""

    code = "kit.unsettled"
    template = msgid(
        "Two kits of this province stand side by side and differ in {count} place(s), so none can be exported. Settle "
        "what differs on the page “Figures to be settled” of the window, or with “parindex differences list” and "
        "“differences settle”; then export again. Nothing has been lost."
    )


class UnitAlreadyKnown(UserError):
    """The register has decided which unit this office is."""

    code = "kit.unit_already_known"
    template = msgid("The province has enrolled this office as “{name}”. Ask the province if that is wrong.")


class OtherUnitEnrolled(BundleRefused):
    """The register calls this office otherwise than the form that was filled in here."""

    code = "kit.other_unit_enrolled"
    template = msgid(
        "The province has enrolled the key of this machine for “{enrolled}”, but the form here is that of “{claimed}”. "
        "Nothing was taken in, and what you entered is safe. Telephone the province: it enrols the key for "
        "“{claimed}” and sends a new kit. If this office really is “{enrolled}”, choose that unit first, then open "
        "the kit again."
    )


@dataclass(frozen=True, slots=True)
class KitPreview:
    """What a kit says of itself before anybody has confirmed it: its signer's key, its province, its units."""

    key: str
    province: str
    units: tuple[Unit, ...]
    years: tuple[str, ...]


def peek_kit(source: Path) -> KitPreview:
    """Look into a kit that is whole and signed; nothing is taken in, and nothing in it is believed yet.

    Raises `NotAKit`, `KitMalformed`, or whatever refuses a bundle.
    """

    def only_a_kit(claims: Claims, _signer: Signer) -> None:
        if claims.kind is not Kind.KIT:
            raise NotAKit(name=source.name[:80])

    staged = verify_bundle(source, judge=only_a_kit)
    check_kit(staged, {})
    kit = read_kit({key: entry.value for key, entry in staged.revision.entries.items()})
    province = kit.units.get(staged.revision.series.author)
    assert province is not None
    below = in_order(unit for unit in kit.units.values() if unit.level is not Level.PROVINCE)
    return KitPreview(staged.signer.fingerprint, province.name, tuple(below), tuple(sorted(kit.periods)))


def export_kit(office: Office, passphrase: str, target: Path, progress: Progress) -> tuple[Path, Written]:
    """Write the register as a kit to `target`; the same bytes again while nothing has changed.

    Raises `NotTheProvince`, `KitsUnsettled`, `WrongPassphrase`, or what `write_bundle` names.
    """
    with office.read() as session:
        opened = provincial_series(session, office)
        head = _said_by(opened)
        unchanged = kept_seal(session, head) if head is not None else None
    kit = kit_of(opened)
    sealed = unchanged or seal_next(
        office,
        opened,
        kit,
        passphrase,
        state=State.FINAL,
        audience=(),
        kit_digest=None,
        criteria_set=None,
    )
    return write_out(office, sealed, target, kit, progress)


def made(office: Office) -> tuple[Made, ...]:
    """The kits of this province, the newest first, as minutes name them. Raises `NotTheProvince`."""
    with office.read() as session:
        held = provincial_series(session, office).held
        return tuple(
            Made(kit.sequence, kept.claimed_time(session, digest), content_code(digest))
            for digest, kit in sorted(held.items(), key=lambda each: -each[1].sequence)
        )


def must_sign(office: Office) -> bool:
    """Whether a kit is yet to be signed, and so a passphrase is needed; an unchanged one is written again as it is.

    Raises `NotTheProvince` or `KitsUnsettled`, before anybody is asked for anything.
    """
    with office.read() as session:
        return _said_by(provincial_series(session, office)) is None


def _said_by(opened: OpenSeries) -> str | None:
    """The one kit that says all that stands now. Raises `KitsUnsettled`."""
    open_questions = contradictions(opened.state())
    if open_questions:
        raise KitsUnsettled(count=len(open_questions))
    return None if opened.edits else opened.head()


@dataclass(frozen=True, slots=True)
class KitStatus:
    """The last kit that was exported (number 0: none yet) and what has changed in the register since.

    `changes` counts the changed entries by what they are about, the province's own unit and key left out: unit, key,
    revocation, period, set, given, plan, due, reply; and under kit the kits side by side that a new one must continue.
    `unsettled` counts what these contradict each other in, and nothing can be exported before it is settled.
    """

    number: int
    exported: datetime | None
    changes: Mapping[str, int]
    unsettled: int = 0


def kit_status(office: Office) -> KitStatus:
    """Whether the offices have what the register says. Raises `NotTheProvince`."""
    with office.read() as session:
        opened = provincial_series(session, office)
        heads = heads_of(opened.held)
        exported = max(filter(None, (kept.held_at(session, head) for head in heads)), default=None)
    own = {ROOT, f"unit/{office.record.unit}", f"key/{office.record.key}"}
    changes = Counter(key.partition("/")[0] for key in opened.edits if key not in own)
    if len(heads) > 1:
        changes["kit"] = len(heads)
    number = max((head.sequence for head in heads.values()), default=0)
    return KitStatus(number, exported, changes, len(contradictions(opened.state())))


def judge_kit(office: Office, known: Kit | None, claims: Claims, signer: Signer, trust: str | None) -> None:
    """Believe a kit's signer: the key that a person confirmed, then the keys of the province that it made known.

    Raises `KitNotTrusted`, `KitOfAnotherProvince`, `FingerprintDiffers` or `FingerprintTooShort`.
    """
    if office.record.anchor is None:
        if trust is None:
            raise KitNotTrusted
        check_fingerprint(trust, signer.fingerprint)
        return
    province = known.province() if known else None
    enrolled = known.keys.get(signer.fingerprint) if known else None
    revoked = known is not None and signer.fingerprint in known.revocations
    if revoked or not (enrolled and province and enrolled.unit == claims.unit == province.id):
        raise KitOfAnotherProvince(spoken=keys.spoken(signer.fingerprint))


def check_kit(staged: Staged, held: Mapping[str, Revision], *, own: bool = False) -> None:
    """Refuse a kit that is not whole: its sets are checked as if they were imported, its signer must be in it.

    `held` are the revisions of its series. One that stands beside them must go together with them, but for the office
    whose `own` it is: that one settles what differs. Raises `KitForked` or `KitMalformed`.
    """
    series = staged.revision.series
    if series != Series(Kind.KIT, series.author, None, series.author):
        raise KitMalformed(place="subject")
    values = {key: entry.value for key, entry in staged.revision.entries.items()}
    _check_nothing_vanished(values, {d: each for d, each in held.items() if staged.revision.knows(d)})
    for key, value in values.items():
        if key.startswith("set/") and value is not None:
            checked = _checked_set(key, canonical(value))
            if f"set/{checked}" != key:
                raise KitMalformed(place=key[:80])
    _check_register(values, series.author)
    signer = values.get(f"key/{staged.signer.fingerprint}")
    if not isinstance(signer, dict) or signer.get("unit") != staged.revision.series.author:
        raise KitMalformed(place="key")
    if not own and place(staged.digest, staged.revision, held).verdict is Verdict.FORKED:
        _check_together({**held, staged.digest: staged.revision}, series.author)


def _check_together(kits: Mapping[str, Revision], author: str) -> None:
    """Refuse kits side by side of which this office could not tell what the province means. Raises `KitForked`."""
    state = merged(kits)
    if contradictions(state):
        raise KitForked
    try:
        _check_register(as_one(state), author)
    except KitMalformed as fault:
        raise KitForked from fault


def learn_from_kit(office: Office, session: Session, anchor: str) -> None:
    """After a kit was taken in: remember whom to believe, and which unit the register says this office is.

    Raises `OtherUnitEnrolled` rather than let a form out of sight.
    """
    opened = kit_series(session, office)
    assert opened is not None
    kit = kit_of(opened)
    changes: dict[str, str | None] = {"anchor": office.record.anchor or anchor}
    registered = kit.keys.get(office.record.key or "")
    unit_id = registered.unit if registered else office.record.unit
    unit = kit.units.get(unit_id or "")
    if unit is not None:
        if unit.id != office.record.unit and _has_a_form(session, office.record.unit):
            raise OtherUnitEnrolled(enrolled=unit.name, claimed=office.record.name)
        changes |= {"unit": unit.id, "level": unit.level.value, "name": unit.name}
    if office.record.period is None:
        changes["period"] = first_in_hand(kit, day_of(office.clock()))
    office.change_record(session, **changes)


def _has_a_form(session: Session, unit: str | None) -> bool:
    """Whether anything was filled in or reported here for `unit`, or taken in from its other machine."""
    forms = (
        each
        for kind in (Kind.ASSESSMENT, Kind.PROGRESS)
        for each in kept.series_of_kind(session, kind)
        if each.author == unit
    )
    return any(kept.edits(session, form) or kept.digests(session, form) for form in forms)


def claim_unit(office: Office, code: str) -> None:
    """Say which unit of the kit this office is, before its key is enrolled; the register decides in the end.

    Raises `NoKitYet`, `UnknownUnit` or `UnitAlreadyKnown`.
    """
    kit = current_kit(office)
    unit = unit_of_code(kit, code)
    registered = kit.keys.get(office.record.key or "")
    if registered is not None and registered.unit != unit.id:
        raise UnitAlreadyKnown(name=kit.units[registered.unit].name)
    with office.begin() as session:
        office.change_record(session, unit=unit.id, level=unit.level.value, name=unit.name)
        office.write(session, "unit.claimed", {"unit": unit.id})


def _check_nothing_vanished(values: Mapping[str, Value], held: Mapping[str, Revision]) -> None:
    """What came from a unit, and what it was filled under, must be found for life. Raises `KitMalformed`."""
    for revision in held.values():
        for key, entry in revision.entries.items():
            lasts = key.startswith(("unit/", "set/")) and entry.value is not None
            if lasts and values.get(key) is None:
                raise KitMalformed(place=key[:80])


def _check_register(values: Mapping[str, Value], author: str) -> None:
    """Every part can be read, and what they name is there. Raises `KitMalformed`."""
    kit = read_kit(values, revocations_of([values]))
    check_units(kit.units, author)
    if (unsound := first_unsound(kit.plan_trees)) is not None:
        raise KitMalformed(place=f"plan/{unsound}"[:80])
    named = {digest for period in kit.periods.values() for digest in period.sets.values()}
    try:
        load_der_x509_certificate(kit.root or b"")
        certified = all(_certifies(each) for each in kit.keys.values())
    except (ValueError, UnsupportedAlgorithm) as fault:
        raise KitMalformed(place="certificate") from fault
    of_units = {key.unit for key in kit.keys.values()}
    for body in kit.bodies.values():
        of_units |= {*body.units, *((body.of,) if body.of else ())}
    whole = named <= kit.set_trees.keys() and of_units <= kit.units.keys()
    whole = whole and not strangers(kit.given, kit.units.keys())
    if not (certified and whole and author in kit.units):
        raise KitMalformed(place="register")


def _certifies(key: RegisteredKey) -> bool:
    """Whether the certificate of a registered key is that of this key."""
    public_key = load_der_x509_certificate(key.certificate).public_key()
    return isinstance(public_key, keys.PublicKey) and keys.fingerprint(public_key) == key.fingerprint


def _checked_set(key: str, document: bytes) -> str:
    try:
        return check_set(document).digest
    except UserError as fault:
        raise KitMalformed(place=key[:80]) from fault


def known_kit(office: Office) -> Kit | None:
    """The kit held here; None before the first."""
    try:
        return current_kit(office)
    except NoKitYet:
        return None
