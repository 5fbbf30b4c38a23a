"""Words for demand, capacity and people on both paths."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_share

__all__ = ["state_load"]


def state_load(load: pd.DataFrame, *, group_name: str = "All") -> Claim:
    """Demand against capacity in the last month, and people on both paths over the quarter.

    Args:
        load: As `measure_load` returns.
        group_name: The group spoken of.
    """
    own = load[load["group_name"] == group_name].sort_values("month")
    if own.empty:
        return Claim(
            "Load cannot be told: nobody's hours are known",
            "No export holds bookings. A timesheet with project key, person, date and hours "
            "would let this be answered.",
            "Empty chart.",
            is_known=False,
        )
    last = own.iloc[-1]
    months = f"{own['month'].iloc[0]:%b} to {last['month']:%b %Y}"
    if len(own) == 1:
        months = f"{last['month']:%b %Y}"
    if last["is_suppressed"]:
        title = f"{last['demand_fte']:.1f} FTE are booked in {last['month']:%B}"
        reading = "Bars are hours booked, by track. Capacity is withheld: few people share it."
    elif pd.isna(last["capacity_fte"]) or last["capacity_fte"] <= 0:
        title = (
            f"{last['demand_fte']:.1f} FTE are booked in {last['month']:%B}; capacity is unknown"
        )
        reading = "No export holds people's available hours by month, so overload cannot be told."
    else:
        share = last["demand_fte"] / last["capacity_fte"]
        title = (
            f"{last['demand_fte']:.1f} FTE are booked on {last['capacity_fte']:.1f} FTE of "
            f"capacity in {last['month']:%B} ({word_share(float(share))})"
        )
        reading = "Bars are hours booked, by track; the line is capacity."
    return Claim(
        title,
        f"{reading} {_people(own)}",
        f"Booked FTE by track and capacity by month, {months}.",
    )


def _people(own: pd.DataFrame) -> str:
    if own["is_suppressed"].any():
        return (
            "People counts are withheld, since the group is smaller than the limit set for packs, "
            "or would tell the size of one that is."
        )
    both = own["both_tracks_count"] / own["people_count"]
    text = (
        f"In an average month {word_share(float(both.mean()))} of the people who booked hours "
        f"worked on both paths."
    )
    if own["overloaded_count"].notna().any():
        over = int(own["overloaded_count"].max())
        text += (
            f" At most {word_count(over, 'person', 'people')} a month "
            f"{'was' if over == 1 else 'were'} booked over the own capacity"
            if over
            else " In no month was anybody booked over the own capacity"
        )
        highest = own["max_load_pct"].max()
        text += f"; the highest load is {highest:.0f} %." if over else "."
    return text
