"""Words for labels over time."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_money, word_share, word_span
from dualtrack.claims.moves import NO_EARLIER

__all__ = ["state_label_inflation", "state_relabelling"]

_FEW = 5  # projects, below which a share says little


def state_relabelling(relabelling: pd.DataFrame, *, currency: str) -> Claim:
    """Whether projects were relabelled near budget dates.

    Args:
        relabelling: As `measure_relabelling` returns.
        currency: Of the budgets.
    """
    if relabelling.empty:
        return NO_EARLIER
    total = int(relabelling["relabelled_count"].sum())
    is_near = relabelling["budget_date"].notna()
    near, far = relabelling[is_near], relabelling[~is_near]
    alt = "Projects relabelled, by quarter."
    span = f"{relabelling['previous_name'].iloc[0]} to {relabelling['quarter_name'].iloc[-1]}"
    dates = _rates(near, far)
    labelled = int(relabelling["labelled_count"].max())
    if not labelled:
        return Claim(
            "Relabelling cannot be told: no project has a label in two quarters",
            "A `declared_label` column (class, category, tag) in the exports would let this be "
            "answered.",
            alt,
            is_known=False,
        )
    if not total:
        return Claim(f"No project was relabelled only, {span}", dates, alt)
    count = int(near["relabelled_count"].sum())
    where = (
        "none of them near a budget date"
        if not count
        else f"{'all' if count == total else count} near a budget date"
    )
    if total == 1:
        where = "near a budget date" if count else "not near a budget date"
    title = f"{word_count(total, 'project').capitalize()} relabelled only, {span}, {where}"
    away, toward = (int(relabelling[f"{name}_count"].sum()) for name in ("away", "toward"))
    money = relabelling["budget_cost"].sum(min_count=1)
    reading = (
        f"Away from what the words of the project say: {away}; toward it: {toward}; open: "
        f"{total - away - toward}."
    )
    reading += f" Their budget is {word_money(money, currency)}." if money == money else ""
    return Claim(title, f"{reading} {dates}", alt)


def _rates(near: pd.DataFrame, far: pd.DataFrame) -> str:
    parts = [
        f"{int(rows['relabelled_count'].sum())} of {int(rows['labelled_count'].sum())} labelled "
        f"projects in {word_count(len(rows), 'quarter')} {words}"
        for rows, words in ((near, "near a budget date"), (far, "away from one"))
        if len(rows)
    ]
    if not len(near):
        parts = [f"{parts[0].removesuffix('one')}a budget date"]
    text = "; ".join(parts)
    return (
        f"Relabelled only were {text}. An export does not tell the day of a change, only the "
        f"quarter."
    )


def state_label_inflation(inflation: pd.DataFrame) -> Claim:
    """Of the projects called strategic now, how many are operational, and where.

    Args:
        inflation: As `measure_label_inflation` returns; the last quarter is spoken of.
    """
    if inflation.empty:
        return Claim(
            "Label inflation cannot be told: no open project is called strategic",
            "A `declared_label` column (class, category, tag) in the exports would let this be "
            "answered.",
            "Empty chart.",
            is_known=False,
        )
    quarter = inflation["quarter_name"].iloc[-1]
    last = inflation[inflation["quarter_name"] == quarter]
    whole = last[last["group_type"] == "whole"].iloc[0]
    count, called = int(whole["inflated_count"]), int(whole["called_count"])
    title = (
        f"{count} of {called} projects called strategic {'is' if count == 1 else 'are'} "
        f"operational by {'its' if count == 1 else 'their'} own words"
    )
    if called == 1:
        title = (
            f"The one project called strategic is {'' if count else 'not '}operational by its own "
            f"words"
        )
    reading = (
        f"A share of {word_share(whole['share'])} (90 % interval "
        f"{word_span(whole['share_low'], whole['share_high'])}) in {quarter}."
    )
    reading += _trend(inflation) + _highest(last)
    return Claim(title, reading, "Bars of the share of projects called strategic that are not.")


def _trend(inflation: pd.DataFrame) -> str:
    whole = inflation[inflation["group_type"] == "whole"]
    if len(whole) < 2:
        return ""
    first, last = whole.iloc[0], whole.iloc[-1]
    text = f" In {first['quarter_name']} it was {word_share(first['share'])}"
    apart = last["share_low"] > first["share_high"] or last["share_high"] < first["share_low"]
    return text + ("." if apart else "; the intervals overlap, so no trend is told.")


def _highest(last: pd.DataFrame) -> str:
    words = []
    for group_type in ("unit", "sponsor level"):
        own = last[(last["group_type"] == group_type) & (last["called_count"] >= _FEW)]
        if len(own) < 2:
            continue
        top = own.sort_values("share", ascending=False, kind="stable").iloc[0]
        others = own[own["group_name"] != top["group_name"]]
        if (others["share_high"] < top["share_low"]).all():
            words.append(f"highest in the {group_type} {top['group_name']}")
    of = f"Of units and sponsor levels with {_FEW} projects or more"
    if not words:
        return f" {of} none stands clear of the others."
    return f" {of} it is {' and '.join(words)}."
