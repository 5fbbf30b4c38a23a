"""Names are matched to the lexicon; kind and rhythm are held against the track."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dualtrack.analyses import match_metrics, measure_metric_fit
from dualtrack.analyses.metric_fit import measure_intervals
from dualtrack.analyses.metric_names import find_named_metrics
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, empty_frame
from tests.analyses.metric_frames import join, make_series
from tests.conftest import make_projects, make_sorting

CASES = pd.read_csv(Path(__file__).with_name("metric_cases.csv"), keep_default_na=False)
LONG = {"start_date": "2024-11-01", "forecast_finish_date": "2028-03-01"}
SHORT = {"start_date": "2026-07-01", "forecast_finish_date": "2026-10-01"}


def fit_of(measures: pd.DataFrame, track: str, **project: object) -> pd.Series:
    fit = measure_metric_fit(measures, make_projects(project), make_sorting({"track": track}))
    return fit.set_index("metric_id").iloc[0]


# Sets a and b were in view when the threshold was set; c was written afterwards and measured once.
@pytest.mark.parametrize(
    ("half", "counts"),
    [("a", (63, 71, 0, 0, 33)), ("b", (62, 70, 1, 0, 32)), ("c", (37, 45, 0, 1, 20))],
)
def test_matching_is_as_good_as_the_docs_say(half: str, counts: tuple[int, ...]) -> None:
    own = CASES[CASES["half"] == half]
    found = match_metrics(own["name"]).set_index("metric_id")["lexicon_name"].fillna("")
    got = own["name"].map(found)
    is_known, is_same = own["lexicon_name"] != "", got == own["lexicon_name"]
    right, known, wrong, invented, unknown = counts
    assert ((is_known).sum(), (~is_known).sum()) == (known, unknown)
    assert (is_same & is_known).sum() >= right
    assert ((got != "") & ~is_same & is_known).sum() <= wrong
    assert ((got != "") & ~is_known).sum() <= invented


def test_unknown_metrics_are_said_to_be_unknown_with_the_nearest_guess() -> None:
    row = match_metrics(pd.Series(["Stock acuracy index", None])).iloc[0]
    assert row["match_type"] == "unknown" and pd.isna(row["lexicon_name"])
    assert row["nearest_name"] and 0 < row["match_score"] < 82
    assert match_metrics(pd.Series([], dtype="str")).empty


@pytest.mark.parametrize(
    ("name", "known", "how"),
    [
        ("OEE", "Overall equipment effectiveness", "exact"),
        ("Rüstzeit", "Changeover time", "exact"),
        ("cuota de mercado", "Market share", "exact"),
        ("OEE Linie 4", "Overall equipment effectiveness", "part"),
        ("Scrap rates", "Scrap rate", "alike"),
        ("Changeover tme", "Changeover time", "alike"),
    ],
)
def test_ways_of_matching(name: str, known: str, how: str) -> None:
    row = match_metrics(pd.Series([name])).iloc[0]
    assert (row["lexicon_name"], row["match_type"]) == (known, how)


def test_titles_name_metrics_only_in_telling_words() -> None:
    titles = pd.Series(["OEE of line 4 from 61 to 72", "Sales excellence", None, "New ERP"])
    assert find_named_metrics(titles).fillna("").tolist() == [
        "Overall equipment effectiveness",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("freq", "cadence"),
    [("D", "daily"), ("B", "daily"), ("W", "weekly"), ("14D", "weekly"), ("MS", "monthly")]
    + [("QS", "quarterly"), ("YS", "annual")],
)
def test_cadence_comes_from_the_readings_own_spacing(freq: str, cadence: str) -> None:
    measures = make_series("Market share", [1.0] * 6, freq=freq)
    assert fit_of(measures, "strategic", **LONG)["cadence"] == cadence


def test_two_readings_show_no_cadence() -> None:
    row = fit_of(make_series("Market share", [1.0, 2.0]), "strategic", **LONG)
    assert pd.isna(row["cadence"]) and row["rhythm_verdict"] == "not_judged"
    assert measure_intervals(make_series("x", [None, None])).iloc[0]["reading_count"] == 0


def test_daily_activity_on_a_strategic_bet_is_named() -> None:
    row = fit_of(make_series("Calls per day", [1.0] * 9, freq="D"), "strategic", **LONG)
    assert (row["kind_verdict"], row["rhythm_verdict"]) == ("activity", "too_fast")
    assert row["finding"] == (
        "counts an activity, not an effect; read daily on a strategic initiative of 3.3 years"
    )


def test_market_share_on_a_kaizen_is_named_even_beside_a_fitting_metric() -> None:
    both = join(make_series("Market share", [1.0] * 4), make_series("Rüstzeit", [1.0] * 4))
    projects = make_projects({"start_date": "2026-01-01", "forecast_finish_date": "2026-12-01"})
    fit = measure_metric_fit(both, projects, make_sorting({})).set_index("metric_id")
    assert fit.loc["Rüstzeit", "kind_verdict"] == "fits"
    assert fit.loc["Market share", "finding"] == (
        "a strategic metric on an operational improvement of 11 months"
    )


def test_an_operational_metric_is_a_leading_sign_only_beside_a_strategic_one() -> None:
    lead = make_series("Scrap rate", [1.0] * 6)
    assert fit_of(lead, "strategic", **LONG)["kind_verdict"] == "wrong_kind"
    both = join(lead, make_series("Market share", [1.0] * 6))
    projects, sorting = make_projects(LONG), make_sorting({"track": "strategic"})
    assert set(measure_metric_fit(both, projects, sorting)["kind_verdict"]) == {"fits"}


def test_a_metric_that_speaks_after_the_work_is_over_is_too_slow() -> None:
    row = fit_of(make_series("Scrap rate", [1.0] * 4), "operational", **SHORT)
    assert row["rhythm_verdict"] == "too_slow"
    weekly = fit_of(make_series("Scrap rate", [1.0] * 9, freq="W"), "operational", **SHORT)
    assert weekly["rhythm_verdict"] == "fits" and pd.isna(weekly["finding"])


def test_without_a_horizon_only_what_is_wrong_for_every_length_is_told() -> None:
    weekly, daily = (make_series("Market share", [1.0] * 9, freq=freq) for freq in ("W", "D"))
    assert fit_of(weekly, "strategic")["rhythm_verdict"] == "fits"
    assert fit_of(daily, "strategic")["rhythm_verdict"] == "too_fast"


def test_undecided_and_projectless_measures_are_not_judged() -> None:
    row = fit_of(make_series("Market share", [1.0] * 4), "undecided", **LONG)
    assert (row["kind_verdict"], row["rhythm_verdict"]) == ("not_judged", "not_judged")
    free = make_series("Market share", [1.0] * 4, project_id=None)
    assert fit_of(free, "strategic")["kind_verdict"] == "not_judged"
    assert fit_of(make_series("Zzz", [1.0] * 4), "strategic", **LONG)["kind_verdict"] == "unknown"


def test_nothing_in_nothing_out_and_input_unchanged() -> None:
    tables = [empty_frame(TABLES[name]) for name in ("measures", "projects", "sorting")]
    assert measure_metric_fit(*tables).empty
    measures = make_series("Scrap rate", [1.0, 2.0, 3.0])
    before = measures.copy()
    fit_of(measures, "operational")
    pd.testing.assert_frame_equal(measures, before)


def test_planted_misfits_are_found_and_no_others(
    sample_portfolio: Portfolio,
    sample_sort: tuple[pd.DataFrame, pd.DataFrame],
    findings: pd.DataFrame,
) -> None:
    kinds = {"daily metric on a strategic bet", "strategic metric on a kaizen"}
    assert kinds <= set(findings["kind"])
    fit = measure_metric_fit(sample_portfolio.measures, sample_portfolio.projects, sample_sort[0])
    odd = fit[fit["finding"].notna()]
    assert sorted(odd["metric_id"]) == ["Calls made per day", "Market share"]
    assert (fit["match_type"] != "unknown").all()
