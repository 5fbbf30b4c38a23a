"""Meetings and their sorted items, each showing only what a test is about."""

from __future__ import annotations

import pandas as pd

from dualtrack.analyses import measure_leader_items
from dualtrack.schema import TABLES, conform, empty_frame

FIRST, LAST = pd.Timestamp("2026-07-01"), pd.Timestamp("2026-09-30")
NO_PROJECTS = empty_frame(TABLES["projects"])
SURE = {
    track: {
        f"p_{name}": float(name == track) for name in ("operational", "strategic", "maintenance")
    }
    for track in ("operational", "strategic", "maintenance")
}
SURE["undecided"] = dict.fromkeys(SURE["operational"], 1 / 3)


def make_meetings(*rows: dict[str, object]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Meetings of 60 minutes, and items named by `tracks` with certainty.

    `chance` of a row is the probability that its strategic items are strategic, else operational.
    """
    reviews, items = [], []
    for number, given in enumerate(rows, start=1):
        row = {
            "held_at": "2026-07-06 09:00",
            "minutes": 60.0,
            "attendees": 4,
            "forum": "Board",
            **given,
        }
        tracks, chance = row.pop("tracks", ["strategic"]), row.pop("chance", 1.0)
        words, basis = row.pop("words", None), row.pop("sorted_by", "words")
        reviews.append({"review_id": f"m{number}", **row})
        for place, track in enumerate(tracks, start=1):  # type: ignore[arg-type, var-annotated]
            p = dict(SURE[track])
            if track == "strategic" and chance != 1.0:
                p |= {"p_strategic": chance, "p_operational": 1 - float(chance)}  # type: ignore[arg-type]
            items.append(
                {
                    "review_id": f"m{number}",
                    "item_number": place,
                    "item": words or f"words {number} {place}",
                    "minutes": float(row["minutes"]) / len(tracks),  # type: ignore[arg-type]
                    "track": track,
                    "sorted_by": basis,
                    **p,
                }
            )
    held = pd.DataFrame(reviews)
    held["held_at"] = pd.to_datetime(held["held_at"])
    return (
        conform(held, TABLES["reviews"]),
        conform(pd.DataFrame(items), TABLES["meeting_sorting"]),
    )


def make_items(*rows: dict[str, object], **options: object) -> pd.DataFrame:
    """The `leader_items` of such meetings in the third quarter of 2026."""
    reviews, sorting = make_meetings(*rows)
    return measure_leader_items(
        reviews,
        sorting,
        NO_PROJECTS,
        first_day=FIRST,
        last_day=LAST,
        **options,  # type: ignore[arg-type]
    )
