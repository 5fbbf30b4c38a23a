"""Tracks drawn from probabilities: how every analysis lets doubt about the sort into its numbers.

A project counts on a track only as surely as the sort knows it. So each project is given a track
by its probabilities, a thousand times over, and a number is told with the middle 90 % of what the
thousand portfolios say. Sums use the same draws, so that their differences mean something.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

__all__ = ["DRAWN_TRACKS", "DRAWS", "draw_tracks", "middle_and_ends", "sum_drawn"]

DRAWN_TRACKS = ("operational", "strategic", "maintenance")  # the codes 0, 1, 2 of a drawn track
DRAWS = 1000  # the ends of a 90 % interval then move by about half a point between seeds
INTERVAL = (5, 95)  # percentiles of a 90 % interval
_CHUNK = 100  # draws at once: 5,000 projects stay under 50 MB
_PROBABILITIES = [f"p_{track}" for track in DRAWN_TRACKS]


def draw_tracks(
    sorting: pd.DataFrame,
    *,
    draws: int = DRAWS,
    temperature_error: float = 0.1,
    seed: int = 0,
) -> np.ndarray:
    """Portfolios the sort could be wrong about, each project on one drawn track.

    Args:
        sorting: One row per project, in the order wanted: the three probabilities `p_*`.
        draws: How many portfolios.
        temperature_error: Standard error of the calibration temperature (1): each portfolio draws
            one temperature, so that the calibration's own error moves all projects together.
        seed: Seed of the draws; the same seed draws the same portfolios.

    Returns:
        Codes, draws x projects: the place in `DRAWN_TRACKS`; -1 for a project without
        probabilities.

    Source: parametric bootstrap (Efron & Tibshirani, 1993); temperature as in Guo et al. (2017),
    "On Calibration of Modern Neural Networks".
    """
    rng = np.random.default_rng(seed)
    logs = np.log(sorting[_PROBABILITIES].to_numpy(float).clip(1e-9, 1))
    is_known = ~np.isnan(logs).any(axis=1)
    tracks = np.full((draws, len(logs)), -1, dtype=np.int8)
    for start in range(0, draws, _CHUNK):
        count = min(_CHUNK, draws - start)
        temperature = rng.normal(1.0, temperature_error, count).clip(0.5, 2.0)
        raised = np.exp(logs[None] / temperature[:, None, None])
        upper = np.cumsum(raised, axis=2) / raised.sum(axis=2, keepdims=True)
        chance = rng.random((count, len(logs)))
        code = (chance >= upper[:, :, 0]).astype(np.int8)
        code += chance >= upper[:, :, 1]
        tracks[start : start + count] = np.where(is_known, code, -1)
    return tracks


def sum_drawn(tracks: np.ndarray, weights: np.ndarray, track: str) -> np.ndarray:
    """What lies on a track in each drawn portfolio.

    Args:
        tracks: As `draw_tracks` returns.
        weights: Projects x columns (or projects alone): amounts, a column for each sum wanted;
            zero where not known.
        track: One of `DRAWN_TRACKS`.

    Returns:
        Draws x columns (or draws alone), in the units of the weights.
    """
    code = DRAWN_TRACKS.index(track)
    sums = [
        (tracks[start : start + _CHUNK] == code) @ weights
        for start in range(0, len(tracks), _CHUNK)
    ]
    return np.concatenate(sums) if sums else np.zeros((0, *np.shape(weights)[1:]))


def middle_and_ends(drawn: np.ndarray) -> tuple[float, float, float]:
    """Median and the two ends of the middle 90 % of drawn numbers; NaN where all are missing."""
    known = drawn[~np.isnan(drawn)]
    if not known.size:
        return (float("nan"),) * 3
    # The median, not the mean: with few projects a mean can lie outside its own interval.
    low, high = (float(end) for end in np.percentile(known, INTERVAL))
    return float(np.median(known)), low, high
