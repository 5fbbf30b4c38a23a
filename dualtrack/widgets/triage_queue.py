"""The queue of triage: what is doubtful by the evidence alone, and how much of it is settled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dualtrack.claims.claim import word_count, word_money, word_share
from dualtrack.schema import TRACKS
from dualtrack.sorting import Criteria, rank_queue
from dualtrack.sorting.learn import LEARNED_ID
from dualtrack.sorting.score import measure_probabilities, score_tracks
from dualtrack.widgets.card import text_of

__all__ = [
    "find_likeliest",
    "find_next",
    "list_queue",
    "restore_evidence",
    "search_projects",
    "word_progress",
]

_MOST_FOUND = 20
_CHANCES = [f"p_{name}" for name in TRACKS[:3]]


def restore_evidence(
    sorting: pd.DataFrame, evidence: pd.DataFrame, criteria: Criteria
) -> pd.DataFrame:
    """The sort as the evidence alone has it: a person's decisions taken off, their words unlearnt.

    Args:
        sorting: The `sorting` table.
        evidence: The `evidence` table.
        criteria: That made it.

    Returns:
        `sorting` with probabilities, track and `decided_by` of the evidence for every project that
        a person has decided; the other rows as they are.
    """
    is_decided = sorting["decided_by"] == "person"
    if not is_decided.any():
        return sorting
    ids = sorting.loc[is_decided, "project_id"]
    own = evidence[
        (evidence["reading"] == "evidence")
        & (evidence["criterion_id"] != LEARNED_ID)
        & evidence["project_id"].isin(ids)
    ]
    shares = measure_probabilities(
        score_tracks(ids, own, criteria), temperature=criteria.temperature
    )
    restored = sorting.assign(
        track=sorting["track"].mask(is_decided, sorting["evidence_track"]),
        decided_by=sorting["decided_by"].mask(is_decided, "evidence"),
    )
    restored.loc[is_decided, _CHANCES] = shares[list(TRACKS[:3])].to_numpy()
    return restored


def list_queue(
    projects: pd.DataFrame, restored: pd.DataFrame, *, currency: str
) -> list[dict[str, Any]]:
    """The queue as it goes to the browser, settled projects among it.

    Args:
        projects: The `projects` table.
        restored: As `restore_evidence` returns.
        currency: Of the stakes.

    Returns:
        In order, one a project: `id`, `title`, `unit`, `stake` (words), `likeliest`, `chance`
        (words), `priority` (doubt x stake).
    """
    queue = rank_queue(restored, projects)
    rows = queue.merge(
        projects[["project_id", "title", "unit_name"]], on="project_id", validate="one_to_one"
    ).merge(restored[["project_id", *_CHANCES]], on="project_id", validate="one_to_one")
    has_budget = bool((projects["budget_cost"] > 0).any())
    listed = []
    for row in rows.to_dict("records"):
        best = find_likeliest(row)
        stake = {
            "budget": word_money(row["stake_cost"], currency),
            "effort": word_money(row["stake_cost"], currency) + " by its hours"
            if has_budget
            else f"{row['stake_cost']:,.0f} hours",
            "median": "no budget",
        }.get(str(row["stake_from"]), "no budget")
        listed.append(
            {
                "id": row["project_id"],
                "title": text_of(row["title"]) or "(no title)",
                "unit": text_of(row["unit_name"]),
                "stake": stake,
                "likeliest": best,
                "chance": word_share(row[f"p_{best}"]),
                "priority": float(row["priority"]),
            }
        )
    return listed


def word_progress(
    queue: list[dict[str, Any]], settled: dict[str, str], *, has_money: bool
) -> dict[str, Any]:
    """How much of the doubt is settled.

    Args:
        queue: As `list_queue` returns.
        settled: Project to the track a person put it on.
        has_money: Whether stakes are told in money.

    Returns:
        `share` (0 to 1) and `words`.
    """
    if not queue:
        return {"share": 1.0, "words": "Nothing to decide: no project is undecided or doubtful."}
    whole = sum(row["priority"] for row in queue)
    done = [row for row in queue if row["id"] in settled]
    share = sum(row["priority"] for row in done) / whole if whole else len(done) / len(queue)
    share = 1.0 if len(done) == len(queue) else share
    noun = "the doubtful money" if has_money else "the doubt"
    told = word_count(len(queue), "project")
    return {
        "share": share,
        "words": f"Settled so far: {word_share(share)} of {noun} ({len(done)} of {told})",
    }


def find_next(
    queue: list[dict[str, Any]], current: str, settled: dict[str, str], skipped: set[str]
) -> str:
    """The project to show after `current`: the next open one, those skipped last; blank if none.

    Args:
        queue: As `list_queue` returns.
        current: The project shown.
        settled: Project to track.
        skipped: Projects passed over.
    """
    ids = [row["id"] for row in queue]
    place = ids.index(current) + 1 if current in ids else 0
    around = [one for one in [*ids[place:], *ids[:place]] if one not in settled]
    others = [one for one in around if one != current]
    fresh = [one for one in others if one not in skipped]
    return str((fresh or others or around or [""])[0])


def find_likeliest(row: Mapping[Any, Any]) -> str:
    """The track with the highest probability in a row of `sorting`."""
    return max(TRACKS[:3], key=lambda name: float(row[f"p_{name}"]))


def search_projects(
    projects: pd.DataFrame, restored: pd.DataFrame, settled: dict[str, str], text: str
) -> list[dict[str, str]]:
    """Projects whose id, title or unit holds all the words, whatever their capitals.

    Args:
        projects: The `projects` table.
        restored: As `restore_evidence` returns.
        settled: Project to track.
        text: What is sought; blank finds nothing.

    Returns:
        Up to twenty: `id`, `title`, `unit`, `state`.
    """
    words = text.casefold().split()
    if not words:
        return []
    columns = ["project_id", "title", "unit_name"]
    cells = [projects[name].astype("str").fillna("").str.casefold() for name in columns]
    whole = cells[0] + " " + cells[1] + " " + cells[2]
    is_found = pd.Series(True, index=projects.index)
    for word in words:
        is_found &= whole.str.contains(word, regex=False)
    tracks = restored.set_index("project_id")["track"]
    return [
        {
            "id": str(row["project_id"]),
            "title": text_of(row["title"]) or "(no title)",
            "unit": text_of(row["unit_name"]),
            "state": f"decided: {settled[row['project_id']]}"
            if row["project_id"] in settled
            else str(tracks.get(row["project_id"], "")),
        }
        for row in projects.loc[is_found, columns].head(_MOST_FOUND).to_dict("records")
    ]
