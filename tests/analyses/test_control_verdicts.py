"""What a process behaviour chart says, worked by hand: verdicts, rules that meet, ties."""

from __future__ import annotations

import pandas as pd
import pytest

from dualtrack.analyses import measure_control, measure_limits, measure_verdicts
from tests.analyses.test_control_by_hand import NHS, WHEELER, given, plain
from tests.analyses.xmr_cases import has_rule, make_measures, make_rebase


def test_every_column_of_the_verdict() -> None:
    # Mean 1.5, every moving range 1: the last reading lies above 1.5 + 2.66 of the baseline.
    measures = make_measures([1.0, 2.0] * 7 + [9.0, 9.0, None], better="increase", target=5.0)
    limits = measure_limits(measures.head(14), WHEELER)
    control = measure_control(measures, WHEELER, limits=limits)
    (verdict,) = plain(measure_verdicts(control, limits))
    assert verdict == {
        "metric_id": "m",
        "project_id": None,
        "better_when": "higher",
        "target_value": 5,
        "phase": 1,
        "last_date": 16,
        "last_value": 9,
        "variation_type": "special_cause_improvement",
        "signal_words": "Above UCL",
        "assurance_type": "consistent_fail",
        "signal_count": 2,
        "range_signal_count": 1,
        "centre_value": 1.5,
        "lower_limit": -1.16,
        "upper_limit": 4.16,
        "range_limit": 3.268,
        "moving_range_value": 1,
        "reading_count": 14,
        "missing_count": 0,
        "screened_count": 0,
        "is_trial": False,
        "rule_set": f"Wheeler: {WHEELER.says}",
        "limit_method": "mean ± 2.66 mean moving range",
        "decimal_count": 1,
    }


def test_limits_found_for_the_readings_themselves_are_those_of_each_phase() -> None:
    measures = make_measures([10, 12, 10, 12, 10, 30, 32, 30, 32, 30])
    control = measure_control(measures, NHS, rebases=make_rebase(5))
    assert control["phase"].tolist() == [1] * 5 + [2] * 5
    assert control["centre_value"].tolist() == [10.8] * 5 + [30.8] * 5
    limits = measure_limits(measures, NHS, rebases=make_rebase(5))
    (verdict,) = plain(measure_verdicts(control, limits))
    assert (verdict["phase"], verdict["centre_value"]) == (2, 30.8)


def test_a_reading_of_two_rules_names_both_and_the_first_speaks() -> None:
    measures, limits = given([1.0] * 7 + [3.5, 1.0, -1.0])
    control = measure_control(measures, WHEELER, limits=limits)
    assert control["rules"].fillna("").tolist() == [
        *["run_of_eight"] * 7,
        "outside_limit run_of_eight",
        "run_of_eight",
        "",
    ]
    words = control["signal_words"].fillna("").tolist()
    assert words == [*["8 Points Above CL"] * 7, "Above UCL", "8 Points Above CL", ""]
    assert set(control["signal_type"]) == {"special_cause_neutral_high", "common_cause"}


def test_where_a_trend_turns_the_reading_speaks_for_the_earlier_one() -> None:
    # Far limits, and a centre no seven lie on one side of: only the trends speak.
    rise, fall = [float(n) for n in range(-3, 4)], [2.0, 1.0, 0.0, -1.0, -2.0, -3.0]
    measures, limits = given([*rise, *fall, *rise[1:]], lower_limit=-99.0, upper_limit=99.0)
    control = measure_control(measures, NHS, limits=limits)
    words = control["signal_words"].tolist()
    up, down = "7 Point Trend (Increasing)", "7 Point Trend (Decreasing)"
    assert words == [up] * 7 + [down] * 6 + [up] * 6
    assert control["rules"].tolist() == ["trend"] * 19


