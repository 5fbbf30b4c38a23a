"""Several quarters of a portfolio as one table: what changes over time is measured on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

import pandas as pd

from dualtrack.schema import TABLES, conform

__all__ = ["QuarterTables", "stack_quarters"]


class QuarterTables(Protocol):
    """What a quarter must have to be stacked: an open quarter has it."""

    @property
    def quarter(self) -> Any:
        """Its quarter; as text its name, `2026-Q3`."""

    @property
    def portfolio(self) -> Any:
        """Holds `projects` and `as_of_date`."""

    @property
    def sorting(self) -> pd.DataFrame:
        """The `sorting` table of that quarter."""


def stack_quarters(quarters: Iterable[QuarterTables]) -> pd.DataFrame:
    """The projects of several quarters with their readings, one below the other.

    Args:
        quarters: Open quarters in any order; each name once.

    Returns:
        The `history` table, oldest quarter first.
    """
    table = TABLES["history"]
    parts = []
    for one in sorted(quarters, key=lambda one: one.portfolio.as_of_date):
        readings = ["project_id", "declared_track", "track", "managed_track", "blur_type"]
        rows = one.portfolio.projects.merge(
            one.sorting[readings], on="project_id", how="left", validate="one_to_one"
        ).assign(quarter_name=str(one.quarter), as_of_date=one.portfolio.as_of_date)
        parts.append(rows[table.column_names])
    return conform(pd.concat(parts) if parts else pd.DataFrame(), table)
