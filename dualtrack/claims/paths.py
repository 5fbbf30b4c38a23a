"""Words for the two-path picture."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count

__all__ = ["state_paths"]


def state_paths(paths: pd.DataFrame, *, scope: str, as_of_date: pd.Timestamp) -> Claim:
    """How many projects run on each path on the day of the exports.

    Args:
        paths: As `measure_paths` returns.
        scope: Unit or portfolio spoken of.
        as_of_date: The day the exports show.
    """
    drawn = paths[paths["is_drawn"].astype(bool)]
    running = drawn[
        (drawn["start_date"] <= as_of_date)
        & (drawn["finish_date"] >= as_of_date)
        & ~drawn["is_done"].astype(bool)
    ]
    counts = running["track"].value_counts()
    strategic, operational = int(counts.get("strategic", 0)), int(counts.get("operational", 0))
    title = (
        f"{scope} runs {word_count(strategic, 'strategic initiative')} and "
        f"{word_count(operational, 'operational improvement')} "
        f"on {as_of_date.day} {as_of_date:%B %Y}"
    )
    rest = int(counts.get("maintenance", 0)), int(counts.get("undecided", 0))
    absent = len(paths) - len(drawn)
    reading = (
        f"Beside them run {word_count(rest[0], 'maintenance project')} and "
        f"{word_count(rest[1], 'undecided project')}. "
        f"{word_count(absent, 'project').capitalize()} of {len(paths)} cannot be drawn (no dates, "
        f"dates out of order, cancelled, or ended over a year ago)."
    )
    alt = (
        "Two lanes on one time axis: strategic initiatives with their gates above, operational "
        "improvements below, maintenance and undecided projects counted apart."
    )
    return Claim(title, reading, alt)
