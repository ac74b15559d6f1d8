"""What a bundle that is in order by itself may say: whom its key still speaks for, by which set, in which entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex_desktop.domain import merge
from parindex_desktop.domain.assessments import SET, AssessmentMalformed, check_key, read_assessment
from parindex_desktop.domain.revisions import Mode, State
from parindex_desktop.services.refusals import DraftNotTaken, SignerRevoked, TrainingNotTaken
from parindex_desktop.services.series import attachments_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exports.bundles.reading import Staged
    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.kits import Kit, Revocation
    from parindex_desktop.domain.revisions import Revision


def check_assessment(
    kit: Kit, own_unit: str | None, staged: Staged, held: Mapping[str, Revision]
) -> Assessment:
    """The self-assessment in a bundle; `held` are the revisions of its series, `own_unit` is who receives it.

    Raises `SignerRevoked`, `DraftNotTaken`, `TrainingNotTaken`, `UnknownSet` or `AssessmentMalformed`.
    """
    revision = staged.revision
    author = revision.series.author
    revocation = kit.revocations.get(revision.key)
    if revocation is not None and not _still_believed(staged.digest, revocation, held):
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
        check_key(key, criteria)
    _check_links(revision)
    assessment = read_assessment(criteria, merge.merged({staged.digest: revision}))
    if attachments_of(entry.value for entry in revision.entries.values()) != revision.attachments:
        raise AssessmentMalformed(place="attachments")
    return assessment


def _still_believed(digest: str, revocation: Revocation, held: Mapping[str, Revision]) -> bool:
    """Whether a revision is among the last ones believed of a key, or one that these descend from."""
    return digest in revocation.believed or any(
        held[last].knows(digest) for last in revocation.believed if last in held
    )


def _check_links(revision: Revision) -> None:
    """Read the links too that lead to no document: nobody does before a difference is shown."""
    for key, entry in revision.entries.items():
        if key.startswith("link/") and entry.value is not None:
            page = entry.value.get("page") if isinstance(entry.value, dict) else None
            if not isinstance(page, str):
                raise AssessmentMalformed(place=key[:80])
