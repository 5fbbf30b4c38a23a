"""Process behaviour charts for any series: what moves the limits, and what may not move them."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dualtrack.analyses import read_control_rules
from tests.analyses.xmr_cases import chart, make_measures

WHEELER = read_control_rules("wheeler")
NHS = read_control_rules("nhs")
MDC = read_control_rules("mdc")
FEW = settings(max_examples=30)
SERIES = st.lists(st.integers(-200, 200), min_size=2, max_size=40)


@FEW
@given(values=SERIES, shift=st.integers(-1000, 1000), factor=st.sampled_from([0.5, 2.0, 8.0]))
def test_shift_and_scale_move_the_limits_and_no_signal(
    values: list[int], shift: int, factor: float
) -> None:
    moved = [factor * value + shift for value in values]
    before, limits = chart(make_measures(values), MDC)
    after, other = chart(make_measures(moved), MDC)
    for name in ("centre_value", "lower_limit", "upper_limit"):
        assert other[name][0] == pytest.approx(factor * limits[name][0] + shift, abs=1e-7)
    assert other["range_limit"][0] == pytest.approx(factor * limits["range_limit"][0], abs=1e-7)
    # A mean that is no binary fraction may fall on either side of a tie.
    assume(float(limits["centre_value"][0] * 4).is_integer())
    assert before["rules"].fillna("").tolist() == after["rules"].fillna("").tolist()


@FEW
@given(values=SERIES)
def test_mirrored_series_has_mirrored_signals_and_the_input_stays(values: list[int]) -> None:
    measures = make_measures(values, better="increase")
    kept = measures.copy(deep=True)
    before, _ = chart(measures, WHEELER)
    pd.testing.assert_frame_equal(measures, kept)
    after, _ = chart(make_measures([-one for one in values], better="decrease"), WHEELER)
    assert before["rules"].fillna("").tolist() == after["rules"].fillna("").tolist()
    assert before["signal_type"].fillna("").tolist() == after["signal_type"].fillna("").tolist()


@FEW
@given(values=SERIES)
def test_order_of_rows_does_not_matter(values: list[int]) -> None:
    measures = make_measures(values)
    one, _ = chart(measures, NHS)
    other, _ = chart(measures.iloc[::-1], NHS)
    pd.testing.assert_frame_equal(one, other)
