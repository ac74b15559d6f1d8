"""What a bundle that is in order by itself may say: whom its key still speaks for, by which set, in which entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parindex_desktop.domain import merge
from parindex_desktop.domain.assessments import SET, AssessmentMalformed, Stage, check_key, read_assessment
from parindex_desktop.domain.errors import BundleRefused
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.revisions import Kind, Mode, RevisionMalformed, State
from parindex_desktop.domain.units import Level
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
    from parindex_desktop.domain.revisions import Revision
    from parindex_desktop.services.homes import Office


MOST_ENTRIES: Final = 20_000
MOST_ANCESTORS: Final = 2_000
"""Far more than an office writes in a year, and few enough to be read at once."""


class NotLockedOrSigned(BundleRefused):
    """A hand-over whose figures are not closed as they stand, or of which nothing was said about the signed paper."""

    code = "bundle.not_locked"
    template = msgid(
        "The self-assessment in the bundle is not locked as it stands, or its signed report is not entered. Nothing "
        "was taken in; ask the office to lock its figures (chốt điểm), have the report signed and hand over again."
    )


def judge_assessment(kit: Kit | None, office: Office, claims: Claims, signer: Signer) -> None:
    """Whether the signer may hand over to `office` what the outside of a bundle says that it is.

    Raises `SignerUnknown`, `SignerOfAnotherUnit` or `NotForThisOffice`.
    """
    registered = kit.keys.get(signer.fingerprint) if kit else None
    if kit is None or registered is None:
        raise SignerUnknown
    if registered.unit != claims.unit:
        raise SignerOfAnotherUnit(name=kit.units[registered.unit].name)
    ours = office.level is Level.PROVINCE or claims.unit == office.record.unit
    if claims.kind is not Kind.ASSESSMENT or not ours:
        raise NotForThisOffice


def check_assessment(
    kit: Kit, own_unit: str | None, staged: Staged, held: Mapping[str, Revision]
) -> Assessment:
    """The self-assessment in a bundle; `held` are the revisions of its series, `own_unit` is who receives it.

    Raises `SignerRevoked`, `DraftNotTaken`, `TrainingNotTaken`, `UnknownSet`, `AssessmentMalformed`,
    `RevisionMalformed` or `NotLockedOrSigned`.
    """
    revision = staged.revision
    _check_extent(revision)
    author = revision.series.author
    revocation = kit.revocations.get(revision.key)
    if revocation is not None and not still_believed(staged.digest, revocation, held):
        raise SignerRevoked(reason=revocation.reason)
    if revision.state is State.DRAFT and author != own_unit:
        raise DraftNotTaken
    if revision.mode is not Mode.REAL:
        raise TrainingNotTaken
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
