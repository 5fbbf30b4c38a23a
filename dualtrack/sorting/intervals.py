"""Intervals of shares counted on a few: Wilson's, plain and over strata."""

from __future__ import annotations

import numpy as np

__all__ = ["NORMAL_90", "stratified_wilson", "wilson_interval"]

NORMAL_90 = 1.6449  # 95th percentile of the normal distribution: the middle 90 % lie within


def wilson_interval(share: float, count: float, *, z: float = NORMAL_90) -> tuple[float, float]:
    """Score interval of a share; never of no width, even where all are alike.

    Args:
        share: Share found.
        count: Number it was found on.
        z: Normal quantile; 90 % if left out.

    Source: Wilson (1927), JASA 22.
    """
    widened = 1 + z**2 / count
    centre = (share + z**2 / (2 * count)) / widened
    half = z * np.sqrt(share * (1 - share) / count + z**2 / (4 * count**2)) / widened
    return float(max(0.0, centre - half)), float(min(1.0, centre + half))


def stratified_wilson(
    shares: np.ndarray, counts: np.ndarray, weights: np.ndarray, *, z: float = NORMAL_90
) -> tuple[float, float]:
    """Score interval of a weighted sum of strata's shares.

    Each stratum has its own Wilson interval, narrowed so that their weighted sum has the level of
    one interval.

    Args:
        shares: Share found in each stratum.
        counts: Number it was found on; may be fractions, for weighted or finite strata.
        weights: Of the strata; they sum to 1.
        z: Normal quantile; 90 % if left out.

    Source: Yan and Su (2010), Statistics in Biopharmaceutical Research 2(3).
    """
    # The strata's own errors; with Wilson's centre, so that a stratum that is all right has one.
    centres = (shares * counts + z**2 / 2) / (counts + z**2)
    errors = weights * np.sqrt(centres * (1 - centres) / (counts + z**2))
    narrowed = z * np.sqrt((errors**2).sum()) / errors.sum()
    ends = [
        wilson_interval(float(share), float(count), z=narrowed)
        for share, count in zip(shares, counts, strict=True)
    ]
    low, high = weights @ np.array(ends)
    return float(low), float(high)
