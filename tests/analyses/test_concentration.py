"""Concentration and dilution: worked by hand, none, and the findings planted in the sample."""

from __future__ import annotations

import pandas as pd
import pytest

from dualtrack.analyses import (
    measure_breakthroughs,
    measure_concentration,
    measure_demotions,
    measure_links,
    read_targets,
)
from dualtrack.config import TargetSettings
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, conform, empty_frame
from tests.conftest import make_projects, make_sorting

Sort = tuple[pd.DataFrame, pd.DataFrame]
NO_EVIDENCE = empty_frame(TABLES["evidence"])
STRATEGIC = {"track": "strategic"}


def objectives(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["objective_id", "level", "parent_id"])
    return conform(frame.assign(title="Wording"), TABLES["objectives"])


def test_initiatives_under_way_are_counted_against_the_band() -> None:
    projects = make_projects(
        *[{"unit_name": "Many"}] * 6,
        *[{"unit_name": "Few"}] * 2,
        {"unit_name": "Few", "status_type": "done"},
        {"unit_name": "Right"},
        *[{"unit_name": "Right", "status_type": "on_hold"}] * 2,
        {"unit_name": None},
    )
    sorting = make_sorting(*[STRATEGIC] * 13)
    found = measure_breakthroughs(projects, sorting, read_targets()).set_index("group_name")
    assert found["strategic_count"].to_dict() == {"Few": 2, "Many": 6, "Right": 3}
    assert found["verdict_type"].to_dict() == {"Few": "below", "Many": "above", "Right": "within"}
    assert (found["grade"] == "C").all()
    own = read_targets({"breakthroughs_per_unit": TargetSettings(high=6, because="Two sites")})
    found = measure_breakthroughs(projects, sorting, own).set_index("group_name")
    assert (
        found.at["Many", "verdict_type"] == "within" and found.at["Many", "because"] == "Two sites"
    )


def test_a_list_without_status_counts_what_has_no_actual_finish() -> None:
    silent = {"status_type": None, "budget_cost": 1.0}
    projects = make_projects(silent, {**silent, "actual_finish_date": "2026-01-01"})
    sorting = make_sorting(STRATEGIC, STRATEGIC)
    found = measure_breakthroughs(projects, sorting, read_targets())
    assert found["strategic_count"].tolist() == [1]
    assert measure_concentration(projects, sorting)["known_count"].max() == 1
    assert len(measure_demotions(projects, sorting, NO_EVIDENCE, read_targets())) == 1
    assert len(measure_links(projects, sorting, empty_frame(TABLES["objectives"]))) == 1


def test_doubt_about_initiatives_leaves_the_verdict_open() -> None:
    doubt = {"track": "undecided", "p_strategic": 0.5, "p_operational": 0.5, "p_maintenance": 0.0}
    found = measure_breakthroughs(
        make_projects(*[{}] * 9), make_sorting(*[doubt] * 9), read_targets()
    ).iloc[0]
    assert (found["strategic_count"], found["verdict_type"]) == (0, "open")
    # Binomial of 9 at one half: the middle 90 % runs from 2 to 7.
    assert (found["value_low"], found["value_high"]) == (2, 7)


def test_concentration_by_hand() -> None:
    budgets = (50.0, 20.0, 15.0, 11.0, 3.0, 1.0)
    projects = make_projects(
        *[{"budget_cost": one} for one in budgets], {}, {"status_type": "done"}
    )
    found = measure_concentration(projects, make_sorting(*[STRATEGIC] * 8))
    row = found[(found["group_name"] == "All") & (found["track"] == "strategic")].iloc[0]
    assert (row["project_count"], row["known_count"], row["budget_cost"]) == (7, 6, 100)
    assert (row["top_share"], row["top_low"], row["top_high"]) == (0.85, 0.85, 0.85)
    assert row["top_titles"] == "Project 1; Project 2; Project 3"
    # 1 and 3 together are 4 %; with the 11 it would be 15 %.
    assert (row["tail_count"], row["tail_share"]) == (2, pytest.approx(0.04))
    assert row["effective_count"] == pytest.approx(1 / 0.3256)
    other = found[found["track"] == "operational"].iloc[0]
    assert other["project_count"] == 0 and pd.isna(other["top_share"])


def test_a_doubtful_giant_widens_the_share_of_the_largest() -> None:
    doubt = {"track": "undecided", "p_strategic": 0.5, "p_operational": 0.5, "p_maintenance": 0.0}
    projects = make_projects({"budget_cost": 900.0}, *[{"budget_cost": 10.0}] * 10)
    found = measure_concentration(projects, make_sorting(doubt, *[STRATEGIC] * 10))
    row = found[(found["group_name"] == "All") & (found["track"] == "strategic")].iloc[0]
    assert (row["top_low"], row["top_high"]) == (pytest.approx(0.3), pytest.approx(0.92))
    assert row["effective_count"] == pytest.approx(10)


