"""Effort, progress and plain numbers: hours from `2w 3d`, `PT400H0M0S`, seconds; percent."""

from __future__ import annotations

import re

import pandas as pd

from dualtrack.records.cleaned import Cleaned, clean_each
from dualtrack.records.money import parse_number

__all__ = ["clean_effort", "clean_numbers", "clean_progress"]

DAYS_PER_WEEK = 5.0
_UNIT_HOURS = {"hours": 1.0, "minutes": 1 / 60, "seconds": 1 / 3600, "milliseconds": 1 / 3_600_000}
_ISO_DURATION = re.compile(r"^P(?:(\d+)D)?T(?:(\d+(?:\.\d+)?)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?$")
_PART = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(weeks?|wks?|w|days?|d|tage?|t|hours?|hrs?|h|std|minutes?|mins?|m)\b"
)


_CLOCK = re.compile(r"^(\d{1,5}):([0-5]\d)(?::([0-5]\d))?$")  # 7:30 or 7:30:00, hours first


def clean_effort(cells: pd.Series, *, unit: str, hours_per_day: float = 8.0) -> Cleaned:
    """Hours of work.

    Args:
        cells: Numbers in `unit`, or text that names its unit (`16h`, `2w 3d`, `7:30`, `PT8H0M0S`).
        unit: hours, seconds, milliseconds, minutes or days: what a bare number means in this tool.
        hours_per_day: Of a working day; 8 is the default of Jira and Microsoft Project.

    Returns:
        Hours; a week has 5 working days.
    """
    factor = hours_per_day if unit == "days" else _UNIT_HOURS[unit]
    return clean_each(
        cells,
        lambda cell: _parse_effort(cell, factor, hours_per_day),
        dtype="float64",
        fault="not an amount of work",
    )


def _parse_effort(cell: object, factor: float, hours_per_day: float) -> float | None:
    if isinstance(cell, int | float):
        return float(cell) * factor
    text = str(cell).strip().casefold()
    if found := _ISO_DURATION.match(text.upper()):
        days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
        return days * 24 + hours + minutes / 60 + seconds / 3600
    if clock := _CLOCK.match(text):
        hours, minutes, seconds = (float(part or 0) for part in clock.groups())
        return hours + minutes / 60 + seconds / 3600
    if parts := _PART.findall(text):
        in_hours: dict[str, float] = {
            "w": hours_per_day * DAYS_PER_WEEK,
            "d": hours_per_day,
            "t": hours_per_day,
            "h": 1.0,
            "s": 1.0,
            "m": 1 / 60,
        }
        return sum(float(n.replace(",", ".")) * in_hours[u[0]] for n, u in parts)
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
