"""Documents of evidence (tài liệu kiểm chứng): what proves a point, with or without a file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain import strict
from parindex_desktop.domain.errors import UsageError, UserError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.text import clean, one_line

if TYPE_CHECKING:
    from parindex_desktop.domain.revisions import Value

LONGEST_NUMBER: Final = 100
LONGEST_ISSUER: Final = 500
LONGEST_SUBJECT: Final = 500
LONGEST_PLACE: Final = 1000
LONGEST_NAME: Final = 255
"""Characters of the data of a document, and of the name of its file."""

_DATA: Final = frozenset({"form", "number", "date", "issuer", "subject", "place"})
_FILE: Final = frozenset({"name", "sha256", "size"})


class Form(StrEnum):
    """In what form a document proves something; only `FILE` ever has a file."""

    FILE = "file"
    PAPER = "paper"
    LINK = "link"
    EXTRACT = "extract"
    CLASSIFIED = "classified"


class ClassifiedHasFile(UsageError):
    """Classified papers must not come into the program."""

    code = "document.classified_file"
    template = msgid(
        "A classified document must never be attached as a file. Nothing was attached; "
        "name it by its number and say where the original is kept."
    )


class AttachedAlready(UserError):
    """One file under two names proves nothing twice."""

    code = "document.attached_already"
    template = msgid(
        "“{name}” has the same content as “{first}”, which is attached to this criterion already. It was not attached "
        "again, and nothing else has changed."
    )


@dataclass(frozen=True, slots=True)
class Document:
    """One document; the fields are those of Nghị định 30/2020/NĐ-CP, Phụ lục VI.

    `number` is "số, ký hiệu", `issuer` "cơ quan ban hành", `subject` "trích yếu". `place` says where the paper
    original lies, which address a link has, or which system the figures were extracted from.
    """

    id: str
    form: Form
    number: str = ""
    date: dt.date | None = None
    issuer: str = ""
    subject: str = ""
    place: str = ""
    name: str = ""
    sha256: str | None = None
    size: int = 0

    def entry(self) -> dict[str, Value]:
        """The value of the entry `document/<id>`."""
        value: dict[str, Value] = {
            "form": self.form.value,
            "number": self.number,
            "date": self.date.isoformat() if self.date else None,
            "issuer": self.issuer,
            "subject": self.subject,
            "place": self.place,
        }
        if self.sha256:
            value |= {"name": self.name, "sha256": self.sha256, "size": self.size}
        return value

    def lacks(self) -> bool:
        """Whether the data that identify the document are incomplete.

        Every form needs its subject; what has no file needs its place too.
        """
        return not self.subject or (self.form is not Form.FILE and not self.place)

    def described(
        self,
        *,
        number: str | None = None,
        date: dt.date | None = None,
        issuer: str | None = None,
        subject: str | None = None,
        place: str | None = None,
    ) -> Document:
        """The same document with other data; None leaves a field as it is."""
        return replace(
            self,
            number=self.number if number is None else one_line(number, LONGEST_NUMBER),
            date=date or self.date,
            issuer=self.issuer if issuer is None else one_line(issuer, LONGEST_ISSUER),
            subject=self.subject if subject is None else clean(subject, LONGEST_SUBJECT),
            place=self.place if place is None else one_line(place, LONGEST_PLACE),
        )


def read_document(id_: str, value: Any) -> Document:
    """Read the value of the entry `document/<id_>`; raises ValueError.

    Only a document of form file has a file, and it always has one.
    """
    has_file = isinstance(value, dict) and value.get("form") == Form.FILE
    said = strict.fields(value, _DATA | _FILE if has_file else _DATA)
    return Document(
        id=id_,
        form=Form(said["form"]),
        number=strict.text(said["number"], LONGEST_NUMBER),
        date=strict.day(said["date"]),
        issuer=strict.text(said["issuer"], LONGEST_ISSUER),
        subject=strict.text(said["subject"], LONGEST_SUBJECT),
        place=strict.text(said["place"], LONGEST_PLACE),
        name=strict.text(said["name"], LONGEST_NAME) if has_file else "",
        sha256=strict.sha256(said["sha256"]) if has_file else None,
        size=strict.size(said["size"]) if has_file else 0,
    )


def in_order(document: Document) -> tuple[dt.date, str, str]:
    """The key by which documents are listed: by their day, those without one last, then number."""
    return document.date or dt.date.max, document.number, document.id
