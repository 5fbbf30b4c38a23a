"""How often the 90 % interval of the strategic share holds the truth, right and miscalibrated.

Run by hand: `uv run python benchmarks/interval_coverage.py [--truths 4000]`. Prints coverage for
the committed sample and for drawn portfolios of 20 to 1,000 projects that are harder to sort,
where the probabilities are right (temperature 1), the sort was over-confident (1.4, 1.2) or
under-confident (0.7, 0.8). The figures stand in docs/targets.md.
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd

from dualtrack import open_quarter
from dualtrack.analyses.coverage import measure_coverage
from dualtrack.schema import TABLES, conform

TEMPERATURES = (0.7, 0.8, 1.0, 1.2, 1.4)


def make_portfolio(count: int, *, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Projects with skewed budgets and probabilities of which a third are doubtful."""
    rng = np.random.default_rng(seed)
    sharpness = rng.choice([0.15, 0.15, 1.5], count)[:, None]
    shares = rng.dirichlet([1, 1, 0.5], count) ** (1 / sharpness)
    shares /= shares.sum(axis=1, keepdims=True)
    ids = [f"bench:{number}" for number in range(count)]
    projects = pd.DataFrame({"project_id": ids, "budget_cost": rng.lognormal(11, 1.5, count)})
    columns = ("p_operational", "p_strategic", "p_maintenance")
    sorting = pd.DataFrame(dict(zip(columns, shares.T, strict=True))).assign(
        project_id=ids, track="undecided"
    )
    return conform(projects, TABLES["projects"]), conform(sorting, TABLES["sorting"])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--truths", type=int, default=4000)
    truths = parser.parse_args().truths
    opened = open_quarter("2026-Q3")
    cases = {"sample": (opened.portfolio.projects, opened.sorting)}
    cases |= {f"drawn, {count}": make_portfolio(count, seed=count) for count in (20, 100, 1000)}
    for name, (projects, sorting) in cases.items():
        coverage = measure_coverage(projects, sorting, temperatures=TEMPERATURES, truths=truths)
        wide = coverage.pivot_table(index="quantity_type", columns="temperature", values="coverage")
        print(f"{name}\n{(100 * wide).round(1).to_string()}\n")


if __name__ == "__main__":
    main()
