"""Figures of metrics: readable for few and many, names of any length, nothing at all."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

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
from dualtrack.figures import plot_bowler, plot_coherence, plot_metric_fit, plot_xmatrix
from dualtrack.figures.style import PLAN_COLORS
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, empty_frame
from tests.analyses.metric_frames import DAY, join, make_objectives, make_series
from tests.conftest import make_projects, make_sorting
from tests.figures.test_figures import assert_readable, texts_of

RULES = read_control_rules("wheeler")
NAMES = ("Market share", "Rework rate", "Zeta count", "Calls per day")
LONG = "A programme of a long and winding name that nobody would say aloud in a meeting " * 2


def draw(
    measures: pd.DataFrame, projects: pd.DataFrame, sorting: pd.DataFrame, goals: pd.DataFrame
) -> dict[str, Figure]:
    fit = measure_metric_fit(measures, projects, sorting)
    coherence = measure_coherence(measures, projects, sorting, as_of_date=DAY)
    bowler = measure_bowler(measures, projects, sorting, RULES, as_of_date=DAY)
    lines = measure_bowler_measures(bowler, measures, projects, as_of_date=DAY)
    given = (projects, sorting, goals, measures)
    return {
        "fit": plot_metric_fit(fit),
        "coherence": plot_coherence(coherence, fit),
        "bowler": plot_bowler(bowler, lines),
        "xmatrix": plot_xmatrix(
            measure_xmatrix(*given), measure_xmatrix_links(*given), measure_xmatrix_checks(*given)
        ),
    }


def world(count: int, metrics: int, name: str = "Project") -> tuple[pd.DataFrame, ...]:
    rng = np.random.default_rng(count)
    life = {"start_date": "2025-06-01", "forecast_finish_date": "2028-01-01"}
    projects = make_projects(
        *[
            {
                **life,
                "title": f"{name} {n}",
                "owner": f"P{n % 17}",
                "budget_cost": 1000.0 + n,
                "objective_id": ("B0", "B1", "A3", None)[n % 4],
            }
            for n in range(count)
        ]
    )
    sorting = make_sorting(*[{"track": ("strategic", "operational")[n % 2]} for n in range(count)])
    goals = make_objectives(
        *[(f"B{n}", "Breakthrough", None) for n in range(4)],
        *[(f"A{n}", "Annual", f"B{n}") for n in range(4)],
    )
    measures = [
        make_series(
            f"{NAMES[n % 4]} {n // 4}",
            list(rng.normal(100, 20, 14) * 10.0 ** (n % 7)),
            project_id=f"list:{n % count + 1}",
            plan_value=100.0 * 10.0 ** (n % 7),
            better_when=("higher", "lower", None)[n % 3],
            target_value=110.0 * 10.0 ** (n % 7),
            unit_code=("%", "kEUR")[n % 2],
        )
        for n in range(metrics)
    ]
    return join(*measures), projects, sorting, goals


@pytest.mark.parametrize(
    ("count", "metrics", "name"),
    [(1, 1, "Project"), (6, 5, "Project"), (40, 40, "Project"), (300, 90, "Project"), (9, 8, LONG)],
)
def test_figures_are_readable_for_any_number_and_length(
    count: int, metrics: int, name: str
) -> None:
    for figure in draw(*world(count, metrics, name)).values():
        assert_readable(figure)


def test_long_names_stay_whole() -> None:
    figures = draw(*world(4, 4, LONG))
    for key in ("coherence", "bowler", "xmatrix"):
        shown = " ".join(text.replace("\n", " ") for text, _ in texts_of(figures[key]))
        assert LONG.strip() in shown, key


def test_many_are_counted_not_crowded() -> None:
    many = world(300, 90)
    figures = draw(*many)
    shown = {key: [text for text, _ in texts_of(one)] for key, one in figures.items()}
    assert any("more in the table" in text for text in shown["fit"])
    assert any("more in the table" in text for text in shown["bowler"])
    assert any(text.startswith("Not drawn: 138 priorities") for text in shown["xmatrix"])
    assert "No finding in 90 metrics" in shown["coherence"]
    bare = draw(
        *[one.assign(plan_value=float("nan")) if n == 0 else one for n, one in enumerate(many)]
    )
    shown = [text for text, _ in texts_of(bare["coherence"])]
    assert any("70 more metrics" in text for text in shown)


def test_a_month_says_its_colour_in_a_letter_too() -> None:
    plan = {"plan_value": 10.0, "better_when": "higher"}
    measures = make_series("Odd one", [11.0, 9.0] * 6 + [2.0], **plan)
    figure = draw(
        measures,
        make_projects({}),
        make_sorting({"track": "strategic"}),
        empty_frame(TABLES["objectives"]),
    )["bowler"]
    letters = [text for text, _ in texts_of(figure)]
    # January to September of thirteen months to September: 9, 11, 9, 11 ... and 2 at the end.
    assert (letters.count("G"), letters.count("noise"), letters.count("R")) == (4, 4, 1)
    assert len(set(PLAN_COLORS.values())) == 3


def test_nothing_is_drawn_as_nothing() -> None:
    names = ("measures", "projects", "sorting", "objectives")
    figures = draw(*[empty_frame(TABLES[name]) for name in names])
    for key, figure in figures.items():
        assert_readable(figure)
        assert any(text.startswith("No ") for text, _ in texts_of(figure)), key


def test_figures_of_the_sample_and_each_unit_are_readable(
    sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    for unit in ("", *sample_portfolio.unit_names):
        own = sample_portfolio.for_unit(unit)
        sorting = sample_sort[0][sample_sort[0]["project_id"].isin(own.projects["project_id"])]
        for figure in draw(own.measures, own.projects, sorting, own.objectives).values():
            assert_readable(figure)
