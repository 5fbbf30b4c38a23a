"""How long 1,000,000 bookings take to aggregate by track, unit and month.

Run by hand: `uv run python benchmarks/resources.py [--rows 1000000]`. `measure_effort` and the bare
pandas groupby of rows that already carry track and unit take turns; prints the median seconds of
each, their ratio, and the seconds of the load and the mix of the same company.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from dualtrack.analyses import measure_effort, measure_mix
from dualtrack.schema import TABLES, TRACKS, conform

PROJECTS, UNITS, PEOPLE, MONTHS, TURNS = 5000, 40, 4000, 24, 5


def make_company(rows: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Bookings, projects and sorting of a large company."""
    rng = np.random.default_rng(11)
    ids = np.array([f"bench:{number}" for number in range(PROJECTS)])
    projects = pd.DataFrame(
        {
            "project_id": ids,
            "unit_name": [f"Unit {number % UNITS}" for number in range(PROJECTS)],
            "budget_cost": rng.lognormal(11, 1.5, PROJECTS),
        }
    )
    shares = rng.dirichlet([1, 1, 0.5], PROJECTS)
    sorting = pd.DataFrame(
        dict(zip(("p_operational", "p_strategic", "p_maintenance"), shares.T, strict=True))
    ).assign(project_id=ids, track=rng.choice(TRACKS, PROJECTS))
    months = pd.date_range("2025-01-01", periods=MONTHS, freq="MS").to_numpy()
    # Row by row another project, person and month: no key stands twice.
    number = np.arange(rows)
    assignments = pd.DataFrame(
        {
            "project_id": ids[number % PROJECTS],
            "person_id": (number // (PROJECTS * MONTHS)).astype(str),
            "month": months[(number // PROJECTS) % MONTHS],
            "role_name": "Specialist",
            "effort_hours": rng.uniform(1, 80, rows),
        }
    )
    return (
        conform(assignments, TABLES["assignments"]),
        conform(projects, TABLES["projects"]),
        conform(sorting, TABLES["sorting"]),
    )


def seconds_of(call: Callable[[], object]) -> float:
    """Wall seconds of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    assignments, projects, sorting = make_company(parser.parse_args().rows)
    joined = assignments.merge(projects[["project_id", "unit_name"]], on="project_id").merge(
        sorting[["project_id", "track"]], on="project_id"
    )
    calls: dict[str, Callable[[], object]] = {
        "effort_s": lambda: measure_effort(assignments, projects, sorting),
        "groupby_s": lambda: joined.groupby(["unit_name", "month", "track"])["effort_hours"].sum(),
        "join_and_groupby_s": lambda: (
            assignments.merge(projects[["project_id", "unit_name"]], on="project_id")
            .merge(sorting[["project_id", "track"]], on="project_id")
            .groupby(["unit_name", "month", "track"])["effort_hours"]
            .sum()
        ),
    }
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(TURNS):
        for name, call in calls.items():
            times[name].append(seconds_of(call))
    told = {name: round(statistics.median(found), 3) for name, found in times.items()}
    told["ratio_to_groupby"] = round(told["effort_s"] / told["groupby_s"], 2)
    told["ratio_to_join_and_groupby"] = round(told["effort_s"] / told["join_and_groupby_s"], 2)
    told["mix_5000_projects_s"] = round(seconds_of(lambda: measure_mix(projects, sorting)), 2)
    print(json.dumps({"rows": len(assignments), **told}, indent=1))


if __name__ == "__main__":
    main()
