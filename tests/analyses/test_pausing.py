"""Pauses: the best by trying all, limits that bind and that cannot be met, in words."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dualtrack.analyses import measure_pausing
from dualtrack.errors import ConfigError
from dualtrack.schema import TABLES, empty_frame
from tests.analyses.load_frames import AUGUST, JULY, book, hire, team
from tests.conftest import make_projects, make_sorting

FTE = 100.0  # hours, so that tests read like hundreds of hours


def pause(
    projects: pd.DataFrame, sorting: pd.DataFrame, rows: list[tuple[object, ...]], fte: float, **how
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Five people of Unit A with so many FTE together in July and August."""
    capacity = hire(team(5), fte * FTE / 5, months=(JULY, AUGUST))
    options = {"hours_per_fte_month": FTE, **how}
    return measure_pausing(projects, book(*rows), capacity, sorting, **options)  # type: ignore[arg-type]


def spread(number: int, fte: float, month: pd.Timestamp = JULY) -> list[tuple[object, ...]]:
    """A project's FTE over the five people."""
    return [(number, one, fte * FTE / 5, "Fitter", month) for one in team(5)]


def paused_ids(pauses: pd.DataFrame) -> set[str]:
    return set(pauses.loc[pauses["is_paused"], "project_id"])


def test_the_cheapest_project_that_makes_room_rests() -> None:
    projects = make_projects(*[{"budget_cost": b} for b in (90.0, 50.0, 40.0)])
    sorting = make_sorting({"track": "strategic"}, {}, {})
    rows = spread(1, 2) + spread(2, 2) + spread(3, 1)
    pauses, limits = pause(projects, sorting, rows, 3.2)
    # 5 FTE on 3.2: the third alone frees 1, the second 2: it is the cheapest that suffices.
    assert paused_ids(pauses) == {"list:2"}
    assert pauses["because"].dropna().tolist() == ["July, Unit A: 1.8 FTE over with it"]
    july = limits.iloc[0]
    assert july["words"] == "July, Unit A: 1.8 FTE over" and july["is_binding"]
    assert july[["before_value", "after_value", "limit_high"]].tolist() == pytest.approx(
        [5, 3, 3.2]
    )
    assert (pauses["value_basis"] == "budget").all() and (pauses["gap_share"] == 0).all()


def test_nothing_rests_where_all_fits_and_free_room_is_told() -> None:
    pauses, limits = pause(make_projects({}), make_sorting({}), spread(1, 2), 3.0)
    assert not pauses["is_paused"].any()
    assert limits["words"].tolist() == ["July, Unit A: 1.0 FTE free"]


def test_committed_maintenance_and_done_projects_run_on() -> None:
    projects = make_projects({}, {}, {"status_type": "done"}, {})
    sorting = make_sorting({}, {"track": "maintenance"}, {}, {})
    rows = [one for number in range(1, 5) for one in spread(number, 1)]
    pauses, limits = pause(projects, sorting, rows, 3.0, keep=["list:1"])
    assert paused_ids(pauses) == {"list:4"}
    assert pauses.set_index("project_id")["keep_reason"].to_dict() == {
        "list:1": "must be kept",
        "list:2": "maintenance keeps the standard",
        "list:3": "not running",
        "list:4": pytest.approx(np.nan, nan_ok=True),
    }
    assert limits.iloc[0]["fixed_value"] == pytest.approx(3.0)


def test_a_limit_nothing_can_meet_is_named_and_the_rest_still_fitted() -> None:
    projects = make_projects({"budget_cost": 5.0}, {"budget_cost": 9.0}, {"budget_cost": 1.0})
    sorting = make_sorting({}, {}, {})
    rows = spread(1, 4) + spread(2, 1) + spread(3, 3, AUGUST) + spread(2, 2, AUGUST)
    pauses, limits = pause(projects, sorting, rows, 3.0, keep=["list:1"])
    words = limits.set_index("month")["words"]
    assert words[JULY] == "July, Unit A: projects that may not be paused need 4.0 FTE of 3.0"
    assert limits["is_unmet"].tolist() == [True, False]
    # July is 1 FTE over whatever happens; the second project, with its FTE there, makes it no worse
    # only if it rests, and then the third fits August.
    assert paused_ids(pauses) == {"list:2"}


