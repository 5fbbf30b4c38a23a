"""Groups, people on both tracks, projects at once, key roles: by hand, and on the sample."""

from __future__ import annotations

import pandas as pd
import pytest

from dualtrack.analyses import (
    measure_attention,
    measure_concurrency,
    measure_key_roles,
    measure_load,
    measure_load_groups,
    measure_straddle,
    measure_waiting_projects,
)
from dualtrack.portfolio import Portfolio
from dualtrack.records.people import pseudonyms
from dualtrack.schema import TABLES, empty_frame
from tests.analyses.load_frames import AUGUST, JULY, book, hire, team
from tests.conftest import make_projects, make_sorting

NONE = empty_frame(TABLES["assignments"])
BOTH = make_sorting({"track": "strategic"}, {"track": "operational"})


def test_capacity_of_a_person_follows_the_hours_over_roles() -> None:
    rows = [(1, one, 30, "Fitter") for one in team(5)] + [(2, one, 90, "Lead") for one in team(5)]
    groups = measure_load_groups(
        book(*rows), hire(team(5), 100.0), make_projects({}, {}), BOTH, hours_per_fte_month=100
    )
    roles = groups[groups["group_type"] == "role"].set_index("group_name")
    # Each books 30 h as fitter and 90 h as lead: a quarter and three quarters of 100 h.
    assert roles.loc["Fitter", "capacity_fte"] == pytest.approx(1.25)
    assert roles.loc["Lead", "capacity_fte"] == pytest.approx(3.75)
    assert roles["load_share"].tolist() == pytest.approx([1.2, 1.2])
    assert roles.loc["Lead", ["operational_fte", "strategic_fte"]].tolist() == [4.5, 0.0]


def test_missing_roles_and_months_without_bookings_lose_no_hours() -> None:
    rows = [(1, one, 50, "Fitter") for one in team(5)] + [(2, "p0", 20, None)]
    capacity = hire(team(5), 100.0, months=(JULY, AUGUST))
    tables = (book(*rows), capacity, make_projects({}, {"unit_name": None}), BOTH)
    groups = measure_load_groups(*tables)
    roles = groups[groups["group_type"] == "role"]
    # The booking without a role counts for the one its person books most in.
    assert roles["group_name"].tolist() == ["Fitter"]
    assert roles["demand_fte"].tolist() == pytest.approx([270 / 140])
    assert measure_load(*tables).set_index("group_name").loc["All", "demand_fte"] == pytest.approx(
        270 / 140
    )


def test_groups_without_capacity_or_bookings_say_so() -> None:
    tables = (book(*[(1, one, 50, "Fitter") for one in team(5)]), make_projects({}), BOTH.head(1))
    groups = measure_load_groups(tables[0], empty_frame(TABLES["capacity"]), *tables[1:])
    assert groups["capacity_fte"].isna().all() and groups["demand_fte"].notna().all()
    assert measure_load_groups(NONE, hire(team(5), 100.0), *tables[1:]).empty


def test_straddlers_are_counted_by_month_and_overall() -> None:
    rows = [(1, one, 10, "F", month) for one in team(6) for month in (JULY, AUGUST)]
    rows += [(2, "p0", 10, "F", JULY), (2, "p0", 10, "F", AUGUST), (2, "p1", 10, "F", JULY)]
    found = measure_straddle(book(*rows), make_projects({}, {}), BOTH)
    whole = found[found["group_type"] == "whole"].iloc[0]
    assert (whole["people_count"], whole["both_tracks_count"], whole["always_both_count"]) == (
        6,
        2,
        1,
    )
    assert whole["both_share"] == pytest.approx(2 / 6)
    assert (whole["both_low"], whole["both_high"]) == pytest.approx((2 / 6, 2 / 6))
    # 12 x 10 h strategic and 3 x 10 h operational.
    assert whole["minor_share"] == pytest.approx(30 / 150)


def test_on_both_tracks_means_in_the_same_month() -> None:
    rows = [(1, one, 10, "F", JULY) for one in team(5)] + [
        (2, one, 10, "F", AUGUST) for one in team(5)
    ]
    found = measure_straddle(book(*rows), make_projects({}, {}), BOTH)
    assert (found["both_tracks_count"] == 0).all()


def test_doubt_about_a_track_widens_the_straddling() -> None:
    rows = [(number, one, 10) for one in team(6) for number in (1, 2)]
    doubt = {"p_strategic": 0.5, "p_operational": 0.5, "p_maintenance": 0.0}
    sorting = make_sorting({"track": "strategic"}, {"track": "undecided", **doubt})
    whole = measure_straddle(book(*rows), make_projects({}, {}), sorting).iloc[0]
    assert (whole["both_share"], whole["both_low"], whole["both_high"]) == (0.0, 0.0, 1.0)


def test_projects_at_once_count_from_four_hours_on() -> None:
    rows = [(1, "p0", 10), (2, "p0", 3), (1, "p1", 5), (2, "p1", 4)]
    rows += [(1, f"q{number}", 20) for number in range(3)]
    held = measure_concurrency(book(*rows), make_projects({}, {}), BOTH)
    whole = held[held["group_name"] == "All"].set_index("project_count")
    assert whole["people_mean"].tolist() == [4, 1, 0, 0, 0]
    assert whole.loc[2, "people_share"] == pytest.approx(0.2)
    assert whole.index[whole["is_optimal"]].tolist() == [2, 3]
    assert whole.index[whole["is_alert"]].tolist() == [4, 5]


