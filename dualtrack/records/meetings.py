"""Meetings of a calendar saved as CSV: day and clock time joined, people counted."""

from __future__ import annotations

import re

import pandas as pd

from dualtrack.records.dates import clean_dates, find_date_order

__all__ = ["join_day_and_time"]

_CLOCK = re.compile(r"^\s*(\d{1,2})[:.h](\d{2})(?:[:.]\d{2})?\s*([AaPp])?\.?[Mm]?\.?\s*$")


def join_day_and_time(raw: pd.DataFrame, *, day_first: bool | None) -> pd.DataFrame:
    """Bring the rows of a CSV calendar (Outlook, Google) to the form an ICS gives.

    Args:
        raw: Raw cells with `held_at`, `ends_at` (days), `held_time`, `ends_time` (clock times),
            `subject`, `attendees` (names joined by ';').
        day_first: The order of day and month, where it is stated.

    Returns:
        The same rows with `held_at` and `ends_at` as moments, `attendees` as a number and
        `review_id` made of start and subject; without the two time columns. Rows without a
        readable day keep a missing `held_at`. A frame without `held_time` comes back as it is.
    """
    if "held_time" not in raw:
        return raw
    order = find_date_order([raw["held_at"], raw["ends_at"]], stated=day_first)
    moments = {
        name: clean_dates(raw[name], order).series + _clock(raw[clock])
        for name, clock in (("held_at", "held_time"), ("ends_at", "ends_time"))
    }
    people = raw.get("attendees", pd.Series(None, index=raw.index, dtype=object))
    started = moments["held_at"].dt.strftime("%Y-%m-%dT%H:%M")
    return raw.drop(columns=["held_time", "ends_time"]).assign(
        **moments,
        attendees=[
            sum(bool(name.strip()) for name in str(cell or "").split(";")) for cell in people
        ],
        forum=raw.get("forum"),
        review_id=started + " " + raw["subject"].astype("str"),
    )


def _clock(cells: pd.Series) -> pd.Series:
    """Time since midnight; nothing where a cell holds no clock time (an all-day entry)."""
    return pd.to_timedelta([_minutes(cell) for cell in cells], unit="min").to_series(
        index=cells.index
    )


def _minutes(cell: object) -> int:
    found = _CLOCK.match(str(cell or ""))
    if found is None:
        return 0
    hour, minute = int(found[1]) % 24, int(found[2])
    if found[3]:
        hour = hour % 12 + (12 if found[3].lower() == "p" else 0)
    return 60 * hour + minute
