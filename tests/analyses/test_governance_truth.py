"""Against the sample's truth: what of the planted blur, rhythm and lateness is found, and what not.

Commercial keeps its list in a tool that records neither forum, rhythm, sponsor nor review: how its
projects are run cannot be known, and nothing may be said of it.
"""

from __future__ import annotations

import pandas as pd
import pytest

from dualtrack.analyses import (
    measure_forms,
    measure_forums,
    measure_readings,
    measure_rhythm,
    measure_separation,
    measure_watchlist,
    read_rhythm_norms,
    read_watch_rules,
)
from dualtrack.portfolio import Portfolio
from tests.conftest import QUARTER, ROOT

PATHS = ("operational", "strategic")
BLURS = (
    "label inflation",
    "under-governed transformation",
    "over-governed improvement",
    "hidden strategy",
)
NORMS = read_rhythm_norms()
Sort = tuple[pd.DataFrame, pd.DataFrame]


def true_blurs(row: pd.Series) -> set[str]:
    blurs = set()
    if row["nature"] not in PATHS:
        return blurs
    is_operational = row["nature"] == "operational"
    if row["declared"] in PATHS and row["declared"] != row["nature"]:
        blurs.add("label inflation" if is_operational else "hidden strategy")
    if row["managed"] in PATHS and row["managed"] != row["nature"]:
        over, under = "over-governed improvement", "under-governed transformation"
        blurs.add(over if is_operational else under)
    return blurs


@pytest.fixture(scope="module")
def truth() -> pd.DataFrame:
    rows = pd.read_csv(ROOT / "data/sample/truth/projects.csv")
    rows = rows[rows["quarter"] == QUARTER].set_index("project_id")
    return rows.assign(blurs=[true_blurs(row) for _, row in rows.iterrows()])


@pytest.fixture(scope="module")
def readings(sample_portfolio: Portfolio, sample_sort: Sort) -> pd.DataFrame:
    forms = measure_forms(*sample_sort)
    assert not forms["is_form_made"].any(), "no form of the sample forces a label"
    return measure_readings(sample_portfolio.projects, *sample_sort, forms).set_index("project_id")


@pytest.fixture(scope="module")
def rhythm(sample_portfolio: Portfolio, sample_sort: Sort) -> pd.DataFrame:
    portfolio = sample_portfolio
    found = measure_rhythm(
        portfolio.projects,
        *sample_sort,
        portfolio.milestones,
        NORMS,
        as_of_date=portfolio.as_of_date,
    )
    return found.set_index("project_id")


def test_planted_blurs_are_named_but_for_what_is_undecided_or_not_recorded(
    readings: pd.DataFrame, findings: pd.DataFrame
) -> None:
    planted = findings[findings["kind"].isin(BLURS)].set_index("project_id")["kind"]
    named = readings["blur_type"].reindex(planted.index)
    missed = planted[named != planted]
    assert len(planted) == 23 and len(missed) <= 3
    rows = readings.loc[missed.index]
    # Missed ones are split between label and management, or their tool says nothing of either.
    assert (rows["is_split"] | rows["managed_track"].isna()).all()


def test_no_blur_is_told_that_is_not_there(readings: pd.DataFrame, truth: pd.DataFrame) -> None:
    blurred = readings[readings["blur_type"] != "none"]
    # A row repeated in an export has a key of its own, and is what the first row is.
    keys = blurred.index.str.split("#").str[0]
    false = [
        key
        for key, blur in zip(keys, blurred["blur_type"], strict=True)
        if blur not in truth.at[key, "blurs"]
    ]
    assert len(blurred) >= 28 and len(false) <= 1, false
    real = truth[truth["blurs"].map(len) > 0]
    found = [
        blur in blurs or split
        for blur, split, blurs in zip(
            readings["blur_type"].reindex(real.index),
            readings["is_split"].reindex(real.index),
            real["blurs"],
            strict=True,
        )
    ]
    assert sum(found) / len(found) >= 0.9


def test_rhythms_that_do_not_fit_are_found_and_no_others(
    rhythm: pd.DataFrame, truth: pd.DataFrame, findings: pd.DataFrame
) -> None:
    misfit = rhythm[rhythm["rhythm_type"].isin(["too often", "too seldom"])]
    rows = truth.reindex(misfit.index)
    assert (rows["nature"] != rows["managed"]).all(), "false alarm"
    planted = findings[
        findings["kind"].isin(["under-governed transformation", "over-governed improvement"])
    ]["project_id"]
    recorded = rhythm["review_interval_days"].reindex(planted).dropna().index
    assert len(planted) == 11 and len(recorded) == 9
    assert set(recorded) <= set(misfit.index)


def test_late_reviews_are_found_where_the_tool_records_reviews(
    rhythm: pd.DataFrame, findings: pd.DataFrame
) -> None:
    planted = set(findings.loc[findings["kind"] == "late review", "project_id"])
    recorded = planted & set(rhythm["last_review_date"].dropna().index)
    late = set(rhythm.index[rhythm["review_type"].isin(["overdue", "never held"])])
    assert len(planted) == 3 and len(recorded) == 2
    assert late == recorded


def test_governance_tells_the_paths_apart_in_part_and_forums_that_mix_hold_both(
    rhythm: pd.DataFrame, sample_sort: Sort, truth: pd.DataFrame
) -> None:
    rows = rhythm.reset_index()
    separation = measure_separation(rows, sample_sort[0]).set_index("feature_type")
    assert ((separation["v_low"] > 0.2) & (separation["v_high"] < 0.9)).all()
    forums = measure_forums(rows, sample_sort[0], NORMS)
    mixed = forums[forums["is_mixed"]]
    assert 8 <= len(mixed) <= 16
    known = rows.merge(truth["nature"], left_on="project_id", right_index=True, validate="m:1")
    natures = known.groupby(["unit_name", "review_forum"])["nature"].agg(set)
    wrong = [
        key
        for key in zip(mixed["unit_name"], mixed["review_forum"], strict=True)
        if not set(PATHS) <= natures[key]
    ]
    assert not wrong


def test_the_watchlist_holds_what_was_planted(
    sample_portfolio: Portfolio,
    sample_sort: Sort,
    readings: pd.DataFrame,
    rhythm: pd.DataFrame,
    findings: pd.DataFrame,
    truth: pd.DataFrame,
) -> None:
    watchlist = measure_watchlist(
        sample_portfolio.projects,
        sample_sort[0],
        readings.reset_index(),
        rhythm.reset_index(),
        read_watch_rules(),
    )
    assert len(watchlist) == 10 and watchlist["rule_id"].nunique() >= 3
    planted = set(findings["project_id"].dropna())
    assert len(set(watchlist["project_id"]) & planted) >= 9
    people = pd.read_csv(ROOT / "data/sample/truth/people.csv")["name"]
    text = watchlist.to_csv()
    assert not [name for name in people if name in text]
