"""What the five questions look at: for every project, metric, forum and month whether it is met.

A thing of which nothing is recorded is not looked at: a blank is never a "no".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dualtrack.analyses.open_work import is_unfinished
from dualtrack.analyses.question_list import QuestionList
from dualtrack.schema import TABLES, conform

__all__ = ["QuestionTables", "measure_checks"]

_PATHS = ("operational", "strategic")
_INCOHERENT = ("two_units", "two_levels", "two_directions", "opposed", "stale", "no_owner")


@dataclass(frozen=True)
class QuestionTables:
    """What other analyses found, as far as they could be made; an empty frame where not.

    Attributes:
        rhythm: As `measure_rhythm` returns.
        metric_fit: As `measure_metric_fit` returns.
        coherence: As `measure_coherence` returns.
        mixing: As `measure_mixing` returns.
        leader_months: As `measure_leader_months` returns.
        straddle: As `measure_straddle` returns.
    """

    rhythm: pd.DataFrame
    metric_fit: pd.DataFrame
    coherence: pd.DataFrame
    mixing: pd.DataFrame
    leader_months: pd.DataFrame
    straddle: pd.DataFrame


def measure_checks(
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    objectives: pd.DataFrame,
    tables: QuestionTables,
    questions: QuestionList,
) -> pd.DataFrame:
    """Look at everything the five questions are made of.

    Args:
        projects: The projects; those done or cancelled are not looked at.
        sorting: One row per project.
        objectives: The objectives; may be empty.
        tables: What other analyses found.
        questions: As `read_questions` returns.

    Returns:
        The `checks` table, in the order of the questions' parts.
    """
    rows = projects.merge(
        sorting[["project_id", "track", "declared_track"]], on="project_id", validate="one_to_one"
    )
    rows = rows[is_unfinished(rows)]
    found = {
        **_check_names(rows),
        **_check_objectives(rows, objectives),
        **_check_follow_up(tables.rhythm),
        **_check_metrics(rows, tables.metric_fit, tables.coherence),
        **_check_leaders(tables, questions.protected_hours[1]),
    }
    order = questions.parts[["question_id", "part_id"]]
    parts = [
        found[part_id].assign(question_id=question_id, part_id=part_id)
        for question_id, part_id in order.itertuples(index=False)
        if part_id in found and len(found[part_id])
    ]
    return conform(pd.concat(parts) if parts else pd.DataFrame(), TABLES["checks"])


def _of_projects(rows: pd.DataFrame, is_met: pd.Series) -> pd.DataFrame:
    """A check for each project of `rows`."""
    return pd.DataFrame(
        {
            "subject_type": "project",
            "subject_id": rows["project_id"],
            "title": rows["title"],
            "met_count": is_met.astype(int),
            "checked_count": 1,
            "budget_cost": rows["budget_cost"],
        }
    )


def _of_things(kind: str, names: pd.Series, met: pd.Series, checked: pd.Series) -> pd.DataFrame:
    """A check for each of `names`."""
    return pd.DataFrame(
        {
            "subject_type": kind,
            "subject_id": names.to_numpy(),
            "title": names.to_numpy(),
            "met_count": met.to_numpy(),
            "checked_count": checked.to_numpy(),
            "budget_cost": np.nan,
        }
    )


def _check_names(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    called, track = rows["declared_track"], rows["track"]
    is_called = called.notna() & (called != "undecided")
    is_decided = track.notna() & (track != "undecided")
    both = rows[is_called & is_decided]
    return {
        "called_as_is": _of_projects(both, both["declared_track"] == both["track"]),
        "is_called": _of_projects(rows, is_called),
        "is_decided": _of_projects(rows, is_decided),
        "called_alike": _check_alike(both),
    }


def _check_alike(both: pd.DataFrame) -> pd.DataFrame:
    """Whether a project is called what most of the other units call that kind of work.

    Within one unit its teams are compared. Looked at are projects of units with others beside them
    that have labelled that kind of work, and agree on a name for it.
    """
    group = "unit_name" if len(both["unit_name"].dropna().unique()) > 1 else "team_name"
    known = both[both[group].notna()]
    keys = ["track", "declared_track", group]
    own = known.groupby(keys, as_index=False).size()
    whole = own.groupby(keys[:2], as_index=False)["size"].sum()
    units = own[["track", group]].drop_duplicates()
    others = units.merge(whole, on="track").merge(own, on=keys, how="left", suffixes=("", "_own"))
    others = others.assign(others=others["size"] - others["size_own"].fillna(0))
    if others.empty:
        return _of_projects(both.head(0), both.head(0)["title"].notna())
    most = others.groupby(["track", group])["others"].transform("max")
    top = others[(others["others"] == most) & (most > 0)]
    top = top[~top.duplicated(["track", group], keep=False)]
    named = top.rename(columns={"declared_track": "usual"})[["track", group, "usual"]]
    rows = known.merge(named, on=["track", group], how="inner", validate="many_to_one")
    return _of_projects(rows, rows["declared_track"] == rows["usual"])


def _check_objectives(rows: pd.DataFrame, objectives: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Strategic projects with an objective, where their tool records any; objectives with work."""
    tool = rows["project_id"].str.split(":", n=1).str[0]
    records = rows["objective_id"].notna().groupby(tool).transform("any")
    strategic = rows[(rows["track"] == "strategic") & records]
    served = rows["objective_id"].dropna()
    has_work = objectives["objective_id"].isin(served) | objectives["objective_id"].isin(
        objectives.loc[objectives["objective_id"].isin(served), "parent_id"].dropna()
    )
    listed = _of_things(
        "objective",
        objectives["title"],
        has_work.astype(int),
        pd.Series(1, index=objectives.index),
    ).assign(subject_id=objectives["objective_id"].to_numpy())
    is_known = bool(records.any())
    return {
        "has_objective": _of_projects(strategic, strategic["objective_id"].notna()),
        "objective_has_work": listed if is_known else listed.head(0),
    }


