"""Process behaviour charts worked by hand, whole tables: every column, ties, phases, errors."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from dualtrack.analyses import (
    measure_control,
    measure_limits,
    measure_verdicts,
    read_control_rules,
)
from dualtrack.analyses.control_limits import order_readings
from dualtrack.errors import RecordError
from dualtrack.schema import TABLES
from tests.analyses.xmr_cases import FIRST, make_measures, make_rebase

WHEELER = read_control_rules("wheeler")
NHS = read_control_rules("nhs")
MDC = read_control_rules("mdc")


def plain(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Rows as dicts; missing cells as None, numbers rounded, dates as days from the first."""
    rows = []
    for row in frame.astype(object).where(frame.notna(), None).to_dict("records"):
        rows.append(
            {
                name: round(cell, 6)
                if isinstance(cell, float)
                else (cell - FIRST).days + 1
                if isinstance(cell, pd.Timestamp)
                else cell
                for name, cell in row.items()
            }
        )
    return rows


def given(values: list[float | None], **limits: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Measures, and limits stated for them: centre 0, limits at 3, range limit 4 if left out."""
    stated = {"centre_value": 0.0, "lower_limit": -3.0, "upper_limit": 3.0, "range_limit": 4.0}
    measures = make_measures(values)
    return measures, measure_limits(measures, WHEELER).assign(**{**stated, **limits})


def test_every_column_of_the_limits_before_and_after_a_rebase() -> None:
    # Moving ranges 2 1 2, mean 5/3: 11.5 +/- 2.66 x 5/3, range limit 3.268 x 5/3; then one of 4.
    measures = make_measures([10, 12, 11, 13, 20, 24]).assign(project_id="list:1")
    limits = measure_limits(measures, WHEELER, rebases=make_rebase(4))
    told = {
        "metric_id": "m",
        "project_id": "list:1",
        "missing_count": 0,
        "screened_count": 0,
        "is_trial": True,
        "rule_set": "Wheeler: outside the limits; 3 of 4 nearer the same limit than the centre; "
        "8 in a row on one side of the centre",
        "limit_method": "mean ± 2.66 mean moving range",
        "decimal_count": 1,
    }
    first = {
        "phase": 1,
        "start_date": 1,
        "end_date": 4,
        "cause": None,
        "centre_value": 11.5,
        "moving_range_value": 1.666667,
        "lower_limit": 7.066667,
        "upper_limit": 15.933333,
        "range_limit": 5.446667,
        "reading_count": 4,
    }
    second = {
        "phase": 2,
        "start_date": 5,
        "end_date": 6,
        "cause": "as stated",
        "centre_value": 22,
        "moving_range_value": 4,
        "lower_limit": 11.36,
        "upper_limit": 32.64,
        "range_limit": 13.072,
        "reading_count": 2,
    }
    assert plain(limits) == [told | first, told | second]
    assert list(limits) == TABLES["control_limits"].column_names


def test_rebases_are_put_in_order_and_move_their_own_metric_alone() -> None:
    a, b = make_measures([1, 3, 5, 7, 9, 11]), make_measures([1, 1, 1]).assign(metric_id="n")
    days = [FIRST + pd.Timedelta(days=4), FIRST + pd.Timedelta(days=2)]
    rebases = pd.DataFrame({"metric_id": "m", "start_date": days, "cause": ["late", "soon"]})
    limits = measure_limits(pd.concat([a, b]), WHEELER, rebases=rebases)
    shown = limits[["metric_id", "phase", "centre_value", "cause"]].fillna("")
    assert shown.to_numpy().tolist() == [
        ["m", 1, 2.0, ""],
        ["m", 2, 6.0, "soon"],
        ["m", 3, 10.0, "late"],
        ["n", 1, 1.0, ""],
    ]


def test_one_metric_of_two_projects_is_two_series() -> None:
    one = make_measures([1, 2, 1]).assign(project_id="list:2")
    other = make_measures([8, 9]).assign(project_id="list:1")
    none = make_measures([5, None, 5])
    measures = pd.concat([one, none, other]).sample(frac=1, random_state=1)
    readings = order_readings(measures)
    assert readings["project_id"].fillna("").tolist() == [
        *["list:1"] * 2,
        *["list:2"] * 3,
        *[""] * 3,
    ]
    assert readings["moving_range"].fillna(-1).tolist() == [-1, 1, -1, 1, 1, -1, -1, -1]
    assert readings["phase"].tolist() == [1] * 8 and readings["phase"].dtype == "Int64"
    assert list(readings.index) == list(range(8))
    limits = measure_limits(measures, WHEELER)
    assert limits["centre_value"].round(4).tolist() == [8.5, 1.3333, 5.0]
    control = measure_control(measures, WHEELER)
    assert control["centre_value"].round(4).tolist() == [*[8.5] * 2, *[1.3333] * 3, *[5.0] * 3]
    verdicts = measure_verdicts(control, limits)
    assert verdicts["last_value"].tolist() == [9.0, 1.0, 5.0]
    assert verdicts["centre_value"].round(4).tolist() == [8.5, 1.3333, 5.0]
    assert verdicts["reading_count"].tolist() == [2, 3, 2]


@pytest.mark.parametrize(
    ("values", "decimals"),
    [
        ([0, 12], 0),
        ([0, 120], 0),
        ([0, 10], 0),
        ([0, 9.9], 1),
        ([0, 1], 1),
        ([0, 0.5], 2),
        ([0, 0.1], 2),
        ([0, 0.03], 3),
        ([0, 1e-12], 8),
        ([5, 5, 5], 0),
        ([0.25, 0.25], 2),
        ([1 / 3, 1 / 3], 8),
        ([7.5], 1),
    ],
)
def test_decimals_print_a_moving_range_to_two_figures(values: list[float], decimals: int) -> None:
    assert measure_limits(make_measures(values), WHEELER)["decimal_count"].tolist() == [decimals]


def test_screening_needs_a_mean_a_range_and_a_set_that_screens() -> None:
    values: list[float | None] = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
    kept = {"is_screened": True, "moving_range_type": "median"}
    row = measure_limits(make_measures(values), replace(NHS, **kept)).iloc[0]
    assert (row["screened_count"], row["moving_range_value"]) == (0, 1.0)
    # Seventeen moving ranges, 8 and 9 left out once: what is left are fifteen of 1.
    row = measure_limits(make_measures(values), NHS).iloc[0]
    assert (row["screened_count"], row["moving_range_value"]) == (2, 1.0)
    assert row["limit_method"] == "mean ± 2.66 mean moving range, outlying ranges left out once"
    assert measure_limits(make_measures([4, 4, 4]), NHS)["screened_count"].tolist() == [0]


def test_every_column_of_the_chart() -> None:
    measures, limits = given([1, 3.5, None, -3.5, 0.5], range_limit=3.0)
    measures = measures.assign(better_when="higher", target_value=9.0)
    control = measure_control(measures, WHEELER, limits=limits)
    assert list(control) == TABLES["control"].column_names
    told = {
        "metric_id": "m",
        "project_id": None,
        "better_when": "higher",
        "target_value": 9,
        "phase": 1,
        "centre_value": 0,
        "lower_limit": -3,
        "upper_limit": 3,
        "range_limit": 3,
    }
    own = ["measured_date", "value", "moving_range", "rules", "signal_words", "signal_type"]
    rows = [
        (1, 1.0, None, None, None, "common_cause", None),
        (2, 3.5, 2.5, "outside_limit", "Above UCL", "special_cause_improvement", False),
        (3, None, None, None, None, None, None),
        (4, -3.5, None, "outside_limit", "Below LCL", "special_cause_concern", None),
        (5, 0.5, 4.0, None, None, "common_cause", True),
    ]
    names = [*own, "is_range_outside"]
    assert plain(control) == [told | dict(zip(names, row, strict=True)) for row in rows]


def test_errors_of_rebases_say_which_and_what_to_do() -> None:
    measures = make_measures([1, 2, 3])
    for cause in (" ", None):
        rebases = make_rebase(1).assign(cause=pd.Series([cause], dtype="str"))
        with pytest.raises(RecordError) as found:
            measure_limits(measures, WHEELER, rebases=rebases)
        assert str(found.value) == (
            "The rebase of m on 2020-01-02 states no cause. "
            "Limits begin anew only for a known change of the process: name it."
        )
    with pytest.raises(RecordError) as found:
        measure_limits(measures, WHEELER, rebases=make_rebase(3))
    assert str(found.value) == (
        "The rebase of m on 2020-01-04 has no readings before or after it to tell apart. "
        "Give a day within the series."
    )
