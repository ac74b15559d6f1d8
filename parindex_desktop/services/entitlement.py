"""What a bundle that is in order by itself may say: whom its key still speaks for, by which set, in which entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain import merge
from parindex_desktop.domain.assessments import SET, AssessmentMalformed, Stage, check_key, read_assessment
from parindex_desktop.domain.errors import BundleRefused
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.planning.progress import ProgressMalformed, read_progress
from parindex_desktop.domain.revisions import Kind, Mode, RevisionMalformed, State
from parindex_desktop.domain.units import BodyKind, Level
from parindex_desktop.services.plan_checks import first_unsound
from parindex_desktop.services.refusals import (
    DraftNotTaken,
    NotForThisOffice,
    SignerOfAnotherUnit,
    SignerRevoked,
    SignerUnknown,
    TrainingNotTaken,
)
from parindex_desktop.services.series import attachments_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exports.bundles.bag import Claims
    from exports.bundles.reading import Staged
    from exports.signing.cms import Signer
    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.domain.kits import Kit, Revocation
    from parindex_desktop.domain.planning.progress import OfficeProgress
    from parindex_desktop.domain.revisions import Revision
    from parindex_desktop.services.homes import Office


MOST_ENTRIES: Final = 20_000
MOST_ANCESTORS: Final = 2_000
"""Far more than an office writes in a year, and few enough to be read at once."""
MOST_OWN_PLANS: Final = 20
"""Plans of its own that an office has in one year's progress at most."""


class NotLockedOrSigned(BundleRefused):
    """A hand-over whose figures are not closed as they stand, or of which nothing was said about the signed paper."""

    code = "bundle.not_locked"
    template = msgid(
        "The self-assessment in the bundle is not locked as it stands, or its signed report is not entered. Nothing "
        "was taken in; ask the office to lock its figures (chốt điểm), have the report signed and hand over again."
    )


def judge_unit(kit: Kit | None, office: Office, claims: Claims, signer: Signer) -> None:
    """Whether the signer may hand over to `office` what the outside of a bundle says that it is.

    Raises `SignerUnknown`, `SignerOfAnotherUnit` or `NotForThisOffice`.
    """
    registered = kit.keys.get(signer.fingerprint) if kit else None
    if kit is None or registered is None:
        raise SignerUnknown
    if registered.unit != claims.unit:
        raise SignerOfAnotherUnit(name=kit.units[registered.unit].name)
    ours = office.level is Level.PROVINCE or claims.unit == office.record.unit
    if claims.kind not in (Kind.ASSESSMENT, Kind.PROGRESS) or not ours:
        raise NotForThisOffice


def check_assessment(
    kit: Kit, own_unit: str | None, staged: Staged, held: Mapping[str, Revision]
) -> Assessment:
    """The self-assessment in a bundle; `held` are the revisions of its series, `own_unit` is who receives it.

    Raises `SignerRevoked`, `DraftNotTaken`, `TrainingNotTaken`, `UnknownSet`, `AssessmentMalformed`,
    `RevisionMalformed` or `NotLockedOrSigned`.
    """
    revision = staged.revision
    author = revision.series.author
    _check_believed(kit, own_unit, staged, held)
    if revision.criteria_set is None or revision.series.subject != author:
        raise AssessmentMalformed(place="set")
    criteria = kit.set_of_digest(revision.criteria_set)
    if (str(criteria.year), criteria.level) != (revision.series.period, kit.units[author].level):
        raise AssessmentMalformed(place="set")
    if SET in revision.entries and revision.entries[SET].value != revision.criteria_set:
        raise AssessmentMalformed(place=SET)
    for key in revision.entries:
        check_key(key, lambda criterion: _is_known(kit, criteria, criterion))
    assessment = read_assessment(
        criteria, merge.merged({staged.digest: revision}), kit.given_to(str(criteria.year), author)
    )
    _check_claims(assessment)
    if attachments_of({key: entry.value for key, entry in revision.entries.items()}) != revision.attachments:
        raise AssessmentMalformed(place="attachments")
    if revision.state is State.FINAL and assessment.stage is not Stage.SIGNED:
        raise NotLockedOrSigned
    return assessment


def check_progress(
    kit: Kit, own_unit: str | None, staged: Staged, held: Mapping[str, Revision]
) -> OfficeProgress:
    """The progress in a bundle; `held` are the revisions of its series, `own_unit` is who receives it.

    Raises `SignerRevoked`, `DraftNotTaken`, `TrainingNotTaken`, `ProgressMalformed` or `RevisionMalformed`.
    """
    revision = staged.revision
    series, entries = revision.series, revision.entries
    _check_believed(kit, own_unit, staged, held)
    if series.subject != series.author or not re.fullmatch("20[0-9]{2}", series.period or ""):
        raise ProgressMalformed(place="subject")
    if revision.criteria_set is not None:
        raise ProgressMalformed(place="set")
    progress = read_progress(merge.merged({staged.digest: revision}))
    if (unsound := first_unsound(progress.plans, MOST_OWN_PLANS)) is not None:
        raise ProgressMalformed(place=f"plan/{unsound}"[:80])
    if any(room.kind is not BodyKind.ROOM or room.of != series.author for room in progress.rooms.values()):
        raise ProgressMalformed(place="body")
    if attachments_of({key: entry.value for key, entry in entries.items()}) != revision.attachments:
        raise ProgressMalformed(place="attachments")
    return progress


def _check_believed(kit: Kit, own_unit: str | None, staged: Staged, held: Mapping[str, Revision]) -> None:
    """Refuse what is too much to be read, what a revoked key signed, and what is not meant for this office."""
    revision = staged.revision
    _check_extent(revision)
    revocation = kit.revocations.get(revision.key)
    if revocation is not None and not still_believed(staged.digest, revocation, held):
        raise SignerRevoked(reason=revocation.reason)
    if revision.state is State.DRAFT and revision.series.author != own_unit:
        raise DraftNotTaken
    if revision.mode is not Mode.REAL:
        raise TrainingNotTaken


def _is_known(kit: Kit, criteria: CriteriaSet, criterion: str) -> bool:
    """Whether a criterion is scored in this set, or in another of its year, under which the form was before."""
    if _scores(criteria, criterion):
        return True
    others = (kit.set_of_digest(digest) for digest in kit.set_trees)
    return any(
        _scores(other, criterion)
        for other in others
        if (other.year, other.level) == (criteria.year, criteria.level)
    )


def _scores(criteria: CriteriaSet, criterion: str) -> bool:
    found = criteria.find(criterion)
    return found is not None and not found.children


def _check_claims(assessment: Assessment) -> None:
    """Refuse points for criteria that the set does not score: nobody could compare them."""
    claimed = assessment.lock.points if assessment.lock else None
    if claimed and not claimed.keys() <= assessment.sheets.keys():
        raise AssessmentMalformed(place="lock")


def _check_extent(revision: Revision) -> None:
    """Refuse at once what would keep a reader busy for minutes. Raises `RevisionMalformed`."""
    if len(revision.entries) > MOST_ENTRIES:
        raise RevisionMalformed(place="entries")
    if len(revision.ancestors) > MOST_ANCESTORS:
        raise RevisionMalformed(place="ancestors")


def still_believed(digest: str, revocation: Revocation, held: Mapping[str, Revision]) -> bool:
    """Whether a revision is among the last ones believed of a key, or one that these descend from."""
    return digest in revocation.believed or any(
        held[last].knows(digest) for last in revocation.believed if last in held
    )
