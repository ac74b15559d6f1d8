"""A province with a plan that a commune has in its kit."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from parindex_desktop.domain.body_changes import NewBody
from parindex_desktop.domain.units import BodyKind, Level
from parindex_desktop.services import bodies, kits, planning, receiving
from tests.domain.planning.test_plans import a_plan, uid
from tests.offices import PASSPHRASE, UNITS, quiet

if TYPE_CHECKING:
    from pathlib import Path

    from tests.offices import Scene

TASK, EXTERNAL, TARGET, WORDS = uid(6), uid(20), uid(3), uid(21)


def tree() -> dict[str, Any]:
    """Bản Hồ leads I.1, which serves criterion 1.2; all communes have I.2, whose days a ministry sets."""
    made = a_plan()
    made["fields"][0]["leads"] = [{"name": "Sở Nội vụ tỉnh Lào Cai"}]
    made["targets"][0] |= {"levels": ["commune"]}
    made["targets"].append(
        {
            "id": WORDS,
            "no": "1.2",
            "field": uid(2),
            "title": "Không có phản ánh",
            "measure": "words",
            "levels": ["commune"],
        }
    )
    (task,) = made["tasks"]
    task |= {"leads": [{"name": UNITS["03001"]}], "criteria": ["1.2"]}
    made["tasks"].append(
        {
            **task,
            "id": EXTERNAL,
            "no": "I.2",
            "title": "Báo cáo",
            "leads": [{"name": "Ủy ban nhân dân các xã"}],
            "deadline": {"kind": "external", "text": "Theo hướng dẫn của Bộ"},
            "repeats": "half_yearly",
            "criteria": [],
        }
    )
    return made


def issue(scene: Scene, folder: Path) -> Path:
    """The province issues the plan; the kit that carries it."""
    province = scene.office("province")
    bodies.add_body(province, NewBody("Ủy ban nhân dân các xã", BodyKind.GROUP, levels=(Level.COMMUNE,)))
    document = json.dumps(tree(), ensure_ascii=False).encode()
    planning.issue(province, planning.from_document(province, document), "15/KH-UBND", dt.date(2026, 1, 5))
    return send(scene, folder / "kit-ke-hoach.cchc")


def send(scene: Scene, target: Path, *names: str) -> Path:
    """The kit of the province as it stands, taken in by the offices `names`."""
    kits.export_kit(scene.office("province"), PASSPHRASE, target, quiet)
    for name in names:
        (taken,) = receiving.take_in(scene.office(name), [target])
        assert taken.outcome.is_new
    return target
