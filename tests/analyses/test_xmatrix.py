"""The X-matrix: what is tied, what is drawn, and each check on the smallest frame."""

from __future__ import annotations

import pandas as pd
import pytest

from dualtrack.analyses import measure_xmatrix, measure_xmatrix_checks, measure_xmatrix_links
from dualtrack.analyses.xmatrix import trace_breakthroughs
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, empty_frame
from tests.analyses.metric_frames import join, make_objectives, make_series
from tests.conftest import make_projects, make_sorting

CHAIN = make_objectives(
    ("B1", "Breakthrough", None),
    ("B2", "Breakthrough", None),
    ("A1", "Annual", "B1"),
    ("D1", "Departmental", "A1"),
    ("A2", "Annual", None),
)
NONE = empty_frame(TABLES["measures"])


def tables(*projects: dict[str, object]) -> tuple[pd.DataFrame, ...]:
    rows = make_projects(*projects)
    return rows, make_sorting(*[{"track": "strategic"}] * len(rows)), CHAIN


def checks_of(*projects: dict[str, object], **options: object) -> dict[str, list[str]]:
    measures = options.pop("measures", NONE)
    found = measure_xmatrix_checks(*tables(*projects), measures, **options)
    return {str(kind): own["item_id"].tolist() for kind, own in found.groupby("check_type")}


def test_every_objective_is_traced_to_its_breakthrough() -> None:
    traced = trace_breakthroughs(CHAIN).set_index("objective_id")["breakthrough_id"]
    assert traced.to_dict() == {"B1": "B1", "B2": "B2", "A1": "B1", "D1": "B1"}
    circle = make_objectives(("B", "Breakthrough", None), ("X", "a", "Y"), ("Y", "a", "X"))
    assert trace_breakthroughs(circle)["objective_id"].tolist() == ["B"]


def test_ties_are_stated_or_follow_from_others() -> None:
    measures = make_series("Market share", [1.0])
    links = measure_xmatrix_links(*tables({"objective_id": "D1", "owner": "A"}), measures)
    told = {
        (row.from_type, row.from_id, row.to_type, row.to_id): row.is_stated
        for row in links.itertuples()
    }
    assert told == {
        ("aim", "A1", "breakthrough", "B1"): True,
        ("aim", "D1", "breakthrough", "B1"): False,
        ("priority", "list:1", "aim", "D1"): True,
        ("priority", "list:1", "breakthrough", "B1"): False,
        ("measure", "Market share", "priority", "list:1"): True,
        ("measure", "Market share", "breakthrough", "B1"): False,
        ("owner", "Owner 1", "priority", "list:1"): True,
    }


def test_only_the_largest_open_strategic_priorities_are_drawn() -> None:
    projects = make_projects(
        *[{"budget_cost": float(n), "owner": f"P{n}"} for n in range(1, 6)],
        {"budget_cost": 99.0, "status_type": "done"},
        {"budget_cost": 98.0},
        {},
    )
    tracks = ["strategic"] * 6 + ["operational", "strategic"]
    sorting = make_sorting(*[{"track": track} for track in tracks])
    measures = join(*[make_series(f"M{n}", [1.0], project_id=f"list:{n}") for n in range(1, 6)])
    items = measure_xmatrix(projects, sorting, CHAIN, measures, top=2)
    drawn = items[items["is_drawn"].astype(bool)]
    by_type = {str(kind): own["item_id"].tolist() for kind, own in drawn.groupby("item_type")}
    assert by_type["priority"] == ["list:5", "list:4"]
    assert sorted(by_type["measure"]) == ["M4", "M5"]
    assert sorted(by_type["owner"]) == ["Owner 4", "Owner 5"]
    assert (items["item_type"] == "priority").sum() == 6


def test_owners_bear_numbers_and_few_are_not_drawn() -> None:
    given = tables({"owner": "Ann Poe"}, {"owner": "Bob Roe"})
    for frame in (
        measure_xmatrix(*given, NONE),
        measure_xmatrix_links(*given, NONE),
        measure_xmatrix_checks(*given, NONE),
    ):
        assert not frame.astype("str").apply(lambda c: c.str.contains("Ann|Bob")).any().any()
    items = measure_xmatrix(*given, NONE)
    assert not items.loc[items["item_type"] == "owner", "is_drawn"].any()


def test_a_priority_that_serves_no_breakthrough_is_an_orphan() -> None:
    found = checks_of(
        {"objective_id": "B1"},
        {"objective_id": "D1"},
        {},
        {"objective_id": "A2"},
        {"objective_id": "gone"},
    )
    assert found["orphan_priority"] == ["list:3", "list:4", "list:5"]