def test_a_band_is_kept_and_named() -> None:
    projects = make_projects(*[{"budget_cost": b} for b in (60.0, 30.0, 10.0)])
    sorting = make_sorting({"track": "strategic"}, {"track": "strategic"}, {})
    pauses, limits = pause(projects, sorting, spread(1, 1), 3.0, bands={"budget_cost": (0.0, 0.75)})
    # 90 % strategic: without the 60 it is 30 of 40.
    assert paused_ids(pauses) == {"list:1"}
    assert pauses["because"].dropna().tolist() == [
        "Strategic share of the budget: 90 % with it, at most 75 %"
    ]
    band = limits[limits["limit_type"] == "band"].iloc[0]
    assert band["words"] == "Strategic share of the budget: 90 %, at most 75 %"
    assert (band["after_value"], bool(band["is_binding"])) == (0.75, True)


def test_a_band_out_of_reach_is_named() -> None:
    projects = make_projects({"budget_cost": 90.0}, {"budget_cost": 10.0})
    sorting = make_sorting({}, {"track": "strategic"})
    pauses, limits = pause(
        projects, sorting, [], 3.0, keep=["list:1"], bands={"budget_cost": (0.4, 0.6)}
    )
    assert limits["is_unmet"].tolist() == [True] and paused_ids(pauses) == set()
    assert (
        limits["words"].iloc[0]
        == "Strategic share of the budget: no choice of pauses brings it to 40 to 60 %"
    )


@pytest.mark.parametrize(
    ("budgets", "priorities", "basis", "worth"),
    [
        ((7.0, 3.0), None, "budget", [7, 3]),
        ((7.0, None), None, "budget", [7, 7]),
        ((None, None), None, "each counts one", [1, 1]),
        ((7.0, 3.0), {"list:2": 9.0}, "stated priority", [9, 9]),
        ((7.0, 3.0), {"list:1": 1.0, "list:2": 9.0}, "stated priority", [1, 9]),
    ],
)
def test_worth_is_priority_else_budget_else_one(
    budgets: tuple[float | None, ...], priorities: dict[str, float] | None, basis: str, worth: list
) -> None:
    projects = make_projects(*[{"budget_cost": one} for one in budgets])
    rows = spread(1, 1) + spread(2, 1)
    pauses, _ = pause(projects, make_sorting({}, {}), rows, 5.0, priorities=priorities)
    by_id = pauses.set_index("project_id").sort_index()
    assert set(by_id["value_basis"]) == {basis} and by_id["value_amount"].tolist() == worth


def test_without_hours_capacity_or_bands_nothing_limits() -> None:
    projects, sorting = make_projects({}), make_sorting({})
    nothing = empty_frame(TABLES["assignments"])
    for table in pause(projects, sorting, [], 1.0):
        assert table.empty
    pauses, limits = measure_pausing(
        projects, book(*spread(1, 9)), empty_frame(TABLES["capacity"]), sorting
    )
    assert not pauses["is_paused"].any()
    assert limits["words"].iloc[0].endswith("no capacity known, so no limit")
    empty = measure_pausing(
        empty_frame(TABLES["projects"]), nothing, nothing, empty_frame(TABLES["sorting"])
    )
    assert all(table.empty for table in empty)


def test_small_roles_are_limited_together() -> None:
    rows = [(1, one, 50, "Tester") for one in team(2)]
    rows += [(1, one, 10, "Clerk") for one in team(4, "q")] + [
        (1, one, 20, "Fitter") for one in team(5, "f")
    ]
    capacity = hire([*team(2), *team(4, "q"), *team(5, "f")], 100.0)
    _, limits = measure_pausing(
        make_projects({}),
        book(*rows),
        capacity,
        make_sorting({}),
        by="role",
        hours_per_fte_month=FTE,
    )
    together = limits.set_index("group_name")[["before_value", "limit_high"]]
    assert together.loc["(small groups together)"].tolist() == pytest.approx([1.4, 6.0])
    assert set(together.index) == {"Fitter", "(small groups together)"}


def test_options_that_name_nothing_are_refused_together() -> None:
    with pytest.raises(ConfigError) as fault:
        pause(
            make_projects({}),
            make_sorting({}),
            spread(1, 1),
            1.0,
            keep=["x"],
            priorities={"y": 1.0},
            bands={"cost": (0, 1), "projects": (0.9, 0.1)},
        )
    for words in ("keep: no project x", "priority: no project y", "'cost'", "0.9 and 0.1"):
        assert words in str(fault.value)
