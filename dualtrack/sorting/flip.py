"""Which fact would flip it: the least evidence whose loss puts a project on another track."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.sorting.criteria import Criteria
from dualtrack.sorting.score import NATURES, score_tracks

__all__ = ["find_flips"]


def find_flips(project_ids: pd.Series, evidence: pd.DataFrame, criteria: Criteria) -> pd.DataFrame:
    """The fewest pieces of evidence that, taken away, make another track the likeliest.

    Taken away are pieces for the likeliest track, the strongest first; the last one taken is then
    exchanged for the weakest that does as well.

    Args:
        project_ids: Projects, each once.
        evidence: Rows of `score_evidence` (other readings are left out).
        criteria: For the priors.

    Returns:
        One row per project, same order: `project_id`, `track` (the likeliest), `flip_track` (the
        next), `margin` (log-odds between them), `flip_count` (pieces to lose; missing where no loss
        of pieces would do), `flip_criteria` (their ids, joined by "; "), `flip_quote` (the words
        of the last of them).
    """
    own = evidence[evidence["reading"] == "evidence"]
    scores = score_tracks(project_ids, own, criteria)
    order = np.argsort(-scores.to_numpy(), axis=1)
    best, second = order[:, 0], order[:, 1]
    rows = np.arange(len(scores))
    margin = scores.to_numpy()[rows, best] - scores.to_numpy()[rows, second]
    pieces = {
        key: part.sort_values("contribution", ascending=False)
        for key, part in own.groupby(["project_id", "toward_track"], sort=False)
    }
    found = [
        _least_loss(pieces.get((project_id, NATURES[track])), gap)
        for project_id, track, gap in zip(project_ids, best, margin, strict=True)
    ]
    flips = pd.DataFrame(found, columns=["flip_count", "flip_criteria", "flip_quote"])
    return flips.assign(
        project_id=project_ids.to_numpy(),
        track=np.array(NATURES)[best],
        flip_track=np.array(NATURES)[second],
        margin=margin,
        flip_count=flips["flip_count"].astype("Int64"),
    )[
        [
            "project_id",
            "track",
            "flip_track",
            "margin",
            "flip_count",
            "flip_criteria",
            "flip_quote",
        ]
    ]


def _least_loss(
    pieces: pd.DataFrame | None, margin: float
) -> tuple[int | None, str | None, str | None]:
    """Count, criteria and last quote of the fewest pieces that add up to more than the margin."""
    if pieces is None:
        return None, None, None
    sizes = pieces["contribution"].to_numpy(dtype=float)
    total = np.cumsum(sizes)
    enough = np.flatnonzero(total > margin)
    if not len(enough):
        return None, None, None
    count = int(enough[0]) + 1
    before = total[count - 2] if count > 1 else 0.0
    last = int(np.flatnonzero(before + sizes > margin).max())
    chosen = [*range(count - 1), last]
    ids = pieces["criterion_id"].to_numpy(dtype=object)[chosen]
    return count, "; ".join(ids), str(pieces["quote"].to_numpy(dtype=object)[last])
