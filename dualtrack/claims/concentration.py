"""Words for concentration: breakthroughs a unit carries, money in few initiatives."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_money, word_number, word_share, word_span
from dualtrack.claims.targets import word_band, word_origin

__all__ = ["state_breakthroughs", "state_concentration"]


def state_breakthroughs(breakthroughs: pd.DataFrame, *, noun: str = "unit") -> Claim:
    """How many units carry more strategic initiatives than the band leaves room for.

    Args:
        breakthroughs: As `measure_breakthroughs` returns.
        noun: What a group is: unit, team.
    """
    alt = f"Bars of strategic initiatives under way, a row per {noun}, with the band shaded."
    if breakthroughs.empty:
        return Claim(
            f"Strategic initiatives cannot be counted by {noun}",
            f"A `{noun}_name` column would let it.",
            alt,
            is_known=False,
        )
    counts = breakthroughs["verdict_type"].value_counts()
    band, total = word_band({**breakthroughs.iloc[0], "value_unit": ""}), len(breakthroughs)
    most = breakthroughs.sort_values("strategic_count", ascending=False).iloc[0]
    above = int(counts.get("above", 0))
    if above and total == 1:
        title = (
            f"{most['group_name']} carries {most['strategic_count']} strategic initiatives, more "
            f"than the {band} set as room for a {noun}"
        )
    elif above:
        title = (
            f"{_of(above, total, noun)} {'carries' if above == 1 else 'carry'} more strategic "
            f"initiatives than the {band} set as room for a {noun}: {most['group_name']} has "
            f"{most['strategic_count']}"
        )
    elif int(counts.get("within", 0)) == total:
        title = f"Every {noun} carries {band} strategic initiatives, as the band has it"
        title = title if total > 1 else f"{most['group_name']} carries {most['strategic_count']}, "
        title += "" if total > 1 else f"within the band of {band} strategic initiatives"
    else:
        title = (
            f"No {noun} clearly carries more than {band} strategic initiatives; the most are "
            f"{most['strategic_count']} in {most['group_name']}"
        )
    parts = [
        f"{word_count(int(counts[one]), noun)} {words}"
        for one, words in (("above", "above"), ("within", "within"), ("below", "below"))
        if one in counts
    ]
    open_count = int(counts.get("open", 0))
    parts += [f"{word_count(open_count, noun)} open, the interval straddling an edge"] * bool(
        open_count
    )
    reading = (
        f"Against {band}: {', '.join(parts)}. Counted are initiatives begun and not ended, with "
        "the 90 % interval of the sort's doubt. "
        f"The band: {word_origin(breakthroughs.iloc[0])}."
    )
    return Claim(title, reading, alt)


def state_concentration(
    concentration: pd.DataFrame, *, currency: str, group_name: str = "All"
) -> Claim:
    """How much of the strategic money the largest initiatives hold, and how many hold next to none.

    Args:
        concentration: As `measure_concentration` returns.
        currency: Of the budgets.
        group_name: The group spoken of.
    """
    own = concentration[concentration["group_name"] == group_name].set_index("track")
    alt = "Bars of the share that the largest projects of each path hold of its money."
    strategic = own.loc["strategic"] if "strategic" in own.index else None
    if strategic is None or not strategic["known_count"]:
        count = 0 if strategic is None else int(strategic["project_count"])
        why = (
            "A `budget_cost` column would let it."
            if count
            else "No strategic initiative is under way."
        )
        return Claim(
            "How concentrated the strategic money is cannot be told", why, alt, is_known=False
        )
    top, known = int(strategic["top_count"]), int(strategic["known_count"])
    if known == top:
        title = f"All strategic money is in {word_count(known, 'initiative')}"
    else:
        title = (
            f"The largest {word_count(top, 'strategic initiative')} of {known} hold "
            f"{word_share(strategic['top_share'])} of the strategic money"
        )
        tail = int(strategic["tail_count"])
        if tail:
            title += (
                f"; the smallest {word_number(tail)}{' together' if tail > 1 else ''} "
                f"{word_share(strategic['tail_share'])}"
            )
    return Claim(title, _reading(own, currency), alt)


def _reading(own: pd.DataFrame, currency: str) -> str:
    sentences = []
    for track in ("strategic", "operational"):
        if track not in own.index or not own.at[track, "known_count"]:
            continue
        row = own.loc[track]
        unknown = int(row["project_count"] - row["known_count"])
        sentences.append(
            f"The {track} money under way is {word_money(row['budget_cost'], currency)} in "
            f"{word_count(int(row['known_count']), 'project')}"
            + (
                f", as concentrated as in {row['effective_count']:.1f} equal ones. The largest "
                f"{word_number(int(row['top_count']))} hold {word_share(row['top_share'])} (90 % "
                f"interval {word_span(row['top_low'], row['top_high'])})"
                if row["known_count"] > row["top_count"]
                else ""
            )
            + f": {row['top_titles']}."
        )
        if unknown:
            sentences.append(f"For {word_number(unknown)} more no budget is known.")
    tail = own.at["strategic", "tail_count"]
    sentences.append(
        "No initiative is small against the whole."
        if not tail
        else "Too small to matter, by a house default, are the smallest that together hold at "
        f"most 5 %: {word_count(int(tail), 'initiative')}."
    )
    return " ".join(sentences)


def _of(count: int, total: int, noun: str) -> str:
    if count == total > 1:
        return f"All {word_count(total, noun)}"
    number = word_number(count)
    return f"{number[:1].upper()}{number[1:]} of {word_count(total, noun)}"
