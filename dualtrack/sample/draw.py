"""The true state of the sample company, drawn from a seed: projects and people."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from importlib import resources

import numpy as np
import pandas as pd

from dualtrack.quarter import Quarter
from dualtrack.sample.company import (
    EXECUTIVES,
    FAMILY_NAMES,
    GIVEN_NAMES,
    LAST_QUARTER,
    MANAGED,
    SIZES,
    UNITS,
    SampleUnit,
)

__all__ = ["Company", "draw_company"]

NATURES = ("operational", "strategic", "maintenance")
_LEVELS_OF_UNIT = ("director",) + ("manager",) * 3 + ("frontline",) * 11
_CAPACITY = {"executive": 30.0, "director": 45.0, "manager": 60.0, "frontline": 90.0}
# Shares of projects whose label agrees, is missing, or is another path's, before plants.
_LABEL_SHARES = (0.78, 0.12, 0.10)
_RUN_AS_IT_IS = 0.88


@dataclass(frozen=True)
class Company:
    """All there is to know, quarter by quarter derived from it.

    Attributes:
        projects: One row per project: key, project_id, unit and its true `nature`, the label's
            and the management's track, dates, money, people.
        people: name, unit_name, level_type, capacity_hours (a month).
        quarters: In order of time, the last is the current one.
    """

    projects: pd.DataFrame
    people: pd.DataFrame
    quarters: tuple[Quarter, ...]
    units: tuple[SampleUnit, ...]
    seed: int


def draw_company(*, seed: int, quarters: int, units: int) -> Company:
    """Draw the company; the same arguments give the same company."""
    rng = np.random.default_rng(seed)
    chosen = UNITS[:units]
    spans = _quarters_back(quarters)
    people = _draw_people(rng, chosen)
    projects = pd.concat(
        [_draw_projects(rng, unit, people, spans) for unit in chosen], ignore_index=True
    )
    return Company(projects, people, spans, chosen, seed)


def _quarters_back(count: int) -> tuple[Quarter, ...]:
    spans = [Quarter.parse(LAST_QUARTER)]
    while len(spans) < count:
        spans.append(spans[-1].previous())
    return tuple(reversed(spans))


def _draw_people(rng: np.random.Generator, units: tuple[SampleUnit, ...]) -> pd.DataFrame:
    wanted = len(units) * len(_LEVELS_OF_UNIT)
    names = [f"{given} {family}" for family in FAMILY_NAMES for given in GIVEN_NAMES]
    picked = rng.choice(np.array(names), size=wanted, replace=False).tolist()
    rows = [(name, "Group", "executive") for name in EXECUTIVES]
    for number, name in enumerate(picked):
        unit = units[number // len(_LEVELS_OF_UNIT)]
        rows.append((str(name), unit.name, _LEVELS_OF_UNIT[number % len(_LEVELS_OF_UNIT)]))
    people = pd.DataFrame(rows, columns=["name", "unit_name", "level_type"])
    return people.assign(capacity_hours=people["level_type"].map(_CAPACITY))


def read_catalogue(unit: SampleUnit) -> list[dict[str, str]]:
    """The written projects of a unit: nature, size, title, description."""
    folder = resources.files("dualtrack.sample") / "catalogue"
    text = (folder / f"{unit.catalogue}.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def _draw_projects(
    rng: np.random.Generator,
    unit: SampleUnit,
    people: pd.DataFrame,
    spans: tuple[Quarter, ...],
) -> pd.DataFrame:
    first_number = {"azure-devops": 4100, "servicenow": 10210, "planner": 301}.get(unit.tool, 1)
    rows = []
    for number, entry in enumerate(read_catalogue(unit)):
        row = _draw_one(rng, entry, unit, people, spans)
        tool = unit.tool
        key = unit.key_pattern.format(first_number + number * (3 if tool == "jira" else 1))
        if tool == "kaizen_liste" and (entry["nature"] == "strategic" or entry["size"] == "M"):
            tool, key = "msproject", f"WS-{number + 1:02d}"
        prefix = tool
        rows.append({"key": key, "tool": tool, "project_id": f"{prefix}:{key}", **row})
    return pd.DataFrame(rows)


def _draw_one(
    rng: np.random.Generator,
    entry: dict[str, str],
    unit: SampleUnit,
    people: pd.DataFrame,
    spans: tuple[Quarter, ...],
) -> dict[str, object]:
    nature, size = entry["nature"], entry["size"]
    (short, long), (cheap, dear) = SIZES[(nature, size)]
    days = int(rng.integers(short, long))
    # Most projects run in the last quarter; a third has ended before or is about to start.
    last = spans[-1]
    earliest = spans[0].first_day - pd.Timedelta(days=days // 2)
    latest = last.last_day - pd.Timedelta(days=10)
    start = earliest + (latest - earliest) * float(rng.beta(1.3, 1.1))
    managed = nature if rng.random() < _RUN_AS_IT_IS else str(rng.choice(NATURES[:2]))
    forum, interval, level = MANAGED[managed][int(rng.integers(len(MANAGED[managed])))]
    staff = people[people["unit_name"] == unit.name]
    chiefs = people[people["level_type"] == "executive"]["name"]
    sponsors = chiefs if level == "executive" else staff[staff["level_type"] == level]["name"]
    owners = staff[staff["level_type"].isin(["manager", "frontline"])]["name"]
    return {
        "unit_name": unit.name,
        "nature": nature,
        "size": size,
        "title": entry["title"],
        "description": entry["description"] or "",
        "team_name": str(rng.choice(np.array(unit.teams))),
        "owner": str(rng.choice(owners.to_numpy())),
        "sponsor": str(rng.choice(sponsors.to_numpy())),
        "sponsor_level": level,
        "declared": _draw_label(rng, nature),
        "managed": managed,
        "review_forum": forum,
        "review_interval_days": interval,
        "start_date": start.normalize(),
        "baseline_finish_date": (start + pd.Timedelta(days=days)).normalize(),
        "slip_days": int(max(0, rng.normal(18, 35))),
        "budget_cost": float(np.round(rng.uniform(cheap, dear), -2)),
        "overrun": float(rng.normal(1.03, 0.12)),
        "objective_id": _draw_objective(rng, nature),
        "has_gates": managed == "strategic",
        "is_cancelled": bool(rng.random() < 0.02),
    }


def _draw_label(rng: np.random.Generator, nature: str) -> str:
    """The track the label names; blank where nobody labelled the project."""
    agrees, missing, _ = _LABEL_SHARES
    chance = rng.random()
    if chance < agrees:
        return nature
    if chance < agrees + missing:
        return ""
    others = [one for one in NATURES if one != nature]
    return str(rng.choice(np.array(others)))


def _draw_objective(rng: np.random.Generator, nature: str) -> str:
    if rng.random() < 0.12:
        return ""
    pool = {
        "strategic": ("OBJ-1", "OBJ-2", "OBJ-3"),
        "operational": ("OBJ-11", "OBJ-12", "OBJ-13"),
        "maintenance": ("OBJ-14",),
    }[nature]
    return str(rng.choice(np.array(pool)))
