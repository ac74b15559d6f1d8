"""The head and the signature block of the province's papers: entered once, kept, and changed only by the province."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from parindex_desktop.domain.text import TextTooLong
from parindex_desktop.services import paper_texts, upkeep
from parindex_desktop.services.register import NotTheProvince

if TYPE_CHECKING:
    from tests.offices import Scene


def test_until_something_is_entered_the_usual_words_stand(scene: Scene) -> None:
    texts = paper_texts.paper_texts(scene.office("province"))
    assert texts["office"] == scene.office("province").record.name
    assert (texts["symbol"], texts["title"]) == ("/BTH-SNV", "Giám đốc")
    assert (texts["superior"], texts["place"], texts["signer"]) == ("", "", "")


def test_what_is_entered_stands_after_a_restart_and_the_empty_text_takes_it_back(scene: Scene) -> None:
    province = scene.office("province")
    paper_texts.set_paper_text(province, "superior", "  Ủy ban nhân dân \n tỉnh Lào Cai ")
    paper_texts.set_paper_text(province, "title", "Phó Giám đốc")
    again = scene.office("province")
    texts = paper_texts.paper_texts(again)
    assert (texts["superior"], texts["title"]) == ("Ủy ban nhân dân tỉnh Lào Cai", "Phó Giám đốc")
    paper_texts.set_paper_text(again, "title", " ")
    assert paper_texts.own_texts(again)["title"] == ""
    assert paper_texts.paper_texts(again)["title"] == "Giám đốc"


def test_each_change_is_one_line_of_the_journal(scene: Scene) -> None:
    province = scene.office("province")
    for place in ("Lào Cai", "Lào Cai", "Sa Pa"):
        paper_texts.set_paper_text(province, "place", place)
    lines = [line for line in upkeep.read_journal(province) if line.action == "paper.text"]
    assert len(lines) == 2


def test_a_text_that_no_paper_has_room_for_is_refused(scene: Scene) -> None:
    with pytest.raises(TextTooLong):
        paper_texts.set_paper_text(scene.office("province"), "place", "x" * 301)


def test_a_unit_enters_such_texts_in_its_form(scene: Scene) -> None:
    with pytest.raises(NotTheProvince):
        paper_texts.set_paper_text(scene.office("ban-ho"), "place", "Bản Hồ")
