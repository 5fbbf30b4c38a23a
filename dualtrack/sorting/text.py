"""What the evidence reading may read of a project, and the quotes it finds there."""

from __future__ import annotations

import pandas as pd

from dualtrack.sorting.criteria import Criteria

__all__ = ["READ_COLUMNS", "find_quotes", "gather_texts"]

# The evidence reading reads these and nothing else: never a label, never how a project is run.
READ_COLUMNS = ("title", "description", "objective", "work_items")


def gather_texts(
    projects: pd.DataFrame, work_items: pd.DataFrame, objectives: pd.DataFrame
) -> pd.DataFrame:
    """The texts of each project that say what it is.

    Args:
        projects: `project_id`, `title`, `description`, `objective_id`.
        work_items: Items rolled up: `project_id`, `title`.
        objectives: `objective_id`, `title`.

    Returns:
        One row per project and filled cell: `project_id`, `column_name` (one of `READ_COLUMNS`),
        `text` (the cell as it stands).
    """
    wording = objectives.set_index("objective_id")["title"]
    parts = [
        projects[["project_id", "title"]]
        .rename(columns={"title": "text"})
        .assign(column_name="title"),
        projects[["project_id", "description"]]
        .rename(columns={"description": "text"})
        .assign(column_name="description"),
        projects[["project_id"]].assign(
            text=projects["objective_id"].map(wording).astype("str"), column_name="objective"
        ),
        work_items[["project_id", "title"]]
        .rename(columns={"title": "text"})
        .assign(column_name="work_items"),
    ]
    texts = pd.concat(parts, ignore_index=True)
    filled = texts[texts["text"].notna() & texts["project_id"].isin(projects["project_id"])]
    return filled[["project_id", "column_name", "text"]].reset_index(drop=True)


def find_quotes(texts: pd.DataFrame, criteria: Criteria) -> pd.DataFrame:
    """First words of each project that show each criterion.

    Args:
        texts: As `gather_texts` returns; the first column of `READ_COLUMNS` that matches is quoted.
        criteria: What to look for.

    Returns:
        One row per project and criterion shown: `project_id`, `criterion_id`, `column_name`,
        `quote` (a substring of the text).
    """
    rows: list[tuple[str, str, str, str]] = []
    seen: set[tuple[str, str]] = set()
    order = {name: place for place, name in enumerate(READ_COLUMNS)}
    in_order = texts.sort_values("column_name", key=lambda names: names.map(order), kind="stable")
    for project_id, column_name, text in zip(
        in_order["project_id"], in_order["column_name"], in_order["text"], strict=True
    ):
        for criterion_id, (start, end) in criteria.phrases.find(text).items():
            if (project_id, criterion_id) not in seen:
                seen.add((project_id, criterion_id))
                quote = _finish_word(text, start, end)
                rows.append((project_id, criterion_id, column_name, quote))
    return pd.DataFrame(rows, columns=["project_id", "criterion_id", "column_name", "quote"])


def _finish_word(text: str, start: int, end: int) -> str:
    """The words with their last one finished: `reduc` is quoted as `reduce`."""
    while end < len(text) and (text[end].isalnum() or text[end] in "%-"):
        end += 1
    return text[start:end].strip()
