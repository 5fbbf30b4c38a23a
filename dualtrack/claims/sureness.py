"""Words for how sure the sort is, and how many of its answers may be wrong."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_number

__all__ = ["state_sureness"]

_SURE, _TOSSED = 0.9, 0.6


def state_sureness(sorting: pd.DataFrame) -> Claim:
    """How many projects are read surely, and what the probabilities say of errors.

    The expected errors are the sum of what is missing to certainty over the decided projects, as
    far as the probabilities are calibrated (docs/sorting.md).

    Args:
        sorting: The `sorting` table.
    """
    likeliest = sorting[["p_operational", "p_strategic", "p_maintenance"]].max(axis=1).dropna()
    alt = "Columns: projects by the probability of their likeliest track, coloured by track."
    if likeliest.empty:
        return Claim("No project was read", "No export holds a project.", alt, is_known=False)
    sure, tossed = int((likeliest >= _SURE).sum()), int((likeliest < _TOSSED).sum())
    title = (
        f"{word_number(sure).capitalize() if sure else 'None'} of "
        f"{word_count(len(likeliest), 'project')} "
        f"{'is' if sure == 1 else 'are'} read with at least 90 % probability, "
        f"{word_number(tossed) if tossed else 'none'} with less than 60 %"
    )
    by_evidence = (sorting["decided_by"] == "evidence") & (sorting["track"] != "undecided")
    decided = likeliest[by_evidence.reindex(likeliest.index)]
    reading = "Where the likeliest track is not likely enough, a project is undecided."
    if len(decided):
        wrong = float((1 - decided).sum())
        much = f"about {wrong:.0f}" if wrong >= 1 else "less than one"
        reading += (
            f" As far as the probabilities hold, {much} of the {len(decided):,} decided by "
            f"evidence {'stand' if round(wrong) > 1 else 'stands'} on another track."
        )
    return Claim(title, reading, alt)