def _check_follow_up(rhythm: pd.DataFrame) -> dict[str, pd.DataFrame]:
    own = rhythm[rhythm["track"].isin(_PATHS)]
    silent = {"no norm", "not recorded"}

    def check(column: str, met: set[str]) -> pd.DataFrame:
        rows = own[own[column].notna() & ~own[column].isin(silent)]
        return _of_projects(rows, rows[column].isin(met))

    return {
        "rhythm_fits": check("rhythm_type", {"fits"}),
        "forum_fits": check("forum_type", {"fits"}),
        "review_held": check("review_type", {"held", "not due"}),
        "sponsor_fits": check("sponsor_type", {"fits"}),
    }


def _check_metrics(
    rows: pd.DataFrame, fit: pd.DataFrame, coherence: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    if fit.empty:  # no metric is exported: that none is there cannot be told
        return {}
    paths = rows[rows["track"].isin(_PATHS)]
    judged = fit[fit["kind_verdict"].isin(["fits", "wrong_kind", "activity"])]
    timed = fit[fit["rhythm_verdict"].isin(["fits", "too_fast", "too_slow"])]
    names = pd.Series(fit["metric_id"].unique())
    odd = coherence.loc[coherence["finding_type"].isin(_INCOHERENT), "metric_id"]
    ones = pd.Series(1, index=names.index)
    return {
        "metric_kind": _of_metrics(judged, judged["kind_verdict"] == "fits"),
        "metric_rhythm": _of_metrics(timed, timed["rhythm_verdict"] == "fits"),
        "metric_coherent": _of_things("metric", names, (~names.isin(odd)).astype(int), ones),
        "has_metric": _of_projects(paths, paths["project_id"].isin(fit["project_id"].dropna())),
    }


def _of_metrics(fit: pd.DataFrame, is_met: pd.Series) -> pd.DataFrame:
    """A check for each metric of a project."""
    names = fit["metric_id"].astype("str")
    of = fit["title"].where(fit["title"].notna(), "")
    title = (names + " of " + of.astype("str")).where(of != "", names)
    found = _of_things("metric", title, is_met.astype(int), pd.Series(1, index=fit.index))
    key = names + " " + fit["project_id"].where(fit["project_id"].notna(), "").astype("str")
    return found.assign(subject_id=key.str.strip().to_numpy())


def _check_leaders(tables: QuestionTables, protected_hours: float) -> dict[str, pd.DataFrame]:
    forums = tables.mixing[
        (tables.mixing["forum_name"] != "All") & (tables.mixing["strategic_item_count"] > 0)
    ]
    apart = forums["strategic_item_count"] - forums["shared_item_count"]
    months = tables.leader_months[tables.leader_months["is_whole"].fillna(False).astype(bool)]
    is_protected = (months["protected_hours"] >= protected_hours).astype(int)
    groups = tables.straddle
    kind = "unit" if (groups["group_type"] == "unit").any() else "whole"
    people = groups[(groups["group_type"] == kind) & groups["people_count"].notna()]
    people = people[people["both_tracks_count"].notna()]
    one_path = people["people_count"] - people["both_tracks_count"]
    return {
        "agenda_apart": _of_things(
            "forum", forums["forum_name"], apart, forums["strategic_item_count"]
        ),
        "protected_months": _of_things(
            "month",
            months["month"].dt.strftime("%B %Y"),
            is_protected,
            pd.Series(1, index=months.index),
        ),
        "on_one_path": _of_things("people", people["group_name"], one_path, people["people_count"]),
    }
