"""The cost columns of a project list: one currency, the original kept."""

from __future__ import annotations

import re

import pandas as pd

from dualtrack.config import Settings
from dualtrack.exports import Export
from dualtrack.records.findings import find_faults
from dualtrack.records.money import MoneyRules, clean_money

__all__ = ["clean_costs"]

_MONEY_COLUMNS = ("budget_cost", "actual_cost", "forecast_cost")


def clean_costs(
    rolled: pd.DataFrame, export: Export, settings: Settings
) -> tuple[dict[str, pd.Series], pd.DataFrame, list[pd.DataFrame]]:
    """Read the cost columns in the portfolio's currency.

    Args:
        rolled: Raw records with `project_id`, `source_file`, `source_row`.
        export: For how its tool writes money.
        settings: For the currency and the stated rates.

    Returns:
        Column name to amounts; rows of `conversions` for cells changed by scale or rate; issues
        for cells that are no amount, or have no stated rate.
    """
    values = export.column_map.cell_rules
    rates = {**settings.money.rates, settings.money.currency: 1.0}
    money: dict[str, pd.Series] = {}
    conversions: list[pd.DataFrame] = []
    issues: list[pd.DataFrame] = []
    for name in _MONEY_COLUMNS:
        if name not in rolled:
            continue
        heading = " ".join(export.mapped_headings.get(name, []))
        rules = MoneyRules(
            _currency_of(heading, rolled) or values.currency or settings.money.currency,
            values.money_scale,
            tuple(values.currency_marks.items()),
        )
        read = clean_money(rolled[name], rules)
        rate = read["currency"].map(rates)
        # Nothing is nothing at any rate.
        amounts = (read["original_amount"] * rate).mask(read["original_amount"].eq(0), 0.0)
        money[name] = amounts.astype("float64")
        issues.append(find_faults(rolled, rolled[name], read["fault"], name))
        no_rate = read["currency"].where(rate.isna() & read["original_amount"].fillna(0).ne(0))
        issues.append(find_faults(rolled, rolled[name], ("no rate for " + no_rate), name))
        is_changed = (rate.notna() & (rate != 1.0)) | (values.money_scale != 1.0)
        is_changed &= read["original_amount"].notna()
        changed = pd.DataFrame(
            {
                "project_id": rolled["project_id"],
                "column_name": name,
                "source_file": rolled["source_file"],
                "source_row": rolled["source_row"],
                "original_text": read["original_text"],
                "original_amount": read["original_amount"],
                "original_currency": read["currency"],
                "rate": rate,
            }
        )
        conversions.append(changed[is_changed & rolled["is_project"].astype(bool)])
    empty = pd.DataFrame(columns=["project_id"])
    return money, pd.concat(conversions) if conversions else empty, issues


def _currency_of(heading: str, rolled: pd.DataFrame) -> str:
    """Currency named in the heading (`Budget (GBP)`) or in a column of the file."""
    found = re.search(r"\b(EUR|GBP|USD|CHF|SEK|NOK|DKK|PLN|JPY|CAD|AUD|BRL)\b", heading)
    if found:
        return found[1]
    for sign, code in (("€", "EUR"), ("£", "GBP"), ("$", "USD")):
        if sign in heading:
            return code
    named = rolled["currency"].dropna() if "currency" in rolled else pd.Series(dtype=object)
    return str(named.iloc[0]) if len(named) else ""
