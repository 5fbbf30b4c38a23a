"""Tries a scenario: tables in, changed tables out; the ones given stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pandas as pd

from dualtrack.analyses import whatif_actions as kinds
from dualtrack.analyses.whatif_capacity import move_capacity
from dualtrack.analyses.whatif_projects import Finder
from dualtrack.errors import ConfigError
from dualtrack.schema import TABLES, conform, empty_frame

__all__ = ["WhatIf", "apply_scenario", "name_fit"]

_SUMMED = (
    "budget_cost",
    "actual_cost",
    "forecast_cost",
    "planned_effort_hours",
    "actual_effort_hours",
)
_SPENT = ("actual_cost", "actual_effort_hours")  # what is used already cannot be saved


@dataclass(frozen=True)
class WhatIf:
    """The tables a scenario changes.

    Attributes:
        capacity: As in the portfolio; capacity a scenario moves stands in rows of its own, which
            may name `team_name` and `role_name` besides.
        resting: Projects the scenario pauses; they stay in the list, but not in the mix.
        actions: What was done, the `whatif_actions` table.
    """

    projects: pd.DataFrame
    assignments: pd.DataFrame
    capacity: pd.DataFrame
    sorting: pd.DataFrame
    resting: frozenset[str] = frozenset()
    actions: pd.DataFrame = field(default_factory=lambda: empty_frame(TABLES["whatif_actions"]))


def apply_scenario(
    before: WhatIf, scenario: kinds.Scenario, *, hours_per_fte_month: float = 140.0
) -> WhatIf:
    """The tables as they would be had the scenario held in all the months of the bookings.

    Args:
        before: The tables as they are.
        scenario: As `read_scenario` returns. Projects are named by id or by whole title.
        hours_per_fte_month: Hours of one full-time person in a month.

    Returns:
        New tables. Stopped projects leave them; bookings of paused ones move on by as many months
        as the pause takes; of merged ones sums stay with the one they go into; a relabelled project
        is as sure of its track as a person's decision is. Readings and evidence stay as they are.

    Raises:
        ConfigError: A project, unit, team, role or amount does not exist or does not suffice; all
            such faults are named at once.
    """
    work = before
    finder = Finder(before.projects)
    rows: list[dict[str, object]] = []
    for number, action in enumerate(scenario.action, start=1):
        finder.where = f"action {number} ({action.do})"
        if isinstance(action, kinds.MoveCapacity):
            capacity, done = move_capacity(
                work.projects,
                work.assignments,
                work.capacity,
                work.sorting,
                action,
                finder,
                number=number,
                hours_per_fte_month=hours_per_fte_month,
            )
            work = replace(work, capacity=capacity)
        else:
            work, done = _STEPS[type(action)](work, action, finder)
        rows += [{"action_number": number, "action_type": action.do, **one} for one in done]
    if scenario.fit is not None:
        for finder.where, names in (
            ("fit.keep", scenario.fit.keep),
            ("fit.priority", scenario.fit.priority),
        ):
            finder.find(names)
    if finder.faults:
        raise ConfigError(f"{scenario.title}: {'; '.join(finder.faults)}.")
    actions = conform(pd.DataFrame(rows), TABLES["whatif_actions"])
    return replace(work, actions=pd.concat([before.actions, actions], ignore_index=True))


def name_fit(projects: pd.DataFrame, fit: kinds.FitSettings) -> tuple[list[str], dict[str, float]]:
    """Ids of the projects `[fit]` keeps, and the priorities it states, by id.

    Args:
        projects: Those left after the scenario; `apply_scenario` has checked the names.
        fit: The section of the scenario.
    """
    finder = Finder(projects)
    weights = {one: weight for name, weight in fit.priority.items() for one in finder.find((name,))}
    return finder.find(fit.keep), weights


_Done = list[dict[str, object]]


def _facts(work: WhatIf, project_id: str) -> dict[str, object]:
    project = work.projects[work.projects["project_id"] == project_id].iloc[0]
    booked = work.assignments[work.assignments["project_id"] == project_id]
    return {
        "project_id": project_id,
        "title": project["title"],
        "effort_hours": float(booked["effort_hours"].sum()),
        "cost": project["budget_cost"],
    }


def _drop(work: WhatIf, ids: list[str]) -> WhatIf:
    return replace(
        work,
        projects=work.projects[~work.projects["project_id"].isin(ids)].reset_index(drop=True),
        sorting=work.sorting[~work.sorting["project_id"].isin(ids)].reset_index(drop=True),
    )


def _stop(work: WhatIf, action: kinds.StopProjects, finder: Finder) -> tuple[WhatIf, _Done]:
    ids = finder.find(action.projects)
    done: _Done = [{**_facts(work, one), "words": "stopped"} for one in ids]
    finder.remove(ids, "stopped")
    is_left = ~work.assignments["project_id"].isin(ids)
    work = replace(work, assignments=work.assignments[is_left].reset_index(drop=True))
    return _drop(work, ids), done


def _pause(work: WhatIf, action: kinds.PauseProjects, finder: Finder) -> tuple[WhatIf, _Done]:
    ids = finder.find(action.projects)
    until = pd.Timestamp(action.until).to_period("M")
    done: _Done = []
    for one in ids:
        is_own = work.assignments["project_id"] == one
        months = work.assignments.loc[is_own, "month"].dt.to_period("M")
        by = max(0, (until - months.min()).n) if len(months) else 0
        facts = _facts(work, one)
        moved = (months + by).dt.to_timestamp() if by else months.dt.to_timestamp()
        month = work.assignments["month"].copy()
        month.loc[is_own] = moved.astype(month.dtype)
        is_project = work.projects["project_id"] == one
        later = work.projects["forecast_finish_date"] + pd.DateOffset(months=by)
        work = replace(
            work,
            assignments=work.assignments.assign(month=month),
            projects=work.projects.assign(
                status_type=work.projects["status_type"].mask(is_project, "on_hold"),
                forecast_finish_date=work.projects["forecast_finish_date"].where(
                    ~is_project, later
                ),
            ),
        )
        said = f"paused until {action.until:%Y-%m-%d}, work moved on by {by} months"
        done.append({**facts, "words": said if by else f"{said}: nothing is booked before"})
    return replace(work, resting=work.resting | set(ids)), done


def _merge(work: WhatIf, action: kinds.MergeProjects, finder: Finder) -> tuple[WhatIf, _Done]:
    ids, into = finder.find(action.projects), finder.find((action.into,))
    others = [one for one in ids if one not in into]
    if not into:
        return work, []
    if not others:
        finder.fault("nothing to merge besides the project it goes into")
        return work, []
    keep = 1 - action.saves_pct / 100
    projects = work.projects
    own, rest = projects["project_id"] == into[0], projects["project_id"].isin(others)
    sums = {}
    for name in _SUMMED:
        factor = 1.0 if name in _SPENT else keep
        both = pd.concat([projects.loc[own, name], projects.loc[rest, name] * factor])
        sums[name] = projects[name].mask(own, both.sum(min_count=1))
    done: _Done = [{**_facts(work, one), "words": f"merged into {into[0]}"} for one in others]
    booked = work.assignments
    is_rest = booked["project_id"].isin(others)
    moved = booked.assign(
        project_id=booked["project_id"].mask(is_rest, into[0]),
        effort_hours=booked["effort_hours"].mask(is_rest, booked["effort_hours"] * keep),
    )
    merged = moved.groupby(["project_id", "person_id", "month"], as_index=False).agg(
        role_name=("role_name", "first"), effort_hours=("effort_hours", "sum")
    )
    finder.remove(others, f"merged into {into[0]}")
    assignments = conform(merged, TABLES["assignments"])
    work = replace(work, projects=projects.assign(**sums), assignments=assignments)
    return _drop(work, others), done


def _relabel(work: WhatIf, action: kinds.RelabelProjects, finder: Finder) -> tuple[WhatIf, _Done]:
    ids = finder.find(action.projects)
    sorting = work.sorting
    is_own = sorting["project_id"].isin(ids)
    was = sorting.set_index("project_id")["track"]
    done: _Done = [
        {**_facts(work, one), "words": f"{was.get(one, 'undecided')} to {action.track}"}
        for one in ids
    ]
    changed = {
        f"p_{name}": sorting[f"p_{name}"].mask(is_own, float(name == action.track))
        for name in ("operational", "strategic", "maintenance")
    }
    relabelled = sorting.assign(
        track=sorting["track"].mask(is_own, action.track),
        decided_by=sorting["decided_by"].mask(is_own, "person"),
        undecided_reason=sorting["undecided_reason"].mask(is_own),
        **changed,
    )
    return replace(work, sorting=conform(relabelled, TABLES["sorting"])), done


def _shift_budget(work: WhatIf, action: kinds.ShiftBudget, finder: Finder) -> tuple[WhatIf, _Done]:
    ids, to = finder.find(action.source), finder.find((action.to,))
    budget = work.projects.set_index("project_id")["budget_cost"]
    unknown = [one for one in ids if not budget[one] > 0]
    if unknown:
        finder.fault(f"no budget is known of {', '.join(unknown)}; `budget_cost` would let it")
    if not ids or not to or unknown:
        return work, []
    if to[0] in ids:
        finder.fault(f"{to[0]} is both where the budget comes from and where it goes")
        return work, []
    have = budget[ids]
    taken = have * (action.pct / 100 if action.pct else action.amount / have.sum())
    if taken.sum() > have.sum() * (1 + 1e-9):
        finder.fault(f"{action.amount:,.0f} asked, {have.sum():,.0f} there")
        return work, []
    done: _Done = [
        {**_facts(work, one), "effort_hours": 0.0, "cost": taken[one], "words": f"to {to[0]}"}
        for one in ids
    ]
    after = budget.sub(taken, fill_value=0.0).reindex(budget.index).where(budget.notna())
    after[to[0]] = (0.0 if pd.isna(budget[to[0]]) else budget[to[0]]) + taken.sum()
    projects = work.projects.assign(budget_cost=after.to_numpy())
    return replace(work, projects=projects), done


_STEPS: dict[type, Callable[..., tuple[WhatIf, _Done]]] = {
    kinds.StopProjects: _stop,
    kinds.PauseProjects: _pause,
    kinds.MergeProjects: _merge,
    kinds.RelabelProjects: _relabel,
    kinds.ShiftBudget: _shift_budget,
}
