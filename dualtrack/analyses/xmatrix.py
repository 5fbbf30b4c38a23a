"""The X-matrix: breakthroughs, aims, priorities, measures and owners, and what ties them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.schema import TABLES, conform

__all__ = ["find_priorities", "measure_xmatrix", "measure_xmatrix_links", "trace_breakthroughs"]

TOP = 12  # priorities on a page that can still be read
MOST_AIMS = 8
_CLOSED = ("done", "cancelled")
_BREAKTHROUGH = r"break|strateg|long|vision|durchbruch|langfrist|rupture|avance|ruptura"
_DEPTH = 10  # levels of objectives; deeper chains are circles


def measure_xmatrix(
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    objectives: pd.DataFrame,
    measures: pd.DataFrame,
    *,
    top: int = TOP,
    smallest_group: int = 5,
) -> pd.DataFrame:
    """Every item of the X-matrix, and which of them are on the drawing.

    Priorities are the open projects on the strategic track; the drawing shows the largest by
    budget, their measures and owners, every breakthrough, and aims up to eight, those of the
    priorities drawn first. Owners bear numbers, in the order of the priorities' ids, and are not
    drawn where there are fewer than `smallest_group`.

    Args:
        projects: `project_id`, `title`, `owner`, `objective_id`, `budget_cost`, `status_type`.
        sorting: `project_id`, `track`.
        objectives: The `objectives` table; a level that reads like breakthrough, strategic or
            long-term makes one a breakthrough; without any level, one that stands below none.
        measures: `metric_id`, `project_id`.
        top: Priorities on the drawing.
        smallest_group: Fewest owners that are drawn.

    Returns:
        The `xmatrix` table: breakthroughs, aims, priorities by budget, measures, owners.

    Source: Jackson, Hoshin Kanri for the Lean Enterprise (2006). The limits are ours.
    """
    priorities = find_priorities(projects, sorting)
    links = measure_xmatrix_links(projects, sorting, objectives, measures)
    drawn = set(priorities["project_id"].head(top))
    tied = links[(links["from_type"] == "priority") & links["from_id"].isin(drawn)]
    levels = _split_objectives(objectives)
    aims = levels[~levels["is_breakthrough"]]
    is_tied = aims["objective_id"].isin(tied.loc[tied["to_type"] == "aim", "to_id"])
    aims = aims.assign(is_tied=is_tied).sort_values("is_tied", ascending=False, kind="stable")
    owners = _number_owners(priorities)
    parts = [
        _items("breakthrough", levels[levels["is_breakthrough"]], "objective_id", True),
        _items("aim", aims, "objective_id", np.arange(len(aims)) < max(MOST_AIMS, is_tied.sum())),
        _items("priority", priorities, "project_id", priorities["project_id"].isin(drawn)),
        _items_tied("measure", links, drawn),
        _items_tied("owner", links, drawn, is_shown=len(owners) >= smallest_group),
    ]
    return conform(pd.concat(parts, ignore_index=True), TABLES["xmatrix"])


def measure_xmatrix_links(
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    objectives: pd.DataFrame,
    measures: pd.DataFrame,
) -> pd.DataFrame:
    """What ties the items: stated in an export, or following from stated ties.

    Args:
        projects: As for `measure_xmatrix`.
        sorting: As for `measure_xmatrix`.
        objectives: As for `measure_xmatrix`.
        measures: As for `measure_xmatrix`.

    Returns:
        The `xmatrix_links` table: aim to breakthrough, priority to aim and to breakthrough, measure
        to priority and to breakthrough, owner to priority.
    """
    priorities = find_priorities(projects, sorting)
    levels = _split_objectives(objectives)
    aims = levels[~levels["is_breakthrough"]]
    upward = trace_breakthroughs(objectives)
    named = priorities.dropna(subset=["objective_id"])
    to_top = named.merge(upward, on="objective_id", how="inner", validate="many_to_one")
    series = measures[["metric_id", "project_id"]].dropna().drop_duplicates()
    series = series[series["project_id"].isin(priorities["project_id"])]
    served = series.merge(
        to_top[["project_id", "breakthrough_id"]],
        on="project_id",
        how="inner",
        validate="many_to_one",
    )
    owners = _number_owners(priorities)
    owned = priorities.assign(owner_id=priorities["owner"].map(owners)).dropna(subset=["owner_id"])
    above = aims.merge(upward, on="objective_id", how="inner", validate="one_to_one")
    aimed = named[named["objective_id"].isin(aims["objective_id"])]
    is_direct = to_top["objective_id"] == to_top["breakthrough_id"]
    is_next = above["parent_id"] == above["breakthrough_id"]
    parts = [
        _links("aim", above["objective_id"], "breakthrough", above["breakthrough_id"], is_next),
        _links("priority", aimed["project_id"], "aim", aimed["objective_id"], True),
        _links(
            "priority", to_top["project_id"], "breakthrough", to_top["breakthrough_id"], is_direct
        ),
        _links("measure", series["metric_id"], "priority", series["project_id"], True),
        _links("measure", served["metric_id"], "breakthrough", served["breakthrough_id"], False),
        _links("owner", owned["owner_id"], "priority", owned["project_id"], True),
    ]
    table = TABLES["xmatrix_links"]
    whole = pd.concat(parts, ignore_index=True).drop_duplicates(list(table.key))
    return conform(whole, table)


def find_priorities(projects: pd.DataFrame, sorting: pd.DataFrame) -> pd.DataFrame:
    """Open projects on the strategic track, the largest budget first.

    Args:
        projects: As for `measure_xmatrix`.
        sorting: `project_id`, `track`.
    """
    tracks = sorting[["project_id", "track"]]
    rows = projects.merge(tracks, on="project_id", how="left", validate="one_to_one")
    own = rows[(rows["track"] == "strategic") & ~rows["status_type"].isin(_CLOSED)]
    return own.sort_values(["budget_cost", "project_id"], ascending=[False, True])


def trace_breakthroughs(objectives: pd.DataFrame) -> pd.DataFrame:
    """The breakthrough each objective leads up to.

    Args:
        objectives: As for `measure_xmatrix`.

    Returns:
        `objective_id`, `breakthrough_id` of those that lead to one; a breakthrough to itself.
    """
    levels = _split_objectives(objectives)
    parent = dict(zip(levels["objective_id"], levels["parent_id"], strict=True))
    tops = set(levels.loc[levels["is_breakthrough"], "objective_id"])
    found = levels["objective_id"]
    for _ in range(_DEPTH):
        found = found.where(found.isin(tops), found.map(parent))
    traced = pd.DataFrame({"objective_id": levels["objective_id"], "breakthrough_id": found})
    return traced[traced["breakthrough_id"].isin(tops)]


def _split_objectives(objectives: pd.DataFrame) -> pd.DataFrame:
    level = objectives["level"].fillna("").str.lower()
    if (level != "").any():
        is_top = level.str.contains(_BREAKTHROUGH, regex=True)
    else:
        is_top = objectives["parent_id"].isna()
    return objectives.assign(is_breakthrough=is_top.astype(bool))


def _number_owners(priorities: pd.DataFrame) -> dict[str, str]:
    """Owner to a number that says nothing of the person or of the load."""
    names = priorities.sort_values("project_id")["owner"].dropna().unique()
    return {str(name): f"Owner {number}" for number, name in enumerate(names, start=1)}


def _items(
    kind: str, rows: pd.DataFrame, key: str, is_drawn: bool | pd.Series | np.ndarray
) -> pd.DataFrame:
    budget = rows["budget_cost"] if kind == "priority" else np.nan
    return pd.DataFrame(
        {
            "item_type": kind,
            "item_id": rows[key].to_numpy(),
            "item_name": rows["title"].to_numpy(),
            "budget_cost": budget,
            "is_drawn": is_drawn,
        }
    )


def _items_tied(
    kind: str, links: pd.DataFrame, drawn: set[str], *, is_shown: bool = True
) -> pd.DataFrame:
    """Measures or owners: those tied to a priority that is drawn are drawn too."""
    own = links[(links["from_type"] == kind) & (links["to_type"] == "priority")]
    is_drawn = own["to_id"].isin(drawn).groupby(own["from_id"], sort=False).any() & is_shown
    return pd.DataFrame(
        {
            "item_type": kind,
            "item_id": is_drawn.index,
            "item_name": is_drawn.index,
            "budget_cost": np.nan,
            "is_drawn": is_drawn.to_numpy(),
        }
    )


def _links(
    from_type: str,
    from_ids: pd.Series,
    to_type: str,
    to_ids: pd.Series,
    is_stated: bool | pd.Series,
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "from_type": from_type,
            "from_id": from_ids.to_numpy(),
            "to_type": to_type,
            "to_id": to_ids.to_numpy(),
            "is_stated": is_stated if isinstance(is_stated, bool) else is_stated.to_numpy(),
        }
    )
