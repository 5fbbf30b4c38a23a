"""Figures of spread, targets and concentration: readable for many, for none and for long names."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.figure import Figure

from dualtrack.analyses import (
    measure_breakthroughs,
    measure_concentration,
    measure_spread,
    measure_target_readings,
    measure_target_verdicts,
    read_targets,
)
from dualtrack.figures import plot_breakthroughs, plot_concentration, plot_spread, plot_targets
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, empty_frame
from tests.figures.test_figures import DAY, assert_readable, many, texts_of

LONG = "A unit whose name is far longer than anybody would say aloud in a meeting of the board " * 2


def figures(projects: pd.DataFrame, sorting: pd.DataFrame) -> dict[str, Figure]:
    spread = measure_spread(projects, sorting, as_of_date=DAY)
    groups = list(dict.fromkeys(spread["group_name"]))
    readings = measure_target_readings(projects, sorting, by="unit_name")
    verdicts = measure_target_verdicts(readings, read_targets())
    concentration = measure_concentration(projects, sorting)
    return {
        "spread": plot_spread(spread, currency="EUR"),
        "spread of groups": plot_spread(spread, currency="EUR", group_names=groups),
        "targets": plot_targets(verdicts),
        "targets of groups": plot_targets(verdicts, target_id="strategic_budget_share"),
        "breakthroughs": plot_breakthroughs(
            measure_breakthroughs(projects, sorting, read_targets())
        ),
        "strategic": plot_concentration(concentration),
        "operational": plot_concentration(concentration, track="operational"),
    }


def words_of(figure: Figure) -> str:
    return " ".join(text.replace("\n", " ") for text, _ in texts_of(figure))


@pytest.mark.parametrize(("units", "count"), [(1, 3), (6, 40), (40, 300)])
def test_readable_for_any_number_of_units(units: int, count: int) -> None:
    projects, sorting = many(count)
    names = [f"Business unit {number % units}" for number in range(count)]
    projects = projects.assign(unit_name=names, actual_cost=projects["budget_cost"] * 0.4)
    for figure in figures(projects, sorting).values():
        assert_readable(figure)


def test_readable_for_nothing_and_saying_so() -> None:
    found = figures(empty_frame(TABLES["projects"]), empty_frame(TABLES["sorting"]))
    for figure in found.values():
        assert_readable(figure)
    assert "none with plan, actual and dates" in words_of(found["spread"])
    assert "not known" in words_of(found["targets"])
    assert "no unit known" in words_of(found["breakthroughs"])


def test_long_names_stay_whole() -> None:
    projects, sorting = many(12)
    projects = projects.assign(unit_name=[f"{LONG}{number % 3}" for number in range(12)])
    for name, figure in figures(projects, sorting).items():
        assert_readable(figure)
        if name not in {"spread", "targets"}:
            assert LONG.strip() in words_of(figure), name


def test_figures_of_the_sample_show_the_numbers_of_their_frames(
    sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    projects, sorting = sample_portfolio.projects, sample_sort[0]
    found = figures(projects, sorting)
    for figure in found.values():
        assert_readable(figure)
    readings = measure_target_readings(projects, sorting).set_index("target_id")
    value = readings.at["strategic_budget_share", "value"]
    assert f"{value:.0f} %" in words_of(found["targets"])
    counts = measure_breakthroughs(projects, sorting, read_targets())["strategic_count"]
    shown = words_of(found["breakthroughs"]).split()
    assert {str(one) for one in counts} <= set(shown)
