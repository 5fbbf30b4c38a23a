"""Figures of rhythm, forums, blur, reaction and polarity: readable for none, one and many."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from dualtrack.analyses import (
    measure_confusion,
    measure_forums,
    measure_polarity,
    measure_reactive,
    measure_rhythm,
    measure_separation,
    measure_signs,
    read_control_rules,
    read_polarity,
    read_rhythm_norms,
    stack_quarters,
)
from dualtrack.figures import (
    plot_confusion,
    plot_forums,
    plot_polarity,
    plot_reactive,
    plot_reactive_months,
    plot_rhythm,
    plot_separation,
)
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, empty_frame
from tests.conftest import make_projects, make_sorting
from tests.figures.test_figures import assert_readable, texts_of

DAY = pd.Timestamp("2026-09-30")
NORMS = read_rhythm_norms()
MAP = read_polarity()
POLES = {"operational": MAP.operational, "strategic": MAP.strategic}
WORDS = {"purpose": MAP.greater_purpose, "fear": MAP.deeper_fear}
EMPTY = {name: empty_frame(TABLES[name]) for name in TABLES}
Tables = tuple[pd.DataFrame, pd.DataFrame]
LONG = "A forum whose name nobody would say aloud in a meeting since it never seems to end " * 2


def many(count: int, *, units: int = 6, forum: str = "Steering committee") -> Tables:
    rows = [
        {
            "unit_name": f"Business unit {number % units}",
            "review_forum": f"{forum} {number % 3}",
            "review_interval_days": float(
                (1, 2, 7, 8, 14, 21, 30, 31, 91, 92, 180, 365)[number % 12]
            ),
            "sponsor_level": ("manager", "director")[number % 2],
        }
        for number in range(count)
    ]
    tracks = [
        {"track": ("strategic", "operational")[(number // units) % 2]} for number in range(count)
    ]
    projects, sorting = make_projects(*rows), make_sorting(*tracks)
    rhythm = measure_rhythm(
        projects, sorting, EMPTY["evidence"], EMPTY["milestones"], NORMS, as_of_date=DAY
    )
    return rhythm, sorting


@pytest.mark.parametrize(("count", "units"), [(1, 1), (3, 1), (40, 6), (300, 40)])
def test_rhythm_forums_and_separation_are_readable(count: int, units: int) -> None:
    rhythm, sorting = many(count, units=units)
    assert_readable(plot_rhythm(rhythm, NORMS.bands))
    assert_readable(plot_forums(measure_forums(rhythm, sorting, NORMS)))
    assert_readable(plot_separation(measure_separation(rhythm, sorting, draws=100)))


def test_long_forum_names_stay_whole_and_those_left_out_are_counted() -> None:
    rhythm, sorting = many(120, units=10, forum=LONG)
    forums = measure_forums(rhythm, sorting, NORMS)
    figure = plot_forums(forums, most=6)
    assert_readable(figure)
    shown = " ".join(text.replace("\n", " ") for text, _ in texts_of(figure))
    assert LONG.strip() in shown
    assert f"{int(forums['is_mixed'].sum()) - 6} more see both paths" in shown


def test_circles_hold_every_project_with_a_rhythm() -> None:
    rhythm, _ = many(96)
    figure = plot_rhythm(rhythm, NORMS.bands)
    counts = [int(text) for text, _ in texts_of(figure) if text.isdigit()]
    assert sum(counts) == 96


def test_confusion_grids_count_every_project_and_frame_the_blurs(
    sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    confusion = measure_confusion(sample_portfolio.projects, sample_sort[0])
    figure = plot_confusion(confusion, currency="EUR")
    assert_readable(figure)
    texts = [text for text, _ in texts_of(figure)]
    counts = [int(text) for text in texts if text.isdigit()]
    assert sum(counts) == 2 * len(sample_sort[0])
    assert {"label inflation", "hidden strategy", "over-governed", "under-governed"} <= set(texts)


def history(quarters: int) -> pd.DataFrame:
    stacked = []
    for number in range(quarters):
        quarter = pd.Period("2026Q3", freq="Q") - number
        rows = [
            {
                "start_date": f"{2025 + month // 12}-{month % 12 + 1:02d}-10",
                "objective_id": "O-1" if (month + place) % 3 else None,
                "unit_name": f"Unit {place}",
                "forecast_finish_date": f"2027-0{9 - number}-01",
                "baseline_finish_date": "2026-05-01",
                "budget_cost": 10.0,
            }
            for month in range(20)
            for place in range(6)
        ]
        projects = make_projects(*rows)
        tracks = [{"track": ("strategic", "operational")[n % 2]} for n in range(len(rows))]
        portfolio = SimpleNamespace(projects=projects, as_of_date=quarter.end_time.normalize())
        name = f"{quarter.year}-Q{quarter.quarter}"
        stacked.append(
            SimpleNamespace(quarter=name, portfolio=portfolio, sorting=make_sorting(*tracks))
        )
    return stack_quarters(stacked)


@pytest.mark.parametrize("quarters", [0, 1, 2, 4])
def test_reaction_and_polarity_are_readable(quarters: int) -> None:
    stacked = history(quarters)
    reactive = measure_reactive(stacked, read_control_rules("wheeler"))
    assert_readable(plot_reactive(reactive))
    assert_readable(plot_reactive_months(reactive))
    polarity = measure_polarity(measure_signs(stacked, NORMS), MAP)
    assert_readable(plot_polarity(polarity, POLES, **WORDS))


def test_a_map_with_more_signs_grows_and_stays_readable() -> None:
    polarity = measure_polarity(measure_signs(history(2), NORMS), MAP)
    twice = pd.concat([polarity, polarity.assign(sign_id=polarity["sign_id"] + "_other")])
    assert_readable(plot_polarity(twice, POLES, **WORDS))


def test_figures_of_nothing_are_drawn() -> None:
    assert_readable(plot_rhythm(EMPTY["rhythm"], NORMS.bands))
    assert_readable(plot_forums(EMPTY["forums"]))
    assert_readable(plot_separation(EMPTY["separation"]))
    assert_readable(plot_confusion(EMPTY["confusion"], currency="EUR"))
    assert_readable(plot_polarity(EMPTY["polarity"], POLES, **WORDS))


def test_figures_of_the_sample_units_are_readable(
    sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    sorting, evidence = sample_sort
    for unit in ["", *sample_portfolio.unit_names]:
        own = sample_portfolio.for_unit(unit)
        ids = own.projects["project_id"]
        sorted_own = sorting[sorting["project_id"].isin(ids)]
        rhythm = measure_rhythm(
            own.projects, sorted_own, evidence, own.milestones, NORMS, as_of_date=DAY
        )
        assert_readable(plot_rhythm(rhythm, NORMS.bands))
        assert_readable(plot_forums(measure_forums(rhythm, sorted_own, NORMS)))
        separation = measure_separation(rhythm, sorted_own, draws=100)
        assert_readable(plot_separation(separation))
        confusion = measure_confusion(own.projects, sorted_own)
        assert_readable(plot_confusion(confusion, currency="EUR"))
