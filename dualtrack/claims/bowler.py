"""Words for the bowler."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count

__all__ = ["state_bowler"]

_NAMED = 3
_NOUN = "strategic measure"


def state_bowler(bowler_measures: pd.DataFrame) -> Claim:
    """How many strategic measures missed their last month, and how many misses are noise.

    Args:
        bowler_measures: As `measure_bowler_measures` returns.
    """
    alt = (
        "Bowler: a line a measure, plan above actual by month, G for on plan, R for a miss, "
        "paler where the miss lies within the process limits."
    )
    if bowler_measures.empty:
        return Claim(
            "No strategic measure is exported, so there is no bowler",
            "Readings of strategic projects, with a `Plan` column, would let it.",
            alt,
            is_known=False,
        )
    judged = bowler_measures[bowler_measures["is_last_miss"].notna()]
    if judged.empty:
        return Claim(
            f"No plan says whether {word_count(len(bowler_measures), 'strategic measure')} "
            f"{'is' if len(bowler_measures) == 1 else 'are'} on course",
            "A `Plan` and a `Better when` column would let it.",
            alt,
        )
    missed = judged[judged["is_last_miss"].astype(bool)]
    sentences = [*_tell_signals(missed), *_tell_countermeasures(bowler_measures)]
    sentences += _tell_blank(bowler_measures, judged)
    sentences.append(
        "Whether a plan was hit does not say whether things improve: the process limits do. On a "
        "measure planned to rise they may show the rise itself as a signal."
    )
    return Claim(_title(missed, len(judged)), " ".join(sentences), alt)


def _title(missed: pd.DataFrame, total: int) -> str:
    if missed.empty:
        verb = "is" if total == 1 else "are"
        return f"{word_count(total, 'strategic measure').capitalize()} {verb} on plan"
    noise = int((missed["signal_type"] == "common_cause").sum())
    count = len(missed)
    head = (
        f"{_all(total)} missed the plan of the last month"
        if count == total > 1
        else f"{_head(count, total)} missed the plan of the last month"
    )
    if not noise:
        return head
    if noise == count:
        told = {1: "the miss is noise", 2: "both are noise"}.get(count, "all are noise")
    else:
        told = f"{word_count(noise, '', ' ').strip()} of the misses {_is(noise)} noise"
    return f"{head}; {told}"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _all(total: int) -> str:
    return "Both strategic measures" if total == 2 else f"All {word_count(total, _NOUN)}"


def _head(count: int, total: int) -> str:
    if total == 1:
        return "The one strategic measure"
    return f"{word_count(count, 'strategic measure').capitalize()} of {total}"


def _tell_signals(missed: pd.DataFrame) -> list[str]:
    told = []
    for kind, words in (
        ("special_cause_concern", "A miss with a signal of concern"),
        ("common_cause", "Common cause, do not react to the month"),
        ("special_cause_improvement", "Better than before, yet short of plan"),
    ):
        names = missed.loc[missed["signal_type"] == kind, "metric_id"].tolist()
        if names:
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            told.append(f"{words}: {', '.join(names[:_NAMED])}{more}.")
    few = int(missed["signal_type"].isna().sum())
    if few:
        verb = "is" if few == 1 else "are"
        told.append(f"For {word_count(few, 'miss', 'misses')} there {verb} too few months to tell.")
    return told


def _tell_countermeasures(rows: pd.DataFrame) -> list[str]:
    misses, bare = int(rows["miss_count"].sum()), int(rows["open_miss_count"].fillna(0).sum())
    if not misses:
        return []
    if not bare:
        return ["Every miss of the year has a countermeasure with owner and date."]
    asked = "asks" if bare == 1 else "ask"
    return [
        f"{word_count(bare, 'missed month').capitalize()} of {misses} this year {asked} for a "
        f"countermeasure with owner and date: none is recorded in full."
    ]


def _tell_blank(rows: pd.DataFrame, judged: pd.DataFrame) -> list[str]:
    blank = len(rows) - len(judged)
    if not blank:
        return []
    verb = "has" if blank == 1 else "have"
    return [
        f"{word_count(blank, 'measure').capitalize()} {verb} no actual this year or no plan: "
        f"blank, not red."
    ]
