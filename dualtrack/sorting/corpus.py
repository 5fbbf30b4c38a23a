"""The training lines: short project records of our own writing, with the criteria each shows."""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

import pandas as pd

from dualtrack.errors import SortingError
from dualtrack.sorting.score import NATURES

__all__ = ["COLUMNS", "read_corpus"]

COLUMNS = ("label", "title", "description", "criteria", "sector", "lang", "difficulty")
_HELD_OUT = 10  # every tenth line, by its title: never shown to the encoder or the criteria


def read_corpus(folder: Path | None = None) -> pd.DataFrame:
    """Read every `*.tsv` of the corpus.

    Args:
        folder: A folder of such files; None for the packaged corpus.

    Returns:
        One row a line: the columns of `COLUMNS`, `is_held_out` and `file_name`, in the order of
        the file names. A line is held out by its title alone, so that adding lines moves none.

    Raises:
        SortingError: A line has the wrong number of fields or an unknown label; all are named.
    """
    root = folder or resources.files("dualtrack.sorting") / "model" / "corpus"
    rows: list[list[str]] = []
    faults: list[str] = []
    for file in sorted(root.iterdir(), key=lambda one: one.name):
        if not file.name.endswith(".tsv"):
            continue
        lines = file.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines[1:], start=2):
            fields = line.split("\t")
            if len(fields) != len(COLUMNS) or fields[0] not in NATURES or not fields[1].strip():
                faults.append(f"{file.name} line {number}")
                continue
            rows.append([*fields, file.name])
    if faults or not rows:
        raise SortingError(
            f"{root}: {len(faults)} lines are no training lines: {faults[:5]}. Each has "
            f"{len(COLUMNS)} fields, {', '.join(COLUMNS)}, with a tab between them."
        )
    corpus = pd.DataFrame(rows, columns=[*COLUMNS, "file_name"])
    return corpus.assign(is_held_out=corpus["title"].map(_is_held_out))


def _is_held_out(title: str) -> bool:
    return hashlib.blake2b(title.encode(), digest_size=4).digest()[0] % _HELD_OUT == 0
