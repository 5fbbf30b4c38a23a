"""Fenced blocks, commands, inline commands and links of the Markdown pages."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
_FENCE = re.compile(
    r"(?ms)(?:^<!-- not run: (?P<why>[^\n]+?) -->\n+)?^```(?P<lang>\w*)\n(?P<text>.*?)^```$"
)
_INLINE = re.compile(r"(?<!`)`(dualtrack [^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Block:
    """A fenced block: where it stands, its language, its text, and why it is not run, if so."""

    page: Path
    line: int
    language: str
    text: str
    why_not: str

    @property
    def place(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    @property
    def lines(self) -> list[str]:
        """Commands of a shell block, without comments and blank lines."""
        bare = [re.sub(r"(^|\s)#.*", "", line).strip() for line in self.text.splitlines()]
        return [line for line in bare if line]


def read_blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            page,
            text.count("\n", 0, found.start("lang")) + 1,
            found["lang"],
            found["text"],
            found["why"] or "",
        )
        for found in _FENCE.finditer(text)
    ]


def read_inline(page: Path) -> list[list[str]]:
    """Words of each command named in running text."""
    prose = _FENCE.sub("", page.read_text(encoding="utf-8"))
    return [shlex.split(found) for found in _INLINE.findall(prose)]


def read_links(page: Path) -> list[str]:
    """Targets of links and pictures that are no addresses."""
    text = re.sub(r"(?ms)^```.*?^```$", "", page.read_text(encoding="utf-8"))
    return [one for one in _LINK.findall(text) if not re.match(r"[a-z]+:", one)]


ALL = [block for page in PAGES for block in read_blocks(page)]
