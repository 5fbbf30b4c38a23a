"""Cells of a series: days, months, quarters and weeks as dates; numbers in usual forms."""

from __future__ import annotations

import datetime as dt
import math
import re

import pandas as pd

from dualtrack.records.cleaned import is_blank
from dualtrack.records.dates import DateOrder, clean_dates

__all__ = ["find_decimal_sign", "parse_dates", "parse_value"]

_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=$|[T ])")
_TIME = re.compile(r"[T ,](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([ap])?\.?m?", re.IGNORECASE)
_YEAR = re.compile(r"^((?:18|19|20)\d\d)(?:\.0)?$")
_COMPACT = re.compile(r"^((?:19|20)\d\d)(\d{2})(\d{2})(?:\.0)?$")
_QUARTER = re.compile(r"^(?:(\d{4})[\s\-/]*Q([1-4])|Q([1-4])[\s\-/]*(\d{4}))$", re.IGNORECASE)
_WEEK = re.compile(r"^(\d{4})[\s\-/]*(?:W|KW|CW)\s*(\d{1,2})$", re.IGNORECASE)
_MONTH = re.compile(r"^(?:(\d{4})\s*M(\d{2})|(\d{1,2})[/.\-](\d{4}))$", re.IGNORECASE)
_MONTH_NAME = re.compile(
    r"^(?:([^\W\d]{3,})\.?[\s\-/']*(\d{4}|\d{2})|(\d{4})[\s\-/]+([^\W\d]{3,}))$"
)
_SIGN = re.compile(r"^[+\-−]")


def parse_dates(cells: pd.Series, *, is_day_first: bool) -> pd.Series:
    """Dates, with the time of day where one is written.

    A year, quarter, month or week counts as its first day.

    Args:
        cells: Raw cells.
        is_day_first: Order of day and month in numeric dates.

    Returns:
        `datetime64[us]` on the index of `cells`; missing where a cell is no date.
    """
    texts = ["" if is_blank(cell) else str(cell).strip() for cell in cells]
    # A list, not `where`: the cells may be of any type.
    plain = pd.Series(
        [cell if text else None for cell, text in zip(cells, texts, strict=True)],
        index=cells.index,
        dtype=object,
    )
    named = [_month_as_day(text) or cell for cell, text in zip(plain, texts, strict=True)]
    order = DateOrder(is_day_first, "", is_sure=True)
    days = clean_dates(pd.Series(named, index=cells.index, dtype=object), order).series
    moments = [
        _exact(cell) or _parse_period(text) or _with_time(day, text)
        for cell, text, day in zip(cells, texts, days, strict=True)
    ]
    return pd.Series(moments, index=cells.index, dtype="datetime64[us]")


def _exact(cell: object) -> dt.datetime | None:
    """A cell that is a date already, as workbooks hold them."""
    if cell is pd.NaT or not isinstance(cell, dt.date):
        return None
    return cell if isinstance(cell, dt.datetime) else dt.datetime.combine(cell, dt.time())


def _parse_period(text: str) -> dt.datetime | None:
    """ISO days of any year, days without separators, years, quarters, weeks and months."""
    try:
        if found := _ISO.match(text):
            day = dt.datetime(int(found[1]), int(found[2]), int(found[3]))
            return _with_time(day, text)
        if found := _COMPACT.match(text):
            return dt.datetime(int(found[1]), int(found[2]), int(found[3]))
        if found := _YEAR.match(text):
            return dt.datetime(int(found[1]), 1, 1)
        if found := _QUARTER.match(text):
            return dt.datetime(int(found[1] or found[4]), 3 * int(found[2] or found[3]) - 2, 1)
        if found := _WEEK.match(text):
            return dt.datetime.fromisocalendar(int(found[1]), int(found[2]), 1)
        if found := _MONTH.match(text):
            return dt.datetime(int(found[1] or found[4]), int(found[2] or found[3]), 1)
    except ValueError:
        return None
    return None


def _month_as_day(text: str) -> str | None:
    """`Jan 2024` as `1 Jan 2024`, which the reader of dates knows in several languages."""
    found = _MONTH_NAME.match(text)
    return f"1 {found[1] or found[4]} {found[2] or found[3]}" if found else None


def _with_time(day: dt.datetime, text: str) -> dt.datetime | None:
    if pd.isna(day):
        return None
    moment: dt.datetime = pd.Timestamp(day).to_pydatetime()
    found = _TIME.search(text)
    if found is None:
        return moment
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "p" else 0)
    if hour > 23 or int(found[2]) > 59 or int(found[3] or 0) > 59:
        return None
    return moment.replace(hour=hour, minute=int(found[2]), second=int(found[3] or 0))


def find_decimal_sign(cells: pd.Series, *, is_semicolon: bool) -> str:
    """Point or comma, decided for the whole column.

    Args:
        cells: Raw cells.
        is_semicolon: Cells are parted by semicolons, as where the comma is the decimal sign.
    """
    texts = [str(cell).strip() for cell in cells if isinstance(cell, str)]
    commas = sum("," in text and "." not in text for text in texts)
    # Three digits may be thousands; one, two or more than three are decimals.
    decimals = {
        sign: sum(bool(re.search(rf"[{sign}](\d{{1,2}}|\d{{4,}})\D*$", text)) for text in texts)
        for sign in ",."
    }
    if decimals[","] > decimals["."]:
        return ","
    return "," if is_semicolon and commas and not decimals["."] else "."


def parse_value(cell: object, decimal_sign: str) -> float | None:
    """A number; None for a blank and for anything else.

    `1,234.5`, `1 234,5`, `12 %`, `€5`, `(3)` and `1e-5` are numbers. Thousands stand in groups of
    three, so that a stray decimal sign is not read as one.

    Args:
        cell: Raw cell.
        decimal_sign: Point or comma.
    """
    if is_blank(cell) or isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell) if math.isfinite(cell) else None
    text = str(cell).strip()
    is_negative = text.startswith("(") and text.endswith(")")
    text = text.strip("()").removesuffix("%").strip("€$£ \u00a0")
    is_negative = is_negative or text.startswith(("-", "−"))
    text = _SIGN.sub("", text).strip("€$£ \u00a0")
    decimal, group = re.escape(decimal_sign), "," if decimal_sign == "." else "."
    number = re.compile(
        rf"^(\d+|\d{{1,3}}(?:[{group}'\u00a0\u202f ]\d{{3}})+)?({decimal}\d*)?([eE][+\-]?\d+)?$"
    )
    found = number.match(text)
    if found is None or not re.search(r"\d", (found[1] or "") + (found[2] or "")):
        return None
    whole = re.sub(r"\D", "", found[1] or "0")
    size = float(f"{whole}.{(found[2] or '.0')[1:] or '0'}{found[3] or ''}")
    return (-size if is_negative else size) if math.isfinite(size) else None
