"""What the headline numbers mean: each definition with a checksum, to see whether it changed."""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from typing import Any

from dualtrack.config import Settings
from dualtrack.schema import TABLES

__all__ = ["changed_definitions", "list_definitions"]

# Sections of the settings that change what a number means.
_SECTIONS = ("money", "sort", "targets")
_KEYS = {"portfolio": ("fiscal_year_start", "hours_per_day"), "pack": ("hours_per_fte_month",)}
# Files are definitions; people's decisions are data.
_NO_DEFINITION = {"decisions_file", "criteria_file"}
_REFERENCE = (
    "criteria.toml",
    "declared_labels.toml",
    "managed_signs.toml",
    "words.toml",
    "targets.csv",
)
_MODEL = "sorting/model/weights.json"
# The headline rests on these; other tables may grow without changing what it says.
_TABLES = ("projects", "sorting", "mix", "blur")
_SHORT = 16


def list_definitions(settings: Settings) -> dict[str, str]:
    """Every definition the headline numbers rest on, by name.

    Args:
        settings: `portfolio.toml`.

    Returns:
        Name to value: a setting as JSON, a file or table as the start of its checksum.
    """
    told = settings.model_dump(mode="json", exclude={"root"})
    found: dict[str, str] = {}
    for section in _SECTIONS:
        found |= _flat(section, told.get(section, {}))
    for section, keys in _KEYS.items():
        found |= {f"{section}.{key}": json.dumps(told[section][key]) for key in keys}
    package = resources.files("dualtrack")
    for name in _REFERENCE:
        if (file := package / "reference" / name).is_file():
            found[f"packaged {name}"] = _hash(file.read_bytes())
    own = settings.path(settings.sort.criteria_file)
    if settings.sort.criteria_file and own.is_file():
        found["own criteria"] = _hash(own.read_bytes())
    weights = package / _MODEL
    if weights.is_file():
        found["text model"] = str(json.loads(weights.read_text("utf-8")).get("version", ""))
    for name in _TABLES:
        if name in TABLES:
            columns = [(one.name, one.type, one.unit, one.allowed) for one in TABLES[name].columns]
            found[f"table {name}"] = _hash(json.dumps(columns).encode())
    return found


def changed_definitions(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """Names of definitions that are not what they were, those that came or went too."""
    return sorted(name for name in before | now if before.get(name) != now.get(name))


def _flat(section: str, told: Any) -> dict[str, str]:
    if not isinstance(told, dict):
        return {section: json.dumps(told, sort_keys=True)}
    return {
        f"{section}.{key}": json.dumps(_without_reason(value), sort_keys=True)
        for key, value in told.items()
        if key not in _NO_DEFINITION
    }


def _without_reason(value: Any) -> Any:
    """Why a target differs is no part of what it is, and may name people."""
    is_told = isinstance(value, dict)
    return {name: one for name, one in value.items() if name != "because"} if is_told else value


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_SHORT]
