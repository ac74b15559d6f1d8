"""The catalogue of sentences: extract the templates, merge translations, compile, check.

    python -m tools.catalogue update              the .po holds exactly the templates of the source, sorted
    python -m tools.catalogue merge FILE...       the same, and takes the translations of other .po files over
    python -m tools.catalogue compile             write the .mo that the program reads, if it is not current
    python -m tools.catalogue check               name every fault; exit status 1 if there is one

The .po is written in one fixed form (no comments, no places, sorted), so that it changes where words change.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import unicodedata
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Final

from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import normalize, read_po

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGES: Final = tuple(ROOT / name for name in ("parindex_desktop", "ui", "resources", "db", "exports"))
SOURCE: Final = ROOT / "resources" / "locale" / "vi" / "LC_MESSAGES" / "parindex.po"

_KEYWORDS: Final = {"msgid": None, "say": None, "tr": None, "Message": (2,)}
_HEADER: Final = """\
Project-Id-Version: PAR Index Desktop
Language: vi
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: 8bit
Plural-Forms: nplurals=1; plural=0;
"""
# The places of argparse's own texts, %s and %(prog)s, and of Qt's, %1; ours are {named}.
_PERCENT_PLACE: Final = re.compile(r"%\(\w+\)[sr]|%[srn]\b|%\d")
# Words that officers do not use for what we mean: tài liệu kiểm chứng, thẩm định.
_AVOIDED: Final = re.compile(r"bằng chứng|(?<!trình )duyệt", re.IGNORECASE)


def templates(folders: Iterable[Path] = PACKAGES) -> set[str]:
    """Every English template that the source in `folders` marks by `msgid`, `say`, `tr` or `Message`."""
    found = set()
    for path in (path for folder in folders for path in folder.rglob("*.py")):
        for _, message, _, _ in extract_from_file("python", path, keywords=_KEYWORDS):
            found.add(message if isinstance(message, str) else message[0])
    return found - {""}


def read(path: Path) -> dict[str, str]:
    """Translations by template, as the .po file `path` has them; it need not have a header."""
    with path.open("rb") as stream:
        catalogue = read_po(stream, charset="utf-8", abort_invalid=True)
    return {str(message.id): str(message.string or "") for message in catalogue if message.id}


def write(path: Path, translations: Mapping[str, str]) -> None:
    """Write `translations` to the .po file `path` in the one fixed form."""
    entries = [("", _HEADER), *sorted(translations.items())]
    blocks = [
        f"msgid {normalize(key, width=0)}\nmsgstr {normalize(value, width=0)}\n" for key, value in entries
    ]
    _replace(path, "\n".join(blocks).encode())


def update(source: Path, known: Iterable[str], fragments: Iterable[Path] = ()) -> list[str]:
    """Make the .po file `source` hold exactly the templates `known`, with what `fragments` say of them.

    The last translation wins. Returns a line for each one that was replaced, or left out as not known.
    """
    translations = dict.fromkeys(known, "")
    kept = read(source) if source.exists() else {}
    translations.update({template: kept[template] for template in kept.keys() & translations.keys()})
    notes = []
    for fragment in fragments:
        for template, translation in read(fragment).items():
            if template not in translations:
                notes.append(f"{fragment.name}: left out, not in the source: {template}")
            elif translation:
                before = translations[template]
                translations[template] = unicodedata.normalize("NFC", translation)
                if before not in {"", translations[template]}:
                    notes.append(f"{fragment.name}: “{translation}” in place of “{before}”: {template}")
    write(source, translations)
    return notes


def compile_if_stale(source: Path = SOURCE) -> None:
    """Write the .mo beside the .po file `source` unless it is current; safe in several processes at once."""
    compiled = source.with_suffix(".mo")
    written = source.stat().st_mtime_ns
    if compiled.exists() and compiled.stat().st_mtime_ns == written:
        return
    with source.open("rb") as stream:
        catalogue = read_po(stream, locale="vi", abort_invalid=True)
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    # The time of the source: should the .po change while this runs, the .mo is older and not current.
    _replace(compiled, buffer.getvalue(), written)


def faults(translations: Mapping[str, str], known: Iterable[str]) -> list[str]:
    """What is wrong with `translations` where the source has the templates `known`; a line for each fault."""
    known = set(known)
    found = [f"not in the catalogue: {template}" for template in sorted(known - translations.keys())]
    found += [f"no longer in the source: {template}" for template in sorted(translations.keys() - known)]
    for template, translation in sorted(translations.items()):
        found += [f"{fault}: {template}" for fault in _entry_faults(template, translation)]
    if list(translations) != sorted(translations):
        found.append("not sorted: ./run catalogue does it")
    return found


def _entry_faults(template: str, translation: str) -> list[str]:
    if not translation.strip():
        return ["not translated"]
    try:
        same = _places(template) == _places(translation)
    except ValueError as error:
        return [f"{error}"]
    checks = {
        "other places than the template": same,
        "not NFC": unicodedata.is_normalized("NFC", template + translation),
        "a word that officers do not use for it": not _AVOIDED.search(translation),
        "other blanks at the ends than the template": _ends(template) == _ends(translation),
    }
    return [fault for fault, passed in checks.items() if not passed]


def _places(text: str) -> set[str]:
    """The places of `text`; raises `ValueError` unless each is a plain ``{name}``."""
    places = set(_PERCENT_PLACE.findall(text))
    for _, name, spec, conversion in Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise ValueError(f"“{{{name}}}” is not a plain place")
        places.add(name)
    return places


def _ends(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _replace(path: Path, content: bytes, modified: int | None = None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    draft.write_bytes(content)
    if modified is not None:
        os.utime(draft, ns=(modified, modified))
    draft.replace(path)


def main(arguments: list[str]) -> int:
    """Run one command; the exit status."""
    parser = argparse.ArgumentParser(prog="tools.catalogue", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("update", "compile", "check"):
        commands.add_parser(name)
    commands.add_parser("merge").add_argument("fragments", nargs="+", type=Path)
    chosen = parser.parse_args(arguments)
    if chosen.command == "check":
        found = faults(read(SOURCE), templates())
        _print(found)
        return 1 if found else 0
    if chosen.command != "compile":
        notes = update(SOURCE, templates(), getattr(chosen, "fragments", ()))
        missing = sum(not translation for translation in read(SOURCE).values())
        _print([*notes, f"{missing} template(s) without a translation"])
    compile_if_stale()
    return 0


def _print(lines: Iterable[str]) -> None:
    sys.stdout.writelines(line.replace("\n", "\\n") + "\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
