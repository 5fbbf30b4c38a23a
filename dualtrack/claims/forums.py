"""Words for forums that see both paths, and for how far the two are governed apart."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_money

__all__ = ["state_forums", "state_separation"]

_FEATURES = {
    "forum": "forum",
    "rhythm": "review rhythm",
    "sponsor level": "sponsor level",
    "gates": "the presence of gates",
}
_COLUMNS = {
    "forum": "review_forum",
    "rhythm": "review_interval_days",
    "sponsor level": "sponsor_level",
    "gates": "milestones",
}


def state_forums(forums: pd.DataFrame, *, currency: str) -> Claim:
    """How many forums see both paths.

    Args:
        forums: As `measure_forums` returns.
        currency: Of the budgets.
    """
    alt = "For each forum that sees both paths, its strategic and its operational projects."
    if forums.empty:
        return Claim(
            "Whether forums mix both paths cannot be told",
            "No open project names its forum: a `review_forum` column would let it.",
            alt,
            is_known=False,
        )
    mixed = forums[forums["is_mixed"].fillna(False).astype(bool)]
    total = len(forums)
    scope = (
        "A forum is counted once in each unit, since the same name in two units may be two "
        "meetings; meetings of a calendar are not among them."
    )
    if mixed.empty:
        title = (
            "The one forum keeps to one path"
            if total == 1
            else f"None of {total} forums is likely to see both paths"
        )
        return Claim(title, scope, alt)
    title = (
        f"{word_count(len(mixed), 'forum').capitalize()} of {total} "
        f"{'sees' if len(mixed) == 1 else 'see'} both strategic and operational work"
    )
    first = mixed.iloc[0]
    money = mixed["budget_cost"].sum(min_count=1)
    reading = (
        f"The most mixed is {first['review_forum']} of {first['unit_name']}, with "
        f"{word_count(int(first['strategic_count']), 'strategic initiative')} and "
        f"{word_count(int(first['operational_count']), 'improvement')}. "
    )
    alone = int((mixed["minority_count"] == 1).sum())
    if alone:
        where = "There" if len(mixed) == 1 else f"In {alone} of them"
        reading += f"{where} a single project stands for the smaller path. "
    if pd.notna(money):
        reading += f"They review {word_money(float(money), currency)} of budget. "
    return Claim(title, reading + scope, alt)


def state_separation(separation: pd.DataFrame) -> Claim:
    """How far governance tells the two paths apart.

    Args:
        separation: As `measure_separation` returns.
    """
    alt = "For each feature of governance, bias-corrected Cramér's V with its 90 % interval."
    known = separation.dropna(subset=["cramers_v"]).sort_values("cramers_v", ascending=False)
    silent = separation[separation["cramers_v"].isna()]
    missing = ""
    if len(silent):
        names = ", ".join(f"`{_COLUMNS[one]}`" for one in silent["feature_type"])
        missing = f" Too few projects, or none, for {names}."
    if known.empty:
        return Claim(
            "How far the two paths are governed apart cannot be told",
            "It takes at least ten open projects, three of each path and four a value, with "
            f"their forum, rhythm, sponsor level or gates.{missing}",
            alt,
            is_known=False,
        )
    kinds = set(known["separation_type"])
    if kinds == {"apart"}:
        title = "The two paths are largely governed apart"
    elif kinds <= {"hardly apart"}:
        title = "The two paths are hardly governed apart"
    elif kinds <= {"open", "hardly apart"}:
        title = "Whether the two paths are governed apart is open"
    else:
        title = "The two paths are governed apart in part"
    best, worst = known.iloc[0], known.iloc[-1]
    low, high = f"{worst['cramers_v']:.2f}", f"{best['cramers_v']:.2f}"
    if best["v_low"] > worst["v_high"]:
        title += f": {_FEATURES[best['feature_type']]} tells them apart most (V {high}), "
        title += f"{_FEATURES[worst['feature_type']]} least ({low})"
    elif len(known) == 1 or low == high:
        title += f", with Cramér's V of {high}"
    else:
        title += f", with Cramér's V between {low} and {high}"
    spans = "; ".join(
        f"{row.feature_type} {row.cramers_v:.2f} ({row.v_low:.2f} to {row.v_high:.2f}, "
        f"{word_count(int(row.project_count), 'project')})"
        for row in known.itertuples()
    )
    reading = (
        f"Cramér's V, corrected for bias, with its 90 % interval: {spans}. 0: the feature says "
        f"nothing of the path; 1: each of its values belongs to one path.{missing}"
    )
    return Claim(title, reading, alt)