def test_a_list_without_any_objective_is_told_once_not_project_by_project() -> None:
    silent = [{"source_file": "planner.xlsx"}] * 3
    found = checks_of({"objective_id": "B1"}, *silent)
    assert "orphan_priority" not in found
    assert found["objective_not_exported"] == ["planner.xlsx"]
    # Two may be chance.
    assert checks_of({"objective_id": "B1"}, *silent[:2])["orphan_priority"] == ["list:2", "list:3"]


def test_breakthroughs_and_aims_that_no_open_project_serves() -> None:
    found = checks_of({"objective_id": "D1"}, {"objective_id": "B2", "status_type": "cancelled"})
    assert found["unsupported_breakthrough"] == ["B2"]
    assert found["unsupported_aim"] == ["A2"]
    assert found["aim_without_breakthrough"] == ["A2"]
    part = checks_of({"objective_id": "D1"}, is_whole=False)
    assert not {"unsupported_breakthrough", "unsupported_aim", "aim_without_breakthrough"} & set(
        part
    )


def test_measures_are_asked_for_where_there_are_any_and_have_one_owner() -> None:
    given = ({"owner": "A", "objective_id": "B1"}, {"owner": "B", "objective_id": "B1"}, {})
    assert "priority_without_measure" not in checks_of(*given)
    shared = join(
        make_series("Market share", [1.0]),
        make_series("Market share", [1.0], project_id="list:2"),
        make_series("Odd one", [1.0], project_id="list:2"),
        make_series("Bare", [1.0], project_id="list:3"),
    )
    found = checks_of(*given, measures=shared)
    assert "priority_without_measure" not in found
    assert sorted(found["measure_without_one_owner"]) == ["Bare", "Market share"]
    one = checks_of(*given, measures=make_series("Odd one", [1.0]))
    assert one["priority_without_measure"] == ["list:2", "list:3"]


@pytest.mark.parametrize(("others", "found"), [(4, ["Owner 1"]), (3, None)])
def test_owners_of_more_than_three_are_counted_unless_the_group_is_small(
    others: int, found: list[str] | None
) -> None:
    heavy = [{"owner": "A"}] * 4 + [{"owner": f"P{n}"} for n in range(others)]
    assert checks_of(*heavy).get("overloaded_owner") == found
    light = [{"owner": "A"}] * 3 + [{"owner": f"P{n}"} for n in range(4)]
    assert "overloaded_owner" not in checks_of(*light)


def test_dense_ties_and_too_many_breakthroughs_are_told() -> None:
    measures = join(
        *[make_series(f"M{n}", [1.0], project_id=f"list:{k}") for n in range(3) for k in (1, 2, 3)]
    )
    found = checks_of({}, {}, {}, measures=measures)
    assert found["dense_links"] == ["measure to priority"]
    sparse = join(*[make_series(f"M{n}", [1.0], project_id=f"list:{n + 1}") for n in range(3)])
    assert "dense_links" not in checks_of({}, {}, {}, measures=sparse)
    many = make_objectives(*[(f"B{n}", "Breakthrough", None) for n in range(6)])
    told = measure_xmatrix_checks(make_projects({}), make_sorting({}), many, NONE)
    assert "many_breakthroughs" in set(told["check_type"])


def test_nothing_in_nothing_out_and_input_unchanged() -> None:
    names = ("projects", "sorting", "objectives", "measures")
    none = [empty_frame(TABLES[name]) for name in names]
    for measure in (measure_xmatrix, measure_xmatrix_links, measure_xmatrix_checks):
        assert measure(*none).empty
    given = tables({"objective_id": "B1"})
    before = [frame.copy() for frame in given]
    measure_xmatrix_checks(*given, NONE)
    for frame, copy in zip(given, before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


def test_planted_loose_ends_are_found(
    sample_portfolio: Portfolio,
    sample_sort: tuple[pd.DataFrame, pd.DataFrame],
    findings: pd.DataFrame,
) -> None:
    portfolio = sample_portfolio
    found = measure_xmatrix_checks(
        portfolio.projects, sample_sort[0], portfolio.objectives, portfolio.measures
    )
    of = {str(kind): set(own["item_id"]) for kind, own in found.groupby("check_type")}
    assert of["unsupported_breakthrough"] == {"OBJ-4"}
    planted = set(findings.loc[findings["kind"] == "strategic without objective", "project_id"])
    # Planner's list holds no objective at all: its project is told with its list.
    in_silent_lists = {one for one in planted if one.startswith("planner:")}
    assert planted - in_silent_lists <= of["orphan_priority"]
    assert of["objective_not_exported"] == {"planner_commercial.xlsx"} and in_silent_lists
    # Whatever else is called an orphan names no objective in its export either.
    named = portfolio.projects.set_index("project_id")["objective_id"]
    assert named.loc[sorted(of["orphan_priority"])].isna().all()
    assert "overloaded_owner" not in of and "dense_links" not in of
