"""Words of load and what-if: the figures of their frames, and true where little is known."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dualtrack.analyses import (
    WhatIf,
    apply_scenario,
    measure_attention,
    measure_concurrency,
    measure_key_roles,
    measure_load,
    measure_load_groups,
    measure_pausing,
    measure_straddle,
    measure_waiting_projects,
    measure_whatif,
    read_scenario,
    read_targets,
)
from dualtrack.claims import (
    state_attention,
    state_concurrency,
    state_key_roles,
    state_load,
    state_load_groups,
    state_pausing,
    state_straddle,
    state_whatif,
)
from dualtrack.claims.load_groups import word_load
from dualtrack.schema import TABLES, empty_frame
from tests.analyses.load_frames import AUGUST, JULY, book, hire, team
from tests.conftest import make_projects, make_sorting

NO_HOURS = empty_frame(TABLES["assignments"])
NO_CAPACITY = empty_frame(TABLES["capacity"])
BOTH = make_sorting({"track": "strategic"}, {"track": "operational"})
TWO = make_projects(
    {"title": "Hub", "budget_cost": 3e6, "team_name": "T"}, {"title": "5S", "team_name": "T"}
)


def tables(hours: float, people: int = 6, *, capacity: float = 140.0) -> tuple[pd.DataFrame, ...]:
    """Each person books the hours on both projects in July, half of them in August."""
    rows = [
        (number, one, hours / part, "Tester", month)
        for one in team(people)
        for number in (1, 2)
        for part, month in ((1, JULY), (2, AUGUST))
    ]
    return book(*rows), hire(team(people), capacity, months=(JULY, AUGUST)), TWO, BOTH


def test_load_near_a_limit_shows_on_which_side_it_is() -> None:
    assert [word_load(one) for one in (0.846, 0.85, 0.9, 0.998, 1.0, 1.004, 1.2)] == [
        "84.6 %",
        "85 %",
        "90 %",
        "99.8 %",
        "100 %",
        "100.4 %",
        "120 %",
    ]


@pytest.mark.parametrize(
    ("hours", "title"),
    [
        (77, "One team is booked over capacity in some month; the fullest is T (Unit A) at 110 %"),
        (35, "No team shown is booked over capacity; the fullest is T (Unit A) at 50 %"),
    ],
)
def test_the_fullest_team_is_named(hours: float, title: str) -> None:
    claim = state_load_groups(measure_load_groups(*tables(hours)))
    assert claim.title == f"{title} in July"
    over = int(hours > 70)
    assert f"Of 2 months of one team with known capacity, {over} are over" in claim.reading


def test_groups_withheld_or_without_capacity_are_said_to_be() -> None:
    few = state_load_groups(measure_load_groups(*tables(70, people=4)))
    assert few.title == "Load by team is withheld: every group is too small"
    bookings, _, projects, sorting = tables(70)
    unknown = state_load_groups(
        measure_load_groups(bookings, NO_CAPACITY, projects, sorting), group_type="role"
    )
    assert "capacity is unknown" in unknown.title and "`capacity_hours`" in unknown.reading
    load = state_load(measure_load(*tables(70, people=4)))
    assert load.title == "2.0 FTE are booked in August" and "withheld" in load.reading


def test_people_on_both_paths_are_counted_in_words() -> None:
    bookings, _, projects, sorting = tables(10)
    claim = state_straddle(measure_straddle(bookings, projects, sorting))
    assert (
        claim.title == "100 % of six people who booked hours were on both paths in the same month"
    )
    assert "Six people were on both in every month booked" in claim.reading
    july = bookings[bookings["month"] == JULY]
    once = state_straddle(measure_straddle(july, projects, sorting))
    assert "Nobody was on both in every month booked" in once.reading
    assert "Of one team shown, 1 put a tenth or more" in claim.reading


def test_the_bill_is_a_range_with_both_ends_named() -> None:
    bookings, _, projects, sorting = tables(70)
    claim = state_attention(measure_attention(bookings, projects, sorting))
    # Two projects each: 6 FTE in July and 3 in August, a fifth of it at most.
    assert claim.title == (
        "Split attention may cost nothing or up to 0.9 of 4.5 FTE booked, depending on the curve"
    )
    assert "Low end: no time is lost" in claim.reading and "Weinberg" in claim.reading
    one = bookings[bookings["project_id"] == "list:1"]
    none = state_attention(measure_attention(one, projects, sorting))
    assert none.title == "Nobody's attention is split: each person holds one project a month"
    held = state_concurrency(measure_concurrency(bookings, projects, sorting))
    assert held.title == "Nobody holds four or more projects at once"
    assert held.reading.startswith("100 % hold two or three")


def test_a_key_role_is_named_with_its_projects() -> None:
    claim = state_key_roles(
        measure_key_roles(*tables(70)), measure_waiting_projects(*tables(70)), currency="EUR"
    )
    assert claim.title == (
        "Both paths wait for Tester in Unit A: booked at 100 % of capacity in July"
    )
    assert "two projects wait for it, 1 strategic and 1 operational, with EUR 3.0 m" in (
        claim.reading
    )
    free = state_key_roles(
        measure_key_roles(*tables(35)), measure_waiting_projects(*tables(35)), currency="EUR"
    )
    assert free.title.startswith("No role shown is one that both paths wait for; the fullest is")


def test_claims_about_no_hours_name_the_column_that_would_let_them() -> None:
    args = (NO_HOURS, TWO, BOTH)
    capacity = hire(team(6), 140.0)
    claims = [
        state_load_groups(measure_load_groups(NO_HOURS, capacity, TWO, BOTH)),
        state_straddle(measure_straddle(*args)),
        state_concurrency(measure_concurrency(*args)),
        state_attention(measure_attention(*args)),
        state_key_roles(
            measure_key_roles(NO_HOURS, capacity, TWO, BOTH),
            measure_waiting_projects(NO_HOURS, capacity, TWO, BOTH),
            currency="EUR",
        ),
        state_pausing(*measure_pausing(TWO, NO_HOURS, capacity, BOTH), currency="EUR"),
    ]
    for claim in claims:
        assert "cannot be" in claim.title and "would let" in claim.reading


def plan(there: float, **how: object) -> object:
    bookings, capacity, projects, sorting = tables(70, capacity=there)
    return state_pausing(
        *measure_pausing(projects, bookings, capacity, sorting, **how),  # type: ignore[arg-type]
        currency="EUR",
    )


def test_a_plan_says_what_rests_at_what_loss_and_what_binds() -> None:
    claim = plan(100.0)
    assert claim.title == (  # type: ignore[attr-defined]
        "Pausing one project of 2 that may rest lets the others fit within every limit"
    )
    # The budget of 5S is not known: it takes that of the hub, so either may rest.
    assert "50 % of the worth, EUR 3.0 m" in claim.reading  # type: ignore[attr-defined]
    assert "July, Unit A: 1.7 FTE over" in claim.reading  # type: ignore[attr-defined]
    assert "No other choice loses less." in claim.reading  # type: ignore[attr-defined]
    fits = plan(140.0)
    assert fits.title == "Nothing need be paused: the work fits within every limit"  # type: ignore[attr-defined]
    never = plan(60.0, keep=["list:1"])
    assert never.title == (  # type: ignore[attr-defined]
        "No choice of pauses meets every limit: July, Unit A: projects that may not be paused need "
        "3.0 FTE of 2.6"
    )


def test_a_scenario_says_its_largest_change(tmp_path: Path) -> None:
    bookings, capacity, projects, sorting = tables(70)
    before = WhatIf(projects.assign(budget_cost=[3e6, 1e6]), bookings, capacity, sorting)
    file = tmp_path / "s.toml"
    for text, words in (
        ('do = "stop"\nprojects = ["Hub"]\n', "takes Unit A from 75 % to 38 % of capacity and"),
        ('do = "shift_budget"\nfrom = ["Hub"]\nto = "5S"\npct = 10\n', "takes the strategic share"),
        ('do = "pause"\nprojects = ["5S"]\nuntil = 2026-10-01\n', "from 75 % to 38 % of capacity"),
        ('do = "merge"\nprojects = ["5S"]\ninto = "Hub"\n', "from 75 % to 100 %"),
    ):
        file.write_text(f"[[action]]\n{text}", encoding="utf-8")
        after = apply_scenario(before, read_scenario(file))
        told = measure_whatif(before, after, targets=read_targets())
        claim = state_whatif(told, after.actions, title="Try")
        assert words in claim.title and claim.title.startswith("Try: ")
        assert claim.reading.startswith("One action touches one project.")
    same = state_whatif(measure_whatif(before, before), before.actions)
    assert same.title == "The scenario: changes neither load nor mix by half a point"
