"""Options that several commands share: -o, --input, --old-fonts, the data of a document."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from parindex_desktop.domain.documents import Document, Form
from parindex_desktop.domain.errors import UsageError
from parindex_desktop.domain.legacy import OldFonts
from parindex_desktop.domain.messages import msgid
from parindex_desktop.services.files import is_folder
from parindex_desktop.services.locking import StillLacking

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from datetime import date

_FOLDER_ENDS = ("/", os.sep)


class InputWritten(UsageError):
    """An input is NAME=VALUE."""

    code = "usage.input"
    template = msgid("“{text}” is not NAME=VALUE, for example numerator=45.")


class IncompleteOptionMissing(StillLacking):
    """The same refusal, with the name of the option that is needed."""

    template = msgid(
        "{count} item(s) are still lacking, first {first} (“parindex form check” names all). Complete them, or close "
        "the figures with the reason why they lack (--incomplete REASON); the province sees that reason."
    )


class OutputFolderMissing(UsageError):
    """The folder to be written to is not there."""

    code = "usage.folder_missing"
    template = msgid(
        "The folder “{folder}” is not there, so nothing was written or changed. Make it first, or name another place."
    )


def add_output(
    parser: argparse._ActionsContainer, what: str, metavar: str = "FILE", *, required: bool = True
) -> None:
    """Add -o, whose help says `what` is written."""
    parser.add_argument("-o", "--output", type=output_path, required=required, metavar=metavar, help=what)


def output_path(text: str) -> Path:
    """A file or a folder to write to, in a folder that is there. Raises `OutputFolderMissing`.

    “x/” is a folder: taken for a file, it would be one without an ending, which nobody finds again.
    """
    target = Path(text)
    folder = target if text.endswith(_FOLDER_ENDS) else target.parent
    if not is_folder(folder):
        raise OutputFolderMissing(folder=str(folder))
    return target


def add_inputs(parser: argparse.ArgumentParser, tr: Callable[[str], str]) -> None:
    """Add --input, figures of a criterion, to be read by `named_input`."""
    parser.add_argument(
        "--input",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=tr("one figure; an empty value clears it"),
    )


def named_input(text: str) -> tuple[str, str]:
    """The parts of NAME=VALUE. Raises `InputWritten`."""
    name, mark, value = text.partition("=")
    if not mark:
        raise InputWritten(text=text[:60])
    return name, value


def add_old_fonts(parser: argparse.ArgumentParser, tr: Callable[[str], str]) -> None:
    """Add --old-fonts, what is to become of texts that were typed with fonts from before Unicode."""
    parser.add_argument(
        "--old-fonts",
        type=OldFonts,
        choices=list(OldFonts),
        default=OldFonts.ASK,
        help=tr("texts typed with TCVN3 or VNI fonts: name them, convert them, or keep them as they are"),
    )


_WITHOUT_FILE = {
    Form.PAPER: msgid("evidence on paper: where the original is kept"),
    Form.LINK: msgid("evidence as a link: its address"),
    Form.EXTRACT: msgid("figures taken from a system: which one"),
    Form.CLASSIFIED: msgid("classified evidence, never a file: where it is kept"),
}


def add_document(parser: argparse.ArgumentParser, tr: Callable[[str], str]) -> None:
    """Add the data of documents, and evidence without a file; `described_by` and `documents_without_file` read them."""
    parser.add_argument("--number", default="", metavar="TEXT", help=tr("number of the document"))
    parser.add_argument("--date", metavar="DATE", help=tr("day of the document"))
    parser.add_argument("--issuer", default="", metavar="TEXT", help=tr("who issued the document"))
    parser.add_argument("--subject", default="", metavar="TEXT", help=tr("what the document is about"))
    for form, what in _WITHOUT_FILE.items():
        parser.add_argument(f"--{form.value}", metavar="PLACE", help=tr(what))


def described_by(document: Document, args: argparse.Namespace, day: date | None) -> Document:
    """The document with the data that were given; what was not given stays."""
    return document.described(
        number=args.number or None, date=day, issuer=args.issuer or None, subject=args.subject or None
    )


def documents_without_file(args: argparse.Namespace, day: date | None) -> list[Document]:
    """The evidence without a file that was named."""
    places = {form: getattr(args, form.value) for form in _WITHOUT_FILE}
    return [
        described_by(Document(str(uuid.uuid4()), form), args, day).described(place=place)
        for form, place in places.items()
        if place is not None
    ]


def file_and_page(text: str) -> tuple[Path, str]:
    """The parts of FILE[#page=N]."""
    name, _, page = text.partition("#page=")
    return Path(name), page
