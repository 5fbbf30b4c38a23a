"""How long the load analyses take on many bookings, and the plan of pauses on 300 projects.

Run by hand: `uv run python benchmarks/load.py [--rows 100000]`. Prints the median seconds of three
interleaved runs of each analysis, the ratio to a bare pandas groupby of the same rows, and the
seconds and gap of the plan of pauses.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from dualtrack.analyses import (
    measure_attention,
    measure_concurrency,
    measure_key_roles,
    measure_load,
    measure_load_groups,
    measure_pausing,
    measure_straddle,
)

Frames = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]


def make_company(rows: int, projects: int, people: int, *, seed: int = 7) -> Frames:
    """Bookings of a year, capacity, projects in 20 units and 100 teams, and their tracks."""
    rng = np.random.default_rng(seed)
    months = pd.date_range("2026-01-01", periods=12, freq="MS")
    unit_of_project = rng.integers(0, 20, projects)
    unit_of_person = rng.integers(0, 20, people)
    role_of_person = rng.integers(0, 12, people)
    person = rng.integers(0, people, rows)
    booked = pd.DataFrame(
        {
            "project_id": rng.integers(0, projects, rows).astype(str),
            "person_id": person.astype(str),
            "month": months[rng.integers(0, 12, rows)],
            "role_name": np.char.add("Role ", role_of_person[person].astype(str)),
            "effort_hours": rng.gamma(2, 12, rows),
        }
    ).drop_duplicates(["project_id", "person_id", "month"])
    capacity = pd.DataFrame(
        {
            "person_id": np.repeat(np.arange(people), 12).astype(str),
            "month": np.tile(months, people),
            "capacity_hours": 140.0,
            "unit_name": np.repeat(np.char.add("Unit ", unit_of_person.astype(str)), 12),
        }
    )
    team = rng.integers(0, 5, projects)
    frame = pd.DataFrame(
        {
            "project_id": np.arange(projects).astype(str),
            "title": "Project",
            "status_type": "active",
            "unit_name": np.char.add("Unit ", unit_of_project.astype(str)),
            "team_name": np.char.add("Team ", team.astype(str)),
            "budget_cost": rng.lognormal(11, 1.2, projects),
            "planned_effort_hours": np.nan,
            "actual_effort_hours": np.nan,
        }
    )
    chances = rng.dirichlet([1.0, 1.0, 0.4], projects)
    names = np.array(["operational", "strategic", "maintenance"])
    sorting = pd.DataFrame(
        {
            "project_id": frame["project_id"],
            "track": names[chances.argmax(axis=1)],
            "p_operational": chances[:, 0],
            "p_strategic": chances[:, 1],
            "p_maintenance": chances[:, 2],
        }
    )
    return booked, capacity, frame, sorting


def measure_times(frames: Frames, rounds: int = 3) -> dict[str, float]:
    """Median seconds of each analysis, interleaved."""
    booked, capacity, projects, sorting = frames
    whole, some = (booked, capacity, projects, sorting), (booked, projects, sorting)
    tried: dict[str, Callable[[], object]] = {
        "bare groupby": lambda: booked.groupby(["role_name", "month"])["effort_hours"].sum(),
        "load": lambda: measure_load(*whole),
        "load_groups": lambda: measure_load_groups(*whole),
        "straddle": lambda: measure_straddle(*some),
        "concurrency": lambda: measure_concurrency(*some),
        "attention": lambda: measure_attention(*some),
        "key_roles": lambda: measure_key_roles(*whole),
    }
    seconds: dict[str, list[float]] = {name: [] for name in tried}
    for _ in range(rounds):
        for name, run in tried.items():
            start = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(found) for name, found in seconds.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    frames = make_company(rows, max(100, rows // 50), max(200, rows // 40))
    seconds = measure_times(frames)
    bare = seconds["bare groupby"]
    small = make_company(6_000, 300, 220)
    tight = small[1].assign(capacity_hours=55.0)
    start = time.perf_counter()
    pauses, limits = measure_pausing(
        small[2], small[0], tight, small[3], bands={"budget_cost": (0.3, 0.6)}
    )
    told = {
        "rows": len(frames[0]),
        "seconds": {name: round(one, 3) for name, one in seconds.items()},
        "ratio_to_groupby": {name: round(one / bare, 1) for name, one in seconds.items()},
        "pausing_300_projects_s": round(time.perf_counter() - start, 2),
        "pausing_limits": len(limits),
        "pausing_paused": int(pauses["is_paused"].sum()),
        "pausing_gap": float(pauses["gap_share"].iloc[0]),
    }
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
