"""Plans that another office wrote: sound, under their own ids, and few enough to be read at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import resources
from parindex_desktop.domain.planning.plan_ids import first_shared
from parindex_desktop.domain.planning.plan_reading import is_sound
from parindex_desktop.domain.revisions import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_PLANS: Final = 100
"""Far more than a province issues in the years that one kit lives, and few enough to be read at once."""


def first_unsound(plans: Mapping[str, dict[str, Any]], most: int = MOST_PLANS) -> str | None:
    """The id under which the first of `plans` stands that no program of ours has issued; None where all are in order.

    There are at most `most`; each tree must be without fault and have that id itself, and no two may share an id.
    """
    if not plans:
        return None
    if len(plans) > most:
        return min(plans)
    schema = resources.tree("schemas/plan.schema.json")
    for id_, tree in sorted(plans.items()):
        if not is_sound(canonical(tree), schema) or tree["head"]["id"] != id_:
            return id_
    return min(plans) if first_shared(plans.values()) else None
