"""Write the sample company: a folder of exports per quarter, settings, and the truth."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from dualtrack.errors import ConfigError
from dualtrack.quarter import Quarter
from dualtrack.sample.company import SEED_NOTE, UNITS
from dualtrack.sample.draw import Company, draw_company
from dualtrack.sample.plant import Plants, plant_findings
from dualtrack.sample.settings import sample_settings
from dualtrack.sample.state import book_hours, see_quarter
from dualtrack.sample.write_azure import write_azure_devops
from dualtrack.sample.write_jira import write_jira
from dualtrack.sample.write_lists import (
    write_calendar,
    write_capacity,
    write_measures,
    write_objectives,
    write_ratings,
    write_timesheet,
)
from dualtrack.sample.write_office import write_kaizen_list, write_planner
from dualtrack.sample.write_project import write_project_xml
from dualtrack.sample.write_workbooks import write_servicenow, write_smartsheet

__all__ = ["write_sample"]

_HOURS_A_DAY_PLANNED = 1.4


def write_sample(folder: Path, *, seed: int = 7, quarters: int = 4, units: int = 6) -> list[Path]:
    """Write the exports of a made-up company.

    Args:
        folder: Where to; a folder per quarter, `portfolio.toml` and `truth/` are written into it.
        seed: The same seed gives the same bytes.
        quarters: How many, the last is 2026-Q3; 1 to 8.
        units: Business units, 1 to 6.

    Returns:
        The quarter folders, in order of time.

    Raises:
        ConfigError: `quarters` or `units` is out of range.
    """
    if not 1 <= quarters <= 8 or not 1 <= units <= len(UNITS):
        raise ConfigError(
            f"A sample of {quarters} quarters and {units} units cannot be made. "
            f"Ask for 1 to 8 quarters and 1 to {len(UNITS)} units."
        )
    plants = plant_findings(draw_company(seed=seed, quarters=quarters, units=units))
    folder.mkdir(parents=True, exist_ok=True)
    written = [_write_quarter(folder, plants, quarter) for quarter in plants.company.quarters]
    (folder / "portfolio.toml").write_text(sample_settings("{quarter}"), encoding="utf-8")
    _write_truth(folder / "truth", plants)
    return written


def _write_quarter(folder: Path, plants: Plants, quarter: Quarter) -> Path:
    target = folder / str(quarter)
    target.mkdir(exist_ok=True)
    seen = see_quarter(plants, quarter)
    bookings = book_hours(plants, quarter)
    seen = _add_hours(seen, plants, quarter)
    by_tool = {tool: rows for tool, rows in seen.groupby("tool")}
    twins = {tool: _twins(seen, plants, tool) for tool in ("jira", "planner")}
    if "jira" in by_tool:
        write_jira(target / "jira_all_fields.csv", by_tool["jira"], twins["jira"])
    if "azure-devops" in by_tool:
        write_azure_devops(target / "azure_devops_tree.csv", by_tool["azure-devops"])
    if "smartsheet" in by_tool:
        write_smartsheet(target / "supply_chain_smartsheet.xlsx", by_tool["smartsheet"])
    if "servicenow" in by_tool:
        write_servicenow(target / "sn_cim_register.xlsx", by_tool["servicenow"])
    if "planner" in by_tool:
        write_planner(
            target / "planner_commercial.xlsx",
            by_tool["planner"],
            twins["planner"],
            day=f"{quarter.last_day:%m/%d/%Y}",
        )
    write_kaizen_list(
        target / "kaizen_liste.xlsx", by_tool["kaizen_liste"], title=f"KVP-Liste Werk Süd {quarter}"
    )
    for plan in by_tool["msproject"].to_dict("records"):
        write_project_xml(target, plan)
    write_timesheet(target / "timesheet.csv", bookings)
    write_capacity(target / "capacity.csv", plants.company.people, quarter)
    write_measures(target / "metric_readings.csv", plants, quarter)
    write_calendar(target / "leaders_calendar.ics", quarter)
    write_objectives(target / "objectives.csv")
    write_ratings(target / "leaders.csv", plants, quarter)
    return target


def _add_hours(seen: pd.DataFrame, plants: Plants, quarter: Quarter) -> pd.DataFrame:
    """Planned hours from length and size, hours spent so far as a part of them."""
    length = (seen["baseline_finish_date"] - seen["start_date"]).dt.days
    weight = seen["size"].map({"S": 0.35, "M": 1.0, "L": 2.6})
    planned = np.maximum(8, (length * weight * _HOURS_A_DAY_PLANNED).round())
    spent = (planned * seen["progress_pct"] / 100 * seen["overrun"]).round()
    return seen.assign(planned_hours=planned, spent_hours=spent)


def _twins(seen: pd.DataFrame, plants: Plants, tool: str) -> pd.DataFrame:
    """Rows for projects that a second tool lists too, under its own key and title."""
    wanted = plants.duplicates[plants.duplicates["tool"] == tool]
    twins = seen.merge(
        wanted[["project_id", "title"]],
        on="project_id",
        validate="one_to_one",
        suffixes=("_own", ""),
    )
    pattern = {"jira": "DIG-{}", "planner": "pl{:05d}QkT7wEw"}[tool]
    keys = [pattern.format(901 + 3 * number) for number in range(len(twins))]
    return twins.assign(key=keys, tool=tool).drop(columns="title_own")


def _write_truth(folder: Path, plants: Plants) -> None:
    folder.mkdir(exist_ok=True)
    columns = ["project_id", "unit_name", "title", "nature", "declared", "managed", "status_type"]
    company: Company = plants.company
    states = [
        see_quarter(plants, quarter)[columns].assign(quarter=str(quarter))
        for quarter in company.quarters
    ]
    pd.concat(states).to_csv(folder / "projects.csv", index=False, lineterminator="\n")
    findings = plants.findings.assign(quarter=str(company.quarters[-1]))
    findings.to_csv(folder / "findings.csv", index=False, lineterminator="\n")
    company.people.to_csv(folder / "people.csv", index=False, lineterminator="\n")
    note = f"# Truth of the sample\n\n{SEED_NOTE} No part of the pipeline reads this folder.\n"
    (folder / "README.md").write_text(note, encoding="utf-8")
