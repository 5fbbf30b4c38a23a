"""Words for the five questions."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count

__all__ = ["state_question", "state_scorecard"]


def state_scorecard(scorecard: pd.DataFrame, trend: pd.DataFrame) -> Claim:
    """Which of the five questions stands highest and lowest, and where leaders see it otherwise.

    Args:
        scorecard: As `measure_scorecard` returns.
        trend: The `scorecard_trend` table; may hold this quarter alone.
    """
    known = scorecard.dropna(subset=["score"]).sort_values("score")
    alt = "A row for each of the five questions: score, interval, leaders' rating, past quarters."
    missing = len(scorecard) - len(known)
    if known.empty:
        return Claim(
            "None of the five questions can be scored yet",
            "Too few of their parts are recorded. Labels, review rhythm, metrics and calendars in "
            "the exports would let them be scored.",
            alt,
            is_known=False,
        )
    low, high = known.iloc[0], known.iloc[-1]
    if len(known) == 1:
        title = f'"{low["short"]}" is the one question that can be scored: {_points(low)}'
    elif low["score_high"] < high["score_low"]:
        title = f'"{low["short"]}" stands lowest at {_points(low)}, "{high["short"]}" highest at'
        title += f" {_points(high)}"
    else:
        title = (
            f"The scores run from {_points(low)} to {_points(high)}; which is lowest, the "
            f"intervals leave open"
        )
    reading = [
        "A score is the weighted share of what is as it should be; the line is the 90 % interval."
    ]
    if missing:
        reading.append(
            f"{word_count(missing, 'question').capitalize()} "
            f"{'has' if missing == 1 else 'have'} too little to be scored."
        )
    reading += [*_gaps(known), _moved(trend)]
    return Claim(title, " ".join(one for one in reading if one), alt)


def state_question(row: pd.Series, parts: pd.DataFrame) -> Claim:
    """One card: the score, what it is made of, what would raise it, one thing to decide.

    Args:
        row: One row of `measure_scorecard`.
        parts: As `measure_question_parts` returns.
    """
    own = parts[parts["question_id"] == row["question_id"]]
    known = own[own["checked_count"] > 0]
    told = "; ".join(
        f"{one.met_count} of {one.checked_count} {one.met}" for one in known.itertuples()
    )
    absent = own[own["checked_count"] == 0]["met"].tolist()
    if pd.isna(row["score"]):
        title = f"{row['asks']} Too little is recorded to score this"
    else:
        title = (
            f"{row['asks']} {_points(row)} of 100 "
            f"({round(row['score_low'])} to {round(row['score_high'])})"
        )
    reading = [f"Made of: {told}." if told else ""]
    if absent:
        reading.append(f"Not recorded: {'; '.join(absent)}.")
    if not pd.isna(row["mend"]):
        reading.append(f"To decide: {row['mend']}.")
        if not pd.isna(row["score"]):
            reading.append(
                f"Mending all of that part would raise the score by "
                f"{max(1, round(row['lost_points']))} points at most."
            )
    reading.append(_leaders(row))
    return Claim(title, " ".join(one for one in reading if one))


def _points(row: pd.Series) -> str:
    return f"{round(row['score'])}"


def _gaps(known: pd.DataFrame) -> list[str]:
    """Questions on which the leaders' rating lies outside the interval."""
    rated = known.dropna(subset=["leaders_score"])
    if rated.empty:
        return []
    above = rated[rated["leaders_score"] > rated["score_high"]]
    below = rated[rated["leaders_score"] < rated["score_low"]]
    raters = int(rated["rater_count"].max())
    told = [
        f"{side} on {', '.join(chr(34) + name + chr(34) for name in rows['short'])}"
        for side, rows in (("higher", above), ("lower", below))
        if len(rows)
    ]
    if not told:
        return [f"The ratings of {word_count(raters, 'leader')} lie within the intervals."]
    return [f"The ratings of {word_count(raters, 'leader')} lie {' and '.join(told)}."]


def _moved(trend: pd.DataFrame) -> str:
    """Changes since the first quarter shown that the intervals do not explain."""
    if trend["quarter_name"].nunique() < 2:
        return ""
    ordered = trend.dropna(subset=["score"]).sort_values("quarter_name")
    ends = ordered.groupby("question_id").agg(["first", "last"])
    first_name = str(ordered["quarter_name"].iloc[0]) if len(ordered) else ""
    apart = (ends["score_low"]["last"] > ends["score_high"]["first"]) | (
        ends["score_high"]["last"] < ends["score_low"]["first"]
    )
    count = int(apart.sum())
    if not count:
        return f"Since {first_name} no score has moved by more than its interval."
    return f"Since {first_name} {word_count(count, 'score')} moved by more than the interval."


def _leaders(row: pd.Series) -> str:
    if pd.isna(row["leaders_score"]):
        few = int(row["rater_count"]) if not pd.isna(row["rater_count"]) else 0
        return "Fewer than three leaders rated it; their mean is withheld." if few else ""
    told = f"The leaders' own rating stands at {round(row['leaders_score'])}"
    if pd.isna(row["score"]):
        return f"{told}."
    gap = round(row["gap"])
    side = "as the evidence does" if not gap else f"{abs(gap)} {'above' if gap > 0 else 'below'} it"
    return f"{told}, {side}."
