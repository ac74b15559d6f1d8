"""A kit by itself: which set an office is assessed by, and in which words it is told that there is none."""

from __future__ import annotations

import pytest

from parindex_desktop.domain.kits import (
    Kit,
    NotAssessed,
    NoYearOpen,
    Period,
    ProvinceNotAssessed,
    UnknownPeriod,
)
from parindex_desktop.domain.units import Level

OPEN = {"2026": Period("2026", {Level.COMMUNE: "0" * 64}, None)}


def kit(periods: dict[str, Period]) -> Kit:
    return Kit({}, {}, {}, periods, {}, None)


@pytest.mark.parametrize(
    ("periods", "year", "level", "refusal"),
    [
        (OPEN, "2031", Level.COMMUNE, UnknownPeriod),
        (OPEN, "2026", Level.DEPARTMENT, NotAssessed),
        (OPEN, "2026", Level.PROVINCE, ProvinceNotAssessed),
        (OPEN, "2031", Level.PROVINCE, ProvinceNotAssessed),
        ({}, "", Level.COMMUNE, NoYearOpen),
        ({}, "", Level.PROVINCE, ProvinceNotAssessed),
    ],
)
def test_an_office_without_a_set_is_told_why(
    periods: dict[str, Period], year: str, level: Level, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        kit(periods).criteria_set(year, level)
