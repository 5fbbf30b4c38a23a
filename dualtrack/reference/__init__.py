"""What the methods rest on, as data a steering group can read and change."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

import pandas as pd

__all__ = ["read_reference", "read_reference_table"]


@cache
def read_reference(name: str) -> dict[str, Any]:
    """Read one packaged TOML file of this folder, such as `words.toml`."""
    return tomllib.loads((resources.files("dualtrack.reference") / name).read_text("utf-8"))


def read_reference_table(name: str) -> pd.DataFrame:
    """Read one packaged CSV file of this folder, such as `targets.csv`; blank cells are missing."""
    with (resources.files("dualtrack.reference") / name).open(encoding="utf-8") as file:
        return pd.read_csv(file)
