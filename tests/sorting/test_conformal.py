"""Conformal sets: each track keeps its own error rate."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dualtrack.sorting.conformal import find_single_tracks, find_thresholds
from dualtrack.sorting.score import NATURES


def test_the_threshold_is_the_rank_the_error_rate_allows() -> None:
    held = {track: tuple(np.arange(1, 20) / 20) for track in NATURES}  # 19 records
    assert find_thresholds(held, error_rate=0.10)["strategic"] == pytest.approx(0.10)
    assert find_thresholds(held, error_rate=0.04)["strategic"] == 0.0  # too few for 4 %


def test_one_possible_track_is_decided_two_or_none_are_not() -> None:
    shares = pd.DataFrame(
        [[0.90, 0.06, 0.04], [0.60, 0.35, 0.05], [0.34, 0.33, 0.33]], columns=list(NATURES)
    )
    found = find_single_tracks(shares, dict.fromkeys(NATURES, 0.2), decide_at=0.5)
    assert found.tolist()[0] == "operational"
    assert found.isna().tolist() == [False, True, True]
    none = find_single_tracks(shares, dict.fromkeys(NATURES, 0.95), decide_at=0.5)
    assert none.isna().all()


def test_each_track_is_missed_no_more_often_than_stated() -> None:
    draw = np.random.default_rng(11)
    strength = {"operational": 3.0, "strategic": 1.5, "maintenance": 0.7}

    def shares_of(track: str, count: int) -> np.ndarray:
        scores = draw.normal(size=(count, 3))
        scores[:, NATURES.index(track)] += strength[track]
        raised = np.exp(scores)
        return np.asarray(raised / raised.sum(axis=1, keepdims=True))

    held = {
        track: tuple(np.sort(shares_of(track, 400)[:, place]))
        for place, track in enumerate(NATURES)
    }
    thresholds = find_thresholds(held, error_rate=0.10)
    for place, track in enumerate(NATURES):
        missed = (shares_of(track, 4000)[:, place] < thresholds[track]).mean()
        assert missed < 0.14
