"""Meetings sorted onto tracks: each agenda item by the evidence model, else by its forum's name."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pandas as pd

from dualtrack.reference import read_reference
from dualtrack.schema import TABLES, conform
from dualtrack.sorting.agenda import split_agendas
from dualtrack.sorting.assign import decide_tracks
from dualtrack.sorting.criteria import Criteria
from dualtrack.sorting.score import (
    NATURES,
    find_thin,
    measure_probabilities,
    score_evidence,
    score_tracks,
)

__all__ = ["sort_meetings"]

log = logging.getLogger(__name__)


def sort_meetings(
    reviews: pd.DataFrame,
    criteria: Criteria,
    *,
    decide_at: float = 0.70,
    error_rate: float = 0.04,
    cache_file: Path | None = None,
) -> pd.DataFrame:
    """Sort the agenda items of meetings, as projects are sorted: by what their words show.

    An item whose own words decide nothing, and one that only names its meeting, takes the track
    its forum's name stands for (`managed_signs.toml`), where it stands for one; `sorted_by` tells
    which it was. Nothing else of how a project is run is read, and no project's track is.

    Args:
        reviews: The `reviews` table.
        criteria: As `read_criteria` returns.
        decide_at: Probability a track needs to be decided.
        error_rate: As for `sort_projects`.
        cache_file: Where readings of the text model are kept; None keeps none.

    Returns:
        The `meeting_sorting` table: a meeting's minutes are shared evenly by its items. A meeting
        that says nothing of itself has one undecided item; own time has none.
    """
    split = split_agendas(reviews)
    length = reviews.set_index("review_id")["minutes"]
    minutes = split["review_id"].map(length).astype("float64")
    counts = split.groupby("review_id")["item_number"].transform("size")
    by_words = _sort_items(
        split["item"].dropna().unique(), criteria, (decide_at, error_rate), cache_file
    )
    by_forum = _sort_forums(split["meeting_name"].dropna().unique())
    words = by_words.reindex(split["item"]).set_axis(split.index)
    forum = by_forum.reindex(split["meeting_name"]).set_axis(split.index)
    use_forum = forum["track"].notna() & (split["is_name"] | words["track"].isna())
    found = words.where(~use_forum, forum)
    found = found.fillna(dict.fromkeys(_P_COLUMNS, 1 / len(NATURES)))
    basis = pd.Series("words", index=split.index).mask(use_forum, "forum")
    sorting = split[["review_id", "item_number", "item"]].assign(
        minutes=minutes / counts.astype("float64"),
        **{name: found[name].astype("float64") for name in _P_COLUMNS},
        track=found["track"].fillna("undecided"),
        sorted_by=basis.where(found["track"].notna(), "nothing"),
    )
    log.info("%d meetings, %d agenda items sorted", len(reviews), len(sorting))
    return conform(sorting, TABLES["meeting_sorting"])


_P_COLUMNS = [f"p_{name}" for name in NATURES]


def _sort_items(
    items: pd.Index, criteria: Criteria, options: tuple[float, float], cache_file: Path | None
) -> pd.DataFrame:
    """Track (missing if not decided) and probabilities of each item, on the items' words."""
    ids = pd.Series([f"item {number}" for number in range(len(items))], dtype="str")
    texts = pd.DataFrame({"project_id": ids, "column_name": "title", "text": list(items)})
    if texts.empty:
        return _no_tracks()
    evidence = score_evidence(texts, criteria, cache_file=cache_file)
    scores = score_tracks(ids, evidence, criteria)
    shares = measure_probabilities(scores, temperature=criteria.temperature)
    is_thin = find_thin(shares, evidence, criteria)
    track = decide_tracks(shares, is_thin, decide_at=options[0], error_rate=options[1])
    found = shares.add_prefix("p_").assign(track=track.astype("str"))
    return found.set_axis(pd.Index(list(items), dtype="str"))


def _sort_forums(names: pd.Index) -> pd.DataFrame:
    """Track a forum's name stands for, missing where it stands for none or for several."""
    signs = [
        (re.compile(sign["matches"]), str(sign["track"]), float(sign["weight"]))
        for sign in read_reference("managed_signs.toml")["sign"]
        if sign["column"] == "review_forum"
    ]
    scores = pd.DataFrame(
        [
            {
                track: sum(
                    weight for seen, own, weight in signs if own == track and seen.search(name)
                )
                for track in NATURES
            }
            for name in names
        ],
        index=pd.Index(list(names), dtype="str"),
        columns=list(NATURES),
        dtype="float64",
    )
    if scores.empty:
        return _no_tracks()
    best = scores.max(axis=1)
    is_one = (best > 0) & (scores.eq(best, axis=0).sum(axis=1) == 1)
    track = scores.idxmax(axis=1).where(is_one).astype("str")
    # A name is taken at its word: a rule of the house, with no error rate measured for it.
    sure = pd.DataFrame({f"p_{name}": (track == name).astype(float) for name in NATURES})
    return sure.assign(track=track)


def _no_tracks() -> pd.DataFrame:
    frame = pd.DataFrame(columns=[*_P_COLUMNS, "track"], index=pd.Index([], dtype="str"))
    return frame.astype({**dict.fromkeys(_P_COLUMNS, "float64"), "track": "str"})
