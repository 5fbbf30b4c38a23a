"""Which tracks a project may be on, with an error rate that holds for each track by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from dualtrack.sorting.score import NATURES

__all__ = ["find_single_tracks", "find_thresholds"]


def find_thresholds(
    calibration: Mapping[str, Sequence[float]], *, error_rate: float
) -> dict[str, float]:
    """Least probability with which each track stays possible.

    Args:
        calibration: Track to the probabilities that labelled records of that track got for it.
        error_rate: Share of a track's own projects whose track may be missed, 0 to 1.

    Returns:
        Track to threshold; 0 where there are too few labelled records for that rate.

    Source: class-conditional (Mondrian) conformal prediction; Vovk, Gammerman, Shafer (2005).
    """
    thresholds = {}
    for track in NATURES:
        held = np.sort(np.asarray(calibration.get(track, ()), dtype=float))
        rank = int(np.floor(error_rate * (len(held) + 1)))
        thresholds[track] = float(held[rank - 1]) if rank >= 1 else 0.0
    return thresholds


def find_single_tracks(
    shares: pd.DataFrame, thresholds: Mapping[str, float], *, decide_at: float
) -> pd.Series:
    """The track of each project that has just one possible track; missing where it has not.

    Args:
        shares: Probabilities, columns operational, strategic, maintenance.
        thresholds: As `find_thresholds` returns.
        decide_at: Probability a single track needs besides.

    Returns:
        Track or missing, on the index of `shares`.
    """
    possible = shares[list(NATURES)].ge(pd.Series(thresholds)[list(NATURES)], axis="columns")
    is_single = possible.sum(axis=1).eq(1) & shares.max(axis=1).ge(decide_at)
    best = shares.idxmax(axis=1)
    is_best = possible.to_numpy()[np.arange(len(shares)), shares.columns.get_indexer(best)]
    return best.where(is_single & is_best)
