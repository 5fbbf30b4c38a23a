"""The two other readings: what a project is called, and how it is run.

The walls: `read_declared` sees labels only, `read_managed` sees rhythm, forum, sponsor level,
horizon and gates only; neither sees a text, and the evidence reading sees none of theirs.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from dualtrack.reference import read_reference
from dualtrack.sorting.score import measure_probabilities, sum_contributions

__all__ = ["DECLARED_COLUMNS", "MANAGED_COLUMNS", "read_declared", "read_managed"]

DECLARED_COLUMNS = ("declared_label", "type", "labels")
MANAGED_COLUMNS = (
    "review_interval_days",
    "review_forum",
    "sponsor_level",
    "start_date",
    "baseline_finish_date",
)


def read_declared(projects: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """What each project is called.

    The first of `declared_label`, `type` and `labels` that names a track counts.

    Args:
        projects: `project_id` and the three columns.

    Returns:
        Track per project (index as `projects`; missing where nothing names one), and rows of the
        `evidence` table, reading `declared`.
    """
    labels = read_reference("declared_labels.toml")
    known: dict[str, str | None] = {}
    rows: list[tuple[str, str, str, str]] = []
    tracks: list[str | None] = []
    columns = [projects[name] for name in DECLARED_COLUMNS]
    for project_id, *cells in zip(projects["project_id"], *columns, strict=True):
        track = None
        for name, cell in zip(DECLARED_COLUMNS, cells, strict=True):
            if pd.isna(cell):
                continue
            if cell not in known:
                known[cell] = _track_of_label(str(cell), labels)
            track = known[cell]
            if track:
                rows.append((project_id, name, cell, track))
                break
        tracks.append(track)
    evidence = pd.DataFrame(rows, columns=["project_id", "column_name", "quote", "toward_track"])
    evidence = evidence.assign(
        reading="declared", criterion_id="label", says="is called that", contribution=float("nan")
    )
    return pd.Series(tracks, index=projects.index, dtype="str"), evidence


def _track_of_label(label: str, labels: dict[str, Any]) -> str | None:
    for part in [label, *re.split(r"[;,/|]", label)]:
        plain = part.strip().casefold()
        for track, words in labels["exact"].items():
            if plain in words:
                return str(track)
    plain = label.casefold()
    for track, words in labels["contains"].items():
        if any(word in plain for word in words):
            return str(track)
    return None


def read_managed(
    projects: pd.DataFrame, milestones: pd.DataFrame
) -> tuple[pd.Series, pd.DataFrame]:
    """How each project is run.

    Args:
        projects: `project_id` and `MANAGED_COLUMNS`.
        milestones: Gates, for their number per project.

    Returns:
        Track per project (missing where nothing is recorded, `undecided` where the signs pull
        both ways), and rows of the `evidence` table, reading `managed`.
    """
    rules = read_reference("managed_signs.toml")
    gates = projects["project_id"].map(milestones["project_id"].value_counts())
    horizon = (projects["baseline_finish_date"] - projects["start_date"]).dt.days
    seen = projects.assign(gate_count=gates, horizon_days=horizon)
    evidence = pd.concat([_see_sign(seen, sign) for sign in rules["sign"]], ignore_index=True)
    scores = sum_contributions(projects["project_id"], evidence)
    # A horizon alone says nothing about how a project is run; forum, rhythm or sponsor must.
    is_recorded = (
        projects[["review_interval_days", "review_forum", "sponsor_level"]].notna().any(axis=1)
    )
    shares = measure_probabilities(scores, temperature=1.0)
    track = shares.idxmax(axis=1).where(shares.max(axis=1) >= rules["decide_at"], "undecided")
    track = track.set_axis(projects.index).where(is_recorded)
    return track.astype("str"), evidence.assign(reading="managed")


def _see_sign(projects: pd.DataFrame, sign: dict[str, Any]) -> pd.DataFrame:
    cells = projects[sign["column"]]
    if "matches" in sign:
        shown = cells.astype("str").str.contains(sign["matches"], regex=True, na=False)
        shown &= cells.notna()
    elif "at_most" in sign:
        shown = cells <= sign["at_most"]
    else:
        shown = cells >= sign["at_least"]
    found = projects[shown.fillna(False)]
    return pd.DataFrame(
        {
            "project_id": found["project_id"],
            "criterion_id": sign["criterion_id"],
            "says": sign["says"],
            "toward_track": sign["track"],
            "column_name": sign["column"],
            "value": found[sign["column"]].astype("str"),
            "contribution": float(sign["weight"]),
        }
    )
