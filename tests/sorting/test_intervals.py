"""Intervals of shares, by hand and as published."""

from __future__ import annotations

import numpy as np
import pytest

from dualtrack.sorting.intervals import NORMAL_90, stratified_wilson, wilson_interval


def test_wilson_by_hand() -> None:
    # z = 1, 3 of 4: centre (0.75 + 0.125) / 1.25, half sqrt(0.1875 / 4 + 1 / 64) / 1.25.
    assert wilson_interval(0.75, 4, z=1.0) == pytest.approx((0.5, 0.9))
    # z = 2: centre (0.75 + 0.5) / 2, half 2 x sqrt(0.1875 / 4 + 4 / 64) / 2.
    assert wilson_interval(0.75, 4, z=2.0) == pytest.approx((0.625 - 0.330719, 0.625 + 0.330719))
    assert wilson_interval(0.0, 4, z=2.0) == pytest.approx((0.0, 0.5))
    assert wilson_interval(1.0, 4, z=2.0) == pytest.approx((0.5, 1.0))
    # Rounding never carries an end beyond what a share can be.
    for count in range(1, 200):
        assert wilson_interval(0.0, count)[0] >= 0.0 and wilson_interval(1.0, count)[1] <= 1.0
    assert wilson_interval(0.5, 10) == wilson_interval(0.5, 10, z=NORMAL_90)


def test_strata_by_hand() -> None:
    # z = 1, shares 1/2 and 1 of 4 each, weights 0.75 and 0.25. Wilson's centres are 0.5 and 0.9;
    # errors 0.75 x sqrt(0.25 / 5) and 0.25 x sqrt(0.09 / 5), 0.167705 and 0.033541; together
    # 0.171026 where apart they add up to 0.201246: each interval is narrowed to 0.849836.
    low, high = stratified_wilson(
        np.array([0.5, 1.0]), np.array([4.0, 4.0]), np.array([0.75, 0.25]), z=1.0
    )
    first, second = (wilson_interval(share, 4, z=0.849836) for share in (0.5, 1.0))
    assert low == pytest.approx(0.75 * first[0] + 0.25 * second[0], abs=1e-5)
    assert high == pytest.approx(0.75 * first[1] + 0.25 * second[1], abs=1e-5)


def test_strata_of_one_kind_are_no_wider_than_each_alone() -> None:
    low, high = stratified_wilson(np.array([0.4] * 4), np.array([20.0] * 4), np.full(4, 0.25))
    alone = wilson_interval(0.4, 20)
    assert alone[0] < low < 0.4 < high < alone[1]
    # Four equal strata narrow by half.
    assert (low, high) == pytest.approx(wilson_interval(0.4, 20, z=NORMAL_90 / 2))
