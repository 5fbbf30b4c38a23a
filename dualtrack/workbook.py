"""One call that opens a quarter for a notebook: from a snapshot, or from the exports themselves.

Notebooks stay thin through it: each opens alone, none needs another to have run.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from dualtrack.config import EARLIER_QUARTERS, Settings, read_settings
from dualtrack.portfolio import Portfolio, read_portfolio_snapshot, write_portfolio_snapshot
from dualtrack.quarter import Quarter
from dualtrack.records import read_portfolio
from dualtrack.records.people import pseudonyms
from dualtrack.sorting import Criteria, read_criteria, sort_by_settings
from dualtrack.sorting.private_text import hide_people, hide_reasons, hide_written
from dualtrack.sorting.snapshot import read_sorting_snapshot, write_sorting_snapshot

__all__ = [
    "OpenQuarter",
    "hide_records",
    "open_quarter",
    "open_records",
    "write_earlier_snapshots",
    "write_sorting_snapshot",
]

# Under a snapshot's folder: the snapshots of the quarters before it.
_EARLIER = "earlier"


@dataclass(frozen=True)
class OpenQuarter:
    """A quarter of a portfolio, sorted, perhaps narrowed to a unit.

    Attributes:
        unit_name: The unit, blank for the whole.
        scope: The unit, or the portfolio's name for the whole.
        snapshot_dir: Folder it was read from, blank where the exports were.
        names: `hide` where people are taken out of its texts, else `keep`.
        left_out: Units left out of the whole.
        written_as: The projects as they were read, by the id they have here: decisions are written
            of these. None where no name was hidden.
    """

    portfolio: Portfolio
    sorting: pd.DataFrame
    evidence: pd.DataFrame
    settings: Settings
    criteria: Criteria
    quarter: Quarter
    unit_name: str = ""
    snapshot_dir: str = ""
    names: str = "keep"
    left_out: tuple[str, ...] = ()
    written_as: pd.DataFrame | None = field(default=None, repr=False, compare=False)

    @cached_property
    def earlier(self) -> tuple[OpenQuarter, ...]:
        """The quarters before, oldest first, up to three, of the same unit.

        Those whose snapshot lies under this one's, else those whose exports lie where the settings
        say. All are sorted as of today, with the decisions of today: a project that moves between
        them has changed, not the sort. Quarters before the unit had projects are left out.
        """
        found = []
        quarter = self.quarter
        exports = {} if self.snapshot_dir else self.settings.earlier_export_dirs(str(quarter))
        for _ in range(EARLIER_QUARTERS):
            quarter = quarter.previous()
            opened = self._open_earlier(quarter, exports.get(str(quarter)))
            if opened is not None:
                found.append(opened)
        return tuple(reversed(found))

    def hide_written(self, frame: pd.DataFrame) -> pd.DataFrame:
        """A table written beside the settings (countermeasures, decisions), without people."""
        if self.names == "keep" or frame.empty:
            return frame
        marks, pseudonym = self.portfolio.name_marks, pseudonyms(self.settings)
        return hide_written(frame, marks, pseudonym=pseudonym)

    def _open_earlier(self, quarter: Quarter, exports: Path | None) -> OpenQuarter | None:
        if self.snapshot_dir:
            folder = Path(self.snapshot_dir) / _EARLIER / str(quarter)
            if not folder.is_dir():
                return None
            portfolio = read_portfolio_snapshot(folder)
            sorting, evidence = read_sorting_snapshot(folder)
        else:
            if exports is None:
                return None
            portfolio = read_portfolio(exports, self.settings, as_of_date=quarter.last_day)
            portfolio, sorting, evidence = sort_by_settings(
                portfolio, self.settings, self.criteria, pseudonym=pseudonyms(self.settings)
            )
        told = {"portfolio": portfolio, "sorting": sorting, "evidence": evidence}
        opened = replace(self, **told, quarter=quarter, unit_name="", written_as=None)
        opened = _without_people(opened)
        if self.unit_name and self.unit_name not in portfolio.unit_names:
            return None
        there = [one for one in self.left_out if one in portfolio.unit_names]
        return _narrow(opened, self.unit_name, there)

    @property
    def scope(self) -> str:
        """What the exhibits are about, in words."""
        without = f" without {', '.join(self.left_out)}" if self.left_out else ""
        return (self.unit_name or self.settings.portfolio.name) + without

    @property
    def group_column(self) -> str:
        """What exhibits are split by: units in the whole, teams in a unit."""
        return "team_name" if self.unit_name else "unit_name"

    @property
    def group_noun(self) -> str:
        """What one of those groups is called."""
        return "team" if self.unit_name else "unit"


def open_records(
    quarter: str, *, export_dir: str = "", snapshot_dir: str = "", settings_file: str = ""
) -> Portfolio:
    """The records of a quarter: from a snapshot where one is named, else from the exports.

    Args:
        quarter: Such as `2026-Q3`; blank for the latest with exports.
        export_dir: Folder of exports, or one file; blank for the settings' own folder.
        snapshot_dir: Folder notebook 1 left; blank to read the exports.
        settings_file: `portfolio.toml`; blank for the nearest.
    """
    if snapshot_dir:
        return read_portfolio_snapshot(Path(snapshot_dir))
    settings = read_settings(settings_file)
    quarter = quarter or settings.latest_quarter()
    named = settings.quarter(quarter)
    folder = settings.path(export_dir) if export_dir else settings.export_dir(quarter)
    return read_portfolio(folder, settings, as_of_date=settings.as_of_date(named))


def open_quarter(
    quarter: str,
    *,
    export_dir: str = "",
    snapshot_dir: str = "",
    settings_file: str = "",
    unit_name: str = "",
    leave_out: Iterable[str] = (),
    names: str = "",
) -> OpenQuarter:
    """Open a quarter, sorted: from a snapshot where one is named, else from the exports.

    Args:
        quarter: Such as `2026-Q3`; blank for the latest with exports.
        export_dir: Folder of exports, or one file; blank for the settings' own folder.
        snapshot_dir: Folder notebooks 1 and 2 left; blank to read and sort afresh.
        settings_file: `portfolio.toml`; blank for the nearest.
        unit_name: Narrow to a unit; blank for the whole.
        leave_out: Units to leave out of the whole.
        names: `hide` takes people out of all texts, `keep` leaves them; blank as the settings say.

    Raises:
        DualtrackError: A setting, file or unit is wrong; the message says which.
    """
    settings = read_settings(settings_file)
    quarter = quarter or settings.latest_quarter()
    criteria_file = settings.sort.criteria_file
    criteria = read_criteria(settings.path(criteria_file) if criteria_file else None)
    portfolio = open_records(
        quarter, export_dir=export_dir, snapshot_dir=snapshot_dir, settings_file=settings_file
    )
    if snapshot_dir and (Path(snapshot_dir) / "sorting.parquet").is_file():
        sorting, evidence = read_sorting_snapshot(Path(snapshot_dir))
    else:
        portfolio, sorting, evidence = sort_by_settings(
            portfolio, settings, criteria, pseudonym=pseudonyms(settings)
        )
    opened = OpenQuarter(
        portfolio,
        sorting,
        evidence,
        settings,
        criteria,
        settings.quarter(quarter),
        snapshot_dir=snapshot_dir,
        names=names or settings.privacy.names,
    )
    opened = _without_people(opened)
    return _narrow(opened, unit_name, leave_out)


def hide_records(portfolio: Portfolio, *, settings_file: str = "") -> Portfolio:
    """The records without people, where the settings hide them: for showing, not for sorting."""
    settings = read_settings(settings_file)
    if settings.privacy.names == "keep":
        return portfolio
    hidden: Portfolio = hide_people(portfolio, pseudonym=pseudonyms(settings))[0]
    return hidden


def _without_people(opened: OpenQuarter) -> OpenQuarter:
    """Done last, since the sort, the ledger and a second reader go by the texts as they are."""
    portfolio, settings = opened.portfolio, opened.settings
    if opened.names == "keep":
        if not opened.snapshot_dir:
            return opened
        return replace(opened, portfolio=replace(portfolio, named=frozenset()))  # written again
    pseudonym = pseudonyms(settings)
    hidden, sorting, evidence = hide_people(
        portfolio, opened.sorting, opened.evidence, pseudonym=pseudonym
    )
    told = {"portfolio": hidden, "sorting": sorting, "evidence": evidence}
    settings = hide_reasons(settings, hidden.name_marks, pseudonym=pseudonym)
    written = portfolio.projects.set_axis(hidden.projects["project_id"], axis="index")
    return replace(opened, **told, settings=settings, written_as=written)


def _narrow(opened: OpenQuarter, unit_name: str, leave_out: Iterable[str]) -> OpenQuarter:
    left_out = tuple(leave_out)
    if not unit_name and not left_out:
        return opened
    portfolio = opened.portfolio.without_units(left_out).for_unit(unit_name)
    ids = portfolio.projects["project_id"]
    return replace(
        opened,
        portfolio=portfolio,
        sorting=opened.sorting[opened.sorting["project_id"].isin(ids)].reset_index(drop=True),
        evidence=opened.evidence[opened.evidence["project_id"].isin(ids)].reset_index(drop=True),
        unit_name=unit_name,
        left_out=left_out,
    )


def write_earlier_snapshots(opened: OpenQuarter, folder: Path) -> list[str]:
    """Read and sort the quarters before one, and leave their snapshots under its own.

    Args:
        opened: The quarter, whole.
        folder: Folder of its snapshot.

    Returns:
        Names of the quarters written, oldest first.
    """
    earlier = replace(opened, snapshot_dir="").earlier
    for one in earlier:
        target = folder / _EARLIER / str(one.quarter)
        write_portfolio_snapshot(one.portfolio, target)
        write_sorting_snapshot(one.sorting, one.evidence, target)
    return [str(one.quarter) for one in earlier]
