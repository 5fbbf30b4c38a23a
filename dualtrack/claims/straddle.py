"""Words for people and teams on both tracks."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_share, word_span

__all__ = ["state_straddle"]

SPLIT = 0.1  # of a team's hours on both paths: below it the smaller one is a sideline


def state_straddle(straddle: pd.DataFrame) -> Claim:
    """How many people work on both paths in the same month, with interval, units and teams.

    Args:
        straddle: As `measure_straddle` returns.
    """
    whole = straddle[straddle["group_type"] == "whole"]
    if whole.empty:
        return Claim(
            "People on both paths cannot be counted: nobody's hours are known",
            "No export holds bookings. A timesheet with project key, person, date and hours would "
            "let this be answered.",
            "Empty chart.",
            is_known=False,
        )
    alt = "A bar a unit: share of its people on both paths in some month, with 90 % interval."
    one = whole.iloc[0]
    if one["is_suppressed"]:
        return Claim(
            "People on both paths are withheld: the group is too small to be shown",
            "Fewer people booked hours than the limit set for packs.",
            alt,
        )
    people, both = int(one["people_count"]), int(one["both_tracks_count"])
    always = int(one["always_both_count"])
    title = (
        f"{word_share(both / people)} of {word_count(people, 'person', 'people')} who booked hours "
        f"{'was' if people == 1 else 'were'} on both paths in the same month"
    )
    sentences = [
        f"Counted {both} of {people} (90 % interval, with the doubt of the sort: "
        f"{word_span(one['both_low'], one['both_high'])}).",
        f"{_capital(word_count(always, 'person', 'people')) if always else 'Nobody'} "
        f"{'were' if always > 1 else 'was'} on both in every month booked.",
        *_units(straddle),
        *_teams(straddle),
    ]
    return Claim(title, " ".join(sentences), alt)


def _units(straddle: pd.DataFrame) -> list[str]:
    units = straddle[(straddle["group_type"] == "unit") & ~straddle["is_suppressed"]]
    units = units.sort_values(["both_share", "group_name"])
    if len(units) < 2:
        return []
    low, high = units.iloc[0], units.iloc[-1]
    if low["both_share"] == high["both_share"]:
        return [f"In every unit it is {word_share(float(low['both_share']))}."]
    return [
        f"By unit it runs from {word_share(float(low['both_share']))} ({low['group_name']}) to "
        f"{word_share(float(high['both_share']))} ({high['group_name']})."
    ]


def _teams(straddle: pd.DataFrame) -> list[str]:
    teams = straddle[(straddle["group_type"] == "team") & (straddle["group_name"] != "(none)")]
    shown = teams[~teams["is_suppressed"]]
    if teams.empty:
        return ["No team is named: a `team_name` column would let teams be told apart."]
    split = int((shown["minor_share"] >= SPLIT).sum())
    hidden = len(teams) - len(shown)
    if shown.empty:
        return ["Every team is withheld: too few people, or shown it would tell of too few."]
    text = (
        f"Of {word_count(len(shown), 'team')} shown, {split} put a tenth or more of their hours "
        f"into each path"
    )
    return [text + (f"; {hidden} more are withheld." if hidden else ".")]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
