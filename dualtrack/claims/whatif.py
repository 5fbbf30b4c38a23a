"""Words for a what-if: what was done, and what it changes most."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_share, word_span

__all__ = ["state_whatif"]

_NOTICED = 0.005  # half a point: less would print as no change


def state_whatif(
    whatif: pd.DataFrame, actions: pd.DataFrame, *, title: str = "The scenario"
) -> Claim:
    """The largest change of load and of the mix, and targets whose verdict turns.

    Args:
        whatif: As `measure_whatif` returns.
        actions: `WhatIf.actions` after the scenario.
        title: Name of the scenario.
    """
    alt = "Each measure before (hollow) and after (filled), with its range."
    load = _moved(whatif, "load", "load_share")
    units = load[load["group_name"] != "All"]
    mix = _moved(whatif, "mix", "budget_cost")
    mix = mix if len(mix) else _moved(whatif, "mix", "projects")
    turned = whatif[
        (whatif["measure_type"] == "target") & (whatif["before_verdict"] != whatif["after_verdict"])
    ]
    parts = []
    if len(units):
        top = units.loc[(units["after_value"] - units["before_value"]).abs().idxmax()]
        parts.append(f"takes {top['group_name']} from {_ends(top)} of capacity")
    elif len(load):
        parts.append(f"takes the load from {_ends(load.iloc[0])} of capacity")
    if len(mix):
        noun = "budget" if mix.iloc[0]["quantity_type"] == "budget_cost" else "projects"
        parts.append(f"the strategic share of the {noun} from {_ends(mix.iloc[0])}")
    if not parts and len(turned):
        parts.append(f"turns the verdict on {word_count(len(turned), 'target')}")
    said = " and ".join(parts) if parts else "changes neither load nor mix by half a point"
    if parts and not len(units) and not len(load) and len(mix):
        said = "takes " + parts[0]
    sentences = [_done(actions), *_with_doubt(mix), *_turned(turned), _unknown(whatif)]
    return Claim(f"{title}: {said}", " ".join(one for one in sentences if one), alt)


def _moved(whatif: pd.DataFrame, measure: str, quantity: str) -> pd.DataFrame:
    own = whatif[(whatif["measure_type"] == measure) & (whatif["quantity_type"] == quantity)]
    own = own.dropna(subset=["before_value", "after_value"])
    return own[(own["after_value"] - own["before_value"]).abs() >= _NOTICED]


def _ends(row: pd.Series) -> str:
    return f"{word_share(float(row['before_value']))} to {word_share(float(row['after_value']))}"


def _done(actions: pd.DataFrame) -> str:
    numbers = actions["action_number"].nunique()
    touched = actions["project_id"].nunique()
    if not numbers:
        return "No action was tried."
    verb = "touches" if numbers == 1 else "touch"
    return f"{_capital(word_count(numbers, 'action'))} {verb} {word_count(touched, 'project')}."


def _with_doubt(mix: pd.DataFrame) -> list[str]:
    """Whether the change of the mix is larger than the doubt about it."""
    if mix.empty:
        return []
    row = mix.iloc[0]
    before = word_span(row["before_low"], row["before_high"])
    after = word_span(row["after_low"], row["after_high"])
    is_apart = row["after_low"] > row["before_high"] or row["after_high"] < row["before_low"]
    verdict = "lie apart" if is_apart else "overlap: both use the same draws, so read the direction"
    return [f"The 90 % intervals of that share, {before} before and {after} after, {verdict}."]


def _turned(turned: pd.DataFrame) -> list[str]:
    return [
        f"{str(row['quantity_type']).replace('_', ' ').capitalize()}: {row['before_verdict']} "
        f"before, {row['after_verdict']} after."
        for _, row in turned.iterrows()
    ]


def _unknown(whatif: pd.DataFrame) -> str:
    load = whatif[whatif["measure_type"] == "load"]
    if load.empty:
        return "Load cannot be told: no export holds bookings."
    share = load[load["quantity_type"] == "load_share"]
    if share["before_value"].isna().all():
        return "Load in per cent cannot be told: no capacity is known, or the groups are too small."
    return "Load is of the months booked, as if the scenario had held throughout."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
