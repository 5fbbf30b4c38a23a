"""What the files of a pack are called, and which formats there are."""

from __future__ import annotations

from collections.abc import Iterable

from dualtrack.errors import PackError

__all__ = ["FORMAT_NAMES", "check_formats", "file_names", "find_formats", "list_links"]

# What a reader calls the files of a pack, in the order they are offered.
FORMAT_NAMES = {
    "html": "Page",
    "pdf": "PDF",
    "pptx": "PowerPoint",
    "slides": "Slides",
    "xlsx": "Workbook",
    "data": "Data",
}
# What a pack's file ends in; slugs hold no dot, so no two packs share a name.
_ENDINGS = {
    "html": ".html",
    "pdf": ".pdf",
    "pptx": ".pptx",
    "slides": ".slides.html",
    "xlsx": ".xlsx",
    "data": "",
}
_DATA_FOLDER = "data"


def check_formats(names: Iterable[str]) -> tuple[str, ...]:
    """Formats in the order they are written, the page always among them.

    Raises:
        PackError: A format is unknown.
    """
    asked = {name.strip() for name in names if name.strip()}
    if odd := sorted(asked - set(_ENDINGS)):
        raise PackError(f"No format {odd}; there are {list(_ENDINGS)}.")
    return tuple(name for name in _ENDINGS if name in asked | {"html"})


def file_names(slug: str) -> dict[str, str]:
    """Format to file of a pack, from the quarter's folder; the data files lie in a folder."""
    return {
        name: f"{slug}{ending}" if ending else f"{_DATA_FOLDER}/{slug}/pack.json"
        for name, ending in _ENDINGS.items()
    }


def find_formats(slug: str, files: Iterable[str]) -> set[str]:
    """Formats among a pack's files."""
    there = set(files)
    return {name for name, file in file_names(slug).items() if file in there}


def list_links(slug: str, files: Iterable[str]) -> list[tuple[str, str]]:
    """Name and file of each format among a pack's files, as a reader is offered them."""
    names, found = file_names(slug), find_formats(slug, files)
    return [(FORMAT_NAMES[one], names[one]) for one in FORMAT_NAMES if one in found]
