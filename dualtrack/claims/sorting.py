"""Words for how far the sort could decide."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_share

__all__ = ["state_sorting"]


def state_sorting(sorting: pd.DataFrame) -> Claim:
    """Coverage first: how many projects are decided, by whom, and why the others are not.

    Args:
        sorting: The `sorting` table.
    """
    total = len(sorting)
    counts = sorting["track"].value_counts()
    undecided = int(counts.get("undecided", 0))
    reasons = sorting["undecided_reason"].value_counts()
    by_person = int((sorting["decided_by"] == "person").sum())
    by_reader = int((sorting["decided_by"] == "second_reader").sum())
    thin, conflict = int(reasons.get("thin", 0)), int(reasons.get("conflict", 0))
    share = (total - undecided) / total if total else float("nan")
    return Claim(
        f"The evidence decides {word_share(share)} of {word_count(total, 'project')}"
        if not by_person + by_reader
        else f"{word_share(share)} of {word_count(total, 'project')} are decided",
        f"Operational: {int(counts.get('operational', 0))}; "
        f"strategic: {int(counts.get('strategic', 0))}; "
        f"maintenance: {int(counts.get('maintenance', 0))}; undecided: {undecided}, "
        f"{thin} with too little to read and {conflict} that pull more than one way. "
        f"Decided by people: {by_person}."
        + (f" Settled by the second reader: {by_reader}." if by_reader else ""),
        "Projects by track.",
    )
