"""An audit of the sort on one's own list: a sample to label blind, and what the labels say of it.

The sample is stratified by `evidence_track`, undecided included. What was drawn with which chance
is kept apart from what the person sees.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.errors import SortingError
from dualtrack.schema import TRACKS

__all__ = ["LABEL_COLUMNS", "draw_audit", "list_labels", "read_labels"]

LABEL_COLUMNS = ("project_id", "title", "description", "unit_name", "label")
FEWEST_OF_TRACK = 5  # below, the interval of a track's own error says nothing
_LABELS = {"neither-run": "maintenance", **{name: name for name in TRACKS[:3]}}


def draw_audit(sorting: pd.DataFrame, *, size: int, seed: int) -> pd.DataFrame:
    """Draw projects to label, some of each evidence track.

    Each track, and the undecided, get five places (or as many as they have projects); the other
    places go by size. Within a track each project has the same chance.

    Args:
        sorting: `project_id`, `evidence_track`.
        size: Projects to draw; all of them if there are fewer.
        seed: The same seed draws the same projects.

    Returns:
        One row per project drawn, in an order that tells nothing: `project_id`, `drawn_track`
        (evidence track when drawn), `inclusion_probability` (0 to 1).

    Raises:
        SortingError: The size is below one per track, or there is no project.
    """
    counts = sorting["evidence_track"].value_counts().reindex(TRACKS).dropna().astype(int)
    if counts.empty or size < len(counts):
        raise SortingError(
            f"A sample of {size} from {len(sorting)} projects on {len(counts)} tracks. "
            f"Draw at least one of each track; 50 make a useful audit."
        )
    places = _allot(counts.to_numpy(), min(size, len(sorting)))
    rng = np.random.default_rng(seed)
    parts = [
        pd.DataFrame(
            {
                "project_id": rng.choice(_ids_of(sorting, track), place, replace=False),
                "drawn_track": track,
                "inclusion_probability": place / count,
            }
        )
        for (track, count), place in zip(counts.items(), places, strict=True)
    ]
    drawn = pd.concat(parts, ignore_index=True)
    return drawn.iloc[rng.permutation(len(drawn))].reset_index(drop=True)


def list_labels(drawn: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """The drawn projects as a person sees them: the text alone, and an empty label.

    Args:
        drawn: As `draw_audit` returns.
        projects: The `projects` table.

    Returns:
        `LABEL_COLUMNS`, in the order of `drawn`.
    """
    shown = projects[["project_id", "title", "description", "unit_name"]]
    labels = drawn[["project_id"]].merge(shown, on="project_id", how="left", validate="one_to_one")
    return labels.assign(label="").astype({"label": "str"})


def read_labels(labelled: pd.DataFrame, drawn: pd.DataFrame, *, source_file: str) -> pd.DataFrame:
    """Check a person's labels and put them beside what was drawn.

    Args:
        labelled: `project_id`, `label` (operational, strategic, maintenance or neither-run; blank
            where the person did not say).
        drawn: As `draw_audit` returned.
        source_file: Where the labels are from, for messages.

    Returns:
        One row per project drawn: its columns and `label`, missing where there is none.

    Raises:
        SortingError: A column is missing, a label is unknown, a project comes twice or was not
            drawn; every such line is named.
    """
    missing = [name for name in ("project_id", "label") if name not in labelled]
    if missing:
        raise SortingError(
            f"{source_file}: no column {missing}; found {list(labelled.columns)}. "
            f"Label the file `dualtrack audit draw` wrote."
        )
    given = labelled["label"].astype("str").str.strip().str.casefold()
    given = given.where(given.ne("") & labelled["label"].notna())
    labels = labelled[["project_id"]].assign(label=given.map(_LABELS).astype("str"))
    ids = labels["project_id"]
    faults = {
        f"label is none of {sorted(_LABELS)}; leave it blank if unsure": given.notna()
        & labels["label"].isna(),
        "project comes twice": ids.duplicated(keep=False),
        "project was not drawn": ~ids.isin(drawn["project_id"]),
    }
    told = [
        f"line {[int(place) + 2 for place in np.flatnonzero(is_wrong)]}: {fault}"
        for fault, is_wrong in faults.items()
        if is_wrong.any()
    ]
    if told:
        raise SortingError(f"{source_file}: {'; '.join(told)}. Mend these lines.")
    return drawn.merge(labels, on="project_id", how="left", validate="one_to_one")


def _ids_of(sorting: pd.DataFrame, track: object) -> list[str]:
    return list(sorting.loc[sorting["evidence_track"] == track, "project_id"])


def _allot(counts: np.ndarray, size: int) -> np.ndarray:
    """Places of each track: the fewest first, the rest by what is left of each (largest rest)."""
    least = max(1, min(FEWEST_OF_TRACK, size // len(counts)))
    places: np.ndarray = np.minimum(counts, least)
    left = counts - places
    if not left.sum():
        return places
    exact = left * (size - places.sum()) / left.sum()
    given: np.ndarray = np.floor(exact).astype(int)
    rest = size - int(places.sum() + given.sum())
    given[np.argsort(given - exact, kind="stable")[:rest]] += 1
    given += places
    return given
