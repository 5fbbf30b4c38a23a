"""Effort, progress and plain numbers: hours from `2w 3d`, `PT400H0M0S`, seconds; percent."""

from __future__ import annotations

import re

import pandas as pd

from dualtrack.records.cleaned import Cleaned, clean_each
from dualtrack.records.money import parse_number

__all__ = ["clean_effort", "clean_numbers", "clean_progress"]

HOURS_PER_DAY = 8.0  # working day where a tool names days; Jira's and Project's default
DAYS_PER_WEEK = 5.0
_UNIT_HOURS = {
    "hours": 1.0,
    "seconds": 1 / 3600,
    "milliseconds": 1 / 3_600_000,
    "minutes": 1 / 60,
    "days": HOURS_PER_DAY,
}
_ISO_DURATION = re.compile(r"^P(?:(\d+)D)?T(?:(\d+(?:\.\d+)?)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?$")
_PART = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(weeks?|wks?|w|days?|d|tage?|t|hours?|hrs?|h|std|minutes?|mins?|m)\b"
)
_LETTER_HOURS = {
    "w": HOURS_PER_DAY * DAYS_PER_WEEK,
    "d": HOURS_PER_DAY,
    "t": HOURS_PER_DAY,
    "h": 1.0,
    "s": 1.0,
    "m": 1 / 60,
}


def clean_effort(cells: pd.Series, *, unit: str) -> Cleaned:
    """Hours of work.

    Args:
        cells: Numbers in `unit`, or text that names its unit (`16h`, `2w 3d`, `PT8H0M0S`).
        unit: hours, seconds, milliseconds, minutes or days: what a bare number means in this tool.

    Returns:
        Hours; a working day has 8, a week 5 days.
    """
    return clean_each(
        cells,
        lambda cell: _parse_effort(cell, _UNIT_HOURS[unit]),
        dtype="float64",
        fault="not an amount of work",
    )


def _parse_effort(cell: object, factor: float) -> float | None:
    if isinstance(cell, int | float):
        return float(cell) * factor
    text = str(cell).strip().casefold()
    if found := _ISO_DURATION.match(text.upper()):
        days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
        return days * 24 + hours + minutes / 60 + seconds / 3600
    if parts := _PART.findall(text):
        return sum(float(n.replace(",", ".")) * _LETTER_HOURS[u[0]] for n, u in parts)
    if re.search(r"[a-z]", text):
        return None
    number = parse_number(text, is_decimal_comma=bool(re.search(r",\d{1,2}$", text)))
    return None if number is None else number * factor


def clean_progress(cells: pd.Series, *, is_fraction: bool) -> Cleaned:
    """Percent done, 0 to 100.

    Args:
        cells: Numbers, or text with or without a percent sign.
        is_fraction: Bare numbers up to 1 are fractions in this tool.

    Returns:
        Percent; values outside 0 to 100 are faults.
    """

    def parse(cell: object) -> float | None:
        if isinstance(cell, int | float):
            percent = float(cell) * (100 if is_fraction and abs(cell) <= 1 else 1)
        else:
            number = parse_number(str(cell).replace(",", "."))
            if number is None:
                return None
            is_bare_fraction = is_fraction and "%" not in str(cell) and number <= 1
            percent = number * 100 if is_bare_fraction else number
        return percent if 0 <= percent <= 100 else None

    return clean_each(cells, parse, dtype="float64", fault="not a percentage from 0 to 100")


def clean_numbers(cells: pd.Series) -> Cleaned:
    """Plain numbers, point or comma as decimal sign."""

    def parse(cell: object) -> float | None:
        if isinstance(cell, int | float):
            return float(cell)
        text = str(cell).strip()
        if not re.fullmatch(r"[+-]?[\d.,' \u00a0]+", text):
            return None
        return parse_number(text, is_decimal_comma=bool(re.search(r",\d{1,2}$", text)))

    return clean_each(cells, parse, dtype="float64", fault="not a number")
