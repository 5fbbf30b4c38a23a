"""What thins the strategic path: initiatives with little evidence, work and objectives unlinked."""

from __future__ import annotations

import pandas as pd

from dualtrack.analyses.concentration import BREAKTHROUGHS_TARGET, find_under_way
from dualtrack.schema import TABLES, conform

__all__ = ["measure_demotions", "measure_links"]

_LEVEL_OF_STRATEGY = "breakthrough"


def measure_demotions(
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    evidence: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    by: str = "unit_name",
) -> pd.DataFrame:
    """Which initiatives to take off the list of breakthroughs first: weakest evidence first.

    On the list is every project under way that is strategic or called so. Those called strategic
    that are on another track come first: they need no evidence against them, they have none for
    them. The others follow by the evidence for strategic less that against.

    Args:
        projects: `project_id`, `title`, `unit_name`, `status_type`, `actual_finish_date`,
            `budget_cost`, `by`.
        sorting: `track`, `declared_track`, `p_strategic`.
        evidence: The `evidence` table; only what a project is counts, not how it is run.
        targets: As `read_targets` returns: the band leaves room for so many in a unit.
        by: Column of the unit the band is for; projects without one are ranked among themselves
            and never surplus.

    Returns:
        The `demotions` table by rank: within each unit from 1 (weakest). `is_surplus` marks those
        beyond the upper end of the band, counted from the strongest.
    """
    wanted = sorting[["project_id", "declared_track", "track", "p_strategic"]]
    rows = projects.merge(wanted, on="project_id", how="inner", validate="one_to_one")
    is_listed = (rows["track"] == "strategic") | (rows["declared_track"] == "strategic")
    rows = rows[is_listed & find_under_way(rows)]
    rows = rows.merge(_support(evidence), on="project_id", how="left", validate="one_to_one")
    rows = rows.assign(
        support=rows["support"].fillna(0.0),
        is_called_only=rows["track"] != "strategic",
        group=rows.reindex(columns=[by])[by].astype("str").fillna(""),
    ).sort_values(
        ["is_called_only", "support", "p_strategic", "project_id"],
        ascending=[False, True, True, True],
    )
    place = rows.groupby("group").cumcount()
    of = rows.groupby("group")["project_id"].transform("size")
    room = targets.loc[targets["target_id"] == BREAKTHROUGHS_TARGET, "high_value"]
    surplus = (place < of - room.iloc[0]) & (rows["group"] != "") if len(room) else place < 0
    rows = rows.assign(rank=place + 1, is_surplus=surplus).sort_values(["rank", "support"])
    kept = [name for name in TABLES["demotions"].column_names if name in rows]
    return conform(rows[kept], TABLES["demotions"])


def _support(evidence: pd.DataFrame) -> pd.DataFrame:
    """Evidence for strategic less the stronger of what speaks for the other tracks."""
    own = evidence[(evidence["reading"] == "evidence") & evidence["toward_track"].notna()]
    sums = own.pivot_table(
        index="project_id", columns="toward_track", values="contribution", aggfunc="sum"
    ).reindex(columns=["strategic", "operational", "maintenance"])
    sums = sums.fillna(0.0)
    support = sums["strategic"] - sums[["operational", "maintenance"]].max(axis=1)
    # The words shown are those against it, where there are any.
    strongest = own.assign(is_for=own["toward_track"] == "strategic").sort_values(
        ["is_for", "contribution"], ascending=[True, False]
    )
    words = strongest.drop_duplicates("project_id").set_index("project_id")[["says", "quote"]]
    return words.join(support.rename("support")).reset_index()


def measure_links(
    projects: pd.DataFrame, sorting: pd.DataFrame, objectives: pd.DataFrame
) -> pd.DataFrame:
    """Work without an objective, and objectives without work.

    Args:
        projects: `project_id`, `title`, `unit_name`, `objective_id`, `status_type`,
            `actual_finish_date`, `budget_cost`; what is done or cancelled is no work any more.
        sorting: `project_id`, `track`, `p_strategic`.
        objectives: `objective_id`, `title`, `level`.

    Returns:
        The `links` table, strategic work first, then by budget. Where no project of a tool names
        an objective, its projects have not left it out: the tool does not record it, and they are
        told apart. A breakthrough objective with work but no strategic initiative is told too.
    """
    wanted = sorting[["project_id", "track", "p_strategic"]]
    rows = projects.merge(wanted, on="project_id", how="left", validate="one_to_one")
    has_objective = rows["objective_id"].notna()
    tool = rows["project_id"].str.split(":", n=1).str[0]
    is_recorded = has_objective.groupby(tool).transform("any").astype(bool)
    # What is proposed is work too: it should say what for.
    is_work = find_under_way(rows) | (rows["status_type"] == "proposed").fillna(False)
    work = rows[is_work].assign(
        gap_type=pd.Series("project without objective", index=rows.index)
        .where(is_recorded, "objective not recorded by the tool")
        .mask(has_objective, "objective not in the list")[is_work]
    )
    is_gap = ~has_objective[is_work]
    if len(objectives):
        is_gap |= ~work["objective_id"].isin(objectives["objective_id"])
    loose = work[is_gap]
    is_strategic = loose["track"] == "strategic"
    loose = loose.assign(order=~is_strategic).sort_values(
        ["order", "budget_cost", "project_id"], ascending=[True, False, True]
    )
    columns = [name for name in TABLES["links"].column_names if name in loose]
    # Where no project names any objective, nothing can be said of single objectives.
    is_told = is_recorded.any() or rows.empty
    unserved = _unserved(work, objectives if is_told else objectives.head(0))
    return conform(
        pd.concat([loose[columns], unserved], ignore_index=True),
        TABLES["links"],
    )


def _unserved(work: pd.DataFrame, objectives: pd.DataFrame) -> pd.DataFrame:
    """Objectives nobody works for, and breakthroughs no strategic initiative works for.

    An objective that has work below it, through its parts, is not without work.
    """
    served = _with_parents(set(work["objective_id"].dropna()), objectives)
    of_strategy = work.loc[work["track"] == "strategic", "objective_id"]
    by_strategy = _with_parents(set(of_strategy.dropna()), objectives)
    is_empty = ~objectives["objective_id"].isin(served)
    is_breakthrough = objectives["level"].str.casefold().eq(_LEVEL_OF_STRATEGY).fillna(False)
    lacks = ~is_empty & is_breakthrough & ~objectives["objective_id"].isin(by_strategy)
    named = objectives.assign(
        gap_type=pd.Series("objective without projects", index=objectives.index).where(
            is_empty, "objective without strategic projects"
        )
    )
    return named.loc[is_empty | lacks, ["gap_type", "objective_id", "title"]]


def _with_parents(served: set[str], objectives: pd.DataFrame) -> set[str]:
    parent = objectives.dropna(subset=["parent_id"]).set_index("objective_id")["parent_id"]
    parents, new = dict(parent), set(served)
    while new:
        new = {parents[one] for one in new if one in parents} - served
        served |= new
    return served
