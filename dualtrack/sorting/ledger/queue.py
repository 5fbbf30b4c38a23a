"""Which projects to decide first: where the most doubtful money is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.schema import TRACKS

__all__ = ["DOUBTFUL_FROM", "measure_doubt", "measure_stakes", "rank_queue"]

DOUBTFUL_FROM = 0.2  # the best two are less than 0.8 apart: the best has about 0.9 or less
_COLUMNS = ["project_id", "doubt", "stake_cost", "stake_from", "priority", "settled_share"]


def rank_queue(sorting: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """Undecided and doubtful projects, in the order in which deciding them settles the most.

    Doubt times money, the largest first. A project that a person has decided is not in the queue.

    Args:
        sorting: The `sorting` table.
        projects: The `projects` table.

    Returns:
        One row per project that is undecided or whose doubt is at least 0.2, in order:
        `project_id`, `doubt` (0 to 1), `stake_cost` and `stake_from` as `measure_stakes` gives
        them, `priority` (doubt x stake), `settled_share` (of all the queue's priority, settled by
        deciding this project and those above it; 0 to 1).
    """
    rows = sorting.assign(doubt=measure_doubt(sorting)).merge(
        measure_stakes(projects), on="project_id", how="left", validate="one_to_one"
    )
    is_doubtful = rows["track"].eq("undecided") | (rows["doubt"] >= DOUBTFUL_FROM)
    queue = (
        rows[is_doubtful & rows["decided_by"].ne("person")]
        .assign(priority=lambda queued: queued["doubt"] * queued["stake_cost"])
        .sort_values(["priority", "project_id"], ascending=[False, True])
        .reset_index(drop=True)[_COLUMNS[:-1]]
    )
    whole = queue["priority"].sum()
    settled = queue["priority"].cumsum() / whole if whole else queue["priority"]
    return queue.assign(settled_share=settled)[_COLUMNS]


def measure_doubt(sorting: pd.DataFrame) -> pd.Series:
    """Doubt of each project: one minus the gap between its two best probabilities.

    The gap, not the entropy: doubt is how near the answer is to being another, and that is between
    the best two. By entropy a project of which nothing is known (a third each) would stand above a
    tie of two tracks, and the third track, over which nobody hesitates, would count.

    Args:
        sorting: The three probabilities.

    Returns:
        0 for a sure project, 1 for a tie; on the index of `sorting`.
    """
    chances = np.sort(sorting[[f"p_{name}" for name in TRACKS[:3]]].to_numpy(float), axis=1)
    return pd.Series(1 - (chances[:, 2] - chances[:, 1]), index=sorting.index)


def measure_stakes(projects: pd.DataFrame) -> pd.DataFrame:
    """What is at stake in each project, in money.

    Its budget; without one, its planned hours at the portfolio's money per hour (median over the
    projects that have both); without either, the median of those known. An amount of nothing or
    less counts as not known. Where no project has both, hours cannot be priced: they are used only
    if there is no budget at all, as they stand.

    Args:
        projects: `project_id`, `budget_cost`, `planned_effort_hours`.

    Returns:
        One row per project, same order: `project_id`, `stake_cost` (portfolio currency, or hours
        where no budget is known), `stake_from` (budget, effort, median; none where nothing at all
        is known: then all stakes are 1).
    """
    budget = projects["budget_cost"].where(projects["budget_cost"] > 0)
    hours = projects["planned_effort_hours"].where(projects["planned_effort_hours"] > 0)
    per_hour = (budget / hours).median() if budget.notna().any() else 1.0
    priced = hours * per_hour
    known = budget.fillna(priced)
    source = pd.Series("median", index=projects.index).mask(priced.notna(), "effort")
    source = source.mask(budget.notna(), "budget")
    middle = known.median()
    if pd.isna(middle):
        middle, source = 1.0, source.replace("median", "none")
    return projects[["project_id"]].assign(
        stake_cost=known.fillna(middle).astype("float64"), stake_from=source
    )
