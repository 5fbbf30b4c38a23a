"""Sentences on metrics, bowler and X-matrix: true for any data, and they say what is missing."""

from __future__ import annotations

import pandas as pd
import pytest

from dualtrack.analyses import (
    measure_bowler,
    measure_bowler_measures,
    measure_coherence,
    measure_metric_fit,
    measure_xmatrix,
    measure_xmatrix_checks,
    measure_xmatrix_links,
    read_control_rules,
)
from dualtrack.claims import Claim, state_bowler, state_coherence, state_metric_fit, state_xmatrix
from dualtrack.pack import show_table
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, empty_frame
from dualtrack.tables import (
    tabulate_bowler,
    tabulate_coherence,
    tabulate_metric_fit,
    tabulate_xmatrix,
)
from tests.analyses.metric_frames import DAY, join, make_objectives, make_series
from tests.conftest import make_projects, make_sorting

RULES = read_control_rules("wheeler")
PLAN = {"plan_value": 10.0, "better_when": "higher", "unit_code": "%"}
NO_GOALS = empty_frame(TABLES["objectives"])


def say(
    measures: pd.DataFrame, projects: pd.DataFrame, sorting: pd.DataFrame, goals: pd.DataFrame
) -> dict[str, Claim]:
    """The four claims; each table is printed on the way."""
    fit = measure_metric_fit(measures, projects, sorting)
    coherence = measure_coherence(measures, projects, sorting, as_of_date=DAY)
    bowler = measure_bowler(measures, projects, sorting, RULES, as_of_date=DAY)
    lines = measure_bowler_measures(bowler, measures, projects, as_of_date=DAY)
    given = (projects, sorting, goals, measures)
    checks = measure_xmatrix_checks(*given)
    for table in (
        tabulate_metric_fit(fit),
        tabulate_coherence(coherence),
        tabulate_bowler(lines),
        tabulate_xmatrix(checks),
    ):
        assert "nan" not in show_table(table, key="x").body.lower().replace("finance", "")
    return {
        "fit": state_metric_fit(fit),
        "coherence": state_coherence(coherence, fit),
        "bowler": state_bowler(lines),
        "xmatrix": state_xmatrix(measure_xmatrix(*given), measure_xmatrix_links(*given), checks),
    }


def one(measures: pd.DataFrame, *, track: str = "strategic", **project: object) -> dict[str, Claim]:
    return say(measures, make_projects(project), make_sorting({"track": track}), NO_GOALS)


def test_with_nothing_known_each_says_what_would_let_it() -> None:
    none = [empty_frame(TABLES[n]) for n in ("measures", "projects", "sorting", "objectives")]
    claims = say(*none)
    assert claims["fit"].title == "No metric is exported, so their fit cannot be told"
    assert claims["coherence"].title.startswith("No metric is exported")
    assert claims["bowler"].title == "No strategic measure is exported, so there is no bowler"
    assert "X-matrix has no priorities" in claims["xmatrix"].title
    for key in ("fit", "coherence", "bowler"):
        assert "would let it" in claims[key].reading


def test_one_of_everything_is_worded_in_the_singular() -> None:
    claims = one(make_series("Calls per day", [9.0, 11.0] * 6 + [9.0], **PLAN))
    assert claims["fit"].title == "The one measure does not fit the work it follows"
    assert claims["coherence"].title == ("The one metric lacks readings, owner, baseline or target")
    assert claims["bowler"].title == (
        "The one strategic measure missed the plan of the last month; the miss is noise"
    )
    assert claims["xmatrix"].title == "One strategic priority: no breakthrough is listed"
    for claim in claims.values():
        assert "1 m" not in claim.reading and "ones " not in claim.reading


def test_a_fitting_metric_and_an_unknown_one() -> None:
    good = make_series("Market share", [11.0] * 6, **PLAN)
    odd = make_series("Zwrrk", [11.0] * 6, **PLAN)
    life = {"owner": "A", "start_date": "2025-01-01", "forecast_finish_date": "2028-01-01"}
    claims = one(join(good, odd), **life)
    assert claims["fit"].title == "No misfit of kind or rhythm is found in two measures"
    assert "One metric is unknown to the lexicon: Zwrrk (nearest: " in claims["fit"].reading
    assert claims["coherence"].title == "No contradiction or gap is found in two metrics"
    assert claims["bowler"].title == "Two strategic measures are on plan"


def test_measures_without_a_project_or_a_path_are_told() -> None:
    free = one(make_series("Market share", [1.0] * 6, project_id=None))["fit"]
    assert free.title == "None of one measure could be held against its work"
    assert "One measure names no project" in free.reading
    open_ = one(make_series("Market share", [1.0] * 6), track="undecided")["fit"]
    assert "follows a project whose path is undecided" in open_.reading


def test_the_bowler_says_when_no_plan_lets_it_judge() -> None:
    claim = one(make_series("Market share", [1.0] * 6))["bowler"]
    assert claim.title == "No plan says whether one strategic measure is on course"
    assert "`Plan`" in claim.reading


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (9.0, "; both are noise"),
        (2.0, "Both strategic measures missed the plan of the last month"),
    ],
)
def test_two_misses_are_both(last: float, words: str) -> None:
    rows = [9.0, 11.0] * 6 + [last]
    claim = one(join(make_series("Odd one", rows, **PLAN), make_series("Odd two", rows, **PLAN)))
    assert words in claim["bowler"].title
    assert ("A miss with a signal of concern: Odd one, Odd two." in claim["bowler"].reading) == (
        last == 2.0
    )
    assert "none is recorded in full" in claim["bowler"].reading


def test_the_x_matrix_says_when_no_export_names_objectives() -> None:
    goals = make_objectives(("B1", "Breakthrough", None))
    claims = say(
        make_series("Odd one", [1.0] * 3),
        make_projects({}),
        make_sorting({"track": "strategic"}),
        goals,
    )
    assert claims["xmatrix"].title == (
        "One strategic priority: no export says which breakthrough it serves (an objective column "
        "would)"
    )


def test_a_whole_chain_has_no_loose_end() -> None:
    goals = make_objectives(("B1", "Breakthrough", None), ("A1", "Annual", "B1"))
    projects = make_projects({"objective_id": "A1", "owner": "A"})
    claim = say(
        make_series("Odd one", [1.0] * 3), projects, make_sorting({"track": "strategic"}), goals
    )["xmatrix"]
    assert claim.title == "One strategic priority: no loose end is found"
    assert claim.reading == "It is drawn."


def test_claims_of_the_sample_name_what_was_planted(
    sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    portfolio = sample_portfolio
    claims = say(portfolio.measures, portfolio.projects, sample_sort[0], portfolio.objectives)
    assert claims["fit"].title == "Two measures of 18 do not fit the work they follow"
    for words in ("Calls made per day", "Market share"):
        assert words in claims["fit"].reading
    for words in ("First pass yield", "Supplier delivery reliability"):
        assert words in claims["coherence"].reading
    assert "two of the misses are noise" in claims["bowler"].title
    assert "one breakthrough is served by nothing" in claims["xmatrix"].title
    assert "Served by no open project: Measure without reagents." in claims["xmatrix"].reading
    owners = set(portfolio.projects["owner"].dropna())
    assert not any(name in claim.reading for claim in claims.values() for name in owners)
