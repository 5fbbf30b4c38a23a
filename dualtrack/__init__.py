"""dualtrack: a project portfolio on two paths, operational improvement and strategic initiatives.

The flow, and the public names in its order:

    settings  = read_settings("portfolio.toml")
    portfolio = read_portfolio(settings.export_dir("2026-Q3"), settings, as_of_date=...)
    sorting, evidence = sort_projects(portfolio, read_criteria(), read_decisions(...))
    mix       = analyses.measure_mix(portfolio.projects, sorting)
    figure    = figures.plot_mix(mix)

exports -> records -> sorting -> analyses -> claims -> figures + tables -> pack
"""

from dualtrack.config import Settings, read_settings
from dualtrack.errors import (
    ConfigError,
    DualtrackError,
    ExportError,
    PackError,
    RecordError,
    SortingError,
)
from dualtrack.portfolio import Portfolio, read_portfolio_snapshot, write_portfolio_snapshot
from dualtrack.quarter import Quarter
from dualtrack.records import read_portfolio
from dualtrack.review import Review, open_review
from dualtrack.sorting import read_criteria, read_decisions, sort_projects
from dualtrack.workbook import (
    OpenQuarter,
    hide_records,
    open_quarter,
    open_records,
    write_earlier_snapshots,
    write_sorting_snapshot,
)

__all__ = [
    "ConfigError",
    "DualtrackError",
    "ExportError",
    "OpenQuarter",
    "PackError",
    "Portfolio",
    "Quarter",
    "RecordError",
    "Review",
    "Settings",
    "SortingError",
    "hide_records",
    "open_quarter",
    "open_records",
    "open_review",
    "read_criteria",
    "read_decisions",
    "read_portfolio",
    "read_portfolio_snapshot",
    "read_settings",
    "sort_projects",
    "write_earlier_snapshots",
    "write_portfolio_snapshot",
    "write_sorting_snapshot",
]
