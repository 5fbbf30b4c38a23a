"""Words for projects at once, and what switching between them may cost."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_share

__all__ = ["state_attention", "state_concurrency"]

_NO_HOURS = (
    "No export holds bookings. A timesheet with project key, person, date and hours would let this "
    "be answered."
)
_SOURCE = "Two or three are optimal, four are an alert (Steyn & Schnetler, 2015)."


def state_concurrency(concurrency: pd.DataFrame, *, group_name: str = "All") -> Claim:
    """The share of people on four projects and more, and on two or three.

    Args:
        concurrency: As `measure_concurrency` returns.
        group_name: The group spoken of.
    """
    own = concurrency[concurrency["group_name"] == group_name]
    if own.empty:
        return Claim(
            "Projects at once cannot be told: nobody's hours are known",
            _NO_HOURS,
            "",
            is_known=False,
        )
    alt = "Columns: people by the number of projects they hold in the same month."
    if own["is_suppressed"].any():
        return Claim("Projects at once are withheld: the group is too small", _SOURCE, alt)
    alert = float(own.loc[own["is_alert"], "people_share"].sum())
    optimal = float(own.loc[own["is_optimal"], "people_share"].sum())
    people = float(own.loc[own["is_alert"], "people_mean"].sum())
    title = (
        f"In an average month {word_share(alert)} of people hold four or more projects at once"
        if alert
        else "Nobody holds four or more projects at once"
    )
    reading = (
        f"{word_share(optimal)} hold two or three. {_SOURCE} "
        + (f"Four and more are {people:.1f} people a month. " if alert else "")
        + "A project counts for a person in a month with four hours or more."
    )
    return Claim(title, reading, alt)


def state_attention(attention: pd.DataFrame, *, group_name: str = "All") -> Claim:
    """The bill as a range, both ends named, and who carries it.

    Args:
        attention: As `measure_attention` returns.
        group_name: The group spoken of.
    """
    own = attention[attention["group_name"] == group_name].set_index("curve_type")
    if own.empty:
        return Claim(
            "The cost of split attention cannot be told: nobody's hours are known",
            _NO_HOURS,
            "",
            is_known=False,
        )
    alt = "A bar a unit, from no loss to Weinberg's rule of thumb, in FTE; a mark at the tenth."
    if own["is_suppressed"].any():
        return Claim("The cost of split attention is withheld: the group is too small", "", alt)
    high, middle = own.loc["weinberg"], own.loc["ten_percent"]
    if high["lost_fte"] == 0:
        return Claim(
            "Nobody's attention is split: each person holds one project a month",
            "The bill for switching is nil under every curve.",
            alt,
        )
    title = (
        f"Split attention may cost nothing or up to {high['lost_fte']:.1f} of "
        f"{high['booked_fte']:.1f} FTE booked, depending on the curve"
    )
    at_four = float(high["lost_fte_at_four"] / high["lost_fte"])
    months = word_count(int(high["month_count"]), "month")
    reading = (
        f"Low end: no time is lost by switching. A tenth for each project beyond the first gives "
        f"{middle['lost_fte']:.1f} FTE. High end: Weinberg's rule of thumb (1992; 20 % at two "
        f"projects, 75 % at five), which rests on no data. Nobody has measured the loss here, so "
        f"none of the three is an estimate. Mean of {months}; {word_share(at_four)} of the high "
        f"end falls on people with four projects or more."
    )
    return Claim(title, reading, alt)
