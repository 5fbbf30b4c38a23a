"""A pack as one document: what it says about itself, and its exhibits in the order of reading.

Every format is written from it, so that none can hold what another does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from itertools import count

from dualtrack.claims.claim import word_count
from dualtrack.pack.numbers import NO_NUMBERS, Numbers, NumbersColumn
from dualtrack.pack.pages import Block, Page

__all__ = ["Pack", "PackCover", "Shown", "name_apart", "plain_text"]

_FEW = 2  # fewer than these that cannot be told stand where they belong


@dataclass(frozen=True)
class PackCover:
    """What a pack says about itself.

    Attributes:
        scope: Unit, or the portfolio's name for the whole.
        filter: Which projects it holds, in words.
        made_at: When it was made, ISO 8601.
        snapshot: First letters of the checksum of the snapshot it was made from.
    """

    portfolio: str
    scope: str
    quarter: str
    as_of: str
    confidentiality: str
    made_at: str
    snapshot: str
    filter: str = "all units"

    @property
    def title(self) -> str:
        """Its name."""
        return f"{self.scope}: two paths in {self.quarter}"

    @property
    def stamp(self) -> str:
        """Where a figure or table comes from; it stands under each."""
        is_named = self.filter.startswith(f"unit {self.scope}")
        what = self.filter if is_named else f"{self.scope}, {self.filter}"
        return f"{what} · {self.quarter} · snapshot {self.snapshot}"


@dataclass(frozen=True)
class Shown:
    """A block with where it stands.

    Attributes:
        title: Its own message, else that of what it belongs to.
        section: Heading it stands under.
        lead: Text between that heading and it; only the first block of a section has one.
        page: Title of its notebook.
    """

    block: Block
    title: str
    section: str
    lead: str
    page: str


@dataclass(frozen=True)
class Pack:
    """A pack: its cover, its pages, and what they rest on.

    Attributes:
        sources: Export files; a row each.
        issues: Doubtful cells of its projects; a row each.
    """

    cover: PackCover
    pages: tuple[Page, ...]
    sources: Numbers = NO_NUMBERS
    issues: Numbers = NO_NUMBERS

    @cached_property
    def shown(self) -> tuple[Shown, ...]:
        """What a reader sees, in order; a section of text alone is one block."""
        return tuple(one for page in self.pages for one in _walk(page))

    def shown_on(self, page: Page) -> list[Shown]:
        """What a reader sees of one page."""
        return list(_walk(page))

    def printed_on(self, page: Page) -> list[Shown]:
        """What paper holds of a page: the numbers under a figure are on screen and in the workbook.

        So are those under words that say nothing can be told, which are not said twice.
        """
        return [one for one, is_below in self._say_once(page) if not is_below]

    def _say_once(self, page: Page) -> list[tuple[Shown, bool]]:
        """What a reader sees, each with whether it is the numbers of a figure above."""
        found: list[tuple[Shown, bool]] = []
        said: set[tuple[str, str]] = set()
        above = None
        for one in self.shown_on(page):
            block, words = one.block, (one.block.title, one.block.reading)
            if above is not None and block.kind == "table" and not block.title:
                if above.is_known:
                    found.append((one, above.kind == "figure"))
            elif block.is_known or words not in said:
                found.append((one, False))
                said.add(words)
            above = block
        return found

    def presented_on(self, page: Page) -> list[Shown]:
        """What slides hold of a page: all that cannot be told stands in one table at its end."""
        shown = [one for one, _ in self._say_once(page)]
        known = [one for one in shown if one.block.is_known]
        untold = [one.block for one in shown if not one.block.is_known]
        if len(untold) < _FEW:
            return shown
        columns = (NumbersColumn("claim", "Not told"), NumbersColumn("needs", "What would let it"))
        numbers = Numbers(columns, tuple((one.title, one.reading) for one in untold))
        title = f"{word_count(len(untold), 'question')} cannot be answered yet"
        block = Block("table", "", title=title[:1].upper() + title[1:], numbers=numbers)
        place = len(known) - (bool(known) and known[-1].block.kind == "decisions")
        return [*known[:place], Shown(block, block.title, "", "", page.title), *known[place:]]

    @property
    def exhibits(self) -> list[Shown]:
        """Those of `shown` with a key: figures, tables, statements, decisions."""
        return [one for one in self.shown if one.block.key]

    @cached_property
    def tables(self) -> dict[str, tuple[Shown, ...]]:
        """Numbers by a name of their own, with the exhibits that show them.

        A figure and the table under it often have the same numbers: these are one table here.
        """
        names: dict[str, list[Shown]] = {}
        for one in self.exhibits:
            if one.block.numbers is None:
                continue
            same = (name for name, held in names.items() if _is_same(held[0].block, one.block))
            name = next(same, "") or _free_name(one.block.key, names)
            names.setdefault(name, []).append(one)
        return {name: tuple(held) for name, held in names.items()}


def name_apart(pages: Iterable[Page]) -> tuple[Page, ...]:
    """Pages whose exhibits have keys of their own: notebooks may use the same ones.

    Args:
        pages: In order; the first exhibit of a key keeps it.
    """
    taken: dict[str, int] = {}
    named = []
    for page in pages:
        blocks = []
        for block in page.blocks:
            number = taken[block.key] = taken.get(block.key, 0) + 1
            if block.key and number > 1:
                key = f"{block.key}-{number}"
                html = block.html.replace(f'id="{escape(block.key)}"', f'id="{escape(key)}"', 1)
                block = replace(block, key=key, html=html)
            blocks.append(block)
        named.append(replace(page, blocks=tuple(blocks)))
    return tuple(named)


def _is_same(one: Block, other: Block) -> bool:
    if one.numbers is None or other.numbers is None:
        return False
    return (one.numbers.columns, one.numbers.rows) == (other.numbers.columns, other.numbers.rows)


def _free_name(key: str, taken: dict[str, list[Shown]]) -> str:
    plain = re.sub(r"[^a-z0-9-]+", "-", key.casefold()).strip("-") or "table"
    numbers = (f"{plain}-{number}" for number in count(2))
    return plain if plain not in taken else next(one for one in numbers if one not in taken)


def _walk(page: Page) -> Iterator[Shown]:
    section, lead, message, is_told = "", "", "", True
    for block in page.blocks:
        if block.kind == "text":
            if not is_told:
                yield _text(page, section, lead)
            heading, rest = _split(block.text)
            section, lead = heading or section, rest if heading else f"{lead} {rest}".strip()
            is_told, message = not lead, "" if heading else message
        elif block.kind != "headline" and not _is_blank(block):
            message = block.title or message
            yield Shown(block, message or section, section, lead, page.title)
            lead, is_told = "", True
    if not is_told:
        yield _text(page, section, lead)


def _is_blank(block: Block) -> bool:
    """True for a table under a figure that has no rows: the figure says so already."""
    is_bare = block.kind == "table" and not block.title
    return is_bare and block.numbers is not None and not block.numbers.rows


def _text(page: Page, section: str, lead: str) -> Shown:
    return Shown(Block("text", "", text=lead), section or page.title, section, lead, page.title)


def _split(text: str) -> tuple[str, str]:
    """The heading of a text, and the rest as plain words."""
    found = re.match(r"#+\s+(.+)\n*", text)
    heading = plain_text(found[1]) if found else ""
    return heading, plain_text(text[found.end() :] if found else text)


def plain_text(markdown: str) -> str:
    """Markdown as plain words: no marks, one line."""
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"(?m)^\s*(#+|[-*>])\s+", "", text)
    return re.sub(r"\s+", " ", re.sub(r"[*`]{1,3}(\S[^*`]*)[*`]{1,3}", r"\1", text)).strip()
