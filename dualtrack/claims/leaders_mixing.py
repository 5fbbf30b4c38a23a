"""Words for strategy that shares its meetings with operations."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_share
from dualtrack.claims.leaders import NO_CALENDAR

__all__ = ["state_mixing"]

_NAMED = 3  # forums named in a sentence


def state_mixing(mixing: pd.DataFrame) -> Claim:
    """How much of strategy shares its meeting with operations, and in which forums.

    Args:
        mixing: As `measure_mixing` returns.
    """
    if mixing.empty:
        return NO_CALENDAR
    whole = mixing[mixing["forum_name"] == "All"].iloc[0]
    forums = mixing[mixing["forum_name"] != "All"]
    items, shared = int(whole["strategic_item_count"]), int(whole["shared_item_count"])
    alt = "Bars of strategic hours by forum: to itself, and shared with operations."
    if not items:
        return Claim(
            "No agenda item of the calendar is sorted as strategic",
            f"{word_count(int(whole['meeting_count']), 'meeting').capitalize()} read. Subjects "
            f"that name the items of the agenda would let more be told.",
            alt,
            is_known=False,
        )
    if not shared:
        return Claim(
            "Strategy shares no meeting with operations",
            f"{word_count(items, 'strategic agenda item').capitalize()} in "
            f"{_hours(whole['strategic_hours'])}. {_doubt(forums)}",
            alt,
        )
    mixed = forums[forums["mixed_count"] > 0]
    share = whole["shared_hours"] / whole["strategic_hours"]
    title = (
        f"{word_share(float(share))} of the strategic time shares a meeting with operations: "
        f"{shared} of {items} agenda {'item' if items == 1 else 'items'}, in {_names(mixed)}"
    )
    length = whole["mixed_hours"] / whole["mixed_count"]
    kept = whole["shared_hours"] / whole["mixed_count"]
    reading = (
        f"{word_count(int(whole['mixed_count']), 'mixed meeting').capitalize()} of "
        f"{_hours(length)} on average; an even split of the agenda leaves strategy "
        f"{60 * kept:.0f} minutes of {60 * length:.0f}. What it kept is not in a calendar, and "
        f"routine tends to drive out planning where they meet (March & Simon, 1958), so this is "
        f"more likely too much than too little. {_doubt(forums)}"
    )
    return Claim(title, reading.strip(), alt)


def _names(mixed: pd.DataFrame) -> str:
    if len(mixed) > _NAMED:
        return f"{word_count(len(mixed), 'forum')}"
    noun = "the forum" if len(mixed) == 1 else "the forums"
    return f"{noun} {' and '.join(mixed['forum_name'])}"


def _doubt(forums: pd.DataFrame) -> str:
    """Forums that may mix the two although they were not sorted so, or the other way round."""
    is_mixed = forums["mixed_count"] > 0
    perhaps = forums[~is_mixed & (forums["p_mixed"] >= 0.2)]
    unsure = forums[is_mixed & (forums["p_mixed"] < 0.8)]
    parts = []
    if len(perhaps):
        parts.append(f"{word_count(len(perhaps), 'further forum').capitalize()} may mix them.")
    if len(unsure):
        verb = "is" if len(unsure) == 1 else "are"
        parts.append(f"{word_count(len(unsure), 'forum').capitalize()} {verb} mixed only perhaps.")
    return " ".join(parts)


def _hours(hours: float) -> str:
    return f"{hours:.1f} {'hour' if hours == 1 else 'hours'}"
