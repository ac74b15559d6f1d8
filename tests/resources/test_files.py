"""The files that ship with the program."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

import resources

FACES = ("Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic", "Arimo-Regular", "Arimo-Bold")

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
LOWER = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"}
VIETNAMESE = LOWER | {letter.upper() for letter in LOWER}
SIGNS = set("0123456789.,;:!?%()[]/-–—…“”‘’×≤≥−→·№₫\u00a0")


def test_a_shipped_file_is_found_by_its_name() -> None:
    assert resources.file("fonts/OFL.txt").is_absolute()
    assert "SIL OPEN FONT LICENSE" in resources.text("fonts/OFL.txt")


def test_a_file_that_is_not_shipped_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="Times"):
        resources.file("fonts/Times.ttf")


def test_the_files_of_a_folder_are_listed_by_name() -> None:
    assert [path.stem for path in resources.files("fonts", ".ttf")] == sorted(FACES)
    assert all(
        path == resources.file(f"criteria/{path.name}") for path in resources.files("criteria", ".json")
    )
    assert resources.files("criteria", ".json")


@pytest.mark.parametrize("face", FACES)
def test_every_shipped_face_has_all_vietnamese_letters_and_the_signs_we_print(face: str) -> None:
    font = TTFontFile(str(resources.file(f"fonts/{face}.ttf")))
    missing = {sign for sign in VIETNAMESE | SIGNS if ord(sign) not in font.charToGlyph}
    assert missing == set()


def test_opening_resources_loads_nothing_heavy() -> None:
    """Every start of the program pays for it."""
    code = "import sys, resources; print(*sys.modules)"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    loaded = set(asked.stdout.split())
    assert loaded & {"babel", "json", "importlib.resources", "xml", "ui", "parindex_desktop"} == set()
