"""What the communes of the demonstration enter: plausible figures, and generated evidence for them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from exports.reports.layout import Letterhead
from exports.reports.specimen import write_specimen
from parindex_desktop.domain.documents import Document, Form
from parindex_desktop.domain.scoring.answers import Answer, Applicability
from parindex_desktop.domain.scoring.inputs import InputKind, read_input
from parindex_desktop.domain.text import folded
from parindex_desktop.services import attaching, filling

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.scoring.inputs import InputSpec
    from parindex_desktop.services.homes import Office

_PLACES: Final = {
    Form.PAPER: "Tủ hồ sơ Văn phòng HĐND và UBND xã",
    Form.LINK: "https://dichvucong.gov.vn",
    Form.EXTRACT: "Hệ thống thông tin giải quyết TTHC của tỉnh",
}
_REPORT: Final = {
    "signer": "Nguyễn Văn Minh",
    "difficulties": "Hạ tầng mạng tại một số thôn chưa ổn định, thường xuyên mất điện.",
    "proposals": "Đề nghị tỉnh bố trí đường truyền và máy tính cho bộ phận một cửa.",
}


def fill(office: Office, year: str, folder: Path, chance: random.Random) -> filling.Form:
    """Answer every criterion of `office`; the files of evidence are made in `folder`."""
    form = filling.open_form(office, year)
    for criterion in form.criteria.leaves():
        if criterion.inputs:
            form = filling.answer(office, form, criterion, _answer(criterion, chance))
            form = _prove(office, form, criterion, folder, chance)
    for name, text in {"place": office.record.name.removeprefix("Xã "), **_REPORT}.items():
        form = filling.set_report_text(office, form, name, text)
    return form


def _answer(criterion: Criterion, chance: random.Random) -> Answer:
    """Plausible figures: a whole between 20 and 400, a good part of it, mostly yes."""
    typed: dict[str, str] = {}
    whole = chance.randint(20, 400)
    for spec in criterion.inputs:
        typed[spec.name] = _typed(spec, whole, chance)
    return Answer(
        Applicability.APPLICABLE, "", {s.name: read_input(s, typed[s.name]) for s in criterion.inputs}
    )


def _typed(spec: InputSpec, whole: int, chance: random.Random) -> str:
    match spec.kind:
        case InputKind.COUNT if spec.name == "denominator":
            return str(whole)
        case InputKind.COUNT if spec.name == "numerator":
            return str(whole * chance.randint(78, 100) // 100)
        case InputKind.COUNT:
            return str(chance.randint(0, 4))
        case InputKind.AMOUNT:
            return str(whole if spec.name == "denominator" else whole * chance.randint(30, 100) // 100)
        case InputKind.YES_NO | InputKind.CHECK:
            return "có" if chance.random() < 0.9 else "không"
        case InputKind.DATE:
            return (date(2026, 1, 10) + timedelta(days=chance.randint(0, 20))).isoformat()
        case InputKind.CHOICE:
            return chance.choice(spec.options).id


def _prove(
    office: Office, form: filling.Form, criterion: Criterion, folder: Path, chance: random.Random
) -> filling.Form:
    """A file for most, a paper or a link for some, an explanation where nothing was reached."""
    sheet = form.assessment.sheets[criterion.id]
    reached = sheet.outcome.points or 0
    day = date(int(form.year), chance.randint(2, 11), chance.randint(1, 28))
    number = f"{chance.randint(1, 400)}/BC-UBND"
    subject = criterion.documents[0] if criterion.documents else criterion.title
    about = Document("", Form.FILE, number, day, f"UBND xã {office.record.name.removeprefix('Xã ')}", subject)
    if not reached:
        form = filling.set_text(
            office, form, criterion, "explanation", f"Năm {form.year} đơn vị chưa thực hiện được."
        )
    elif chance.random() < 0.7:
        file = folder / f"{folded(office.record.name).replace(' ', '-')}-{criterion.code}.pdf"
        head = Letterhead("", about.issuer, number[number.index("/") :], "", form.year)
        write_specimen(file, head, subject, [criterion.title, f"Số: {number}"])
        form, _ = attaching.attach_file(office, form, criterion, file, "1", about)
    else:
        kind = chance.choice(list(_PLACES))
        document = Document(
            f"00000000-0000-4000-8000-{chance.getrandbits(48):012x}",
            kind,
            number if kind is Form.PAPER else "",
            day,
            about.issuer,
            subject,
            place=_PLACES[kind],
        )
        form = attaching.add_document(office, form, criterion, document)
    if sheet.outcome.points is not None and sheet.outcome.points < criterion.maximum:
        form = filling.set_text(office, form, criterion, "reason", "Một số hồ sơ chưa hoàn thành trong kỳ.")
    return form
