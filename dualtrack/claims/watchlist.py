"""Words for the watchlist."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_money

__all__ = ["state_watchlist"]


def state_watchlist(watchlist: pd.DataFrame, *, currency: str) -> Claim:
    """How many projects to talk about, by which rules, and how many more meet one.

    Args:
        watchlist: As `measure_watchlist` returns.
        currency: Of the budgets.
    """
    if watchlist.empty:
        return Claim(
            "No project meets a rule of the watchlist",
            "Rules look at blur, overdue reviews, late gates, missing objectives and budgets; what "
            "no export records, no rule can see.",
        )
    count = len(watchlist)
    met = int(watchlist["met_count"].iloc[0])
    money = watchlist["budget_cost"].sum(min_count=1)
    stake = "" if pd.isna(money) else f", with {word_money(float(money), currency)} of budget"
    title = f"{word_count(count, 'project').capitalize()} to talk about{stake}"
    kinds = watchlist.groupby("rule_words", sort=False).size()
    parts = [f"{words} ({number})" for words, number in kinds.items()]
    reading = (
        f"By rule: {'; '.join(parts)}. Ordered by the weight of the rule, then by budget; no rule "
        "fills the list alone."
    )
    left = met - count
    if left:
        reading += (
            f" {word_count(left, 'more project').capitalize()} "
            f"{'meets' if left == 1 else 'meet'} a rule and "
            f"{'is' if left == 1 else 'are'} not on the list."
        )
    unknown = int(watchlist["budget_cost"].isna().sum())
    if unknown:
        reading += f" The budget of {word_count(unknown, 'project')} is not known."
    return Claim(title, reading)
