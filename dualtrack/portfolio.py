"""`Portfolio`: the tidy tables of one quarter, and their Parquet snapshot.

Everything after `records` works on a portfolio or on single tables of it; a snapshot is how one
notebook hands it to the next.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from dualtrack.errors import RecordError
from dualtrack.schema import PORTFOLIO_TABLES, conform, empty_frame

__all__ = ["Portfolio", "read_portfolio_snapshot", "write_portfolio_snapshot"]

# Tables that name a project: they follow it when a portfolio is narrowed to a unit.
_FOLLOW_PROJECT = ("work_items", "milestones", "assignments", "measures", "conversions")
_META_FILE = "portfolio.json"
_PEOPLE = ("named", "name_marks")


@dataclass(frozen=True)
class Portfolio:
    """The tidy tables of one quarter (columns: `dualtrack.schema`, `data/README.md`).

    Attributes:
        as_of_date: The day the exports show.
        currency: ISO 4217 code of every `*_cost` column.
        named: People of timesheets, ratings and calendars, whose names stand in no table; only
            until the texts have been searched for them, then empty.
        name_marks: Then: keyed hashes of all known names, to search other texts with.
        beside: Narrowed to a unit, or without some: the bookings of the others, with `unit_name`
            and `team_name`.
            What is told of the unit must not give small groups of theirs away.
    """

    as_of_date: pd.Timestamp
    currency: str
    sources: pd.DataFrame
    projects: pd.DataFrame
    work_items: pd.DataFrame
    milestones: pd.DataFrame
    assignments: pd.DataFrame
    capacity: pd.DataFrame
    objectives: pd.DataFrame
    measures: pd.DataFrame
    reviews: pd.DataFrame
    ratings: pd.DataFrame
    row_outcomes: pd.DataFrame
    conversions: pd.DataFrame
    issues: pd.DataFrame
    named: frozenset[str] = frozenset()
    name_marks: frozenset[str] = frozenset()
    beside: pd.DataFrame | None = None

    @classmethod
    def from_tables(
        cls,
        tables: dict[str, pd.DataFrame],
        *,
        as_of_date: pd.Timestamp,
        currency: str,
        named: Iterable[str] = (),
        name_marks: Iterable[str] = (),
    ) -> Portfolio:
        """Build a portfolio; tables not given are empty, each one given is checked.

        Raises:
            RecordError: A table is unknown or does not fit its declaration.
        """
        known = {table.name for table in PORTFOLIO_TABLES}
        if odd := sorted(set(tables) - known):
            raise RecordError(f"A portfolio has no table {odd}; it has {sorted(known)}.")
        frames = {
            table.name: conform(tables[table.name], table)
            if table.name in tables
            else empty_frame(table)
            for table in PORTFOLIO_TABLES
        }
        return cls(
            as_of_date=as_of_date,
            currency=currency,
            named=frozenset(named),
            name_marks=frozenset(name_marks),
            **frames,
        )

    @property
    def unit_names(self) -> list[str]:
        """Units that have projects, in alphabetical order."""
        return sorted(self.projects["unit_name"].dropna().unique())

    def for_unit(self, unit_name: str) -> Portfolio:
        """The same portfolio narrowed to one unit's projects and people.

        A blank name returns the whole. Tables about files (`sources`, `row_outcomes`) stay whole.

        Raises:
            RecordError: The unit has no project.
        """
        if not unit_name:
            return self
        is_own = self.projects["unit_name"] == unit_name
        if not is_own.any():
            raise RecordError(f"No project of unit {unit_name!r}; units are {self.unit_names}.")
        narrowed = self._keep(is_own, self.capacity["unit_name"] == unit_name)
        return replace(narrowed, beside=self._bookings_beside(is_own))

    def without_units(self, unit_names: Iterable[str]) -> Portfolio:
        """The same portfolio without the projects and people of some units.

        Raises:
            RecordError: A unit has no project.
        """
        left_out = list(unit_names)
        if odd := sorted(set(left_out) - set(self.unit_names)):
            raise RecordError(f"No project of unit {odd}; units are {self.unit_names}.")
        if not left_out:
            return self
        is_own = ~self.projects["unit_name"].isin(left_out)
        narrowed = self._keep(is_own, ~self.capacity["unit_name"].isin(left_out))
        return replace(narrowed, beside=self._bookings_beside(is_own))

    def _bookings_beside(self, is_own: pd.Series) -> pd.DataFrame:
        """The bookings on all projects but these, with their places; those beside already too."""
        places = self.projects.loc[~is_own, ["project_id", "unit_name", "team_name"]]
        own = self.assignments["project_id"].isin(self.projects.loc[is_own, "project_id"])
        others = self.assignments[~own].merge(places, on="project_id", how="left")
        return others if self.beside is None else pd.concat([self.beside, others])

    def _keep(self, is_kept: pd.Series, is_kept_capacity: pd.Series) -> Portfolio:
        projects = self.projects[is_kept]
        ids = set(projects["project_id"])
        narrowed = {
            name: table[table["project_id"].isin(ids)].reset_index(drop=True)
            for name in _FOLLOW_PROJECT
            if (table := getattr(self, name)) is not None
        }
        issues = self.issues[self.issues["project_id"].isin(ids)]
        return replace(
            self,
            projects=projects.reset_index(drop=True),
            issues=issues.reset_index(drop=True),
            capacity=self.capacity[is_kept_capacity].reset_index(drop=True),
            **narrowed,
        )

    def tables(self) -> dict[str, pd.DataFrame]:
        """Table name to frame, in declared order."""
        return {table.name: getattr(self, table.name) for table in PORTFOLIO_TABLES}


def write_portfolio_snapshot(portfolio: Portfolio, folder: Path) -> None:
    """Write each table as Parquet and the portfolio's own facts as JSON into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in portfolio.tables().items():
        frame.to_parquet(folder / f"{name}.parquet", index=False)
    meta: dict[str, str | list[str]] = {
        "as_of_date": f"{portfolio.as_of_date:%Y-%m-%d}",
        "currency": portfolio.currency,
    }
    people = {name: sorted(getattr(portfolio, name)) for name in _PEOPLE}
    meta |= {name: found for name, found in people.items() if found}
    (folder / _META_FILE).write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


def read_portfolio_snapshot(folder: Path) -> Portfolio:
    """Read what `write_portfolio_snapshot` wrote.

    Raises:
        RecordError: The folder holds no whole snapshot.
    """
    missing = [
        name
        for name in [_META_FILE, *(f"{table.name}.parquet" for table in PORTFOLIO_TABLES)]
        if not (folder / name).is_file()
    ]
    if missing:
        raise RecordError(
            f"{folder}: not a snapshot, it lacks {missing[:3]}. Run notebook 1_ingest first, or "
            f"leave snapshot_dir blank to read the exports."
        )
    meta = json.loads((folder / _META_FILE).read_text(encoding="utf-8"))
    # With threads of its own, Arrow waits for ever for one that memory was too short to start.
    tables = {
        table.name: pd.read_parquet(folder / f"{table.name}.parquet", use_threads=False)
        for table in PORTFOLIO_TABLES
    }
    return Portfolio.from_tables(
        tables,
        as_of_date=pd.Timestamp(meta["as_of_date"]),
        currency=meta["currency"],
        **{name: meta.get(name, ()) for name in _PEOPLE},
    )