@pytest.mark.parametrize(
    ("projects", "lost"),
    [(1, (0, 0, 0)), (2, (0, 10, 20)), (4, (0, 30, 60)), (5, (0, 40, 75)), (7, (0, 40, 75))],
)
def test_the_bill_follows_the_stated_curves(projects: int, lost: tuple[float, ...]) -> None:
    # Five people with 140 h each, spread evenly: 5 FTE, of which the curve's share is lost.
    rows = [(number + 1, one, 140 / projects, "F") for one in team(5) for number in range(projects)]
    frames = (make_projects(*[{}] * projects), make_sorting(*[{}] * projects))
    bill = measure_attention(book(*rows), *frames)
    whole = bill[bill["group_name"] == "All"].set_index("curve_type")
    assert whole.loc[["none", "ten_percent", "weinberg"], "lost_fte"].tolist() == pytest.approx(
        [5 * share / 100 for share in lost]
    )
    units = bill[bill["group_name"] != "All"].groupby("curve_type")["lost_fte"].sum()
    pd.testing.assert_series_equal(units, whole["lost_fte"].sort_index(), check_names=False)


def key_role_tables(strategic: float, operational: float) -> tuple[pd.DataFrame, ...]:
    rows = [(1, one, strategic, "Tester") for one in team(5)]
    rows += [(2, one, operational, "Tester") for one in team(5)]
    rows += [(1, one, 10, "Fitter") for one in team(5, "q")]
    projects = make_projects({"budget_cost": 7.0, "title": "Hub"}, {"title": "5S"})
    return book(*rows), hire([*team(5), *team(5, "q")], 100.0), projects, BOTH


@pytest.mark.parametrize(
    ("strategic", "operational", "state", "is_key"),
    [
        (60, 60, "over", True),
        (50, 40, "near", True),
        (40, 40, "within", False),
        (84, 1, "near", False),  # wanted by one track: the other has a hundredth
        (95, 15, "over", True),
    ],
)
def test_a_key_role_is_tight_and_wanted_by_both(
    strategic: float, operational: float, state: str, is_key: bool
) -> None:
    roles = measure_key_roles(*key_role_tables(strategic, operational))
    tester = roles[roles["unit_name"].isna()].set_index("role_name").loc["Tester"]
    assert (tester["state_type"], bool(tester["is_key"])) == (state, is_key)
    assert tester["peak_share"] == pytest.approx((strategic + operational) / 100)
    assert tester["peak_month"] == JULY


def test_projects_that_wait_for_a_key_role_are_listed_with_their_budget() -> None:
    waiting = measure_waiting_projects(*key_role_tables(60, 50))
    overall = waiting[waiting["unit_name"].isna()]
    assert overall["title"].tolist() == ["Hub", "5S"]
    assert overall["effort_hours"].tolist() == [300, 250]
    # Fifty of the 350 hours on the hub are the fitters'.
    assert overall["effort_share"].tolist() == pytest.approx([300 / 350, 1.0])
    role = measure_key_roles(*key_role_tables(60, 50)).iloc[1]
    assert (role["role_name"], role["project_count"], role["budget_cost"]) == ("Tester", 2, 7.0)


def test_key_roles_without_capacity_roles_or_bookings_say_so() -> None:
    bookings, capacity, projects, sorting = key_role_tables(60, 60)
    unknown = measure_key_roles(bookings, capacity.iloc[:0], projects, sorting)
    assert (unknown["state_type"] == "unknown").all() and not unknown["is_key"].any()
    for empty in (NONE, bookings.assign(role_name=pd.Series(pd.NA, dtype="str"))):
        assert measure_key_roles(empty, capacity, projects, sorting).empty
        assert measure_waiting_projects(empty, capacity, projects, sorting).empty


def test_a_role_of_few_is_never_called_key() -> None:
    rows = [(number, one, 70, "Tester") for one in team(4) for number in (1, 2)]
    tables = (book(*rows), hire(team(4), 100.0), make_projects({}, {}), BOTH)
    roles = measure_key_roles(*tables)
    assert roles["is_suppressed"].all() and not roles["is_key"].any()
    assert roles["state_type"].isna().all()
    assert measure_waiting_projects(*tables).empty


def test_planted_people_are_counted_where_they_were_planted(
    sample_portfolio: Portfolio,
    sample_sort: tuple[pd.DataFrame, pd.DataFrame],
    findings: pd.DataFrame,
    settings: object,
) -> None:
    portfolio, sorting = sample_portfolio, sample_sort[0]
    names = findings[findings["kind"] == "key person on both paths"]["detail"]
    overloaded = findings[findings["kind"] == "overloaded person"]["detail"].iloc[0]
    pseudonym = pseudonyms(settings)  # type: ignore[arg-type]
    ids = [pseudonym(name) for name in names]
    home = portfolio.capacity.drop_duplicates("person_id").set_index("person_id")["unit_name"]

    def always(bookings: pd.DataFrame) -> pd.Series:
        found = measure_straddle(bookings, portfolio.projects, sorting)
        units = found[found["group_type"] == "unit"]
        return units.set_index("group_name")["always_both_count"]

    everyone = always(portfolio.assignments)
    for one in ids:  # without the planted person, the unit has one fewer who is always on both
        others = portfolio.assignments[portfolio.assignments["person_id"] != one]
        assert everyone[home[one]] - always(others)[home[one]] == 1
    load = measure_load(portfolio.assignments, portfolio.capacity, portfolio.projects, sorting)
    assert load["overloaded_count"].max() == 1 and load["max_load_pct"].max() == pytest.approx(130)
    is_other = portfolio.assignments["person_id"] != pseudonym(overloaded.split(" is booked")[0])
    others = measure_load(
        portfolio.assignments[is_other], portfolio.capacity, portfolio.projects, sorting
    )
    assert others["overloaded_count"].max() == 0