def test_what_differs_by_rounding_alone_is_a_tie() -> None:
    over = 100 * (0.1 + 0.2) * 10  # 300.00000000000006
    assert over > 300.0
    sides = {"centre_value": 150.0, "lower_limit": -over, "upper_limit": 300.0}
    measures, limits = given([over, 0.0, -over, -300.0], range_limit=300.0, **sides)
    control = measure_control(measures, WHEELER, limits=limits)
    assert has_rule(control, "outside_limit") == []
    assert control["is_range_outside"].fillna(False).tolist() == [False] * 4
    measures, limits = given([300.000001, 0.0, -300.000001], range_limit=300.0, **sides)
    control = measure_control(measures, WHEELER, limits=limits)
    assert has_rule(control, "outside_limit") == [1, 3]
    assert control["is_range_outside"].fillna(False).tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (100 * (0.1 + 0.2) * 10, "inconsistent"),
        (300.000001, "consistent_fail"),
        (0.1 + 0.2, "inconsistent"),
        (0.3, "inconsistent"),
        (0.299999, "consistent_pass"),
    ],
)
def test_a_target_on_a_limit_but_for_rounding_is_hit_or_miss(target: float, expected: str) -> None:
    lower = 0.1 + 0.2  # 0.30000000000000004
    measures, limits = given([1.0, 2.0], lower_limit=lower, upper_limit=300.0)
    measures = measures.assign(better_when="higher", target_value=target)
    control = measure_control(measures, WHEELER, limits=limits)
    assert measure_verdicts(control, limits)["assurance_type"].tolist() == [expected]


@pytest.mark.parametrize(
    ("lower", "upper", "expected"),
    [
        # What rounding leaves of 266 - 266 is nothing beside the other limit.
        (5.7e-14, 532.0, "inconsistent"),
        (-532.0, -5.7e-14, "inconsistent"),
        (5.7e-6, 532.0, "consistent_pass"),
        (-532.0, -5.7e-6, "consistent_fail"),
        (0.0, 0.0, "inconsistent"),
    ],
)
def test_a_target_of_nothing_beside_a_limit_of_nearly_nothing(
    lower: float, upper: float, expected: str
) -> None:
    measures, limits = given([0.0, 0.0], lower_limit=lower, upper_limit=upper)
    measures = measures.assign(better_when="higher", target_value=0.0)
    control = measure_control(measures, WHEELER, limits=limits)
    assert measure_verdicts(control, limits)["assurance_type"].tolist() == [expected]


def test_what_is_small_is_not_a_tie_because_it_is_small() -> None:
    small = {"lower_limit": -3e-14, "upper_limit": 3e-14, "range_limit": 4e-14}
    measures, limits = given([1e-14, 3.5e-14, -3.5e-14], **small)
    control = measure_control(measures, WHEELER, limits=limits)
    assert has_rule(control, "outside_limit") == [2, 3]
    assert control["is_range_outside"].fillna(False).tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("better", "expected"),
    [("lower", "improvement"), ("higher", "concern"), (None, "neutral_low")],
)
def test_a_fall_below_the_limits_by_direction(better: str | None, expected: str) -> None:
    measures, limits = given([1.0, -9.0])
    measures = measures.assign(better_when=pd.Series([better] * 2, dtype="str"))
    control = measure_control(measures, WHEELER, limits=limits)
    assert control["signal_type"].tolist() == ["common_cause", f"special_cause_{expected}"]


def test_a_phase_the_given_limits_do_not_know_is_kept_without_a_signal() -> None:
    measures = make_measures([1.0, 2.0, 1.0, 90.0, 91.0], better="increase", target=5.0)
    limits = measure_limits(measures.head(3), WHEELER)
    control = measure_control(measures, WHEELER, rebases=make_rebase(3), limits=limits)
    assert control["value"].tolist() == [1.0, 2.0, 1.0, 90.0, 91.0]
    assert control["upper_limit"].isna().tolist() == [False] * 3 + [True] * 2
    assert control["signal_type"].isna().tolist() == [False] * 3 + [True] * 2
    (verdict,) = plain(measure_verdicts(control, limits))
    assert (verdict["phase"], verdict["last_value"], verdict["upper_limit"]) == (2, 91, None)
    assert (verdict["variation_type"], verdict["assurance_type"]) == (None, None)
