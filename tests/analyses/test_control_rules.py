"""Process behaviour charts: published answers, each rule by hand, ties, rebases, blanks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from dualtrack.analyses import (
    measure_control,
    measure_limits,
    measure_verdicts,
    read_control_rules,
)
from dualtrack.errors import ConfigError, RecordError
from dualtrack.schema import TABLES, empty_frame
from tests.analyses.xmr_cases import chart, has_rule, make_measures, make_rebase, scaled

WHEELER = read_control_rules("wheeler")
NHS = read_control_rules("nhs")
MDC = read_control_rules("mdc")
NONE = float("nan")


def verdict(values: list[float], rules: object = WHEELER, **options: object) -> pd.Series:
    control, limits = chart(make_measures(values, **options), rules)  # type: ignore[arg-type]
    return measure_verdicts(control, limits).iloc[0]


def test_wheelers_data_set_for_verifying_software() -> None:
    # Wheeler, Making Sense of Data (SPC Press 2003), p. 382.
    values = [5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285]
    values += [3980, 3925, 3645, 3760, 3300, 3685, 3463, 5200]
    control, limits = chart(make_measures(values), WHEELER)
    row = limits.iloc[0]
    assert round(row["centre_value"], 2) == 4135.50
    assert round(row["moving_range_value"], 2) == 355.93
    assert (round(row["lower_limit"], 2), round(row["upper_limit"], 2)) == (3188.72, 5082.28)
    assert round(row["range_limit"], 2) == 1163.19
    assert has_rule(control, "outside_limit") == [16]
    assert control["is_range_outside"].fillna(False).tolist() == [False] * 15 + [True]


def test_limits_from_the_median_moving_range() -> None:
    # Wheeler, Making Sense of Data (2003), p. 145: 7.47, 0.87, 14.07, 8.12.
    values = [2.5, 2.3, 16.3, 6.3, 7.6, 16.3, 7.1, 7.8, 7.8, 9.9, 10.5, -4.8]
    row = chart(make_measures(values), read_control_rules("wheeler", moving_range="median"))[1]
    found = row.iloc[0][["centre_value", "lower_limit", "upper_limit", "range_limit"]]
    assert found.astype(float).tolist() == pytest.approx([7.467, 0.862, 14.072, 8.117], abs=0.001)


def test_the_handbooks_constant_is_three_over_d2() -> None:
    # NIST/SEMATECH e-Handbook 6.3.2.2: 45.8159 and 55.8041; 2.66 would give 45.8151 and 55.8049.
    values = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
    row = chart(make_measures(values), scaled(WHEELER))[1].iloc[0]
    assert (round(row["lower_limit"], 4), round(row["upper_limit"], 4)) == (45.8159, 55.8041)
    row = chart(make_measures(values), WHEELER)[1].iloc[0]
    assert (round(row["lower_limit"], 4), round(row["upper_limit"], 4)) == (45.8151, 55.8049)


def test_outlying_moving_ranges_are_screened_once() -> None:
    # NHSRplotthedots, vignette "deviations": mean 1.94, limits -0.72 and 4.6.
    values = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
    control, limits = chart(make_measures(values), NHS)
    row = limits.iloc[0]
    found = [round(float(row[name]), 2) for name in ("centre_value", "lower_limit", "upper_limit")]
    assert found == [1.94, -0.72, 4.6] and row["screened_count"] == 2
    assert has_rule(control, "astronomical") == [5]
    unscreened = chart(make_measures(values), replace(NHS, is_screened=False))[1].iloc[0]
    assert unscreened["upper_limit"] > 6 and unscreened["screened_count"] == 0


def test_a_reading_on_a_limit_or_on_the_centre_is_a_tie() -> None:
    # Mean 0, moving ranges 1: limits at -2.66 and 2.66 given, so 2.66 itself lies on the limit.
    measures = make_measures([2.66, -2.66, 2.67, -2.67, 0.0])
    given_limits = measure_limits(make_measures([0, 1, 0, -1, 0]), WHEELER).assign(centre_value=0.0)
    control = measure_control(measures, WHEELER, limits=given_limits)
    assert has_rule(control, "outside_limit") == [3, 4]
    run = [1.0] * 4 + [0.0] + [1.0] * 4 + [-8.0]
    assert has_rule(chart(make_measures(run), WHEELER)[0], "run_of_eight") == []


@pytest.mark.parametrize(
    ("rules", "rule_id", "least"),
    [(WHEELER, "run_of_eight", 8), (NHS, "shift", 7), (MDC.with_run_points(6), "shift", 6)],
    ids=["wheeler", "nhs", "mdc"],
)
def test_a_run_needs_its_length(rules: object, rule_id: str, least: int) -> None:
    for length in (least - 1, least):
        values = [*[1.0] * length, *[-1.0, 1.0] * 4, *[-2.0] * 2, *[1.0, -1.0] * 9]
        control, _ = chart(make_measures(values), rules)  # type: ignore[arg-type]
        expected = list(range(1, length + 1)) if length == least else []
        assert has_rule(control, rule_id) == expected


def test_a_trend_is_seven_readings_and_a_repeated_value_breaks_it() -> None:
    rest = [4.0, 3.0, 4.0, 3.0]
    control, _ = chart(make_measures([1, 2, 3, 4, 5, 6, 7, *rest]), NHS)
    assert has_rule(control, "trend") == [1, 2, 3, 4, 5, 6, 7]
    control, _ = chart(make_measures([1, 2, 3, 4, 4, 5, 6, 7, *rest]), NHS)
    assert has_rule(control, "trend") == []
    control, _ = chart(make_measures([1, 2, 3, 4, 5, 6, 7, *rest]), WHEELER)
    assert control["rules"].isin(["trend"]).sum() == 0


@pytest.mark.parametrize(
    ("values", "wheeler", "nhs", "mdc"),
    [
        ([2.5, 0.5, 2.5, 0.0], [], [1, 3], [1, 3]),
        ([2.5, -0.5, 2.5, 0.0], [], [], []),  # the third lies on the other side
        ([3.5, 2.5, 0.5, 0.0], [], [], [1, 2]),  # MDC counts what is outside the limits, too
        ([2.0, 2.0, 0.5, 0.0], [], [], []),  # on two sigma is not beyond it
        ([1.6, -0.5, 1.6, 1.6], [1, 3, 4], [], []),
        ([1.5, 1.5, 1.5, 1.5], [], [], []),  # half way is not nearer the limit
        ([1.6, 1.6, -1.6, 1.6], [1, 2, 4], [], []),
        ([3.5, 1.6, 0.5, 1.6], [1, 2, 4], [], []),
    ],
)
def test_near_the_limits(
    values: list[float], wheeler: list[int], nhs: list[int], mdc: list[int]
) -> None:
    found = [
        has_rule(_given(values, WHEELER), "three_of_four_near_limit"),
        *(has_rule(_given(values, rules), "two_in_three") for rules in (NHS, MDC)),
    ]
    assert found == [wheeler, nhs, mdc]


def _given(values: list[float], rules: object) -> pd.DataFrame:
    """A chart with its centre at 0 and its limits at 3, so that a sigma is 1."""
    measures = make_measures(values)
    limits = measure_limits(measures, rules).assign(  # type: ignore[arg-type]
        centre_value=0.0, lower_limit=-3.0, upper_limit=3.0
    )
    return measure_control(measures, rules, limits=limits)  # type: ignore[arg-type]


def test_a_rebase_begins_limits_ranges_and_rules_anew() -> None:
    values = [10, 12, 10, 12, 10, 30, 32, 30, 32, 30]
    control, limits = chart(make_measures(values, better="increase"), NHS, rebase_at=5)
    assert limits["centre_value"].tolist() == [10.8, 30.8]
    assert limits["moving_range_value"].tolist() == [2.0, 2.0]
    assert limits["cause"].tolist()[1] == "as stated" and limits["is_trial"].all()
    assert np.isnan(control["moving_range"][5]) and control["rules"].isna().all()


def test_a_rebase_needs_a_cause_and_readings_on_both_sides() -> None:
    measures = make_measures([1, 2, 3])
    with pytest.raises(RecordError, match="states no cause"):
        measure_limits(measures, WHEELER, rebases=make_rebase(1).assign(cause=" "))
    for place in (0, 3):
        with pytest.raises(RecordError, match="no readings before or after"):
            measure_limits(measures, WHEELER, rebases=make_rebase(place))


def test_no_moving_range_across_a_missing_reading_and_runs_go_on() -> None:
    control, limits = chart(make_measures([1, 2, None, 9, 10]), WHEELER)
    assert control["moving_range"].dropna().tolist() == [1.0, 1.0]
    assert (limits["moving_range_value"][0], limits["centre_value"][0]) == (1.0, 5.5)
    assert (limits["reading_count"][0], limits["missing_count"][0]) == (4, 1)
    run = [5.0] * 4 + [NONE] + [5.0] * 4 + [-1.0] * 3
    control, _ = chart(make_measures(run), WHEELER)
    assert has_rule(control, "run_of_eight") == [1, 2, 3, 4, 6, 7, 8, 9]
    assert control["signal_type"].isna().tolist() == [place == 4 for place in range(12)]


def test_limits_of_fewer_than_thirteen_are_trial() -> None:
    assert verdict([1.0, 2.0] * 6)["is_trial"] and not verdict([1.0, 2.0] * 6 + [1.0])["is_trial"]


@pytest.mark.parametrize(
    ("better", "last", "expected"),
    [
        ("increase", 99, "special_cause_improvement"),
        ("decrease", 99, "special_cause_concern"),
        ("increase", -99, "special_cause_concern"),
        (None, 99, "special_cause_neutral_high"),
        (None, -99, "special_cause_neutral_low"),
        ("decrease", 2, "common_cause"),
    ],
)
def test_variation_is_what_the_last_reading_says(
    better: str | None, last: float, expected: str
) -> None:
    assert verdict([1.0, 2.0] * 8 + [float(last)], better=better)["variation_type"] == expected


def test_with_both_improvement_wins_by_making_data_count_and_precedence_by_nhsr() -> None:
    # The last of seven rising is still below the mean, in a run of more than seven.
    values = [20.0, 30.0] * 6 + [17.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0]
    for better, nhs, mdc in (
        ("increase", "improvement", "improvement"),
        ("decrease", "concern", "improvement"),
    ):
        assert verdict(values, NHS, better=better)["variation_type"].endswith(nhs)
        assert verdict(values, MDC, better=better)["variation_type"].endswith(mdc)


@pytest.mark.parametrize(
    ("target", "increase", "decrease"),
    [
        (9.0, "consistent_fail", "consistent_pass"),
        (-9.0, "consistent_pass", "consistent_fail"),
        (1.5, "inconsistent", "inconsistent"),
        (1.5 + 2.66, "inconsistent", "inconsistent"),
        (1.5 - 2.66, "inconsistent", "inconsistent"),
    ],
)
def test_assurance_is_the_target_against_the_limits(
    target: float, increase: str, decrease: str
) -> None:
    values = [1.0, 2.0] * 8
    assert verdict(values, better="increase", target=target)["assurance_type"] == increase
    assert verdict(values, better="decrease", target=target)["assurance_type"] == decrease
    assert pd.isna(verdict(values, target=target)["assurance_type"])


def test_unknown_choices_name_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="'mdc', 'nhs', 'wheeler'"):
        read_control_rules("nelson")
    with pytest.raises(ConfigError, match="choose mean or median"):
        read_control_rules("nhs", centre="mode")
    with pytest.raises(ConfigError, match="6 or 7"):
        MDC.with_run_points(9)
    with pytest.raises(ConfigError, match="no other length"):
        WHEELER.with_run_points(7)


def test_none_one_two_all_missing_and_constant() -> None:
    empty = empty_frame(TABLES["measures"])
    assert measure_limits(empty, WHEELER).empty and measure_control(empty, WHEELER).empty
    assert measure_verdicts(empty_frame(TABLES["control"]), measure_limits(empty, WHEELER)).empty
    one = verdict([3.0], better="increase", target=1.0)
    assert one["centre_value"] == 3 and one[["upper_limit", "variation_type"]].isna().all()
    assert pd.isna(one["assurance_type"])
    two = verdict([3.0, 5.0])
    assert two["upper_limit"] == pytest.approx(4 + 2.66 * 2)
    blank = verdict([NONE] * 3)
    assert blank["reading_count"] == 0 and pd.isna(blank["variation_type"])
    # 0.1 has no exact binary form: its mean must still be the line the readings lie on.
    for value in (0.1, 5.0, -1e9 / 3):
        control, limits = chart(make_measures([value] * 30), NHS)
        assert control["rules"].isna().all() and limits["lower_limit"][0] == value


def test_metrics_are_charted_each_by_itself() -> None:
    a, b = make_measures([1, 2, 3]), make_measures([7, 9]).assign(metric_id="n")
    limits = measure_limits(pd.concat([b, a]), WHEELER)
    assert limits[["metric_id", "centre_value"]].to_numpy().tolist() == [["m", 2.0], ["n", 8.0]]
