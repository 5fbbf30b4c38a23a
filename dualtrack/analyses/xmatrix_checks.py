"""What can be checked on an X-matrix: loose ends, owners, and ties that mean nothing."""

from __future__ import annotations

import pandas as pd

from dualtrack.analyses.xmatrix import find_priorities, measure_xmatrix_links, trace_breakthroughs
from dualtrack.schema import TABLES, conform

__all__ = ["measure_xmatrix_checks"]

MOST_OWNED = 3  # open strategic priorities of one owner; a house rule, ours
MOST_BREAKTHROUGHS = 5  # 3 to 5: common advice of hoshin practice
DENSE = 0.5  # share of a corner's ties; from here on a tie tells little; ours
_DENSE_LEAST = 3  # items on both sides; fewer are always dense
_LIST_LEAST = 3  # projects of a list that must all lack an objective for its column to be missing
_CLOSED = ("done", "cancelled")


def measure_xmatrix_checks(
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    objectives: pd.DataFrame,
    measures: pd.DataFrame,
    *,
    is_whole: bool = True,
    smallest_group: int = 5,
) -> pd.DataFrame:
    """Findings on all strategic priorities, drawn or not.

    A priority that serves no breakthrough (where its list has objectives at all; else the list is
    told once); a breakthrough or an aim that no open project serves; an aim below no breakthrough
    (where any aim names one); a priority without a measure; a measure without exactly one owner; an
    owner of more than three priorities; a corner with more than half of all ties; more than five
    breakthroughs.

    Args:
        projects: As for `measure_xmatrix`, with `source_file`.
        sorting: `project_id`, `track`.
        objectives: The `objectives` table.
        measures: `metric_id`, `project_id`.
        is_whole: Whether all units are looked at; of one unit nothing is said about objectives
            that others may serve.
        smallest_group: With fewer owners than this none is counted as overloaded.

    Returns:
        The `xmatrix_checks` table, in the order above.
    """
    priorities = find_priorities(projects, sorting)
    upward = trace_breakthroughs(objectives)
    parts = [
        *_check_priorities(priorities, projects, upward, objectives),
        *(_check_support(projects, objectives, upward) if is_whole else []),
        *(_check_aims(objectives, upward) if is_whole else []),
        _check_measured(priorities, measures),
        _check_measure_owners(priorities, projects, measures),
        _check_owners(priorities, smallest_group),
        _check_density(measure_xmatrix_links(projects, sorting, objectives, measures)),
    ]
    filled = [part for part in parts if len(part)]
    table = TABLES["xmatrix_checks"]
    return conform(pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(), table)


def _found(kind: str, ids: pd.Series, names: pd.Series, says: str | pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "check_type": kind,
            "item_id": ids.to_numpy(),
            "item_name": names.to_numpy(),
            "says": says if isinstance(says, str) else says.to_numpy(),
        }
    )


def _check_priorities(
    priorities: pd.DataFrame,
    projects: pd.DataFrame,
    upward: pd.DataFrame,
    objectives: pd.DataFrame,
) -> list[pd.DataFrame]:
    """Orphans, and lists whose export holds no objective at all."""
    groups = projects.groupby("source_file")["objective_id"].agg(["size", "count"])
    silent = groups.index[(groups["count"] == 0) & (groups["size"] >= _LIST_LEAST)]
    is_silent = priorities["source_file"].isin(silent)
    asked = priorities[~is_silent & ~priorities["objective_id"].isin(upward["objective_id"])]
    if projects["objective_id"].isna().all() or objectives.empty:
        asked = asked.iloc[:0]  # nothing is known of objectives: a gap of the data, told elsewhere
    known = asked["objective_id"].isin(objectives["objective_id"])
    says = pd.Series("names no objective", index=asked.index)
    says = says.mask(asked["objective_id"].notna(), "names an objective that no list holds")
    says = says.mask(known, "serves an aim that stands below no breakthrough")
    lists = priorities[is_silent].groupby("source_file").size()
    counts = pd.Series(
        [f"holds no objective; strategic priorities in it: {count}" for count in lists],
        index=lists.index,
        dtype="str",
    )
    names = lists.index.to_series()
    return [
        _found("orphan_priority", asked["project_id"], asked["title"], says),
        _found("objective_not_exported", names, names, counts),
    ]


