"""One project as a card: its texts with quotes marked, its evidence, readings, what would flip it.

Frames in; dictionaries of texts and numbers out, as they go to the browser. Nothing is markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from dualtrack.claims.claim import word_count, word_money, word_share
from dualtrack.schema import TRACKS
from dualtrack.sorting import Criteria, find_flips

__all__ = ["build_card", "list_evidence", "list_readings", "mark_quotes", "text_of", "word_flip"]

_CHANCES = {name: f"p_{name}" for name in TRACKS[:3]}
_MOST_NAMED = 3  # pieces named in a sentence; the bars show all


def build_card(
    project: pd.Series,
    sorting: pd.Series,
    evidence: pd.DataFrame,
    criteria: Criteria,
    *,
    currency: str,
) -> dict[str, Any]:
    """All a reader needs to decide on one project.

    Args:
        project: Its row of `projects`.
        sorting: Its row of `sorting`, as the evidence alone has it.
        evidence: Its rows of `evidence`, all readings.
        criteria: For the starting weights.
        currency: Of its budget.

    Returns:
        `id`, `title` and `description` (pieces: text and the track it is quoted for, or blank),
        `facts`, `chances`, `likeliest`, `evidence`, `readings`, `flip`, `source`.
    """
    own = evidence[evidence["reading"] == "evidence"]
    chances = {name: float(sorting[column]) for name, column in _CHANCES.items()}
    likeliest = max(chances, key=lambda name: chances[name])
    texts = {
        name: mark_quotes(text_of(project[name]), _quotes(own, name))
        for name in ("title", "description")
    }
    return {
        "id": str(project["project_id"]),
        **texts,
        "facts": _facts(project, sorting, currency),
        "chances": [{"track": name, "share": share} for name, share in chances.items()],
        "likeliest": likeliest,
        "likeliest_share": word_share(chances[likeliest]),
        "evidence": list_evidence(own),
        "readings": list_readings(project, sorting, evidence),
        "flip": word_flip(project["project_id"], own, criteria),
        "source": word_source(project),
    }


def word_source(project: pd.Series) -> str:
    """The source cell: file and row of the export."""
    file, row = text_of(project["source_file"]), project["source_row"]
    return f"{file}, row {int(row)}" if file and pd.notna(row) else file or "no source file"


def text_of(value: Any) -> str:
    """A cell as text, blank where it is missing."""
    return "" if value is None or pd.isna(value) else str(value)


def mark_quotes(text: str, quotes: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """The text in pieces, each with the track it is quoted for.

    Args:
        text: A cell.
        quotes: Words of it and their track, the strongest first; where quotes overlap the stronger
            keeps its whole length. Words that are not in the text are left out.

    Returns:
        Pieces in order, `text` and `track` (blank for what is not quoted), that join to the text.
    """
    tracks = np.full(len(text), "", dtype=object)
    for quote, track in quotes:
        start = text.find(quote) if quote else -1
        if start >= 0:
            part = tracks[start : start + len(quote)]
            part[part == ""] = track
    edges = [0, *(np.flatnonzero(tracks[1:] != tracks[:-1]) + 1).tolist(), len(text)]
    return [
        {"text": text[start:end], "track": str(tracks[start])}
        for start, end in zip(edges[:-1], edges[1:], strict=True)
        if end > start
    ]


def _quotes(evidence: pd.DataFrame, column: str) -> list[tuple[str, str]]:
    own = evidence[evidence["column_name"] == column].sort_values("contribution", ascending=False)
    return [
        (text_of(quote), track)
        for quote, track in zip(own["quote"], own["toward_track"], strict=True)
    ]


def list_evidence(evidence: pd.DataFrame) -> list[dict[str, Any]]:
    """The contributions, the strongest first.

    Args:
        evidence: Rows of one project and one reading.

    Returns:
        `says`, `track`, `quote`, `column`, `size` (log-odds), `share` (of the largest, 0 to 1).
    """
    known = evidence.dropna(subset=["contribution"]).sort_values("contribution", ascending=False)
    most = float(known["contribution"].abs().max()) if len(known) else 0.0
    return [
        {
            "says": text_of(row["says"]),
            "track": text_of(row["toward_track"]),
            "quote": text_of(row["quote"]),
            "column": text_of(row["column_name"]),
            "size": float(row["contribution"]),
            "share": abs(float(row["contribution"])) / most if most else 0.0,
        }
        for row in known.to_dict("records")
    ]


def list_readings(
    project: pd.Series, sorting: pd.Series, evidence: pd.DataFrame
) -> list[dict[str, str]]:
    """What the project is called, what its text says it is, how it is run; each with its ground.

    Args:
        project: Its row of `projects`.
        sorting: Its row of `sorting`.
        evidence: Its rows of `evidence`.
    """
    managed = evidence[evidence["reading"] == "managed"]
    run = [
        text_of(row["says"]) + (f" ({said})" if (said := _word_value(row)) else "")
        for row in managed.to_dict("records")
    ]
    declared = evidence[evidence["reading"] == "declared"]
    quotes = [quote for quote in map(text_of, declared["quote"]) if quote]
    label = "; ".join(dict.fromkeys(quotes)) or text_of(project["declared_label"])
    is_track = text_of(sorting["evidence_track"]) or "undecided"
    why = text_of(sorting["undecided_reason"])
    reasons = {"thin": "too little evidence", "conflict": "the evidence pulls both ways"}
    return [
        {
            "name": "Called",
            "track": text_of(sorting["declared_track"]),
            "ground": f"labelled “{label}”" if label else "carries no label that names a track",
        },
        {
            "name": "Is, by its text",
            "track": is_track,
            "ground": reasons.get(why, "") if is_track == "undecided" else "see the evidence",
        },
        {
            "name": "Is run",
            "track": text_of(sorting["managed_track"]),
            "ground": "; ".join(run) or "nothing recorded of how it is run",
        },
    ]


def _word_value(row: dict[Any, Any]) -> str:
    """What a criterion compared: words, or a number with its unit."""
    said = text_of(row["value"]) or text_of(row["quote"])
    bare = said.removesuffix(".0")
    if not text_of(row["column_name"]).endswith("_days"):
        return bare
    return f"{bare} day" if bare == "1" else f"{bare} days"


def word_flip(project_id: str, evidence: pd.DataFrame, criteria: Criteria) -> str:
    """What would make another track the likeliest, as a sentence.

    Args:
        project_id: The project.
        evidence: Its rows of the reading `evidence`.
        criteria: For the starting weights.
    """
    flip = find_flips(pd.Series([project_id]), evidence, criteria).iloc[0]
    if not (evidence["toward_track"] == flip["track"]).any():
        return (
            f"Nothing in its text speaks for {flip['track']}: that is where every project starts. "
            f"One piece of evidence for {flip['flip_track']} would weigh the more."
        )
    if pd.isna(flip["flip_count"]):
        return f"No loss of evidence would make it {flip['flip_track']}, the next likeliest."
    says = dict(zip(evidence["criterion_id"], evidence["says"], strict=True))
    named = [text_of(says.get(one)) for one in str(flip["flip_criteria"]).split("; ")]
    more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
    told = "; ".join(f"“{one}”" for one in named[:_MOST_NAMED]) + more
    if len(named) == 1:
        return f"Were {told} not true of it, {flip['flip_track']} would be likelier."
    pieces = word_count(len(named), "piece", "pieces")
    return f"Were {pieces} not true of it, {flip['flip_track']} would be likelier: {told}."


def _facts(project: pd.Series, sorting: pd.Series, currency: str) -> list[list[str]]:
    budget = project["budget_cost"]
    blur = text_of(sorting["blur_type"])
    told = [
        ("Unit", text_of(project["unit_name"])),
        ("Team", text_of(project["team_name"])),
        ("Status", text_of(project["status_type"]).replace("_", " ")),
        ("Budget", "" if pd.isna(budget) else word_money(float(budget), currency)),
        ("Objective", text_of(project["objective_id"])),
        ("Sponsor", text_of(project["sponsor_level"])),
        ("Blur", "" if blur == "none" else blur),
    ]
    return [[name, value] for name, value in told if value]
