"""The ledger of people's decisions: read, checked, the last one on a project holds."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from dualtrack.errors import SortingError
from dualtrack.sorting.score import NATURES

__all__ = ["LEDGER_COLUMNS", "read_decisions"]

LEDGER_COLUMNS = ("project_id", "track", "by", "at", "why")


def read_decisions(path: Path) -> pd.DataFrame:
    """Read the ledger.

    Args:
        path: `decisions.csv`; a missing file is an empty ledger.

    Returns:
        One row per decided project, the latest: `LEDGER_COLUMNS`.

    Raises:
        SortingError: A column is missing, or a track is none; every wrong line is named.
    """
    if not path.is_file():
        return pd.DataFrame(columns=list(LEDGER_COLUMNS), dtype="str")
    ledger = pd.read_csv(path, dtype="str", encoding="utf-8-sig")
    missing = [name for name in LEDGER_COLUMNS if name not in ledger]
    if missing:
        raise SortingError(
            f"{path}: no column {missing}; found {list(ledger.columns)}. "
            f"The heading row is {','.join(LEDGER_COLUMNS)}."
        )
    wrong = ledger[~ledger["track"].isin(NATURES) | ledger["project_id"].isna()]
    if not wrong.empty:
        lines = [int(str(line)) + 2 for line in wrong.index[:5]]
        raise SortingError(
            f"{path}: line {lines}: track {wrong['track'].head().tolist()} is none of "
            f"{list(NATURES)}, or the project is blank. Mend these lines."
        )
    return ledger.drop_duplicates("project_id", keep="last").reset_index(drop=True)
