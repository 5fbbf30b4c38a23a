"""The state of every project in every quarter: what moves are measured on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pandas as pd

from dualtrack.analyses.history import QuarterTables
from dualtrack.schema import TABLES, conform

__all__ = ["CLOSED", "gather_states", "match_quarters", "plain_text"]

CLOSED = ("done", "cancelled")
_MONTHS = 3.0
_SORTED = [
    "project_id",
    "declared_track",
    "evidence_track",
    "track",
    "blur_type",
    "p_strategic",
    "p_operational",
    "p_maintenance",
]


def gather_states(
    quarters: Iterable[QuarterTables], *, hours_per_fte_month: float = 140.0
) -> pd.DataFrame:
    """What every project was called, was, and had, in each quarter.

    Args:
        quarters: Open quarters in any order, each name once; `opened.earlier` and `opened`.
        hours_per_fte_month: Hours of one full-time person in a month.

    Returns:
        The `states` table, oldest quarter first. FTE are the hours booked in that quarter's three
        months; missing in a quarter without any bookings, 0 for a project without them.
    """
    parts = [
        _gather_one(one, hours_per_fte_month * _MONTHS)
        for one in sorted(quarters, key=lambda one: one.portfolio.as_of_date)
    ]
    whole = pd.concat(parts) if parts else pd.DataFrame()
    return conform(whole, TABLES["states"])


def _gather_one(one: QuarterTables, hours_per_fte: float) -> pd.DataFrame:
    projects, bookings = one.portfolio.projects, one.portfolio.assignments
    rows = projects.merge(one.sorting[_SORTED], on="project_id", how="left", validate="one_to_one")
    is_inside = bookings["month"].between(one.quarter.first_day, one.quarter.last_day)
    hours = bookings[is_inside].groupby("project_id")["effort_hours"].sum()
    booked = rows["project_id"].map(hours)
    texts = [plain_text(rows[name]) for name in ("title", "description", "objective_id")]
    joined = texts[0].str.cat(texts[1:], sep="\x1f")
    rows = rows.assign(
        quarter_name=str(one.quarter),
        as_of_date=one.portfolio.as_of_date,
        effort_fte=(booked.fillna(0.0) if len(hours) else booked.astype(float)) / hours_per_fte,
        text_code=[hashlib.blake2b(text.encode(), digest_size=8).hexdigest() for text in joined],
    )
    return rows[TABLES["states"].column_names]


def plain_text(cells: pd.Series) -> pd.Series:
    """Text as compared between quarters: case, blanks and punctuation do not count.

    Args:
        cells: Text; missing cells become blank.
    """
    return (
        cells.fillna("")
        .astype("str")
        .str.casefold()
        .str.replace(r"[^\w%]+", " ", regex=True)
        .str.strip()
    )


def match_quarters(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Which project of one quarter is which of another: by key, else by title in the same unit.

    A title matches where it names one project alone, in that unit, among those still unmatched.

    Args:
        before: Rows of `states` of one quarter.
        after: Rows of a later one.

    Returns:
        `earlier_id`, `project_id`: a row per project of either, one of them missing where it has
        no partner; projects of `after` first, in their order.
    """
    is_same = after["project_id"].isin(before["project_id"])
    left = _name_by_title(before[~before["project_id"].isin(after["project_id"])])
    right = _name_by_title(after[~is_same])
    by_title = right.merge(left, on="name", suffixes=("", "_before"), validate="one_to_one")
    partner = by_title.set_index("project_id")["project_id_before"]
    ids = after["project_id"]
    earlier = ids.where(is_same, ids.map(partner)).astype("str")
    gone = before.loc[~before["project_id"].isin(earlier), "project_id"]
    both = pd.DataFrame({"earlier_id": earlier, "project_id": ids})
    left_over = pd.DataFrame({"earlier_id": gone}).assign(project_id=None)
    pairs = pd.concat([both, left_over], ignore_index=True)
    return pairs.astype({"earlier_id": "str", "project_id": "str"})


def _name_by_title(rows: pd.DataFrame) -> pd.DataFrame:
    """`project_id` and `name` (unit and title) of those whose name is no other's."""
    title = plain_text(rows["title"])
    named = pd.DataFrame(
        {"project_id": rows["project_id"], "name": plain_text(rows["unit_name"]) + "\x1f" + title}
    )[title != ""]
    return named[~named["name"].duplicated(keep=False)]
