"""Faults of a settings file in words: all of them at once, each with its line and key."""

from __future__ import annotations

import difflib
import re
import reprlib
import typing
from collections.abc import Sequence
from typing import Any, get_origin

from pydantic import BaseModel, ValidationError

__all__ = ["find_line", "tell_faults"]

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_LONGEST_VALUE = 60
_DEEPEST = 8  # parts of a key; settings have three
# What is not shown, since a message is copied into mails and logs.
_SECRETS = {"people_key", "url"}

Place = tuple[str | int, ...]


def tell_faults(fault: ValidationError, text: str, model: type[BaseModel]) -> str:
    """Every fault of a TOML file that does not fit its model.

    Args:
        fault: What pydantic found.
        text: The file.
        model: What it was checked against.

    Returns:
        The faults, parted by semicolons, in the order of the file.
    """
    told = [(find_line(text, tuple(one["loc"])), _tell(dict(one), model)) for one in fault.errors()]
    told.sort(key=lambda one: one[0] or 0)
    return "; ".join(f"line {line}: {words}" if line else words for line, words in told)


def find_line(text: str, place: Sequence[str | int]) -> int | None:
    """The line of a key, or of the nearest table around it; None where neither is written.

    Args:
        text: A TOML file.
        place: Keys and positions from the top, such as `("export", 1, "match")`.
    """
    lines = _list_places(text)
    found = (lines.get(tuple(place[:length])) for length in range(min(len(place), _DEEPEST), 0, -1))
    return next((line for line in found if line is not None), None)


def _list_places(text: str) -> dict[Place, int]:
    """Line of each table and key, by its place."""
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            table = _number(_parts(header[2]), counts, is_list=header[1] == "[[")
            own = table
        elif key := _KEY.match(line):
            own = (*table, *_parts(key[1]))
        else:
            continue
        for length in range(1, min(len(own), _DEEPEST) + 1):
            lines.setdefault(own[:length], number)
    return lines


def _number(parts: Place, counts: dict[Place, int], *, is_list: bool) -> Place:
    """A table's place, with the position of each list of tables it stands in."""
    place: Place = ()
    for position, part in enumerate(parts):
        place = (*place, part)
        if is_list and position == len(parts) - 1:
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place


def _parts(name: str) -> Place:
    found = re.findall(r""""([^"]*)"|'([^']*)'|([\w-]+)""", name)
    return tuple(next(filter(None, one), "") for one in found)


def _tell(one: dict[str, Any], model: type[BaseModel]) -> str:
    location = [str(part) for part in one["loc"]]
    key = ".".join(location)
    if one["type"] == "extra_forbidden":
        known = _known_keys(model, location[:-1])
        close = difflib.get_close_matches(location[-1], known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"known are {known}"
        return f"unknown key {key!r}, {hint}"
    if one["type"] == "missing":
        return f"key {key!r} is missing"
    shown = reprlib.repr(one["input"])  # of a value of any size and depth
    shown = shown if len(shown) <= _LONGEST_VALUE else f"{shown[:_LONGEST_VALUE]}…"
    holds = "" if _SECRETS & set(location) else f" holds {shown}"
    return f"key {key!r}{holds}: {one['msg'].lower()}"


def _known_keys(model: type[BaseModel], location: list[str]) -> list[str]:
    """Keys that a table may hold, by its place; none where it is no table of a known form."""
    at: Any = model
    is_own_name = False  # a name of the user's own comes next, as in [targets.<name>]
    for part in location:
        if is_own_name or not (isinstance(at, type) and issubclass(at, BaseModel)):
            is_own_name = False
            continue  # or a position in a list
        named = {field.alias or name: field for name, field in at.model_fields.items()}
        annotation = named[part].annotation if part in named else None
        at, is_own_name = _find_model(annotation), get_origin(annotation) is dict
    if not (isinstance(at, type) and issubclass(at, BaseModel)):
        return []
    return sorted({field.alias or name for name, field in at.model_fields.items()} - {"root"})


def _find_model(annotation: Any) -> Any:
    """The model in an annotation such as `tuple[Model, ...]` or `dict[str, Model]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_find_model, typing.get_args(annotation))), None)