def test_the_list_starts_with_names_without_evidence_and_keeps_the_strongest() -> None:
    projects = make_projects(*[{}] * 7, {"status_type": "done"})
    sorting = make_sorting(
        *[STRATEGIC] * 6,
        {"track": "operational", "declared_track": "strategic", "p_strategic": 0.2},
        STRATEGIC,
    )
    weights = {"list:1": 3.0, "list:2": 1.0, "list:3": 9.0, "list:4": 5.0, "list:5": 2.0}
    evidence = conform(
        pd.DataFrame(
            {
                "project_id": [*weights, "list:1", "list:1"],
                "reading": ["evidence"] * 6 + ["managed"],
                "toward_track": ["strategic"] * 5 + ["operational", "operational"],
                "quote": ["for"] * 5 + ["against", "how it is run"],
                "contribution": [*weights.values(), 2.5, 99.0],
            }
        ),
        TABLES["evidence"],
    )
    found = measure_demotions(projects, sorting, evidence, read_targets())
    # Support: list:1 has 3.0 less 2.5; list:6 has nothing at all.
    order = ["list:7", "list:6", "list:1", "list:2", "list:5", "list:4", "list:3"]
    assert found["project_id"].tolist() == order
    assert found["is_surplus"].tolist() == [True, True] + [False] * 5
    assert found["is_called_only"].tolist() == [True] + [False] * 6
    assert found.set_index("project_id").at["list:1", "quote"] == "against"


def test_units_without_a_name_have_no_surplus() -> None:
    projects = make_projects(*[{"unit_name": None}] * 7)
    found = measure_demotions(projects, make_sorting(*[STRATEGIC] * 7), NO_EVIDENCE, read_targets())
    assert found["rank"].tolist() == list(range(1, 8)) and not found["is_surplus"].any()


def test_links_are_missing_both_ways() -> None:
    projects = make_projects(
        {"objective_id": "A1"},
        {"objective_id": "Z"},
        {},
        {"project_id": "kanban:1"},
        {"status_type": "done"},
        {"objective_id": "C", "status_type": "done"},
    )
    sorting = make_sorting(
        STRATEGIC, {}, STRATEGIC, {"project_id": "kanban:1"}, STRATEGIC, STRATEGIC
    )
    links = measure_links(
        projects,
        sorting,
        objectives(
            ("A", "Breakthrough", None),
            ("A1", "Annual", "A"),
            ("B", "Breakthrough", None),
            ("C", "Annual", None),
        ),
    )
    found = links.assign(key=links["project_id"].fillna(links["objective_id"]))
    assert found.groupby("gap_type")["key"].agg(list).to_dict() == {
        "project without objective": ["list:3"],
        "objective not in the list": ["list:2"],
        "objective not recorded by the tool": ["kanban:1"],
        "objective without projects": ["B", "C"],
    }


def test_a_breakthrough_that_only_improvements_serve_is_told() -> None:
    links = measure_links(
        make_projects({"objective_id": "A"}),
        make_sorting({}),
        objectives(("A", "breakthrough", None)),
    )
    assert links["gap_type"].tolist() == ["objective without strategic projects"]


def test_objectives_in_a_circle_come_to_an_end() -> None:
    links = measure_links(
        make_projects({"objective_id": "A"}),
        make_sorting({}),
        objectives(("A", "Annual", "B"), ("B", "Annual", "A"), ("C", "Annual", "C")),
    )
    assert links["objective_id"].tolist() == ["C"]


def test_nothing_and_silence_say_nothing_of_objectives() -> None:
    none = empty_frame(TABLES["projects"]), empty_frame(TABLES["sorting"])
    assert measure_links(*none, empty_frame(TABLES["objectives"])).empty
    silent = measure_links(make_projects({}), make_sorting({}), objectives(("A", "Annual", None)))
    assert silent["gap_type"].tolist() == ["objective not recorded by the tool"]
    assert measure_breakthroughs(*none, read_targets()).empty
    assert measure_demotions(*none, NO_EVIDENCE, read_targets()).empty
    assert (measure_concentration(*none)["known_count"] == 0).all()


def planted(findings: pd.DataFrame, kind: str) -> set[str]:
    return set(findings.loc[findings["kind"] == kind, "project_id"])


def test_planted_gaps_of_objectives_are_found(
    sample_portfolio: Portfolio, sample_sort: Sort, findings: pd.DataFrame
) -> None:
    links = measure_links(sample_portfolio.projects, sample_sort[0], sample_portfolio.objectives)
    by_gap = links.groupby("gap_type")
    assert by_gap.get_group("objective without projects")["objective_id"].tolist() == ["OBJ-4"]
    strategic = links[links["track"] == "strategic"].set_index("project_id")["gap_type"]
    wanted = planted(findings, "strategic without objective")
    assert wanted <= set(strategic.index)
    # Planner records no objective at all: that one cannot be told from its neighbours.
    told = {one for one in wanted if strategic[one] == "project without objective"}
    assert told == {one for one in wanted if not one.startswith("planner:")} and len(told) == 2
    projects = sample_portfolio.projects.set_index("project_id")
    named = links["project_id"].dropna()
    assert projects.loc[named, "objective_id"].isna().all()


def test_planted_label_inflation_stands_first_on_its_unit_list(
    sample_portfolio: Portfolio, sample_sort: Sort, findings: pd.DataFrame
) -> None:
    found = measure_demotions(sample_portfolio.projects, *sample_sort, read_targets())
    called = found[found["is_called_only"]]
    open_ids = set(found["project_id"])
    under_way = sample_portfolio.projects.set_index("project_id")["status_type"] == "active"
    wanted = {one for one in planted(findings, "label inflation") if under_way.get(one, False)}
    assert wanted <= open_ids and wanted <= set(called["project_id"])
    ranks = found.groupby(["unit_name", "is_called_only"])["rank"].agg(["min", "max"])
    for unit in called["unit_name"].unique():
        assert ranks.loc[(unit, True), "max"] < ranks.loc[(unit, False), "min"]
