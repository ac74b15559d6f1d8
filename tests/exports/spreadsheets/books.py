"""Workbooks as other programs write them."""

from __future__ import annotations

import io
import re
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_INLINE = re.compile(r't="inlineStr"([^>]*)><is><t(?: xml:space="preserve")?>(.*?)</t></is>', re.DOTALL)


def replaced(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The workbook with other or further parts."""
    parts = dict(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, parts.pop(part.filename, old.read(part)))
        for name, content in parts.items():
            new.writestr(name, content)
    return stream.getvalue()


def with_texts(data: bytes, texts: list[str]) -> bytes:
    """The workbook with a table of texts, XML as they are, which cells of type s point into."""
    items = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in texts)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml").decode()
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}"/></Types>'
    return replaced(
        data,
        {
            "[Content_Types].xml": types.replace("</Types>", override).encode(),
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{items}</sst>'.encode(),
        },
    )


def as_saved_by_calc(data: bytes) -> bytes:
    """The workbook as LibreOffice writes it: texts in a table of their own, empty cells with a style in every row."""
    texts: dict[str, int] = {}

    def pointed(match: re.Match[str]) -> str:
        return f't="s"{match[1]}><v>{texts.setdefault(match[2], len(texts))}</v>'

    def filled(match: re.Match[str]) -> str:
        cells = "".join(f'<c r="{column}{match[1]}" s="0"/>' for column in ("AX", "AY", "AMJ"))
        return f"{match[0]}{cells}</row>"

    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                xml = _INLINE.sub(pointed, archive.read(name).decode())
                xml = re.sub(r'<row r="(\d+)".*?(?=</row>)', filled, xml, flags=re.DOTALL)
                xml = xml.replace("</row></row>", "</row>").replace(
                    '<row r="', '<row customFormat="false" r="'
                )
                parts[name] = xml.encode()
    return with_texts(replaced(data, parts), list(texts))
