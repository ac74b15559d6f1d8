"""Makes the pictures of the guide and of README.md: `python -m tools.screenshots`.

The demonstration is played into a temporary folder, its offices are opened in the real window, offscreen.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QThreadPool
from PySide6.QtTest import QTest

from parindex_desktop.domain import drafting
from parindex_desktop.domain.needs import Need
from parindex_desktop.domain.people import Assignee
from parindex_desktop.domain.scoring.answers import Answer
from parindex_desktop.services import (
    attaching,
    authoring,
    duties,
    filling,
    locking,
    people,
    receiving,
    register,
)
from parindex_desktop.services.demonstration import play
from parindex_desktop.services.homes import open_home
from ui import language, theme
from ui.authoring.page import AuthoringPage
from ui.desk import Desk
from ui.frame.shell import Shell
from ui.people.who import WhoPage
from ui.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication


TARGET = Path(__file__).parent.parent / "docs" / "images"
SIZE = (1366, 768)
_PATIENCE = 400
"""Looks, each after 50 ms, for a page to be ready."""


def main() -> None:
    """Make every picture anew."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["LOGNAME"] = "lan"  # who the journal says did it, not who runs this
    TARGET.mkdir(exist_ok=True)
    app = theme.application("parindex")
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder) / "demo"
        play(stage, lambda _step: None)
        homes, bundles = stage / "homes", stage / "bundles"
        _half_fill(homes / "xa-ban-ho")
        _share_out(homes / "xa-ban-lien")
        _meet_other_machine(homes / "xa-muong-bo-may-2", bundles / "xa-muong-bo-2026-lan-1.cchc")
        _picture(app, Path(folder) / "new" / "home", {"": "welcome"})
        _picture(app, homes / "xa-ban-ho", {"form": "form", "office": "office"}, _at_3_7)
        _picture(app, homes / "xa-y-ty", {"handover": "handover"})
        _picture(app, homes / "xa-ban-lien", {"people": "people"})
        _picture(app, homes / "xa-muong-bo-may-2", {"differences": "differences"})
        province = {"intake": "intake", "units": "units", "periods": "periods", "authoring": "authoring"}
        _picture(app, homes / "so-noi-vu-tinh-lao-cai", province, _in_a_draft)


def _half_fill(home: Path) -> None:
    """An office in the middle of its work: some criteria empty, one without evidence, one just typed."""
    with open_home(home) as office:
        form = locking.unlock(office, filling.open_form(office), "Bổ sung số liệu")
        for code in ("3.9", "6.3", "7.2"):
            form = filling.answer(office, form, form.sheet(code).criterion, Answer())
        sheet = form.sheet("1.2")
        for each in sheet.evidence:
            form = attaching.unlink(office, form, sheet.criterion, each.document.id)
        form = filling.set_text(office, form, sheet.criterion, "explanation", "")
        criterion = form.sheet("3.7").criterion
        typed = {"numerator": "456", "denominator": "1.200"}
        form = filling.answer(office, form, criterion, filling.typed_answer(form, criterion, typed))
        filling.set_text(office, form, criterion, "reason", "")


def _share_out(home: Path) -> None:
    """Three officers share the machine and the criteria."""
    with open_home(home) as office:
        staff = [
            people.add(office, people.NewPerson(name, title, room))
            for name, title, room in (
                ("Nguyễn Thị Lan", "công chức Văn phòng – Thống kê", "Văn phòng HĐND và UBND"),
                ("Trần Văn Bình", "Phó Chủ tịch UBND", ""),
                ("Giàng A Páo", "công chức Địa chính", "Phòng Kinh tế"),
            )
        ]
        form = filling.open_form(office)
        for code, to in (
            ("1", Assignee(staff[0])),
            ("2", Assignee(room=staff[0].room)),
            ("3", Assignee(staff[2])),
        ):
            duties.assign(office, form.year, [form.criteria.by_code(code)], to)


def _meet_other_machine(home: Path, bundle: Path) -> None:
    with open_home(home) as office:
        receiving.take_in(office, [bundle])


def _picture(
    app: QApplication,
    home: Path,
    pages: dict[str, str],
    prepare: Callable[[Desk], None] = lambda _desk: None,
) -> None:
    """Open `home` and take a picture of each page; `prepare` may choose something on it first."""
    settings = Settings({})
    language.use(settings.language, app)
    theme.apply(app, settings.theme)
    shell = Shell(settings)
    shell.appear()
    desk = Desk(app, home, settings, shell)
    desk.start()
    _until(lambda: desk.window is not None and desk.window.current_page() is not None)
    asked = desk.window.current_page() if desk.window else None
    if isinstance(asked, WhoPage):
        asked.names.choose(Assignee(people.at_work(desk.session.office)[0]))
        asked.take()
    for key, name in pages.items():
        if key:
            _until(lambda: desk.window is not None and desk.window.navigation.isVisible())
            desk.open_page(key)
        _until(lambda: desk.window is not None and desk.window.current_page() is not None)
        if key in {"form", "authoring"}:
            prepare(desk)
        shell.showNormal()
        shell.resize(*SIZE)
        QTest.qWait(500)
        _until(lambda: QThreadPool.globalInstance().activeThreadCount() == 0)
        QTest.qWait(500)  # what was fetched in the background is being drawn
        shell.grab().save(str(TARGET / f"{name}.png"))
    shell.close()
    desk.close()
    shell.deleteLater()


def _at_3_7(desk: Desk) -> None:
    """Choose criterion 3.7, whose reason is still missing."""
    desk.jump(desk.session.form.criteria.by_code("3.7").id, Need.REASON)


def _in_a_draft(desk: Desk) -> None:
    """Write a new version of the set of communes, with one maximum that does not fit."""
    office = desk.session.office
    page = desk.window.page("authoring") if desk.window else None
    assert isinstance(page, AuthoringPage)
    page.edit(authoring.next_version(office, register.sets(office)[0].digest))
    assert page.editor is not None
    editor = page.editor
    tree = editor.work.tree
    chosen = next(each.node["id"] for each in drafting.places(tree) if each.node["code"] == "1.2")
    editor.tree.choose(chosen)
    editor.edit(lambda tree: drafting.set_value(tree, chosen, ("maximum",), "2.50"))


def _until(ready: Callable[[], bool]) -> None:
    for _ in range(_PATIENCE):
        if ready():
            return
        QTest.qWait(50)
    raise TimeoutError("the window was not ready in time")


if __name__ == "__main__":
    main()
