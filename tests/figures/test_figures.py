"""Figures: nothing cut, no label on another, for many and for none."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from dualtrack.analyses import measure_clarity, measure_load, measure_mix, measure_paths
from dualtrack.figures import plot_clarity, plot_load, plot_mix, plot_paths, plot_sorting
from dualtrack.figures.style import A4_LANDSCAPE, PAGE, SLIDE, TRACK_COLORS, wrap
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, empty_frame
from tests.conftest import make_projects, make_sorting

DAY = pd.Timestamp("2026-09-30")
NO_GATES = empty_frame(TABLES["milestones"])


def texts_of(figure: Figure) -> list[tuple[str, object]]:
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    unseen = {id(label) for ax in figure.axes for label in labels_out_of_view(ax)}
    found = [
        one
        for one in figure.findobj(Text)
        if one.get_visible() and one.get_text().strip() and id(one) not in unseen
    ]
    return [(one.get_text(), one.get_window_extent(renderer)) for one in found]


def labels_out_of_view(ax: Axes) -> list[Text]:
    """Tick labels matplotlib holds but does not draw, since their tick is outside the axes."""
    labels = []
    for axis in (ax.xaxis, ax.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in axis.get_major_ticks():
            if not low <= tick.get_loc() <= high:
                labels += [tick.label1, tick.label2]
    return labels


def assert_readable(figure: Figure) -> None:
    """Every text inside the figure, none on another."""
    texts = texts_of(figure)
    width, height = figure.bbox.width, figure.bbox.height
    for text, box in texts:
        inside = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= width + 1 and box.y1 <= height + 1  # type: ignore[attr-defined]
        assert inside, f"cut: {text!r}"
    for place, (text, box) in enumerate(texts):
        for other, other_box in texts[place + 1 :]:
            apart = (
                box.x1 <= other_box.x0 + 1
                or other_box.x1 <= box.x0 + 1  # type: ignore[attr-defined]
                or box.y1 <= other_box.y0 + 1.5
                or other_box.y1 <= box.y0 + 1.5  # type: ignore[attr-defined]
            )
            assert apart, f"{text!r} stands on {other!r}"


def many(count: int, *, title: str = "A project with a name of ordinary length") -> tuple:
    rows = [
        {
            "title": f"{title} {number}",
            "start_date": f"2026-{1 + number % 9:02d}-0{1 + number % 8}",
            "forecast_finish_date": f"{2026 + number % 3}-12-1{number % 9}",
            "budget_cost": float(1000 + number),
            "unit_name": f"Business unit {number % 40}",
        }
        for number in range(count)
    ]
    tracks = ("strategic", "operational", "maintenance", "undecided")
    return make_projects(*rows), make_sorting(*[{"track": tracks[n % 4]} for n in range(count)])


@pytest.mark.parametrize("size", [SLIDE, A4_LANDSCAPE, PAGE], ids=["slide", "a4", "page"])
@pytest.mark.parametrize("count", [3, 40, 300])
def test_two_path_picture_is_readable(count: int, size: tuple[float, float]) -> None:
    paths = measure_paths(*many(count), as_of_date=DAY)
    assert_readable(plot_paths(paths, NO_GATES, as_of_date=DAY, size=size))


def test_two_path_picture_keeps_names_of_any_length_whole() -> None:
    long = "An exceedingly long programme name that nobody would say aloud in a meeting " * 2
    paths = measure_paths(*many(12, title=long), as_of_date=DAY)
    figure = plot_paths(paths, NO_GATES, as_of_date=DAY)
    assert_readable(figure)
    shown = " ".join(text.replace("\n", " ") for text, _ in texts_of(figure))
    assert long.strip() in shown


def test_two_path_picture_of_the_sample_is_readable_and_counts_what_it_does_not_name(
    sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    paths = measure_paths(sample_portfolio.projects, sample_sort[0], as_of_date=DAY)
    for size in (SLIDE, A4_LANDSCAPE, PAGE):
        figure = plot_paths(paths, sample_portfolio.milestones, as_of_date=DAY, size=size)
        assert_readable(figure)
        shown = [text for text, _ in texts_of(figure)]
        assert any(text.startswith("and ") and "smaller" in text for text in shown)
        assert any("gate" in text for text in shown)
    for unit in sample_portfolio.unit_names:
        own = paths[paths["unit_name"] == unit]
        assert_readable(plot_paths(own, sample_portfolio.milestones, as_of_date=DAY))


def test_two_path_picture_of_nothing_says_so() -> None:
    paths = measure_paths(
        empty_frame(TABLES["projects"]), empty_frame(TABLES["sorting"]), as_of_date=DAY
    )
    figure = plot_paths(paths, NO_GATES, as_of_date=DAY)
    assert_readable(figure)
    assert sum("none in this window" in text for text, _ in texts_of(figure)) == 2


@pytest.mark.parametrize("units", [1, 6, 40])
def test_mix_is_readable_for_any_number_of_units(units: int) -> None:
    projects, sorting = many(max(8, units * 2))
    projects = projects.assign(
        unit_name=[f"Business unit {number % units}" for number in range(len(projects))]
    )
    mix = measure_mix(projects, sorting)
    assert_readable(plot_mix(mix))
    assert_readable(plot_mix(mix, group_names=["All"]))


def test_other_figures_are_readable(
    sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    sorting = sample_sort[0]
    projects = sample_portfolio.projects
    load = measure_load(sample_portfolio.assignments, sample_portfolio.capacity, projects, sorting)
    clarity = measure_clarity(projects, sorting)
    for group in ["All", *sample_portfolio.unit_names]:
        assert_readable(plot_load(load, group_name=group))
        assert_readable(plot_clarity(clarity, group_name=group))
    assert_readable(plot_sorting(sorting))


def test_figures_of_nothing_are_drawn() -> None:
    assert_readable(plot_load(empty_frame(TABLES["load"])))
    assert_readable(plot_clarity(empty_frame(TABLES["clarity"])))
    assert_readable(plot_sorting(empty_frame(TABLES["sorting"])))
    mix = measure_mix(empty_frame(TABLES["projects"]), empty_frame(TABLES["sorting"]))
    assert_readable(plot_mix(mix, group_names=["All"]))


def test_track_colours_differ_in_grey() -> None:
    greys = sorted(
        0.2126 * int(c[1:3], 16) + 0.7152 * int(c[3:5], 16) + 0.0722 * int(c[5:7], 16)
        for c in TRACK_COLORS.values()
    )
    assert min(b - a for a, b in zip(greys, greys[1:], strict=False)) > 20


def test_wrapping_loses_no_sign() -> None:
    text = "Supercalifragilistic " + "x" * 90
    wrapped = wrap(text, 1.5, points=8.5)
    assert wrapped.count("\n") > 2
    assert wrapped.replace("\n", "").replace(" ", "") == text.replace(" ", "")
