"""What the methods rest on, as data a steering group can read and change."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["read_reference"]


@cache
def read_reference(name: str) -> dict[str, Any]:
    """Read one packaged TOML file of this folder, such as `words.toml`."""
    return tomllib.loads((resources.files("dualtrack.reference") / name).read_text("utf-8"))
