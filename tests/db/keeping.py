"""Makes the database file of the newest version that tests/db/kept/ keeps: `python -m tests.db.keeping`.

Run it once when a version is new, before the next migration is written; a file that is kept is never made again.
The home is a commune's with a kit, one hand-over with a file, a form that goes on, somebody in charge of it, a
draft of a plan, and a record of a register.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from db.versions import NEWEST
from parindex_desktop.domain.people import Assignee
from parindex_desktop.domain.planning.plans import DocumentKind
from parindex_desktop.domain.units import Level
from parindex_desktop.services import (
    attaching,
    duties,
    filling,
    founding,
    handing_over,
    keeping_registers,
    kits,
    locking,
    people,
    planning,
    progressing,
    register,
)
from tests.offices import (
    PASSPHRASE,
    PDF,
    YEAR,
    Clock,
    close_and_sign,
    enrol,
    fill,
    light_keys,
    quiet,
    shipped_set,
    take_kit,
)

KEPT = Path(__file__).parent / "kept"


def make(folder: Path) -> Path:
    """A home in `folder` that holds something of every kind; returns its database file."""
    clock = Clock()
    tree = json.loads(shipped_set())
    tree["criteria"] = tree["criteria"][-1:]
    tree["maximum"] = tree["criteria"][0]["maximum"]
    commune = founding.NewOffice(Level.COMMUNE, "Ủy ban nhân dân xã Bản Hồ", PASSPHRASE)
    province = founding.NewOffice(Level.PROVINCE, "Sở Nội vụ", PASSPHRASE)
    with (
        founding.found(folder / "tinh", province, clock) as above,
        founding.found(folder / "xa", commune, clock) as own,
    ):
        criteria = register.import_set(above, json.dumps(tree, ensure_ascii=False).encode())
        register.add_units(above, [register.NewUnit("03001", commune.name, Level.COMMUNE)])
        register.open_period(above, YEAR, [criteria])
        enrol(above, own, "03001", folder / "xa.csr")
        kits.export_kit(above, PASSPHRASE, folder / "kit.cchc", quiet)
        take_kit(own, folder / "kit.cchc", above)
        (folder / "bao-cao.pdf").write_bytes(PDF)
        form = fill(own, filling.open_form(own))
        form, _ = attaching.attach_file(own, form, form.sheet("8.2").criterion, folder / "bao-cao.pdf", "1")
        form, _ = handing_over.hand_over(own, close_and_sign(own, form), PASSPHRASE, folder / "a.cchc")
        form = locking.unlock(own, form, "Bổ sung")
        filling.set_text(own, form, form.sheet("8.2").criterion, "note", "Đang làm tiếp")
        person = people.add(own, people.NewPerson("Nguyễn Thị Lan", "công chức", "Văn phòng"))
        duties.assign(own, YEAR, [form.criteria.by_code("8.2")], Assignee(person))
        planning.begin(own, DocumentKind.PLAN, "Kế hoạch CCHC", 2026, 2026)
        orders = {"title": "Báo cáo quý I", "by": "province", "due": "31/03/2026"}
        progress = progressing.open_progress(own)
        keeping_registers.write_record(own, progress, keeping_registers.register_of("orders"), orders)
    with closing(sqlite3.connect(folder / "xa" / "office.db")) as database:
        database.execute("VACUUM")
    return folder / "xa" / "office.db"


if __name__ == "__main__":
    target = KEPT / f"{NEWEST}.db"
    if target.exists():
        sys.exit(f"{target} is kept as it is")
    with tempfile.TemporaryDirectory() as scratch, light_keys():
        shutil.copy(make(Path(scratch)), target)
