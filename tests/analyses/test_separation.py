"""How far governance tells the paths apart: the statistic by hand, and what its interval covers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dualtrack.analyses import measure_separation
from dualtrack.analyses.forums import correct_cramers_v
from tests.analyses.test_rhythm import rhythm_of
from tests.conftest import make_sorting


def test_cramers_v_is_corrected_as_bergsma_does() -> None:
    # 2 x 2, n = 20: chi-square 7.2, phi2 0.36; less 1/19, over (2 - 1/19) - 1.
    counts = np.array([[[8.0, 2.0], [2.0, 8.0]]])
    expected = np.sqrt((0.36 - 1 / 19) / (1 - 1 / 19))
    assert correct_cramers_v(counts)[0] == pytest.approx(expected)
    with_empty = np.array([[[8.0, 2.0, 0.0], [2.0, 8.0, 0.0]]])
    assert correct_cramers_v(with_empty)[0] == pytest.approx(expected)
    assert correct_cramers_v(np.array([[[5.0, 5.0], [5.0, 5.0]]]))[0] == 0
    assert correct_cramers_v(np.array([[[9.0, 0.0], [0.0, 9.0]]]))[0] == pytest.approx(1)
    assert np.isnan(correct_cramers_v(np.array([[[5.0, 5.0], [0.0, 0.0]]]))[0])


def separation_of(forums: list[str], tracks: list[str]) -> pd.Series:
    rows = [{"review_forum": one} for one in forums]
    sorting = make_sorting(*[{"track": one} for one in tracks])
    rhythm = rhythm_of(rows, tracks)
    return measure_separation(rhythm, sorting, draws=300).set_index("feature_type").loc["forum"]


def test_separation_is_whole_where_each_forum_serves_one_path_and_none_where_it_serves_both() -> (
    None
):
    paths = ["strategic", "operational"] * 20
    apart = separation_of(
        [{"strategic": "Board", "operational": "Huddle"}[p] for p in paths], paths
    )
    assert apart["cramers_v"] == pytest.approx(1)
    assert apart["separation_type"] == "apart"
    same = separation_of(["Board", "Board", "Huddle", "Huddle"] * 10, paths)
    assert same["cramers_v"] == 0 and same["v_low"] == 0
    assert same["separation_type"] in {"hardly apart", "open"}
    few = separation_of(["Board", "Huddle"] * 4, paths[:8])
    assert few["separation_type"] == "too few" and np.isnan(few["cramers_v"])


@pytest.mark.parametrize("strength", [0.0, 0.6])
def test_interval_of_separation_covers_the_truth(strength: float) -> None:
    rng = np.random.default_rng(11)
    covered = 0
    for _ in range(40):
        tracks = rng.permutation(["strategic", "operational"] * 30)
        own = rng.random(60) < 0.5 + strength / 2
        forums = np.where((tracks == "strategic") == own, "Board", "Huddle")
        row = separation_of(forums.tolist(), tracks.tolist())
        covered += row["v_low"] - 1e-9 <= strength <= row["v_high"] + 1e-9
    # 90 % nominal over 40: fewer than 31 would have a chance below one in two hundred.
    assert covered >= 31
