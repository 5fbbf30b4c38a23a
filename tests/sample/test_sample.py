"""The sample company: the same bytes each time, believable in size, its plants findable."""

from __future__ import annotations

import filecmp
from pathlib import Path

import pandas as pd
import pytest

from dualtrack.analyses import measure_blur, measure_load
from dualtrack.config import read_settings
from dualtrack.portfolio import Portfolio
from dualtrack.sample import write_sample
from dualtrack.sample.settings import sample_settings
from tests.conftest import ROOT

BLURS = (
    "label inflation",
    "under-governed transformation",
    "over-governed improvement",
    "hidden strategy",
)
# Planner exports neither review rhythm nor forum, so how its projects are run cannot be seen.
UNSEEN = {("planner", "under-governed transformation"), ("planner", "over-governed improvement")}


def test_committed_sample_is_what_the_command_writes(tmp_path: Path) -> None:
    write_sample(tmp_path, seed=7, quarters=4, units=6)
    (tmp_path / "portfolio.toml").unlink()
    pending = [filecmp.dircmp(tmp_path, ROOT / "data/sample")]
    while pending:
        one = pending.pop()
        assert not (one.left_only or one.right_only), (one.left_only, one.right_only)
        match, differ, errors = filecmp.cmpfiles(one.left, one.right, one.common_files, False)
        assert not differ and not errors, differ
        pending += one.subdirs.values()


def test_root_settings_are_the_samples_own() -> None:
    text = (ROOT / "portfolio.toml").read_text("utf-8")
    assert text == sample_settings("data/sample/{quarter}")
    assert read_settings(ROOT / "portfolio.toml").money.rates == {"GBP": 1.17}


def test_size_and_plants_are_as_asked(findings: pd.DataFrame) -> None:
    truth = pd.read_csv(ROOT / "data/sample/truth/projects.csv")
    assert 150 <= truth["project_id"].nunique() <= 400
    assert truth["quarter"].nunique() == 4
    assert truth["unit_name"].nunique() == 6
    assert len(findings) >= 30
    first, last = truth["quarter"].min(), truth["quarter"].max()
    gone = set(truth[truth["quarter"] == first]["project_id"]) - set(
        truth[truth["quarter"] == last]["project_id"]
    )
    assert len(gone) >= 10


def test_all_four_quarters_are_read_and_balance() -> None:
    from dualtrack.records import read_portfolio

    settings = read_settings(ROOT / "portfolio.toml")
    for name in ("2025-Q4", "2026-Q1", "2026-Q2"):
        quarter = settings.quarter(name)
        portfolio = read_portfolio(
            settings.export_dir(name), settings, as_of_date=settings.as_of_date(quarter)
        )
        assert len(portfolio.row_outcomes) == portfolio.sources["row_count"].sum()
        assert len(portfolio.projects) > 60


def test_every_project_of_the_truth_is_read(sample_portfolio: Portfolio) -> None:
    truth = pd.read_csv(ROOT / "data/sample/truth/projects.csv")
    wanted = set(truth[truth["quarter"] == "2026-Q3"]["project_id"])
    found = set(sample_portfolio.projects["project_id"].str.replace(r"#2$", "", regex=True))
    assert wanted <= found


def test_planted_blurs_are_found(
    sample_portfolio: Portfolio,
    sample_sort: tuple[pd.DataFrame, pd.DataFrame],
    findings: pd.DataFrame,
) -> None:
    sorting = sample_sort[0].set_index("project_id")
    planted = findings[findings["kind"].isin(BLURS)]
    hits = misses = 0
    for row in planted.itertuples():
        if (row.project_id.split(":")[0], row.kind) in UNSEEN:
            continue
        found = sorting.loc[row.project_id, "blur_type"]
        hits, misses = hits + (found == row.kind), misses + (found != row.kind)
    assert hits / (hits + misses) >= 0.85, (hits, misses)


def test_false_alarms_are_few(
    sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    truth = pd.read_csv(ROOT / "data/sample/truth/projects.csv")
    truth = truth[truth["quarter"] == "2026-Q3"].set_index("project_id")
    blur = measure_blur(sample_portfolio.projects, *sample_sort)
    alarms = blur[blur["project_id"].isin(truth.index)]
    nature = truth.loc[alarms["project_id"], "nature"].to_numpy()
    assert (nature == alarms["track"].to_numpy()).mean() >= 0.9


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("finish before start", "finish before start"),
        ("booking on an unknown key", "unknown project key"),
        ("repeated key", "repeated key"),
        ("late review", "review overdue"),
    ],
)
def test_planted_data_faults_are_issues(
    sample_portfolio: Portfolio, findings: pd.DataFrame, kind: str, rule: str
) -> None:
    issues = sample_portfolio.issues[sample_portfolio.issues["rule_name"] == rule]
    assert len(issues) >= 1
    planted = set(findings[findings["kind"] == kind]["project_id"].dropna())
    seen = planted & set(issues["project_id"].dropna())
    # Azure DevOps exports no day of the last review.
    assert {one for one in planted - seen if not one.startswith("azure-devops")} <= {
        one for one in planted if one.startswith("planner")
    }


def test_planted_twins_are_merged_or_reported(
    sample_portfolio: Portfolio, findings: pd.DataFrame
) -> None:
    wanted = set(findings[findings["kind"] == "duplicate in two tools"]["project_id"])
    found = sample_portfolio.issues[
        sample_portfolio.issues["rule_name"].isin(
            ["same project in two tools", "perhaps the same project"]
        )
    ]
    assert wanted <= set(found["project_id"]) | set(found["value"])


def test_planted_overload_is_seen_and_nobody_is_named(
    sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    load = measure_load(
        sample_portfolio.assignments,
        sample_portfolio.capacity,
        sample_portfolio.projects,
        sample_sort[0],
    )
    whole = load[load["group_name"] == "All"]
    assert whole["max_load_pct"].max() == pytest.approx(130, abs=2)
    assert (whole["overloaded_count"] == 1).all()
    people = pd.read_csv(ROOT / "data/sample/truth/people.csv")["name"]
    assert not sample_portfolio.assignments["person_id"].isin(people).any()
