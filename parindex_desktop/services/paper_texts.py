"""What the province's own papers say beside their figures: the head and the signature block.

A unit's report has such texts among the entries of its form, which are signed; the province has no form, so they
are choices of its office.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.office import put_setting, setting
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.text import one_line
from parindex_desktop.domain.units import Level
from parindex_desktop.services.register import NotTheProvince

if TYPE_CHECKING:
    from parindex_desktop.services.homes import Office

LABELS: Final = {
    "superior": msgid("Superior body"),
    "office": msgid("Office as papers name it"),
    "place": msgid("Place"),
    "symbol": msgid("Symbol after the number"),
    "authority": msgid("Authority of the signature"),
    "title": msgid("Title of the signer"),
    "signer": msgid("Name of the signer"),
}
"""What each text is called, by the names that `domain.assessments.REPORT_TEXTS` has for a unit's report."""

ANNEX_TEXTS: Final = {
    "difficulties": msgid("Difficulties (annex of the report)"),
    "proposals": msgid("Proposals (annex of the report)"),
}
"""What a unit's report says in its annex; the province's own papers have none."""

TEXTS: Final = tuple(LABELS)

LONGEST: Final = 300
"""Characters of one text: each is a line or two on paper."""

_USUAL: Final = {"symbol": "/BTH-SNV", "title": "Giám đốc"}


def own_texts(office: Office) -> dict[str, str]:
    """What was entered for each text; empty where nothing was."""
    with office.read() as session:
        return {name: setting(session, _setting(name)) or "" for name in TEXTS}


def usual_texts(office: Office) -> dict[str, str]:
    """What stands on paper where nothing was entered."""
    return {name: _USUAL.get(name, "") for name in TEXTS} | {"office": office.record.name}


def paper_texts(office: Office) -> dict[str, str]:
    """What stands on the province's papers."""
    own, usual = own_texts(office), usual_texts(office)
    return {name: own[name] or usual[name] for name in TEXTS}


def set_paper_text(office: Office, name: str, text: str) -> None:
    """Enter a text; the empty one brings the usual one back. Raises `NotTheProvince` or `TextTooLong`."""
    if name not in TEXTS:
        raise AssertionError(name)
    if office.level is not Level.PROVINCE:
        raise NotTheProvince
    said = one_line(text, LONGEST)
    with office.begin() as session:
        if said != (setting(session, _setting(name)) or ""):
            put_setting(session, _setting(name), said)
            office.write(session, "paper.text", {"name": name, "text": said})


def _setting(name: str) -> str:
    return f"paper.{name}"
