"""Sorting as `portfolio.toml` says: criteria, decisions, kept readings, second reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from dualtrack.config import Settings
from dualtrack.portfolio import Portfolio
from dualtrack.sorting.criteria import Criteria
from dualtrack.sorting.ledger.decisions import list_decision_issues, read_decisions
from dualtrack.sorting.second_reader.reading import add_second_readings
from dualtrack.sorting.sort import sort_projects

__all__ = ["READINGS_FILE", "sort_by_settings"]

# Beside the settings: what the text model read, so that an unchanged text is not read again.
READINGS_FILE = ".dualtrack/readings.npz"


def sort_by_settings(
    portfolio: Portfolio,
    settings: Settings,
    criteria: Criteria,
    *,
    pseudonym: Callable[[str], str],
) -> tuple[Portfolio, pd.DataFrame, pd.DataFrame]:
    """Sort a portfolio as the settings say.

    Args:
        portfolio: As `read_portfolio` returns.
        settings: `portfolio.toml`.
        criteria: As `read_criteria` returns.
        pseudonym: What stands for a person's name in what a second reader is sent.

    Returns:
        The portfolio with doubts about the ledger among its issues, `sorting` and `evidence`.
    """
    ledger = settings.path(settings.sort.decisions_file)
    decisions = read_decisions(ledger, portfolio.projects)
    found = list_decision_issues(decisions, source_file=ledger.name)
    portfolio = replace(portfolio, issues=pd.concat([portfolio.issues, found], ignore_index=True))
    sorting, evidence = sort_projects(
        portfolio,
        criteria,
        decisions,
        decide_at=settings.sort.decide_at,
        error_rate=settings.sort.error_rate,
        cache_file=settings.path(READINGS_FILE),
    )
    if settings.second_reader.url:
        sorting, evidence = add_second_readings(
            portfolio, sorting, evidence, settings, pseudonym=pseudonym
        )
    return portfolio, sorting, evidence
