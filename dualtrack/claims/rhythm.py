"""Words for rhythm and governance: what fits its path, what is overdue."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_money, word_span

__all__ = ["state_reviews", "state_rhythm"]

_NOUNS = {"strategic": "strategic initiative", "operational": "improvement"}
_RHYTHM = ("reviewed too often", "reviewed too seldom")
_VERBS = {
    "reviewed too often": "{is_} reviewed too often",
    "reviewed too seldom": "{is_} reviewed too seldom",
    "goes to a forum of another path": "{goes} to a forum of another path",
    "sponsored too low": "{has} a sponsor below the level its path asks for",
    "sponsored too high": "{has} a sponsor above the level its path asks for",
    "passes no gates": "{passes} no gates",
    "passes gates it does not need": "{passes} gates not needed",
    "planned too short": "{is_} planned shorter than its path asks for",
    "planned too long": "{is_} planned longer than its path asks for",
}


def state_rhythm(shares: pd.DataFrame, rhythm: pd.DataFrame, *, norm_words: str) -> Claim:
    """How much work of each path is reviewed in a rhythm that does not fit it.

    Args:
        shares: As `measure_rhythm_shares` returns.
        rhythm: As `measure_rhythm` returns.
        norm_words: The norm in words, as `RhythmNorms.words` has it.
    """
    on_rhythm = shares[shares["check_type"].isin(_RHYTHM)]
    known = int(on_rhythm.drop_duplicates("track")["known_count"].sum())
    alt = "For each path, open projects by the days between their reviews, with the norm shaded."
    basis = f"Norm: {norm_words}."
    if not known:
        return Claim(
            "Whether review rhythms fit their path cannot be told",
            "No open project on the two paths has a review rhythm recorded: a "
            f"`review_interval_days` column would let this be answered. {basis}",
            alt,
            is_known=False,
        )
    failed = on_rhythm[on_rhythm["misfit_count"] > 0].sort_values(
        ["misfit_count", "track"], ascending=[False, True]
    )
    if failed.empty:
        title = (
            "The one recorded review rhythm fits its path"
            if known == 1
            else f"All {known} recorded review rhythms fit their path"
        )
    else:
        told = [_tell(row) for row in failed.head(2).itertuples()]
        title = ", and ".join(told)
        title = title[0].upper() + title[1:]
    sentences = [basis, *_doubt(failed), *_others(shares), *_silent(shares)]
    return Claim(title, " ".join(sentences), alt)


def _tell(row: object) -> str:
    track, check = row.track, row.check_type  # type: ignore[attr-defined]
    count, known = int(row.misfit_count), int(row.known_count)  # type: ignore[attr-defined]
    noun = _NOUNS[track] + ("" if known == 1 else "s")
    return f"{count} of {known} {noun} " + _verb(check, count)


def _verb(check: str, count: int) -> str:
    one = count == 1
    return _VERBS[check].format(
        is_="is" if one else "are",
        goes="goes" if one else "go",
        has="has" if one else "have",
        passes="passes" if one else "pass",
    )


def _doubt(failed: pd.DataFrame) -> list[str]:
    spans = [
        f"{word_span(row.share_low, row.share_high)} of {_NOUNS[row.track]}s "
        f"{_verb(row.check_type, 2)}"
        for row in failed.itertuples()
        if row.share == row.share
    ]
    if not spans:
        return []
    return [
        "With doubt about the sort, and undecided projects, counted in by their probability: "
        + "; ".join(spans)
        + " (90 % interval)."
    ]


def _others(shares: pd.DataFrame) -> list[str]:
    other = shares[~shares["check_type"].isin(_RHYTHM) & (shares["misfit_count"] > 0)]
    if other.empty:
        return []
    told = [_tell(row) for row in other.itertuples()]
    return ["Beside the rhythm: " + "; ".join(told) + "."]


def _silent(shares: pd.DataFrame) -> list[str]:
    told = []
    for track, own in shares[shares["check_type"].isin(_RHYTHM)].groupby("track", sort=True):
        row = own.iloc[0]
        missing = int(row["project_count"] - row["known_count"])
        if missing:
            told.append(word_count(missing, _NOUNS[str(track)]))
    return [f"No rhythm is recorded for {' and '.join(told)}."] if told else []


def state_reviews(rhythm: pd.DataFrame, *, currency: str) -> Claim:
    """Which reviews are overdue, and of how many it can be told.

    Args:
        rhythm: As `measure_rhythm` returns.
        currency: Of the budgets.
    """
    kinds = rhythm["review_type"].value_counts()
    late = rhythm[rhythm["review_type"].isin(("overdue", "never held"))]
    known = int(len(rhythm) - kinds.get("not recorded", 0))
    silent = int(kinds.get("not recorded", 0))
    missing = (
        f" Of {word_count(silent, 'open project')} it cannot be told: a `last_review_date` and a "
        "`review_interval_days` would let it."
        if silent
        else ""
    )
    if not known:
        return Claim("Whether reviews are held when due cannot be told", missing.strip())
    if late.empty:
        title = f"No review is overdue among {word_count(known, 'project')} that can be told"
        return Claim(title, missing.strip())
    money = late["budget_cost"].sum(min_count=1)
    stake = "" if pd.isna(money) else f", with {word_money(float(money), currency)} of budget"
    title = (
        f"The reviews of {word_count(len(late), 'project')} of {known} are overdue or were never "
        f"held{stake}"
    )
    over = late.dropna(subset=["overdue_days"]).sort_values("overdue_days", ascending=False)
    reading = ""
    if len(over):
        first = over.iloc[0]
        reading = (
            f"The longest: {first['title']}, {first['overdue_days']:.0f} days past its day in a "
            f"rhythm of {first['review_interval_days']:.0f} days."
        )
    never = int(kinds.get("never held", 0))
    if never:
        reading += f" {word_count(never, 'project').capitalize()} had none since the start."
    return Claim(title, (reading + missing).strip())
