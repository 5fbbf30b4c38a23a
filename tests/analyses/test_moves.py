"""The migration ledger: what became of each project, and nothing made of nothing."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dualtrack import open_quarter
from dualtrack.analyses import gather_states, measure_flows, measure_moves
from dualtrack.schema import TABLES, TRACKS, empty_frame
from dualtrack.schema.moves_tables import FLOW_STATES
from tests.analyses.move_frames import make_pair, make_quarter, make_states
from tests.conftest import ROOT

STRATEGIC = {"track": "strategic", "declared_track": "strategic"}
OPERATIONAL = {"track": "operational", "declared_track": "operational"}


@pytest.fixture(scope="module")
def sample_states() -> pd.DataFrame:
    """All quarters of the sample."""
    opened = open_quarter("2026-Q3", settings_file=str(ROOT / "portfolio.toml"))
    return gather_states([*opened.earlier, opened])


@pytest.mark.parametrize(
    ("before", "after", "move"),
    [
        ({}, {}, "unchanged"),
        ({**OPERATIONAL}, {**STRATEGIC, "title": "A hub"}, "real change"),
        ({**OPERATIONAL}, {**OPERATIONAL, "declared_track": "strategic"}, "relabelled only"),
        # The label moved and the words did too, but say the same: relabelled only.
        (
            {**OPERATIONAL},
            {**OPERATIONAL, "declared_track": "strategic", "title": "New"},
            "relabelled only",
        ),
        # The words stayed and the sort went over with the label: the words did not.
        ({**OPERATIONAL}, {**STRATEGIC}, "relabelled only"),
        (
            {**OPERATIONAL},
            {**OPERATIONAL, "track": "strategic", "evidence_track": "strategic"},
            "sorted anew",
        ),
        ({**OPERATIONAL}, {**OPERATIONAL, "track": "undecided", "title": "Other"}, "sorted anew"),
        ({**OPERATIONAL}, {"track": "operational"}, "label removed"),
        ({"track": "operational"}, {**OPERATIONAL}, "label added"),
        ({}, {"status_type": "done"}, "finished"),
        ({}, {"status_type": "cancelled"}, "cancelled"),
        ({"status_type": "done"}, {"status_type": "done"}, "unchanged"),
        ({**STRATEGIC}, {**STRATEGIC, "declared_track": "maintenance"}, "handed to run"),
        ({}, {"unit_name": "Unit B"}, "moved unit"),
        ({"title": "Hub  in Peru"}, {"title": "hub in Peru."}, "unchanged"),
        ({"description": None}, {"description": "New words, same track"}, "unchanged"),
    ],
)
def test_each_move_by_its_name(
    before: dict[str, object], after: dict[str, object], move: str
) -> None:
    moves = measure_moves(make_pair(before, after))
    assert moves["move_type"].tolist() == [move]


def test_flags_keep_what_the_name_leaves_out() -> None:
    after = {**OPERATIONAL, "declared_track": "strategic", "declared_label": "Growth"}
    more = {"status_type": "done", "unit_name": "Unit B", "objective_id": "O-1"}
    row = measure_moves(
        make_pair({**OPERATIONAL, "declared_label": "Kaizen", "budget_cost": 5.0}, after | more)
    ).iloc[0]
    assert row["move_type"] == "relabelled only"
    assert row[["is_text_changed", "is_label_changed", "is_unit_changed"]].all()
    assert row["label_direction"] == "away from what it is"
    assert (row["earlier_declared_label"], row["earlier_budget_cost"]) == ("Kaizen", 5.0)
    assert row["status_type"] == "done"


@pytest.mark.parametrize(
    ("track", "direction"),
    [
        ("operational", "away from what it is"),
        ("strategic", "toward what it is"),
        ("undecided", "open"),
        ("maintenance", "open"),
    ],
)
def test_where_a_label_went(track: str, direction: str) -> None:
    pair = make_pair(
        {"track": track, "declared_track": "operational"},
        {"track": track, "declared_track": "strategic"},
    )
    assert measure_moves(pair)["label_direction"].tolist() == [direction]


def test_projects_come_stay_away_and_return() -> None:
    a, b, c = ({"project_id": key, "title": f"Title {key}"} for key in "abc")
    first = make_quarter("2026-Q1", a, b)
    second, third = make_quarter("2026-Q2", b), make_quarter("2026-Q3", a, c)
    moves = measure_moves(make_states(third, first, second))
    told = moves[["quarter_name", "project_id", "move_type"]].apply(tuple, axis=1).tolist()
    assert told == [
        ("2026-Q2", "b", "unchanged"),
        ("2026-Q2", "a", "vanished"),
        ("2026-Q3", "a", "returned"),
        ("2026-Q3", "c", "new"),
        ("2026-Q3", "b", "vanished"),
    ]


def test_a_closed_project_that_leaves_the_list_is_no_move() -> None:
    before = make_quarter(
        "2026-Q1", {"project_id": "a", "status_type": "done"}, {"project_id": "b"}
    )
    moves = measure_moves(make_states(before, make_quarter("2026-Q2", {"project_id": "b"})))
    assert moves["project_id"].tolist() == ["b"]


def test_a_new_key_is_the_same_project_by_title_and_unit_where_that_is_one_alone() -> None:
    before = make_quarter(
        "2026-Q1",
        {"project_id": "jira:1", "title": "Hub in Peru"},
        {"project_id": "jira:2", "title": "Scrap"},
        {"project_id": "jira:3", "title": "Scrap"},
        {"project_id": "jira:4", "title": "Plant", "unit_name": "Unit B"},
    )
    after = make_quarter(
        "2026-Q2",
        {"project_id": "azure:1", "title": "hub in Peru"},
        {"project_id": "azure:2", "title": "Scrap"},
        {"project_id": "azure:4", "title": "Plant"},
    )
    moves = measure_moves(make_states(before, after)).set_index("project_id")
    assert moves.loc["azure:1", ["earlier_id", "move_type"]].tolist() == ["jira:1", "unchanged"]
    assert moves.loc[["azure:2", "azure:4"], "move_type"].tolist() == ["new", "new"]
    assert (moves["move_type"] == "vanished").sum() == 3


def test_flows_add_up_to_the_lists() -> None:
    before = make_quarter(
        "2026-Q1",
        {"project_id": "a", "track": "strategic", "budget_cost": 7.0},
        {"project_id": "b", "title": "B", "track": "operational"},
    )
    after = make_quarter(
        "2026-Q2",
        {"project_id": "a", "track": "operational", "budget_cost": 9.0},
        {
            "project_id": "c",
            "title": "C",
            "track": "operational",
            "status_type": "done",
            "budget_cost": 2.0,
        },
    )
    flows = measure_flows(make_states(before, after)).set_index(["from_state", "to_state"])
    assert flows["project_count"].to_dict() == {
        ("operational", "not listed"): 1,
        ("strategic", "operational"): 1,
        ("not listed", "finished"): 1,
    }
    assert flows.loc[("strategic", "operational"), "budget_cost"] == 7.0
    assert flows.loc[("not listed", "finished"), "budget_cost"] == 2.0


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from(TRACKS), st.sampled_from(["active", "done"])),
        unique_by=lambda one: one[0],
        max_size=6,
    ),
    st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from(TRACKS), st.sampled_from(["active", "done"])),
        unique_by=lambda one: one[0],
        max_size=6,
    ),
)
def test_every_project_of_either_list_is_counted_once(
    first: list[tuple[int, str, str]], second: list[tuple[int, str, str]]
) -> None:
    quarters = [
        make_quarter(
            name,
            *[
                {"project_id": f"x:{n}", "title": f"T {n}", "track": track, "status_type": state}
                for n, track, state in rows
            ],
        )
        for name, rows in (("2026-Q1", first), ("2026-Q2", second))
        if rows
    ]
    states = make_states(*quarters) if quarters else empty_frame(TABLES["states"])
    moves, flows = measure_moves(states), measure_flows(states)
    if len(quarters) < 2:
        assert moves.empty and flows.empty
        return
    ids = {n for n, _, _ in first} | {n for n, _, _ in second}
    gone_closed = {n for n, _, s in first if s == "done"} - {n for n, _, _ in second}
    assert len(moves) == len(ids - gone_closed)
    assert flows["project_count"].sum() == len(ids)
    assert set(flows["from_state"]) | set(flows["to_state"]) <= set(FLOW_STATES)


def test_none_and_one_quarter_tell_nothing() -> None:
    assert gather_states([]).empty
    for states in (gather_states([]), make_states(make_quarter("2026-Q1", {}))):
        assert measure_moves(states).empty and measure_flows(states).empty


def test_the_relabelled_of_the_sample_are_found_and_no_others(
    sample_states: pd.DataFrame, findings: pd.DataFrame
) -> None:
    planted = set(findings.loc[findings["kind"] == "relabelled only", "project_id"])
    moves = measure_moves(sample_states)
    found = moves[moves["move_type"] == "relabelled only"]
    assert set(found["project_id"]) == planted and len(planted) == 3
    assert set(found["quarter_name"]) == {"2026-Q3"}
    assert "toward what it is" not in set(found["label_direction"])
    # Nothing of the sample changes its nature, and no text of it is rewritten.
    assert not moves["move_type"].isin(["real change", "sorted anew", "handed to run"]).any()


def test_what_finished_or_came_in_the_sample_is_what_the_truth_says(
    sample_states: pd.DataFrame,
) -> None:
    truth = pd.read_csv(ROOT / "data/sample/truth/projects.csv")
    status = truth.pivot(index="project_id", columns="quarter", values="status_type")
    moves = measure_moves(sample_states)
    # Twins in two tools are one project; which of the two keys stays may change.
    twins = set(truth["project_id"]) ^ set(sample_states["project_id"])
    for before, after in (("2025-Q4", "2026-Q1"), ("2026-Q1", "2026-Q2"), ("2026-Q2", "2026-Q3")):
        own = moves[moves["quarter_name"] == after]
        finished = status.index[
            (status[after] == "done") & status[before].ne("done") & status[before].notna()
        ]
        came = status.index[status[after].notna() & status[before].isna()]
        assert (
            set(own.loc[own["move_type"] == "finished", "project_id"]) - twins
            == set(finished) - twins
        )
        assert set(own.loc[own["move_type"] == "new", "project_id"]) - twins == set(came) - twins
