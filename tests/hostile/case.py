"""A hostile case: how its file is made, and what has to come of it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

__all__ = ["LAUGHS", "PASSWORDS", "Case", "Parts", "write_parts"]

# Ten entities, each ten times the one before: "ha" a billion times.
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghij"))
    + "]>"
)
PASSWORDS = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'

# Parts of a container; a part given as piece and count is that piece repeated.
Parts = dict[str, bytes | tuple[bytes, int]]


@dataclass(frozen=True)
class Case:
    """One hostile file.

    Attributes:
        name: Of the case, as pytest shows it.
        file_name: What the file is called.
        make: Makes its content, or its parts where it is a container.
        told: Words the error must hold; blank where the file has to be read.
        rows: Rows that have to come out of a file that is read; -1 for any number.
        is_slow: It takes seconds even so.
    """

    name: str
    file_name: str
    make: Callable[[], bytes | str | Parts | None]
    told: str = ""
    rows: int = -1
    is_slow: bool = False

    def write(self, path: Path) -> None:
        """Write the file."""
        content = self.make()
        if isinstance(content, dict):
            write_parts(path, content)
        elif content is not None:
            path.write_bytes(content.encode() if isinstance(content, str) else content)


def write_parts(path: Path, parts: Parts) -> Path:
    """A ZIP container, written bit by bit.

    Args:
        path: The file.
        parts: Name to content.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as container:
        for name, content in parts.items():
            piece, count = content if isinstance(content, tuple) else (content, 1)
            with container.open(name, "w", force_zip64=True) as part:
                for _ in range(count):
                    part.write(piece)
    return path
