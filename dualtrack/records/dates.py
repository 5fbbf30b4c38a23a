"""Dates as tools and people write them, the order of day and month decided per file."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import pandas as pd

from dualtrack.records.cleaned import Cleaned, clean_each

__all__ = ["DateOrder", "clean_dates", "find_date_order"]

_NUMERIC = re.compile(r"^\s*(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?:[ T,].*)?$")
# `Mon 07/06/26`, `Di 07.07.26`: Microsoft Project puts the weekday before a numeric date.
_WEEKDAY = re.compile(r"^[^\W\d]{2,4}\.?\s+(?=\d{1,2}[/.\-])")
_EPOCH_TEXT = re.compile(r"^\d{12,13}$")
_ISO = re.compile(r"^\s*(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ].*)?$")
_NAMED = re.compile(r"^\D*?(\d{1,2})[\s\-/.]+([^\W\d]{3,})\.?[\s\-/.,]+(\d{4}|\d{2})\b")
_NAMED_FIRST = re.compile(r"^([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_JAVASCRIPT = re.compile(r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{4}) ")
_MONTHS = (
    ("jan", "ene", "janv", "january", "januar", "enero", "janvier", "janeiro"),
    ("feb", "fév", "fev", "february", "februar", "febrero", "février", "fevereiro"),
    ("mar", "mär", "mrz", "mars", "march", "märz", "marzo", "março"),
    ("apr", "abr", "avr", "april", "abril", "avril"),
    ("may", "mai", "mayo", "maio"),
    ("jun", "juin", "june", "juni", "junio", "junho"),
    ("jul", "juil", "july", "juli", "julio", "juillet", "julho"),
    ("aug", "ago", "août", "aout", "august", "agosto"),
    ("sep", "sept", "set", "september", "septiembre", "septembre", "setembro"),
    ("oct", "okt", "out", "october", "oktober", "octubre", "octobre", "outubro"),
    ("nov", "november", "noviembre", "novembre", "novembro"),
    ("dec", "dez", "dic", "déc", "december", "dezember", "diciembre", "décembre", "dezembro"),
)
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
# Tools write these where they have no date.
_NULL_YEARS = {1899, 1900, 1970}
_YEARS = range(1950, 2100)
_EXCEL_EPOCH = dt.datetime(1899, 12, 30)
_EXCEL_SERIALS = (18_264, 73_050)  # 1950-01-01 to 2099-12-31
_EPOCH_MILLISECONDS = (3e11, 4.1e12)  # 1979 to 2099


@dataclass(frozen=True)
class DateOrder:
    """Whether the day comes first in numeric text dates, and how that is known."""

    is_day_first: bool
    reason: str
    is_sure: bool


def find_date_order(columns: list[pd.Series], *, stated: bool | None = None) -> DateOrder:
    """Decide the order of day and month from all the numeric dates of a file.

    Args:
        columns: Every date column of the file, raw.
        stated: The order the settings or the tool's map state, if they do.

    Returns:
        The order; unsure where every day is 12 or less and nothing is stated.
    """
    if stated is not None:
        return DateOrder(stated, "as stated", is_sure=True)
    texts = {str(cell) for column in columns for cell in column if isinstance(cell, str)}
    bare = (_WEEKDAY.sub("", text.strip()) for text in texts)
    found = [match for match in map(_NUMERIC.match, bare) if match]
    day_first = sum(int(match[1]) > 12 for match in found)
    month_first = sum(int(match[2]) > 12 for match in found)
    if day_first and not month_first:
        return DateOrder(True, f"day first: {day_first} dates allow nothing else", is_sure=True)
    if month_first and not day_first:
        return DateOrder(
            False, f"month first: {month_first} dates allow nothing else", is_sure=True
        )
    if day_first and month_first:
        is_more = day_first >= month_first
        return DateOrder(
            is_more, f"mixed: {day_first} day first, {month_first} month first", is_sure=False
        )
    if any("." in match[0] for match in found):
        return DateOrder(True, "day first: written with points", is_sure=True)
    if found:
        return DateOrder(True, "day first assumed: no day above 12", is_sure=False)
    return DateOrder(True, "no date depends on it", is_sure=True)


def clean_dates(cells: pd.Series, order: DateOrder) -> Cleaned:
    """Read a column of dates; the clock time is dropped.

    Null dates of tools (1899-12-30, 1970-01-01) become missing values.

    Args:
        cells: Raw cells: text, dates, Excel serials or epoch milliseconds.
        order: Order of day and month for numeric text dates.

    Returns:
        `datetime64[us]` values; a fault for each cell that is filled but no date.
    """
    # A list, not `map`: pandas would turn a column of dates and blanks into NaT.
    filled = pd.Series(
        [None if _is_null_date(cell) else cell for cell in cells], index=cells.index, dtype=object
    )
    cleaned = clean_each(
        filled,
        lambda cell: _parse(cell, is_day_first=order.is_day_first),
        dtype="datetime64[us]",
        fault="not a date",
    )
    return Cleaned(cleaned.series, cleaned.faults, order.reason)


def _is_null_date(cell: object) -> bool:
    if isinstance(cell, dt.date):
        return cell.year in _NULL_YEARS
    return (
        isinstance(cell, str) and re.match(r"^(1899-12-30|1970-01-01|00/|0000)", cell) is not None
    )


def _parse(cell: object, *, is_day_first: bool) -> dt.datetime | None:
    if isinstance(cell, dt.datetime):
        return _build(cell.year, cell.month, cell.day)
    if isinstance(cell, dt.date):
        return _build(cell.year, cell.month, cell.day)
    if isinstance(cell, int | float):
        return _parse_number(float(cell))
    text = _WEEKDAY.sub("", str(cell).replace("\u00a0", " ").strip())
    if _EPOCH_TEXT.match(text):
        return _parse_number(float(text))
    if found := _ISO.match(text):
        return _build(int(found[1]), int(found[2]), int(found[3] or 1))
    if found := _NUMERIC.match(text):
        day, month = (1, 2) if is_day_first else (2, 1)
        if int(found[month]) > 12:  # the other order is the only one possible
            day, month = month, day
        return _build(_century(found[3]), int(found[month]), int(found[day]))
    return _parse_named(text)


def _parse_named(text: str) -> dt.datetime | None:
    if found := _JAVASCRIPT.match(text):
        return _build(int(found[3]), _month(found[1]), int(found[2]))
    if found := _NAMED.match(text):
        return _build(_century(found[3]), _month(found[2]), int(found[1]))
    if found := _NAMED_FIRST.match(text):
        return _build(int(found[3]), _month(found[1]), int(found[2]))
    return None


def _parse_number(number: float) -> dt.datetime | None:
    low, high = _EXCEL_SERIALS
    if low <= number <= high:
        moment = _EXCEL_EPOCH + dt.timedelta(days=int(number))
        return _build(moment.year, moment.month, moment.day)
    low_ms, high_ms = _EPOCH_MILLISECONDS
    if low_ms <= number <= high_ms:
        moment = dt.datetime(1970, 1, 1) + dt.timedelta(milliseconds=number)
        return _build(moment.year, moment.month, moment.day)
    return None


def _month(name: str) -> int:
    name = name.casefold().rstrip(".")
    return _MONTH_NUMBER.get(name) or _MONTH_NUMBER.get(name[:4]) or _MONTH_NUMBER.get(name[:3], 0)


def _century(year: str) -> int:
    """Two-digit years: 70 and later are of the last century."""
    number = int(year)
    if len(year) == 4:
        return number
    return 1900 + number if number >= 70 else 2000 + number


def _build(year: int, month: int, day: int) -> dt.datetime | None:
    if year not in _YEARS:
        return None
    try:
        return dt.datetime(year, month, day)
    except ValueError:
        return None
