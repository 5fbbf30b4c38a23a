"""Any part of the sample, down to one project or none, gives whole sentences and tables."""

from __future__ import annotations

import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from dualtrack import analyses, claims, tables
from dualtrack.claims import Claim
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES
from dualtrack.tables.display import DisplayTable, format_cell
from tests.conftest import QUARTER

NORMS = analyses.read_rhythm_norms()
BLANKED = [
    column.name
    for column in TABLES["projects"].columns
    if column.name not in {"project_id", "title", "status_type", "source_file", "source_row"}
]


def govern(portfolio: Portfolio, projects: pd.DataFrame, sort: tuple) -> tuple[list, list]:
    """Every claim and table of the room for these projects."""
    ids = projects["project_id"]
    sorting, evidence = (one[one["project_id"].isin(ids)].reset_index(drop=True) for one in sort)
    gates = portfolio.milestones[portfolio.milestones["project_id"].isin(ids)]
    day = portfolio.as_of_date
    rhythm = analyses.measure_rhythm(projects, sorting, evidence, gates, NORMS, as_of_date=day)
    shares = analyses.measure_rhythm_shares(projects, sorting, rhythm, NORMS)
    forums = analyses.measure_forums(rhythm, sorting, NORMS)
    separation = analyses.measure_separation(rhythm, sorting, draws=100)
    forms = analyses.measure_forms(sorting, evidence)
    readings = analyses.measure_readings(projects, sorting, evidence, forms)
    confusion = analyses.measure_confusion(projects, sorting)
    open_quarter = SimpleNamespace(
        quarter=QUARTER,
        sorting=sorting,
        portfolio=SimpleNamespace(projects=projects, as_of_date=day),
    )
    history = analyses.stack_quarters([open_quarter])
    reactive = analyses.measure_reactive(history, analyses.read_control_rules("wheeler"))
    signs = analyses.measure_signs(history, NORMS)
    polarity = analyses.measure_polarity(signs, analyses.read_polarity())
    follow_on = analyses.measure_follow_on(history)
    rules = analyses.read_watch_rules()
    watchlist = analyses.measure_watchlist(projects, sorting, readings, rhythm, rules)
    said = [
        claims.state_rhythm(shares, rhythm, norm_words=NORMS.words),
        claims.state_reviews(rhythm, currency="EUR"),
        claims.state_forums(forums, currency="EUR"),
        claims.state_separation(separation),
        claims.state_confusion(confusion, currency="EUR"),
        claims.state_readings(readings, currency="EUR"),
        claims.state_forms(forms),
        claims.state_reactive(reactive),
        claims.state_reactive_quarters(reactive),
        claims.state_polarity(polarity),
        claims.state_follow_on(follow_on),
        claims.state_watchlist(watchlist, currency="EUR"),
    ]
    shown = [
        tables.tabulate_rhythm_shares(shares),
        tables.tabulate_rhythm(rhythm, currency="EUR"),
        tables.tabulate_reviews(rhythm, currency="EUR"),
        tables.tabulate_forums(forums, currency="EUR"),
        tables.tabulate_separation(separation),
        tables.tabulate_confusion(confusion, currency="EUR"),
        tables.tabulate_readings(readings, currency="EUR"),
        tables.tabulate_forms(forms),
        tables.tabulate_reactive(reactive),
        tables.tabulate_polarity(polarity),
        tables.tabulate_follow_on(follow_on, currency="EUR"),
        tables.tabulate_watchlist(watchlist, currency="EUR"),
    ]
    return said, shown


def assert_whole(said: list[Claim], shown: list[DisplayTable]) -> None:
    for claim in said:
        text = f"{claim.title} {claim.reading}"
        assert (
            claim.title
            and not claim.title.endswith(".")
            and claim.title[0].isupper()
            or (claim.title[0].isdigit())
        )
        assert not re.search(r"\bnan\b|<NA>|\bNone\b(?! of)|[{}]|  |\.\.", text), text
        assert not claim.reading or claim.reading.endswith("."), claim.reading
    for table in shown:
        for column in table.columns:
            cells = [format_cell(one, column.format) for one in table.frame[column.name]]
            assert not [one for one in cells if one in {"nan", "None", "<NA>", ""}] or (
                column.name == "verdict"
            )


@pytest.mark.parametrize("count", [0, 1, 2, 5, 12, 60, 169])
def test_any_number_of_projects(
    count: int, sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    rng = np.random.default_rng(count)
    projects = sample_portfolio.projects
    picked = np.sort(rng.permutation(len(projects))[:count])
    some = projects.iloc[picked].reset_index(drop=True)
    assert_whole(*govern(sample_portfolio, some, sample_sort))


@pytest.mark.parametrize("column", [*BLANKED, "everything"])
def test_any_column_may_be_missing(
    column: str, sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    projects = sample_portfolio.projects.copy()
    names = BLANKED if column == "everything" else [column]
    for name in names:
        projects[name] = pd.Series(None, index=projects.index, dtype=projects[name].dtype)
    assert_whole(*govern(sample_portfolio, projects, sample_sort))
