"""The same project in two tools: sure pairs merged, doubtful ones reported."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
from rapidfuzz import fuzz

from dualtrack.errors import RecordError
from dualtrack.records.findings import make_issues
from dualtrack.records.small_table import name_lines, read_small_table

__all__ = ["match_projects", "read_matches"]

# Chosen on the sample: twins differ by a filler word or a bracket; other pairs stay below 80.
SURE_SCORE = 92.0
DOUBTFUL_SCORE = 84.0
# Dates of twins are typed twice and slip apart; a month keeps recurring projects distinct.
NEAR_DAYS = 31
# Words too common to bring two titles together as a pair worth comparing.
_COMMON = {"from", "with", "into", "project", "programme", "program", "phase", "until", "days"}


def read_matches(path: Path) -> pd.DataFrame:
    """Read people's answers on doubtful pairs.

    Args:
        path: `matches.csv`; a missing file holds no answer.

    Returns:
        `left_id`, `right_id`, `is_same` (yes or no), the last answer on a pair.

    Raises:
        RecordError: A column is missing or lines are wrong; every wrong line is named.
    """
    columns = ["left_id", "right_id", "is_same"]
    if not path.is_file():
        return pd.DataFrame(columns=columns, dtype="str")
    headings = "left_id,right_id,is_same,by,at,why"
    answers = read_small_table(path, needed=tuple(columns), headings=headings)
    answers = answers.assign(is_same=answers["is_same"].str.lower())
    told = {
        "is_same must be yes or no": answers[~answers["is_same"].isin(["yes", "no"])],
        "an id is blank": answers[answers["left_id"].isna() | answers["right_id"].isna()],
    }
    faults = [f"line {name_lines(odd)}: {fault}" for fault, odd in told.items() if len(odd)]
    if faults:
        raise RecordError(f"{path}: {'; '.join(faults)}. Mend these lines.")
    return answers.reset_index(drop=True).drop_duplicates(["left_id", "right_id"], keep="last")[
        columns
    ]


def match_projects(
    projects: pd.DataFrame, answers: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Find projects that two tools list, and merge the sure ones.

    Only projects of different files that share a rare word of their title are compared. A pair is
    sure with a title score (rapidfuzz token_sort_ratio) of at least 92 and starts within 31 days,
    doubtful from 84. Of a sure pair the first stays and takes what it lacks from the other.

    Args:
        projects: Cleaned projects of all files.
        answers: As `read_matches` returns; an answer stands above the score, in either order.

    Returns:
        `projects` without the merged ones; `merged`: `project_id` (gone), `into_id`, `source_file`,
        `source_row`; `issues`.
    """
    pairs = _judge_pairs(_score_pairs(projects), _answered(projects, answers))
    sure = pairs[pairs["is_sure"]].drop_duplicates("right")
    sure = sure[~sure["left"].isin(sure["right"])]
    merged = projects.loc[sure["right"], ["project_id", "source_file", "source_row"]].assign(
        into_id=projects.loc[sure["left"], "project_id"].to_numpy()
    )
    filled = projects.copy()
    for left, right in zip(sure["left"], sure["right"], strict=True):
        filled.loc[left] = projects.loc[left].where(projects.loc[left].notna(), projects.loc[right])
    doubtful = pairs[~pairs["is_sure"] & pairs["is_open"]]
    rows = projects.loc[doubtful["left"]].assign(
        value=projects.loc[doubtful["right"], "project_id"].to_numpy()
    )
    issues = [
        make_issues(
            merged.assign(value=merged["into_id"]),
            rule_name="same project in two tools",
            severity_type="info",
            message="Merged; the first listing stands, gaps filled from the other.",
        ),
        make_issues(
            rows,
            rule_name="perhaps the same project",
            message="Titles are close. Say yes or no in matches.csv: left_id,right_id,is_same.",
        ),
    ]
    kept = filled.drop(index=sure["right"]).reset_index(drop=True)
    return kept.astype(projects.dtypes.to_dict()), merged, pd.concat(issues)


def _judge_pairs(pairs: pd.DataFrame, told: dict[tuple[int, int], bool]) -> pd.DataFrame:
    """Pairs with `is_sure` (told so, else by score and dates) and `is_open` (nobody answered)."""
    keys = list(zip(pairs["left"], pairs["right"], strict=True))
    by_score = (pairs["score"] >= SURE_SCORE) & pairs["is_near"]
    judged = [
        (*key, told.get(key, bool(is_sure)), key not in told)
        for key, is_sure in zip(keys, by_score, strict=True)
    ]
    # A person may know of a pair whose titles are nothing alike.
    judged += [(*key, True, False) for key in told if key not in set(keys) and told[key]]
    columns = ["left", "right", "is_sure", "is_open"]
    return pd.DataFrame(judged, columns=columns).astype({"is_sure": bool, "is_open": bool})


def _answered(projects: pd.DataFrame, answers: pd.DataFrame | None) -> dict[tuple[int, int], bool]:
    """Pairs of rows people answered on, in the order of the rows."""
    place = {one: int(str(index)) for index, one in projects["project_id"].items()}
    rows = [] if answers is None else answers.itertuples()
    told: dict[tuple[int, int], bool] = {}
    for row in rows:
        if row.left_id in place and row.right_id in place:
            left, right = sorted((place[row.left_id], place[row.right_id]))
            told[left, right] = row.is_same == "yes"
    return told


def _score_pairs(projects: pd.DataFrame) -> pd.DataFrame:
    """Pairs that share a rare title word, from different files, with score and nearness."""
    titles = projects["title"].fillna("").str.casefold()
    by_word: dict[str, list[int]] = {}
    for index, title in titles.items():
        for word in set(re.findall(r"[^\W\d_]{4,}", title)) - _COMMON:
            by_word.setdefault(word, []).append(int(str(index)))
    limit = max(20, len(projects) // 50)
    pairs = {
        (left, right)
        for found in by_word.values()
        if len(found) <= limit
        for place, left in enumerate(found)
        for right in found[place + 1 :]
        if projects.at[left, "source_file"] != projects.at[right, "source_file"]
    }
    rows = []
    for left, right in sorted(pairs):
        score = fuzz.token_sort_ratio(titles[left], titles[right])
        if score >= DOUBTFUL_SCORE:
            rows.append((left, right, score, _is_near(projects, left, right)))
    return pd.DataFrame(rows, columns=["left", "right", "score", "is_near"]).astype(
        {"is_near": bool}
    )


def _is_near(projects: pd.DataFrame, left: int, right: int) -> bool:
    apart = projects.at[left, "start_date"] - projects.at[right, "start_date"]
    return bool(pd.isna(apart) or abs(apart.days) <= NEAR_DAYS)
