"""Reads a what-if scenario: a TOML file, checked whole before anything is tried."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from dualtrack.analyses.whatif_actions import (
    ACTIONS,
    FitBand,
    FitSettings,
    GroupOfPeople,
    Scenario,
)
from dualtrack.errors import ConfigError

__all__ = ["read_scenario"]

_INNER: dict[str, type[BaseModel]] = {
    "from": GroupOfPeople,
    "to": GroupOfPeople,
    "fit": FitSettings,
    "band": FitBand,
}


def read_scenario(path: Path | str) -> Scenario:
    """Read and check a scenario file.

    Args:
        path: A TOML file, as `docs/what-if.md` describes.

    Returns:
        The scenario; whether its projects and groups exist is checked by `apply_scenario`.

    Raises:
        ConfigError: The file is missing, is no TOML, or has faults: each is named with its key.
    """
    file = Path(path)
    if not file.is_file():
        raise ConfigError(f"{file}: no such scenario file. docs/what-if.md shows one.")
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConfigError(f"{file}: not a TOML file ({fault}). Mend that line.") from fault
    faults: list[str] = []
    listed = content.pop("action", [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        faults.append("[[action]] is a list of tables")
        listed = []
    actions = [_read_action(number, one, faults) for number, one in enumerate(listed, start=1)]
    try:
        scenario = Scenario(**content)
    except ValidationError as fault:
        faults += _faults_in_words(fault, "", Scenario)
    if faults:
        raise ConfigError(f"{file}: {'; '.join(faults)}.")
    if not actions and scenario.fit is None:
        raise ConfigError(f"{file}: nothing to try. Write an [[action]] or a [fit] section.")
    return scenario.model_copy(update={"action": tuple(actions)})


def _read_action(number: int, one: dict[str, Any], faults: list[str]) -> BaseModel | None:
    kind = one.get("do")
    if kind not in ACTIONS:
        close = difflib.get_close_matches(str(kind), ACTIONS, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"known are {sorted(ACTIONS)}"
        said = "no key 'do'" if kind is None else f"key 'do' holds {kind!r}"
        faults.append(f"action {number}: {said}, {hint}")
        return None
    try:
        return ACTIONS[kind](**one)
    except ValidationError as fault:
        faults += _faults_in_words(fault, f"action {number} ({kind}): ", ACTIONS[kind])
        return None


def _faults_in_words(fault: ValidationError, where: str, kind: type[BaseModel]) -> list[str]:
    return [where + _fault_in_words(dict(one), kind) for one in fault.errors()]


def _fault_in_words(one: dict[str, Any], kind: type[BaseModel]) -> str:
    location = [str(part) for part in one["loc"]]
    key = ".".join(location)
    if one["type"] == "extra_forbidden":
        inner = next((_INNER[part] for part in reversed(location[:-1]) if part in _INNER), kind)
        known = sorted(field.alias or name for name, field in inner.model_fields.items())
        close = difflib.get_close_matches(location[-1], known, n=1)
        return f"unknown key {key!r}, " + (
            f"did you mean {close[0]!r}?" if close else f"known are {known}"
        )
    if one["type"] == "missing":
        return f"key {key!r} is missing"
    said = one["msg"].removeprefix("Value error, ")
    said = said[:1].lower() + said[1:]
    return said if not key else f"key {key!r} holds {one['input']!r}: {said}"
