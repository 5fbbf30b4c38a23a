"""Words for a plan of pauses: what rests, which limits bind, which cannot be met."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_money, word_share

__all__ = ["state_pausing"]

_MOST = 4  # limits named in a reading; the table has all
_WORTH = {
    "stated priority": "the priority stated for each project",
    "budget": "each project's budget",
    "each counts one": "one for each project, since neither priorities nor budgets are known",
}


def state_pausing(pauses: pd.DataFrame, limits: pd.DataFrame, *, currency: str) -> Claim:
    """How many projects to pause, at what loss, and the limits behind it.

    Args:
        pauses: As `measure_pausing` returns, first of the two.
        limits: The second.
        currency: Of the budgets.
    """
    alt = "For each group and month: demand as it is, demand with the pauses, and capacity."
    bounded = limits[(limits["limit_type"] == "band") | (limits["limit_high"] < float("inf"))]
    if pauses.empty or bounded.empty:
        return Claim(
            "Pauses cannot be sought: nothing is known that limits the work",
            "Bookings by person and month (`effort_hours`) with people's available hours "
            "(`capacity_hours`), or a band for the mix, would let this be answered.",
            alt,
            is_known=False,
        )
    rests = pauses[pauses["is_paused"]]
    unmet = bounded[bounded["is_unmet"]]
    over = (unmet["after_value"] - unmet["limit_high"]).fillna(0.0)
    unmet = unmet.loc[over.sort_values(ascending=False, kind="stable").index]
    free = int(pauses["is_pausable"].sum())
    basis = str(pauses["value_basis"].iloc[0])
    if len(unmet):
        title = f"No choice of pauses meets every limit: {unmet.iloc[0]['words']}"
        more = [str(words) for words in unmet["words"].iloc[1:_MOST]]
        first = (
            f"{_capital(word_count(len(unmet), 'limit'))} of {len(bounded)} cannot be met"
            + (f"; also {'; '.join(more)}" if more else "")
            + f". Coming nearest to them, {word_count(len(rests), 'project')} would rest."
        )
    elif rests.empty:
        title = "Nothing need be paused: the work fits within every limit"
        return Claim(title, f"{_tightest(bounded)} {_checked(bounded)}", alt)
    else:
        title = (
            f"Pausing {word_count(len(rests), 'project')} of {free} that may rest lets the others "
            f"fit within every limit"
        )
        freed = float(rests["demand_fte"].sum())
        first = f"It frees {freed:.1f} FTE in an average month." if freed else ""
    parts = [first, _loss(rests, pauses, basis, currency), *_binding(bounded), *_gap(pauses)]
    reading = " ".join(part for part in parts if part)
    return Claim(title, reading, alt)


def _loss(rests: pd.DataFrame, pauses: pd.DataFrame, basis: str, currency: str) -> str:
    lost, whole = float(rests["value_amount"].sum()), float(pauses["value_amount"].sum())
    share = word_share(lost / whole) if whole else "none"
    amount = f", {word_money(lost, currency)}," if basis == "budget" else ""
    guessed = int((~rests["is_value_known"]).sum())
    text = f"What rests is {share} of the worth{amount} where worth is {_WORTH[basis]}."
    if guessed:
        text += f" Of {guessed} it is not known: the middle of the others is taken."
    return text


def _binding(bounded: pd.DataFrame) -> list[str]:
    binding = bounded[bounded["is_binding"] & ~bounded["is_unmet"]]
    if binding.empty:
        return []
    over = (binding["before_value"] - binding["limit_high"]).fillna(0.0)
    named = binding.assign(over=over).sort_values("over", ascending=False)
    words = "; ".join(named["words"].head(_MOST))
    more = f"; and {len(named) - _MOST} more" if len(named) > _MOST else ""
    return [f"Binding before the pauses: {words}{more}."]


def _gap(pauses: pd.DataFrame) -> list[str]:
    gap = pauses["gap_share"].iloc[0]
    if pd.isna(gap):
        return ["The search ran out of time: the plan fits, but a cheaper one may exist."]
    if gap > 1e-4:
        return [
            f"The search stopped early: a better plan could lose at most {100 * gap:.1f} % less."
        ]
    return ["No other choice loses less."]


def _tightest(bounded: pd.DataFrame) -> str:
    own = bounded[bounded["limit_type"] == "capacity"]
    own = own[own["limit_high"] > 0]
    if own.empty:
        return ""
    share = own["before_value"] / own["limit_high"]
    return f"The tightest is {own.loc[share.idxmax(), 'words']}."


def _checked(bounded: pd.DataFrame) -> str:
    bands = int((bounded["limit_type"] == "band").sum())
    cells = len(bounded) - bands
    text = f"Checked: {word_count(cells, 'group and month', 'groups and months')}"
    return text + (f" and {word_count(bands, 'band')}." if bands else "; no band was set.")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
