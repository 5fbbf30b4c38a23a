"""Process behaviour charts: nothing cut, no label on another, signals by colour and shape."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from dualtrack.analyses import measure_control, measure_limits, measure_verdicts, read_control_rules
from dualtrack.claims import state_control
from dualtrack.figures import plot_control
from dualtrack.figures.control import SIGNAL_STYLES
from dualtrack.figures.style import PAGE, SLIDE
from dualtrack.tables import tabulate_control
from tests.figures.test_figures import assert_readable, texts_of

RNG = np.random.default_rng(3)
STEADY = (20 + 2 * RNG.standard_normal(30)).tolist()
LONG = np.r_[20 + 2 * RNG.standard_normal(70), 16.5 + 2 * RNG.standard_normal(50)].tolist()
CAUSE = "second shift introduced in packing and the new labelling line taken into service"


def draw(
    values: list[float],
    *,
    rules: str = "wheeler",
    target: float = float("nan"),
    better: str | None = "lower",
    rebases: tuple[tuple[int, str], ...] = (),
    freq: str = "MS",
    size: tuple[float, float] = (11.5, 6.6),
) -> Figure:
    days = pd.date_range("2019-01-01", periods=len(values), freq=freq).astype("datetime64[us]")
    measures = pd.DataFrame({"metric_id": "m", "measured_date": days, "value": values}).assign(
        better_when=pd.Series([better] * len(values), dtype="str"), target_value=target
    )
    chosen = read_control_rules(rules)
    stated = pd.DataFrame(
        {
            "metric_id": ["m"] * len(rebases),
            "start_date": [days[place] for place, _ in rebases],
            "cause": [cause for _, cause in rebases],
        }
    )
    limits = measure_limits(measures, chosen, rebases=stated)
    control = measure_control(measures, chosen, rebases=stated, limits=limits)
    claim = state_control(control, limits, measure_verdicts(control, limits), name="Lead time")
    return plot_control(control, limits, title=claim.title, value_label="Days", size=size)


@pytest.mark.parametrize("size", [SLIDE, PAGE, (7.0, 4.5)], ids=["slide", "page", "small"])
@pytest.mark.parametrize(
    "values",
    [STEADY, LONG, [5.0] * 20, [3.0], [3.0, 4.0], [1e7, 3e7, 2e7] * 6, [1e-5, 3e-5, 2e-5] * 6],
    ids=["steady", "long", "constant", "one", "two", "huge", "tiny"],
)
def test_chart_is_readable(values: list[float], size: tuple[float, float]) -> None:
    assert_readable(draw(values, size=size))


@pytest.mark.parametrize("target", [20.0, 20.05, 5.0, 60.0])
def test_labels_beside_close_lines_stand_apart(target: float) -> None:
    figure = draw(STEADY, target=target)
    assert_readable(figure)
    shown = [text for text, _ in texts_of(figure)]
    assert f"Target {target:g}" in shown and any(text.startswith("Mean 2") for text in shown)


@pytest.mark.parametrize("places", [(3,), (15,), (27,), (8, 16), (5, 10, 20, 25)])
def test_rebases_carry_their_causes(places: tuple[int, ...]) -> None:
    figure = draw(STEADY, rebases=tuple((place, f"{CAUSE} {place}") for place in places))
    assert_readable(figure)
    shown = " ".join(text.replace("\n", " ") for text, _ in texts_of(figure))
    assert all(f"{CAUSE} {place}" in shown for place in places)


def test_rule_set_constant_and_trial_limits_are_named() -> None:
    shown = " ".join(text.replace("\n", " ") for text, _ in texts_of(draw(STEADY[:9], rules="nhs")))
    assert "Rules of NHSRplotthedots: outside the limits; 7 rising or falling" in shown
    assert "mean ± 2.66 mean moving range, outlying ranges left out once" in shown
    assert "Trial upper limit" in shown and "fewer than 13 readings: 9" in shown


def test_times_of_day_and_gaps_are_drawn() -> None:
    assert_readable(draw(STEADY, freq="7h"))
    values = [*STEADY[:5], float("nan"), *STEADY[6:], 60.0]
    figure = draw(values)
    assert_readable(figure)
    shown = [text for text, _ in texts_of(figure)]
    assert {"missing", "special cause: concern", "moving range above its limit"} <= set(shown)
    assert_readable(draw([float("nan")] * 3))


def test_signals_differ_in_colour_and_in_shape() -> None:
    told = set(SIGNAL_STYLES.values())
    assert len({color for color, _, _ in told}) == len({shape for _, shape, _ in told}) == 4
    assert SIGNAL_STYLES["special_cause_improvement"][0] == "#00B0F0"
    assert SIGNAL_STYLES["special_cause_concern"][0] == "#E46C0A"


def test_table_has_a_row_a_metric_in_words() -> None:
    measures = pd.DataFrame(
        {
            "metric_id": ["a"] * 3 + ["b"],
            "measured_date": pd.to_datetime(["2026-01-01", "2026-02-01", "2026-03-01"] * 2)[:4],
            "value": [1.0, 2.0, 1.0, 5.0],
        }
    )
    rules = read_control_rules("wheeler")
    limits = measure_limits(measures, rules)
    table = tabulate_control(measure_verdicts(measure_control(measures, rules), limits))
    assert table.frame["variation"].tolist() == ["common cause: do not react", "too few readings"]
    assert {column.name for column in table.columns} <= set(table.frame)
    assert "Wheeler" in table.note