def _check_support(
    projects: pd.DataFrame, objectives: pd.DataFrame, upward: pd.DataFrame
) -> list[pd.DataFrame]:
    open_ = projects[~projects["status_type"].isin(_CLOSED)]
    if open_["objective_id"].isna().all():
        return []
    served = set(open_["objective_id"].dropna())
    tops = set(upward["breakthrough_id"])
    lifted = set(upward.loc[upward["objective_id"].isin(served), "breakthrough_id"])
    below = set(objectives.loc[objectives["objective_id"].isin(served), "parent_id"].dropna())
    is_top = objectives["objective_id"].isin(tops)
    is_bare = ~objectives["objective_id"].isin(served | lifted | below)
    parts = []
    for kind, is_kind in (("unsupported_breakthrough", is_top), ("unsupported_aim", ~is_top)):
        own = objectives[is_kind & is_bare]
        parts.append(_found(kind, own["objective_id"], own["title"], "no open project serves it"))
    return parts


def _check_aims(objectives: pd.DataFrame, upward: pd.DataFrame) -> list[pd.DataFrame]:
    tops = upward["breakthrough_id"].unique()
    aims = objectives[~objectives["objective_id"].isin(tops)]
    parts = []
    if aims["parent_id"].notna().any():
        loose = aims[~aims["objective_id"].isin(upward["objective_id"])]
        says = "stands below no breakthrough"
        parts.append(
            _found("aim_without_breakthrough", loose["objective_id"], loose["title"], says)
        )
    if len(tops) > MOST_BREAKTHROUGHS:
        count = pd.Series(["breakthroughs"])
        says = f"{len(tops)} breakthroughs, three to five can be led at once"
        parts.append(_found("many_breakthroughs", count, count, says))
    return parts


def _check_measured(priorities: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    if measures["project_id"].isna().all():
        return _found("priority_without_measure", pd.Series(), pd.Series(), "")
    bare = priorities[~priorities["project_id"].isin(measures["project_id"].dropna())]
    return _found("priority_without_measure", bare["project_id"], bare["title"], "no measure")


def _check_measure_owners(
    priorities: pd.DataFrame, projects: pd.DataFrame, measures: pd.DataFrame
) -> pd.DataFrame:
    series = measures[["metric_id", "project_id"]].drop_duplicates()
    wanted = series.loc[series["project_id"].isin(priorities["project_id"]), "metric_id"].unique()
    series = series[series["metric_id"].isin(wanted)]
    owned = series.merge(
        projects[["project_id", "owner"]], on="project_id", how="left", validate="many_to_one"
    )
    counts = owned.groupby("metric_id")["owner"].nunique()
    odd = counts[counts != 1]
    names = odd.index.to_series()
    says = pd.Series([f"{count or 'no'} owners" for count in odd], index=odd.index, dtype="str")
    return _found("measure_without_one_owner", names, names, says)


def _check_owners(priorities: pd.DataFrame, smallest_group: int) -> pd.DataFrame:
    """Counted, in the order of the numbers, not of the load."""
    ordered = priorities.sort_values("project_id").dropna(subset=["owner"])
    counts = ordered.groupby("owner", sort=False).size()
    names = pd.Series([f"Owner {place}" for place in range(1, len(counts) + 1)], counts.index)
    over = counts[counts > MOST_OWNED] if len(counts) >= smallest_group else counts.iloc[:0]
    says = pd.Series([f"owns {count} priorities" for count in over], index=over.index, dtype="str")
    return _found("overloaded_owner", names[over.index], names[over.index], says)


def _check_density(links: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for (left, right), own in links.groupby(["from_type", "to_type"]):
        sides = own["from_id"].nunique(), own["to_id"].nunique()
        share = len(own) / (sides[0] * sides[1])
        if min(sides) >= _DENSE_LEAST and share > DENSE:
            rows.append(
                (f"{left} to {right}", f"{share:.0%} of all ties are made".replace("%", " %"))
            )
    frame = pd.DataFrame(rows, columns=["item", "says"], dtype="str")
    return _found("dense_links", frame["item"], frame["item"], frame["says"])
