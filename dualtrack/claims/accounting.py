"""Words for the row accounting."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count

__all__ = ["state_accounting"]

_WORDS = {
    "project": ("project", "projects"),
    "rolled_up": ("item rolled up", "items rolled up"),
    "merged": ("duplicate merged", "duplicates merged"),
    "kept": ("row of other tables", "rows of other tables"),
    "set_aside": ("row set aside", "rows set aside"),
}


def state_accounting(accounting: pd.DataFrame) -> Claim:
    """Rows read, and what they became.

    Args:
        accounting: As `measure_accounting` returns.
    """
    by_outcome = accounting.groupby("outcome_type")["row_count"].sum()
    files = accounting["source_file"].nunique()
    total = int(by_outcome.sum())
    parts = [
        f"{int(by_outcome[name]):,} {_WORDS[name][int(by_outcome[name] != 1)]}"
        for name in _WORDS
        if name in by_outcome
    ]
    aside = accounting[accounting["outcome_type"] == "set_aside"]
    reasons = aside.groupby("reason")["row_count"].sum().sort_values(ascending=False)
    why = "; ".join(f"{reason} {count:,}" for reason, count in reasons.items())
    return Claim(
        f"All {total:,} rows of {word_count(files, 'file')} are accounted for",
        f"{total:,} rows read = {' + '.join(parts)}."
        + (f" Set aside, by reason: {why}." if why else ""),
    )
