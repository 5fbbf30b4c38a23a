"""The least evidence whose loss flips a track, by hand; softmax at its ends."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dualtrack.sorting import read_criteria
from dualtrack.sorting.fit import softmax
from dualtrack.sorting.flip import find_flips
from dualtrack.sorting.phrases import _lower_literals


def test_flips_by_hand() -> None:
    # The priors are below 1 either way; what follows leaves more than that to spare.
    rows = [
        ("b", "c1", "strategic", 10.0),
        ("b", "c2", "strategic", 8.0),
        ("b", "c3", "strategic", 7.0),  # 10 and 7 do as well as 10 and 8 against a gap of 15
        ("b", "c4", "operational", 10.0),
        ("a", "c4", "operational", 9.0),
        ("a", "c1", "strategic", 3.0),
    ]
    columns = ["project_id", "criterion_id", "toward_track", "contribution"]
    evidence = pd.DataFrame(rows, columns=columns).assign(reading="evidence")
    evidence = evidence.assign(quote=[f"quote {place}" for place in range(6)])
    other = evidence.assign(reading="managed", contribution=99.0)
    ids = pd.Series(["a", "b", "none"])
    flips = find_flips(ids, pd.concat([other, evidence]), read_criteria())
    assert flips["project_id"].tolist() == ["a", "b", "none"]
    assert flips["track"].tolist()[:2] == ["operational", "strategic"]
    assert flips["flip_track"].tolist()[:2] == ["strategic", "operational"]
    assert flips["margin"].tolist()[:2] == pytest.approx([6.0, 15.0], abs=1.9)
    assert flips["flip_count"].fillna(0).tolist() == [1, 2, 0]
    assert flips["flip_criteria"].fillna("").tolist() == ["c4", "c1; c3", ""]
    assert flips["flip_quote"].fillna("").tolist() == ["quote 4", "quote 2", ""]


def test_each_row_has_its_own_shares_however_far_apart_rows_are() -> None:
    shares = softmax(np.array([[2000.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, np.log(2), 0.0]]))
    assert shares == pytest.approx(np.array([[1, 0, 0], [1 / 3, 1 / 3, 1 / 3], [0.25, 0.5, 0.25]]))


def test_letters_become_small_and_escapes_stay() -> None:
    assert _lower_literals(r"New\W+Build \D\S [A-Z]") == r"new\W+build \D\S [a-z]"
