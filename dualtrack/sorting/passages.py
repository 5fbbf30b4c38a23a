"""The passage of each project that the text model reads: its title and what stands below it."""

from __future__ import annotations

import pandas as pd

__all__ = ["ITEM_BREAK", "gather_passages"]

# A description shorter than this says little more than the title: the items' titles follow it.
_FEW_WORDS = 8
_MOST_ITEMS = 12  # the text model reads some 45 words
ITEM_BREAK = "\n"  # between items: a quote never reaches across it


def gather_passages(texts: pd.DataFrame) -> pd.DataFrame:
    """One passage a project: its title, and as body its description or its items' titles.

    The objective is left out: many projects share one, and its wording would speak for all.

    Args:
        texts: As `gather_texts` returns.

    Returns:
        `project_id`, `title`, `body`, `body_column` (the column the body was read in), one row per
        project that has any of them, in the order of `texts`.
    """
    cells = {
        name: rows.groupby("project_id", sort=False)["text"]
        for name, rows in texts.groupby("column_name", sort=False)
    }
    ids = pd.Index(texts["project_id"].drop_duplicates(), name="project_id")
    blank = pd.Series("", index=ids, dtype="str")
    title = cells["title"].first().reindex(ids).fillna("") if "title" in cells else blank
    description = (
        cells["description"].first().reindex(ids).fillna("") if "description" in cells else blank
    )
    items = (
        cells["work_items"].agg(lambda rows: ITEM_BREAK.join(rows.head(_MOST_ITEMS)))
        if "work_items" in cells
        else blank
    ).reindex(ids)
    is_short = description.str.split().str.len().lt(_FEW_WORDS) & items.fillna("").ne("")
    return pd.DataFrame(
        {
            "title": title,
            "body": description.where(~is_short, items),
            "body_column": pd.Series("description", index=ids).where(~is_short, "work_items"),
        }
    ).reset_index()
