"""Words for the roles both paths wait for."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_money
from dualtrack.claims.load_groups import word_load

__all__ = ["state_key_roles"]


def state_key_roles(key_roles: pd.DataFrame, waiting: pd.DataFrame, *, currency: str) -> Claim:
    """Which roles are tight and wanted by both paths, and the projects that wait for them.

    Args:
        key_roles: As `measure_key_roles` returns.
        waiting: As `measure_waiting_projects` returns.
        currency: Of the budgets.
    """
    alt = "A bar a role: hours booked by each path against its capacity, in the fullest month."
    if key_roles.empty:
        return Claim(
            "Key roles cannot be told: no booking names a role",
            "A timesheet with a `role_name` column (and people's available hours by month) would "
            "let this be answered.",
            alt,
            is_known=False,
        )
    hidden = int(key_roles["is_suppressed"].sum())
    beside = (
        f" Of {len(key_roles)} lines (roles over all units and within each) {hidden} "
        f"{'is' if hidden == 1 else 'are'} withheld: the load of a role few people hold is theirs."
        if hidden
        else ""
    )
    shown = key_roles[~key_roles["is_suppressed"]]
    known = shown.dropna(subset=["peak_share"])
    if known.empty:
        if shown.empty:
            return Claim("Key roles are withheld: each is held by too few people", beside.strip())
        return Claim(
            "Key roles cannot be told: capacity is unknown",
            "No export holds people's available hours by month (`capacity_hours` would let it)."
            + beside,
            alt,
            is_known=False,
        )
    key = known[known["is_key"]].sort_values("peak_share", ascending=False)
    if key.empty:
        top = known.sort_values("peak_share", ascending=False).iloc[0]
        tight = int(known["state_type"].isin(["near", "over"]).sum())
        reason = (
            f"{_capital(word_count(tight, 'role'))} {'is' if tight == 1 else 'are'} near or over "
            f"capacity, but only one path wants more than a tenth of the hours."
            if tight
            else "No role shown reaches 85 % of its capacity, where queues begin to grow."
        )
        return Claim(
            f"No role shown is one that both paths wait for; the fullest is {_name(top)} at "
            f"{word_load(float(top['peak_share']))} in {top['peak_month']:%B}",
            reason + beside,
            alt,
        )
    within = key.dropna(subset=["unit_name"])
    key, noun = (within, "role within a unit") if len(within) else (key, "role")
    top, count = key.iloc[0], word_count(len(key), noun, noun.replace("role", "roles", 1))
    title = (
        f"Both paths wait for {_name(top)}: booked at {word_load(float(top['peak_share']))} of "
        f"capacity in {top['peak_month']:%B}"
        if len(key) == 1
        else f"Both paths wait for {count}, most for {_name(top)}: booked at "
        f"{word_load(float(top['peak_share']))} of capacity in {top['peak_month']:%B}"
    )
    return Claim(title, _endangered(top, waiting, currency) + beside, alt)


def _endangered(top: pd.Series, waiting: pd.DataFrame, currency: str) -> str:
    is_unit = (
        waiting["unit_name"].isna()
        if pd.isna(top["unit_name"])
        else waiting["unit_name"] == top["unit_name"]
    )
    own = waiting[is_unit & (waiting["role_name"] == top["role_name"])]
    if own.empty:
        return "No project of either path books it in its tight months."
    counts = own["track"].value_counts()
    text = (
        f"In its tight months {word_count(len(own), 'project')} "
        f"{'waits' if len(own) == 1 else 'wait'} for it, {int(counts.get('strategic', 0))} "
        f"strategic and {int(counts.get('operational', 0))} operational"
    )
    budget = own["budget_cost"].sum(min_count=1)
    if pd.notna(budget):
        text += f", with {word_money(float(budget), currency)} of budget"
    names = "; ".join(str(title) for title in own["title"].dropna().head(3))
    return f"{text}. Most hours: {names}."


def _name(row: pd.Series) -> str:
    where = "" if pd.isna(row["unit_name"]) else f" in {row['unit_name']}"
    return f"{row['role_name']}{where}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
