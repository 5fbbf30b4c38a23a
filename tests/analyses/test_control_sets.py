"""Rule sets as they are read and changed, and the finders on bare values, worked by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dualtrack.analyses import read_control_rules
from dualtrack.analyses.control_rules import (
    Rule,
    complete_windows,
    find_sides,
    find_signals,
    spread_back,
)
from dualtrack.errors import ConfigError

WHEELER = read_control_rules("wheeler")
NHS = read_control_rules("nhs")
MDC = read_control_rules("mdc")


def two_sides(high: list[int], low: list[int]) -> np.ndarray:
    return np.column_stack([np.array(high, dtype=bool), np.array(low, dtype=bool)])


def test_the_sets_as_their_sources_have_them() -> None:
    def shown(name: str) -> tuple[object, ...]:
        rules = read_control_rules(name)
        return (
            *(rules.name, rules.title, rules.limit_constant, rules.range_constant),
            *(rules.centre_type, rules.moving_range_type, rules.is_screened),
            *(rules.improvement_wins, rules.run_choices, [one.points for one in rules.rules]),
        )

    kinds = ("mean", "mean")
    assert shown("wheeler") == (
        "wheeler",
        "Wheeler",
        2.66,
        3.268,
        *kinds,
        False,
        False,
        (),
        [1, 4, 8],
    )
    nhs = ("nhs", "NHSRplotthedots", 2.66, 3.267, *kinds, True, False, (), [1, 7, 3, 7])
    assert shown("nhs") == nhs
    mdc = ("mdc", "NHS Making Data Count", 2.66, 3.267, *kinds, False, True, (6, 7), [1, 7, 3, 7])
    assert shown("mdc") == mdc


@pytest.mark.parametrize(
    ("centre", "moving_range", "expected"),
    [
        ("mean", None, ("mean", "mean", 2.66, 3.268)),
        ("median", None, ("median", "median", 3.145, 3.865)),
        ("median", "mean", ("median", "mean", 2.66, 3.268)),
        ("mean", "median", ("mean", "median", 3.145, 3.865)),
    ],
)
def test_constants_go_with_the_moving_range_and_it_with_the_centre(
    centre: str, moving_range: str | None, expected: tuple[object, ...]
) -> None:
    rules = read_control_rules("wheeler", centre=centre, moving_range=moving_range)
    found = (rules.centre_type, rules.moving_range_type, rules.limit_constant, rules.range_constant)
    assert found == expected
    basis, constant = expected[1], expected[2]
    assert rules.limits_say == f"{centre} ± {constant} {basis} moving range"


def test_another_length_moves_runs_and_trends_and_their_words_alone() -> None:
    six = MDC.with_run_points(6)
    assert [one.points for one in six.rules] == [1, 6, 3, 6]
    assert six == replace(MDC, rules=six.rules)
    assert six.says == (
        "outside the limits; 6 rising or falling in a row; 2 of 3 beyond 2 sigma, all three on "
        "one side; 6 in a row on one side of the centre"
    )
    assert six.rules[1].words(is_high=True) == "6 Point Trend (Increasing)"
    assert six.rules[3].words(is_high=False) == "6 Points Below CL"


def test_errors_name_what_was_found_and_what_there_is() -> None:
    def message(make: object) -> str:
        with pytest.raises(ConfigError) as found:
            make()  # type: ignore[operator]
        return str(found.value)

    assert message(lambda: read_control_rules("x")) == (
        "No rule set 'x'; there are ['mdc', 'nhs', 'wheeler']."
    )
    known = "choose mean or median."
    assert message(lambda: read_control_rules("nhs", centre="mode")) == (
        f"centre 'mode' is not known; {known}"
    )
    assert message(lambda: read_control_rules("nhs", moving_range="mode")) == (
        f"moving range 'mode' is not known; {known}"
    )
    assert message(lambda: MDC.with_run_points(8)) == (
        "Rule set 'mdc' leaves 6 or 7 for runs and trends; 8 is none."
    )
    assert message(lambda: WHEELER.with_run_points(8)) == (
        "Rule set 'wheeler' leaves no other length for runs and trends; 8 is none."
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"limit_constant": 0.0},
        {"range_constant": 0.0},
        {"limit_constant": -1.0},
        {"range_constant": float("nan")},
        {"rules": (replace(WHEELER.rules[0], kind="odd"),)},
    ],
)
def test_a_set_needs_positive_constants_and_known_kinds(changed: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="'wheeler' needs positive constants and rules of the"):
        replace(WHEELER, **changed)  # type: ignore[arg-type]
    assert replace(WHEELER, limit_constant=0.5, range_constant=0.5).limit_constant == 0.5


def test_windows_are_completed_at_their_last_reading() -> None:
    flags = two_sides([1, 1, 0, 1, 1], [0, 0, 1, 1, 0])
    assert (complete_windows(flags, 2, 3) == two_sides([0, 0, 1, 1, 1], [0, 0, 0, 1, 1])).all()
    assert (complete_windows(flags[:3], 2, 3) == two_sides([0, 0, 1], [0, 0, 0])).all()
    short = complete_windows(flags[:2], 1, 3)
    assert not short.any() and short.dtype == bool and short.shape == (2, 2)
    assert (complete_windows(flags, 1, 1) == flags).all()


def test_a_signal_is_all_the_readings_of_its_window() -> None:
    ends = two_sides([0, 0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 0, 0, 1])
    part = two_sides([0, 1, 1, 1, 0, 0, 0], [0, 0, 0, 0, 1, 1, 1])
    assert (spread_back(ends, 3) == part).all()
    assert (spread_back(ends, 1) == ends).all()
    assert not ends[2].any()  # what was given stays
    few = two_sides([0, 1], [1, 0])
    assert (spread_back(few, 9) == two_sides([1, 1], [1, 0])).all()


def test_sides_and_ties() -> None:
    values = np.array([1.0, 1.1, 0.9, 1.3, 0.7])
    assert (find_sides(values, 1.0) == two_sides([0, 1, 0, 1, 0], [0, 0, 1, 0, 1])).all()
    tied = find_sides(values, 1.0, slack=0.2)
    assert (tied == two_sides([0, 0, 0, 1, 0], [0, 0, 0, 0, 1])).all()


def test_finders_on_bare_values() -> None:
    def find(
        kind: str, values: list[float], *, slack: float = 0.0, **changed: object
    ) -> np.ndarray:
        rule = Rule("r", kind, "h", "l", "s", **changed)  # type: ignore[arg-type]
        return find_signals(rule, np.array(values), 1.0, (-2.0, 7.0), slack=slack)

    outside = find("outside", [7.0, 7.2, -2.0, -2.2], slack=0.1)
    assert (outside == two_sides([0, 1, 0, 0], [0, 0, 0, 1])).all()
    assert not find("outside", [7.2, -2.2], slack=0.3).any()
    assert not find("outside", [7.0, -2.0]).any()
    # The centre is 1: 0.8 and 1.2 lie on it, give or take 0.3.
    run = find("run", [2, 3, 2, 0, 0, -1], points=3)
    assert (run == two_sides([1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1])).all()
    assert not find("run", [2, 1.2, 2, 0, 0.8, -1], points=3, slack=0.3).any()
    trend = find("trend", [0, 1, 2, 2, 1, 0], points=3)
    assert (trend == two_sides([1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1])).all()
    assert not find("trend", [0, 0.2, 2, 2, 1.8, 0], points=3, slack=0.3).any()
    # Two thirds of the way: beyond 5 above, beyond -1 below.
    near = {"points": 3, "hits": 2, "from_sigma": 2.0}
    found = find("near", [5.1, 0, 5.1, 5.0, 5.0, -1.1, 1, -1.0], **near)
    assert (found == two_sides([1, 0, 1, 0, 0, 0, 0, 0], [0] * 8)).all()
    found = find("near", [-1.1, 2, -1.1, 0, 0], **near)
    assert (found == two_sides([0] * 5, [1, 0, 1, 0, 0])).all()
    assert not find("near", [5.1, 0, 5.1, -1.1, 2, -1.1], slack=0.2, **near).any()
    assert not find("near", [5.1, 0, 5.1, 0, -1.1, 2, -1.1], is_one_sided=True, **near).any()
    found = find("near", [5.1, 2, 5.1, 0.5, -1.1, -1.1], is_one_sided=True, **near)
    assert (found == two_sides([1, 0, 1, 0, 0, 0], [0, 0, 0, 0, 1, 1])).all()
    assert not find("near", [7.1, 2, 5.1], is_within_limits=True, **near).any()
    assert find("near", [7.1, 2, 5.1], **near).any()
