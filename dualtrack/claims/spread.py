"""Words for planned against actual."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_money, word_share, word_span

__all__ = ["state_spread"]

_RESOURCES = {
    "money": ("the budget", "spent", ("budget_cost", "actual_cost")),
    "effort": ("the planned work", "worked", ("planned_effort_hours", "actual_effort_hours")),
}
# House default: a gap in the shares below this is no departure from the plan worth a title.
_MATERIAL = 0.02


def state_spread(spread: pd.DataFrame, *, currency: str, group_name: str = "All") -> Claim:
    """Whether the paths used what was planned for them by now.

    Args:
        spread: As `measure_spread` returns.
        currency: Of the costs.
        group_name: The group spoken of.
    """
    own = spread[spread["group_name"] == group_name]
    strategic = own[own["track"] == "strategic"].set_index("resource_type")
    known = strategic.dropna(subset=["gap_share", "actual_share"])
    sentences = [
        *(_sentence(own[own["resource_type"] == name], name, currency) for name in known.index),
        *(_missing(own, name) for name in _RESOURCES if name not in known.index),
    ]
    alt = "Bars of what was planned by now, outlined, and what was used, solid, for each track."
    if known.empty:
        return Claim("Plan and actual cannot be compared", " ".join(sentences), alt, is_known=False)
    return Claim(_title(known.iloc[0], str(known.index[0])), " ".join(sentences), alt)


def _title(row: pd.Series, resource: str) -> str:
    noun = {"money": "spending", "effort": "work"}[resource]
    shares = (
        f"strategic initiatives were due {word_share(row['due_share'])} of it and used "
        f"{word_share(row['actual_share'])}"
    )
    if row["due_share"] in (0.0, 1.0) and row["due_share"] == row["actual_share"]:
        return f"Only one of the two paths has {noun} to compare with its plan"
    if max(-row["gap_low"], row["gap_high"]) < _MATERIAL:
        return f"The split of {noun} between the paths follows the plan: {shares}"
    if row["gap_low"] <= 0 <= row["gap_high"]:
        return f"Whether {noun} left the plan stays open: {shares}"
    gains, loses = (
        ("operational improvement", "strategic initiatives")
        if row["gap_share"] < 0
        else ("strategic initiatives", "operational improvement")
    )
    return f"More {noun} than planned went to {gains}, less to {loses}: {shares}"


def _sentence(rows: pd.DataFrame, resource: str, currency: str) -> str:
    plan, used, _ = _RESOURCES[resource]
    by_track = rows.set_index("track")
    parts = []
    for track in ("strategic", "operational"):
        row = by_track.loc[track]
        if pd.isna(row["used_ratio"]) or not row["due_amount"]:
            continue
        amount = (
            f"{word_money(row['actual_amount'], currency)} of "
            f"{word_money(row['due_amount'], currency)}"
            if resource == "money"
            else f"{row['actual_amount']:,.0f} of {row['due_amount']:,.0f} hours"
        )
        parts.append(
            f"{track} projects have {used} {100 * row['used_ratio']:.0f} % of {plan} due by now "
            f"({amount}; 90 % interval of the ratio "
            f"{word_span(row['used_low'], row['used_high'])})"
        )
    count, left_out = int(rows["project_count"].sum()), int(rows["left_out_count"].sum())
    text = ", ".join(parts)
    text = f"{text[:1].upper()}{text[1:]}. " if parts else ""
    text += f"Compared {'is' if count == 1 else 'are'} {word_count(count, 'project')} with plan, "
    text += "actual and dates"
    if left_out:
        text += f"; {word_count(left_out, 'project')} {'lacks' if left_out == 1 else 'lack'} "
        text += "one of them or was cancelled" if left_out == 1 else "one of them or were cancelled"
    return text + ". The plan is spread evenly from start to finish."


def _missing(own: pd.DataFrame, resource: str) -> str:
    plan, _, columns = _RESOURCES[resource]
    rows = own[own["resource_type"] == resource]
    if int(rows["project_count"].sum()):
        return f"For {plan} no compared project lies on one of the two paths."
    return (
        f"For {plan} nothing can be compared: columns `{columns[0]}`, `{columns[1]}`, "
        "`start_date` and a finish date in one list would let it."
    )
