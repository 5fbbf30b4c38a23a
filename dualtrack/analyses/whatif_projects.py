"""Finds what a scenario names: projects by id or title; collects the faults, none is raised."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import pandas as pd

__all__ = ["Finder"]


class Finder:
    """Projects of a portfolio by id or whole title, and every fault met so far.

    Attributes:
        where: What the next faults are about, such as `action 2 (pause)`.
        faults: In words, in the order met.
    """

    def __init__(self, projects: pd.DataFrame) -> None:
        self.where = ""
        self.faults: list[str] = []
        self._ids = set(projects["project_id"])
        self._titles: dict[str, list[str]] = {}
        self._names = [*projects["project_id"], *projects["title"].dropna()]
        for one in projects[["project_id", "title"]].dropna().itertuples():
            self._titles.setdefault(_plain(one.title), []).append(one.project_id)
        self._gone: dict[str, str] = {}

    def fault(self, words: str) -> None:
        """Keep a fault."""
        self.faults.append(f"{self.where}: {words}")

    def find(self, names: Iterable[str]) -> list[str]:
        """Ids of the projects named, each once; those not found or gone become faults."""
        found: list[str] = []
        for name in names:
            ids = [name] if name in self._ids else self._titles.get(_plain(name), [])
            if len(ids) != 1:
                self.fault(self._why_not(name, ids))
            elif ids[0] in self._gone:
                self.fault(f"project {name!r} was {self._gone[ids[0]]} before")
            elif ids[0] not in found:
                found += ids
        return found

    def remove(self, ids: Iterable[str], words: str) -> None:
        """Projects later actions cannot touch, and what became of them."""
        self._gone |= dict.fromkeys(ids, f"{words} by {self.where.split(' (')[0]}")

    def check_name(self, name: str, known: Iterable[str], noun: str) -> None:
        """A unit, team or role that nothing names becomes a fault; a blank is no name."""
        listed = sorted(set(known))
        if name and name not in listed:
            self.fault(f"no {noun} {name!r}, {_hint(name, listed)}")

    def _why_not(self, name: str, ids: list[str]) -> str:
        if ids:
            return f"title {name!r} stands for {', '.join(sorted(ids))}: name one by its id"
        return f"no project {name!r}, {_hint(name, self._names)}"


def _hint(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"known are {known[:8]}" if 0 < len(known) <= 8 else f"none of {len(known)} is like it"


def _plain(title: str) -> str:
    return " ".join(str(title).casefold().split())
