"""Figures of load and what-if: readable for none, one, many units and very long names."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from dualtrack import figures
from dualtrack.analyses import (
    WhatIf,
    measure_attention,
    measure_concurrency,
    measure_key_roles,
    measure_load_groups,
    measure_pausing,
    measure_straddle,
    measure_whatif,
)
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, conform, empty_frame
from tests.conftest import make_projects, make_sorting
from tests.figures.test_figures import assert_readable, texts_of

LONG = "An exceedingly long name of a business unit that nobody would say aloud in a meeting " * 2


def company(units: int, months: int, *, prefix: str = "Business unit") -> tuple[pd.DataFrame, ...]:
    """Units of twelve people, two teams and two roles each, booked over their capacity."""
    rng = np.random.default_rng(units)
    names = [f"{prefix} {number}" for number in range(units)]
    projects = make_projects(
        *[
            {"unit_name": name, "team_name": f"Team {half}", "budget_cost": 1e5}
            for name in names
            for half in (1, 2)
        ]
    )
    tracks = make_sorting(
        *[{"track": ("strategic", "operational")[n % 2]} for n in range(2 * units)]
    )
    starts = pd.date_range("2026-01-01", periods=months, freq="MS")
    rows = [
        (f"list:{2 * unit + half + 1}", f"p{unit}-{one}", month, ("Tester", "Fitter")[one % 2])
        for unit in range(units)
        for one in range(12)
        for half in (0, 1)
        for month in starts
    ]
    booked = pd.DataFrame(rows, columns=["project_id", "person_id", "month", "role_name"])
    booked = booked.assign(effort_hours=rng.uniform(20, 110, len(booked)))
    people = booked.drop_duplicates(["person_id", "month"])[["person_id", "month"]]
    unit = people["person_id"].str.extract(r"p(\d+)-")[0].astype(int)
    capacity = people.assign(capacity_hours=120.0, unit_name=[names[one] for one in unit])
    return (
        conform(booked, TABLES["assignments"]),
        conform(capacity, TABLES["capacity"]),
        projects,
        tracks,
    )


def draw_all(
    bookings: pd.DataFrame, capacity: pd.DataFrame, projects: pd.DataFrame, sorting: pd.DataFrame
) -> dict[str, Figure]:
    groups = measure_load_groups(bookings, capacity, projects, sorting)
    straddle = measure_straddle(bookings, projects, sorting)
    before = WhatIf(projects, bookings, capacity, sorting)
    some = projects["project_id"].head(3)
    after = WhatIf(
        projects, bookings[~bookings["project_id"].isin(some)], capacity, sorting, frozenset(some)
    )
    limits = measure_pausing(projects, bookings, capacity, sorting)[1]
    return {
        **{
            kind: figures.plot_load_groups(groups, group_type=kind)
            for kind in ("team", "role", "unit_role")
        },
        "straddle": figures.plot_straddle(straddle),
        "straddle teams": figures.plot_straddle(straddle, group_type="team"),
        "concurrency": figures.plot_concurrency(measure_concurrency(bookings, projects, sorting)),
        "attention": figures.plot_attention(measure_attention(bookings, projects, sorting)),
        "key roles": figures.plot_key_roles(
            measure_key_roles(bookings, capacity, projects, sorting)
        ),
        "what-if": figures.plot_whatif(measure_whatif(before, after)),
        "pausing": figures.plot_pausing(limits),
    }


@pytest.mark.parametrize(("units", "months"), [(1, 1), (6, 3), (40, 12)])
def test_figures_are_readable_for_any_number_of_units(units: int, months: int) -> None:
    for name, figure in draw_all(*company(units, months)).items():
        try:
            assert_readable(figure)
        except AssertionError as fault:
            raise AssertionError(f"{name}: {fault}") from fault


def test_names_of_any_length_stay_whole() -> None:
    drawn = draw_all(*company(3, 2, prefix=LONG))
    for name, figure in drawn.items():
        assert_readable(figure)
        if name not in {"role", "concurrency"}:
            shown = " ".join(text.replace("\n", " ") for text, _ in texts_of(figure))
            assert f"{LONG} 1".replace("  ", " ") in shown, name


@pytest.mark.parametrize("missing", ["bookings", "capacity", "people"])
def test_figures_of_nothing_say_so(missing: str) -> None:
    bookings, capacity, projects, sorting = company(2, 2)
    if missing == "bookings":
        bookings = empty_frame(TABLES["assignments"])
    elif missing == "capacity":
        capacity = empty_frame(TABLES["capacity"])
    else:
        bookings = bookings[bookings["person_id"].isin(["p0-0", "p0-1"])]
    for name, figure in draw_all(bookings, capacity, projects, sorting).items():
        assert_readable(figure)
        assert texts_of(figure), name


def test_figures_of_the_sample_are_readable(
    sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    tables = (sample_portfolio.assignments, sample_portfolio.capacity, sample_portfolio.projects)
    for figure in draw_all(*tables, sample_sort[0]).values():
        assert_readable(figure)
