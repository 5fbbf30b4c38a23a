"""Tables of load and what-if: every column named is there, withheld groups are not."""

from __future__ import annotations

import pandas as pd
import pytest

from dualtrack import tables
from dualtrack.analyses import (
    WhatIf,
    measure_attention,
    measure_concurrency,
    measure_key_roles,
    measure_load_groups,
    measure_pausing,
    measure_straddle,
    measure_waiting_projects,
    measure_whatif,
)
from dualtrack.schema import TABLES, empty_frame
from dualtrack.tables import DisplayTable
from dualtrack.tables.display import format_cell
from tests.analyses.load_frames import AUGUST, JULY, book, hire, team
from tests.conftest import make_projects, make_sorting


def company(people: int) -> tuple[pd.DataFrame, ...]:
    rows = [
        (number, one, 80, "Tester", month)
        for one in team(people)
        for number in (1, 2)
        for month in (JULY, AUGUST)
    ]
    projects = make_projects({"budget_cost": 3e6, "title": "Hub"}, {"title": "5S"})
    sorting = make_sorting({"track": "strategic"}, {"track": "operational"})
    return book(*rows), hire(team(people), 140.0, months=(JULY, AUGUST)), projects, sorting


def tabulate_all(
    bookings: pd.DataFrame, capacity: pd.DataFrame, projects: pd.DataFrame, sorting: pd.DataFrame
) -> dict[str, DisplayTable]:
    args, whole = (bookings, projects, sorting), (bookings, capacity, projects, sorting)
    before = WhatIf(projects, bookings, capacity, sorting)
    after = WhatIf(projects, bookings, capacity, sorting, frozenset({"list:1"}))
    pauses, limits = measure_pausing(projects, bookings, capacity, sorting)
    roles, waiting = measure_key_roles(*whole), measure_waiting_projects(*whole)
    return {
        "groups": tables.tabulate_load_groups(measure_load_groups(*whole), group_type="role"),
        "straddle": tables.tabulate_straddle(measure_straddle(*args)),
        "concurrency": tables.tabulate_concurrency(measure_concurrency(*args)),
        "attention": tables.tabulate_attention(measure_attention(*args)),
        "roles": tables.tabulate_key_roles(roles, currency="EUR"),
        "waiting": tables.tabulate_waiting_projects(waiting, currency="EUR"),
        "whatif": tables.tabulate_whatif(measure_whatif(before, after)),
        "actions": tables.tabulate_actions(after.actions, currency="EUR"),
        "pauses": tables.tabulate_pausing(pauses, currency="EUR"),
        "limits": tables.tabulate_limits(limits, binding_only=False),
    }


@pytest.mark.parametrize("people", [0, 3, 6])
def test_every_column_named_is_there_and_prints(people: int) -> None:
    bookings, capacity, projects, sorting = company(max(people, 1))
    if not people:
        bookings, capacity = bookings.iloc[:0], capacity.iloc[:0]
    for name, table in tabulate_all(bookings, capacity, projects, sorting).items():
        for column in table.columns:
            assert column.name in table.frame, f"{name}: {column.name}"
            cells = [format_cell(value, column.format) for value in table.frame[column.name]]
            assert "nan" not in " ".join(cells).casefold(), f"{name}: {column.name}"


def test_withheld_groups_are_not_listed_but_counted() -> None:
    shown = tabulate_all(*company(3))
    for name in ("groups", "straddle", "concurrency", "attention", "roles", "waiting"):
        assert shown[name].frame.empty, name
    assert "2 lines are withheld" in shown["groups"].note


def test_numbers_stand_as_measured() -> None:
    shown = tabulate_all(*company(6))
    role = shown["roles"].frame.iloc[0]
    assert role["key"] == "both wait" and role["peak_share"] == pytest.approx(160 / 140)
    bill = shown["attention"].frame.iloc[0]
    # 6 people x 160 h = 6.9 FTE, two projects each.
    assert bill[["none", "ten_percent", "weinberg"]].tolist() == pytest.approx(
        [0, 0.1 * 960 / 140, 0.2 * 960 / 140]
    )
    mix = shown["whatif"].frame.set_index(["measure", "group_name"])
    row = mix.loc[("Strategic share of projects", "All")]
    assert row["before"] == "50 % (50 % to 50 %)" and row["change"] == "-50 points"
    limits = shown["limits"].frame
    assert limits["before_value"].tolist() == ["6.9", "6.9"]
    assert shown["pauses"].frame["title"].tolist() == ["5S"]


def test_changes_too_small_to_print_may_be_left_out() -> None:
    bookings, capacity, projects, sorting = company(6)
    same = WhatIf(projects, bookings, capacity, sorting)
    told = measure_whatif(same, same)
    assert tables.tabulate_whatif(told, changed_only=True).frame.empty
    assert len(tables.tabulate_whatif(told).frame) == len(told)
    assert tables.tabulate_whatif(empty_frame(TABLES["whatif"])).frame.empty
