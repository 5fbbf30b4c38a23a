"""How many projects people carry at once, and what the switching between them may cost."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.analyses.bookings import join_bookings
from dualtrack.analyses.mix import ALL_GROUPS
from dualtrack.analyses.suppression import find_withheld
from dualtrack.schema import TABLES, conform, empty_frame
from dualtrack.schema.load_tables import ATTENTION_CURVES

__all__ = ["measure_attention", "measure_concurrency"]

LEAST_HOURS = 4.0  # half a working day: less in a month is a question answered, not a project held
MOST = 5  # five and more are one class: Weinberg's curve ends there
OPTIMAL = (2, 3)  # projects at once; Steyn & Schnetler (2015), SAJIE 26(3)
ALERT = 4  # Steyn & Schnetler (2015)

# Share of a person's hours lost to switching, at 1, 2, 3, 4, 5 and more projects at once.
_LOSSES = {
    "none": (0.0, 0.0, 0.0, 0.0, 0.0),
    # A tenth for each project beyond the first: a house figure between the two ends.
    "ten_percent": (0.0, 0.1, 0.2, 0.3, 0.4),
    # Weinberg (1992), Quality Software Management vol. 1: a rule of thumb, without data.
    "weinberg": (0.0, 0.2, 0.4, 0.6, 0.75),
}


def measure_concurrency(
    assignments: pd.DataFrame,
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    smallest_group: int = 5,
    beside: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """How many people hold one, two, three, four, five and more projects in the same month.

    Args:
        assignments: Project x person x month. A project is held in a month with four hours or
            more; people with less on each of theirs are left out of that month.
        projects: For the unit of each project.
        sorting: For the track; not used otherwise.
        smallest_group: Groups with fewer people are withheld, and others with them where a
            difference would tell.
        beside: Bookings of the other units, where these are one unit's (`Portfolio.beside`).

    Returns:
        The `concurrency` table: five rows for the whole and for each unit, empty without bookings.
        A person who books in two units is counted in both, with all projects held.

    Source: two or three are optimal, four an alert (Steyn & Schnetler, 2015, "Concurrent projects:
    how many can you handle?", SAJIE 26(3)).
    """
    held = _hold(assignments, projects, sorting)
    if held.empty:
        return empty_frame(TABLES["concurrency"])
    months = held["month"].nunique()
    people = held.drop_duplicates(["group_name", "person_id", "month"])
    counted = people.groupby(["group_name", "project_count"]).size()
    classes = pd.MultiIndex.from_product(
        [sorted(people["group_name"].unique()), range(1, MOST + 1)],
        names=["group_name", "project_count"],
    )
    found = counted.reindex(classes, fill_value=0).rename("people").reset_index()
    found = found.assign(
        people_mean=found["people"] / months,
        people_share=found["people"] / found.groupby("group_name")["people"].transform("sum"),
        is_optimal=found["project_count"].between(*OPTIMAL),
        is_alert=found["project_count"] >= ALERT,
        is_suppressed=found["group_name"].map(_find_few(held, smallest_group, beside)),
    )
    told = ["people_mean", "people_share"]
    found[told] = found[told].mask(found["is_suppressed"])
    return conform(_whole_first(found.drop(columns="people")), TABLES["concurrency"])


def measure_attention(
    assignments: pd.DataFrame,
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    *,
    hours_per_fte_month: float = 140.0,
    smallest_group: int = 5,
    beside: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The split-attention bill: hours lost to switching, under three stated curves.

    Nobody has measured what switching costs in this portfolio. So the bill is a range: from nothing
    lost, over a tenth of the hours for each project beyond the first, to Weinberg's rule of thumb
    (0, 20, 40, 60, 75 % at one to five projects).

    Args:
        assignments: As for `measure_concurrency`.
        projects: As for `measure_concurrency`.
        sorting: As for `measure_concurrency`.
        hours_per_fte_month: Hours of one full-time person in a month.
        smallest_group: As for `measure_concurrency`.
        beside: Bookings of the other units, where these are one unit's (`Portfolio.beside`).

    Returns:
        The `attention` table: three rows for the whole and for each unit, empty without bookings.
        The units add up to the whole; hours count for the unit of their project.

    Source: Weinberg (1992), Quality Software Management, vol. 1. He gives no data for it: it is
    the upper end of a range here, not an estimate.
    """
    held = _hold(assignments, projects, sorting)
    if held.empty:
        return empty_frame(TABLES["attention"])
    months = held["month"].nunique()
    hours = held["effort_hours"] / hours_per_fte_month / months
    place = held["project_count"].to_numpy() - 1
    parts = []
    for curve in ATTENTION_CURVES:
        lost = hours * np.array(_LOSSES[curve])[place]
        sums = (
            held.assign(
                lost_fte=lost,
                booked_fte=hours,
                lost_fte_at_four=lost.where(held["project_count"] >= ALERT, 0.0),
            )
            .groupby("group_name")[["lost_fte", "booked_fte", "lost_fte_at_four"]]
            .sum()
        )
        parts.append(sums.assign(curve_type=curve).reset_index())
    found = pd.concat(parts)
    found = found.assign(
        lost_share=found["lost_fte"] / found["booked_fte"].where(found["booked_fte"] > 0),
        month_count=months,
        is_suppressed=found["group_name"].map(_find_few(held, smallest_group, beside)),
    ).sort_values("group_name", kind="stable")
    told = ["lost_fte", "lost_share", "lost_fte_at_four", "booked_fte"]
    found[told] = found[told].mask(found["is_suppressed"])
    return conform(_whole_first(found), TABLES["attention"])


def _hold(assignments: pd.DataFrame, projects: pd.DataFrame, sorting: pd.DataFrame) -> pd.DataFrame:
    """Bookings of four hours and more, for the whole and again for each unit, and how many."""
    if assignments.empty:
        return assignments
    bookings = join_bookings(assignments, projects, sorting)
    bookings = bookings[bookings["effort_hours"] >= LEAST_HOURS]
    count = bookings.groupby(["person_id", "month"])["project_id"].transform("nunique")
    bookings = bookings.assign(project_count=count.clip(upper=MOST))
    return pd.concat(
        [
            bookings.assign(group_name=ALL_GROUPS),
            bookings.assign(group_name=bookings["unit_name"]),
        ],
        ignore_index=True,
    )


def _find_few(held: pd.DataFrame, smallest_group: int, beside: pd.DataFrame | None) -> pd.Series:
    if beside is not None:
        beside = beside[beside["effort_hours"] >= LEAST_HOURS]
    whole = held[held["group_name"] == ALL_GROUPS]
    found = find_withheld(whole, smallest_group=smallest_group, beside=beside)
    found = found[found["group_type"].isin(["whole", "unit"])]
    return found.set_index(found["unit_name"].fillna(ALL_GROUPS))["is_suppressed"]


def _whole_first(found: pd.DataFrame) -> pd.DataFrame:
    is_whole = found["group_name"] == ALL_GROUPS
    return pd.concat([found[is_whole], found[~is_whole]])
