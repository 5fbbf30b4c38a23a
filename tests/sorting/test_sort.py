"""The sort: quotes are real, contributions add up, walls stand, nothing is forced."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualtrack.errors import SortingError
from dualtrack.portfolio import Portfolio
from dualtrack.sorting import (
    evaluate_labels,
    gather_texts,
    name_blur,
    read_criteria,
    read_decisions,
    read_declared,
    read_managed,
    sort_projects,
)
from dualtrack.sorting.readings import DECLARED_COLUMNS, MANAGED_COLUMNS
from dualtrack.sorting.text import READ_COLUMNS
from dualtrack.sorting.text_model import read_text_model
from tests.conftest import make_projects

NO_DECISIONS = read_decisions(Path("none.csv"))


def portfolio_of(*rows: dict[str, object]) -> Portfolio:
    return Portfolio.from_tables(
        {"projects": make_projects(*rows)}, as_of_date=pd.Timestamp("2026-09-30"), currency="EUR"
    )


def sort_rows(*rows: dict[str, object]) -> tuple[pd.DataFrame, pd.DataFrame]:
    return sort_projects(portfolio_of(*rows), read_criteria(), NO_DECISIONS)


@pytest.mark.parametrize(
    ("title", "track"),
    [
        ("Cut waiting time at the counter from 40 to 15 minutes", "operational"),
        ("Ausschuss an Linie 2 halbieren, Ursache mit dem Team suchen", "operational"),
        ("Enter the Peruvian market with a joint venture", "strategic"),
        ("Launch a subscription service and change the business model", "strategic"),
        ("Replace boiler, end of life, like for like", "maintenance"),
        ("Annual fire alarm inspection and repair", "maintenance"),
        ("Strategic digital transformation excellence", "undecided"),
        ("Project Blue", "undecided"),
    ],
)
def test_titles_a_portfolio_reader_would_not_hesitate_over(title: str, track: str) -> None:
    sorting, _ = sort_rows({"title": title})
    assert sorting["track"][0] == track


def test_too_little_text_is_thin_and_opposite_evidence_is_conflict() -> None:
    sorting, _ = sort_rows(
        {"title": "Project Blue"},
        {"title": "Cut scrap by 20% with the shop floor team and enter the Brazilian market"},
    )
    assert sorting["undecided_reason"].tolist()[0] == "thin"
    row = sorting.iloc[1]
    assert (row["track"], row["undecided_reason"]) == ("undecided", "conflict")


def test_quotes_are_substrings_of_the_cells_they_name(
    sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    texts = gather_texts(
        sample_portfolio.projects, sample_portfolio.work_items, sample_portfolio.objectives
    )
    joined = texts.groupby(["project_id", "column_name"])["text"].agg("\n".join)
    own = sample_sort[1][sample_sort[1]["reading"] == "evidence"]
    assert len(own) > 200
    for row in own.itertuples():
        assert row.quote and row.quote in joined[(row.project_id, row.column_name)]


def test_contributions_add_up_to_the_probabilities(
    sample_sort: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    sorting, evidence = sample_sort
    own = evidence[evidence["reading"] == "evidence"]
    sums = (
        own.pivot_table(
            index="project_id", columns="toward_track", values="contribution", aggfunc="sum"
        )
        .reindex(sorting["project_id"])
        .fillna(0.0)
    )
    prior = pd.Series(read_text_model().prior)
    raised = np.exp((sums + prior) / read_criteria().temperature)
    shares = raised.div(raised.sum(axis=1), axis=0)
    for track in shares:
        np.testing.assert_allclose(shares[track], sorting[f"p_{track}"], atol=1e-9)


def test_the_three_readings_share_no_column() -> None:
    readings = [set(READ_COLUMNS), set(DECLARED_COLUMNS), set(MANAGED_COLUMNS)]
    for place, one in enumerate(readings):
        for other in readings[place + 1 :]:
            assert not one & other


def test_labels_and_management_never_move_the_evidence(sample_portfolio: Portfolio) -> None:
    plain = sort_projects(sample_portfolio, read_criteria(), NO_DECISIONS)[0]
    shuffled = sample_portfolio.projects.assign(
        declared_label="Strategic",
        labels="kaizen",
        type="Epic",
        review_forum="Shift board",
        review_interval_days=1.0,
        sponsor_level="frontline",
    )
    other = sort_projects(
        replace(sample_portfolio, projects=shuffled), read_criteria(), NO_DECISIONS
    )[0]
    pd.testing.assert_series_equal(plain["evidence_track"], other["evidence_track"])
    assert not plain["declared_track"].equals(other["declared_track"])


def test_text_never_moves_label_or_management(sample_portfolio: Portfolio) -> None:
    projects = sample_portfolio.projects
    rewritten = projects.assign(title="Enter a new market", description="by steering committee")
    pd.testing.assert_series_equal(read_declared(projects)[0], read_declared(rewritten)[0])
    pd.testing.assert_series_equal(
        read_managed(projects, sample_portfolio.milestones)[0],
        read_managed(rewritten, sample_portfolio.milestones)[0],
    )


@pytest.mark.parametrize(
    ("label", "track"),
    [
        ("Run the Business", "maintenance"),
        ("KVP", "operational"),
        ("Strategie", "strategic"),
        ("Continuous Improvement", "operational"),
        ("Transformation", "strategic"),
        ("BAU", "maintenance"),
        ("Change", None),
        ("Epic", None),
        ("portfolio; kaizen", "operational"),
    ],
)
def test_labels_of_tools_and_people(label: str, track: str | None) -> None:
    found = read_declared(make_projects({"declared_label": label}))[0][0]
    assert (None if pd.isna(found) else found) == track


def test_a_blank_is_never_a_no() -> None:
    projects = make_projects({"start_date": "2026-01-01", "baseline_finish_date": "2029-01-01"})
    assert pd.isna(read_managed(projects, pd.DataFrame({"project_id": []}))[0][0])
    assert pd.isna(read_declared(projects)[0][0])


def test_a_decision_stands_above_the_evidence(tmp_path: Path) -> None:
    ledger = tmp_path / "decisions.csv"
    ledger.write_text(
        "project_id,track,by,at,why\nlist:1,strategic,a,2026-01-01,x\n"
        "list:1,maintenance,a,2026-02-01,y\n",
        encoding="utf-8",
    )
    portfolio = portfolio_of({"title": "Cut waiting time from 40 to 15 minutes"})
    row = sort_projects(portfolio, read_criteria(), read_decisions(ledger))[0].iloc[0]
    assert (row["track"], row["decided_by"], row["p_maintenance"]) == ("maintenance", "person", 1)
    assert row["evidence_track"] == "operational"


def test_a_wrong_ledger_line_is_named(tmp_path: Path) -> None:
    ledger = tmp_path / "decisions.csv"
    ledger.write_text("project_id,track,by,at,why\na,kaizen,x,y,z\n", encoding="utf-8")
    with pytest.raises(SortingError, match=r"line \[2\].*kaizen"):
        read_decisions(ledger)
    ledger.write_text("project,track\na,strategic\n", encoding="utf-8")
    with pytest.raises(SortingError, match="no column"):
        read_decisions(ledger)


@pytest.mark.parametrize(
    ("called", "kind", "run", "blur"),
    [
        ("strategic", "operational", "operational", "label inflation"),
        ("operational", "strategic", "strategic", "hidden strategy"),
        ("strategic", "strategic", "operational", "under-governed transformation"),
        ("operational", "operational", "strategic", "over-governed improvement"),
        ("strategic", "strategic", "strategic", "none"),
        (None, "strategic", None, "none"),
        ("strategic", "undecided", "operational", "none"),
        ("strategic", "maintenance", "strategic", "none"),
        ("strategic", "operational", "strategic", "label inflation"),
    ],
)
def test_blur_by_name(called: str | None, kind: str, run: str | None, blur: str) -> None:
    frame = pd.DataFrame({"declared_track": [called], "track": [kind], "managed_track": [run]})
    assert name_blur(frame)[0] == blur


def test_criteria_faults_name_the_file(tmp_path: Path) -> None:
    path = tmp_path / "criteria.toml"
    path.write_text("[model]\nprior = 1\n", encoding="utf-8")
    with pytest.raises(SortingError, match=r"criteria\.toml"):
        read_criteria(path)
    with pytest.raises(SortingError, match="no such criteria file"):
        read_criteria(tmp_path / "none.toml")


@given(st.text(max_size=200))
def test_any_text_gets_a_track_and_probabilities_that_add_up(text: str) -> None:
    row = sort_rows({"title": text or "x"})[0].iloc[0]
    total = row["p_operational"] + row["p_strategic"] + row["p_maintenance"]
    assert total == pytest.approx(1.0)


def test_evaluation_worked_by_hand() -> None:
    labelled = pd.DataFrame(
        {
            "title": [
                "Acquire a rival",
                "Cut waiting time by half",
                "Project Blue",
                "Replace boiler like for like",
            ],
            "label": ["strategic", "operational", "strategic", "neither-run"],
            "source": ["a", "a", "b", "b"],
        }
    )
    found = evaluate_labels(labelled, read_criteria())
    assert found.coverage == 0.75
    assert found.decided_accuracy == 1.0
    assert found.by_source["record_count"].tolist() == [2, 2]
    with pytest.raises(SortingError, match="none of"):
        evaluate_labels(labelled.assign(label="kaizen"), read_criteria())


def test_honest_first_version_on_real_labelled_records(shared: Path) -> None:
    """Figures of the model card; they may only rise."""
    found = evaluate_labels(pd.read_csv(shared / "gold/dev.csv"), read_criteria())
    assert found.macro_f1 >= 0.79
    assert found.decided_accuracy >= 0.94
    assert found.coverage >= 0.75
