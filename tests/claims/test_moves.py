"""Sentences on moves are true of their frames, also of thin ones."""

from __future__ import annotations

import pandas as pd
import pytest

from dualtrack.analyses import (
    measure_flows,
    measure_label_inflation,
    measure_moves,
    measure_reallocation,
    measure_relabelling,
    read_targets,
)
from dualtrack.claims import (
    state_flows,
    state_label_inflation,
    state_moves,
    state_reallocation,
    state_relabelling,
)
from tests.analyses.move_frames import make_pair, make_quarter, make_states

TARGETS = read_targets()
OPERATIONAL = {"track": "operational", "declared_track": "operational", "budget_cost": 2e6}
INFLATED = {**OPERATIONAL, "declared_track": "strategic"}


def relabelling_of(states: pd.DataFrame) -> pd.DataFrame:
    return measure_relabelling(measure_moves(states), states)


def test_moves_tell_change_from_relabelling() -> None:
    claim = state_moves(measure_moves(make_pair(OPERATIONAL, INFLATED)), currency="EUR")
    assert claim.title == (
        "No project changed track in fact since 2026-Q1; one project was relabelled only"
    )
    assert "1 went away from what the words of the project say, 0 toward it" in claim.reading
    assert "EUR 2.0 m" in claim.reading
    real = make_pair({"title": "Scrap"}, {"title": "Hub", "track": "strategic"})
    assert state_moves(measure_moves(real), currency="EUR").title == (
        "One project changed track in fact since 2026-Q1; no project was relabelled only"
    )


def test_flows_count_crossings_arrivals_and_finishes() -> None:
    before = make_quarter(
        "2026-Q1",
        {"project_id": "a", "title": "A", "track": "operational"},
        {"project_id": "b", "title": "B"},
        {"project_id": "g", "title": "G"},
    )
    after = make_quarter(
        "2026-Q2",
        {"project_id": "a", "title": "A", "track": "strategic"},
        {"project_id": "b", "title": "B", "status_type": "done"},
        {"project_id": "c", "title": "C"},
    )
    claim = state_flows(measure_flows(make_states(before, after)))
    assert claim.title == (
        "One project crossed from one track to another from 2026-Q1 to 2026-Q2; 1 came onto the "
        "list and 1 finished"
    )
    assert claim.reading.startswith("One project left the list while still open")


def test_money_is_told_beside_the_published_figures_and_its_span() -> None:
    before = make_quarter("2026-Q1", {"budget_cost": 60.0}, {"budget_cost": 40.0})
    after = make_quarter(
        "2026-Q2", {"budget_cost": 60.0}, {"budget_cost": 40.0, "unit_name": "Unit B"}
    )
    claim = state_reallocation(measure_reallocation(make_states(before, after)), TARGETS)
    assert claim.title == "40 % of the open budget shifted between units in one quarter"
    for words in ("1 % in a third of firms, 8 % in the mean", "here it is one quarter"):
        assert words in claim.reading


def test_in_one_unit_alone_the_shift_between_tracks_is_told() -> None:
    before = make_quarter("2026-Q1", {"budget_cost": 3.0}, {"track": "strategic"})
    after = make_quarter(
        "2026-Q2", {"budget_cost": 3.0}, {"budget_cost": 1.0, "track": "strategic"}
    )
    claim = state_reallocation(measure_reallocation(make_states(before, after)), TARGETS)
    assert claim.title == "25 % of the open budget shifted between the tracks in one quarter"


def test_unknown_money_and_work_are_said_to_be_unknown() -> None:
    claim = state_reallocation(measure_reallocation(make_pair({}, {})), TARGETS)
    assert claim.title == "How much money and work moved cannot be told"
    assert "`budget_cost` column" in claim.reading


@pytest.mark.parametrize(
    ("quarter", "where"), [("2026-Q1", "near a budget date"), ("2026-Q3", "not near a budget date")]
)
def test_relabelling_says_whether_a_budget_was_near(quarter: str, where: str) -> None:
    after = make_quarter(quarter, INFLATED)
    before = make_quarter(str(after.quarter.previous()), OPERATIONAL)
    claim = state_relabelling(relabelling_of(make_states(before, after)), currency="EUR")
    assert claim.title.endswith(f", {where}")
    assert claim.title.startswith("One project relabelled only")
    assert "Away from what the words of the project say: 1" in claim.reading


def test_no_relabelling_and_no_label_are_told_apart() -> None:
    none = state_relabelling(relabelling_of(make_pair(OPERATIONAL, OPERATIONAL)), currency="EUR")
    assert none.title == "No project was relabelled only, 2026-Q1 to 2026-Q2"
    unlabelled = state_relabelling(relabelling_of(make_pair({}, {})), currency="EUR")
    assert "no project has a label" in unlabelled.title
    assert "`declared_label`" in unlabelled.reading


def test_label_inflation_names_a_group_only_where_it_stands_clear() -> None:
    called = {"declared_track": "strategic", "track": "strategic", "sponsor_level": "executive"}
    inflated = [{**INFLATED, "sponsor_level": "manager", "unit_name": "Unit B"}] * 5
    states = make_states(make_quarter("2026-Q1", *[called] * 5, *inflated))
    claim = state_label_inflation(measure_label_inflation(states))
    assert claim.title == ("5 of 10 projects called strategic are operational by their own words")
    assert "highest in the unit Unit B and highest in the sponsor level manager" in claim.reading
    one = make_states(make_quarter("2026-Q1", INFLATED))
    claim = state_label_inflation(measure_label_inflation(one))
    assert claim.title == "The one project called strategic is operational by its own words"
    assert "none stands clear" in claim.reading


def test_with_one_quarter_or_none_each_says_what_would_let_it_be_told() -> None:
    states = make_states(make_quarter("2026-Q1", {}))
    moves = measure_moves(states)
    claims = (
        state_moves(moves, currency="EUR"),
        state_flows(measure_flows(states)),
        state_reallocation(measure_reallocation(states), TARGETS),
        state_relabelling(measure_relabelling(moves, states), currency="EUR"),
        state_label_inflation(measure_label_inflation(states)),
    )
    for claim in claims:
        assert "cannot be told" in claim.title and "would let this be answered" in claim.reading
