"""What the index of a quarter shows of each pack: one small picture on one scale, and its links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dualtrack.pack.document import Pack

__all__ = ["Piece", "UnitCard", "make_cards"]

_TRACKS = ("operational", "strategic", "maintenance", "undecided")
_LEAST_LABEL = 8  # percent of the width: a narrower piece has no room for its number


@dataclass(frozen=True)
class Piece:
    """One track's part of a bar, in projects and percent of the bar."""

    track: str
    count: int
    percent: float

    @property
    def label(self) -> str:
        """Its number, where there is room."""
        return str(self.count) if self.percent >= _LEAST_LABEL else ""


@dataclass(frozen=True)
class UnitCard:
    """A pack on the index.

    Attributes:
        pieces: Projects by track.
        facts: Few numbers in words.
        change: What changed since the last issued pack; blank if there is none.
        ask: The first thing to decide.
        ask_count: How many there are.
        links: Name and file of each format.
    """

    name: str
    pieces: tuple[Piece, ...]
    facts: tuple[tuple[str, str], ...]
    change: str
    ask: str
    ask_count: int
    links: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """The bar, for those who cannot see it."""
        told = ", ".join(f"{piece.count} {piece.track}" for piece in self.pieces if piece.count)
        return f"Projects: {told or 'none'}"


def make_cards(
    packs: Sequence[tuple[Pack, Sequence[tuple[str, str]], str]],
) -> list[UnitCard]:
    """A card for each pack.

    Args:
        packs: Each with its links and what changed.
    """
    return [_make(pack, links, change) for pack, links, change in packs]


def _make(pack: Pack, links: Sequence[tuple[str, str]], change: str) -> UnitCard:
    facts = {name: str(fact) for page in pack.pages for name, fact in page.facts.items()}
    counts = {track: _whole(facts.get(track.capitalize(), "0")) for track in _TRACKS}
    total = sum(counts.values()) or 1
    asked = [pair for one in pack.exhibits for pair in one.block.decisions]
    shown = [name for name in facts if name.casefold() not in {*_TRACKS, "decision_count"}]
    return UnitCard(
        pack.cover.scope,
        tuple(Piece(track, count, 100 * count / total) for track, count in counts.items()),
        tuple((name, facts[name]) for name in shown),
        change,
        asked[0][0] if asked else "",
        len(asked),
        tuple(links),
    )


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else 0
