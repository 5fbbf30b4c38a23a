"""Typst, kept from everything outside: its own folder, the figures' typeface, no system fonts."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

__all__ = ["drawing_size", "make_pixels", "typeset"]

_POINTS_AN_INCH = 72


def typeset(
    source: str,
    files: Mapping[str, bytes],
    *,
    format: Literal["pdf", "png"] = "pdf",
    at: dt.datetime | None = None,
    pixels_an_inch: float = 200,
) -> bytes:
    """Set a typst source.

    Args:
        source: The document.
        files: Name to content of what it reads.
        format: `pdf` or `png`.
        at: The date a PDF carries.
        pixels_an_inch: Of a PNG.
    """
    # Imported when used: the typesetter is a large library, and matplotlib is slow to load.
    import matplotlib
    import typst

    with tempfile.TemporaryDirectory(prefix="dualtrack-") as name:
        folder = Path(name)
        for one, content in files.items():
            (folder / one).write_bytes(content)
        (folder / "main.typ").write_text(source, encoding="utf-8")
        options: dict[str, Any] = {"ppi": pixels_an_inch} if format == "png" else {}
        if at is not None:
            options["timestamp"] = at.replace(tzinfo=dt.UTC)
        made: bytes = typst.compile(
            folder / "main.typ",
            root=folder,
            font_paths=[Path(matplotlib.get_data_path()) / "fonts" / "ttf"],
            ignore_system_fonts=True,
            format=format,
            **options,
        )
    return made


def drawing_size(svg: bytes) -> tuple[float, float]:
    """Width and height of a drawing in inches."""
    head = svg[:2000].decode("utf-8", "ignore")
    width, height = (re.search(rf'{name}="([\d.]+)pt"', head) for name in ("width", "height"))
    if not width or not height:
        return 11.0, 6.0
    return float(width[1]) / _POINTS_AN_INCH, float(height[1]) / _POINTS_AN_INCH


def make_pixels(svg: bytes, *, pixels_an_inch: float = 160) -> bytes:
    """A drawing as PNG."""
    width, height = drawing_size(svg)
    source = (
        f"#set page(width: {width}in, height: {height}in, margin: 0pt)\n"
        '#image("drawing.svg", width: 100%)'
    )
    files = {"drawing.svg": svg}
    return typeset(source, files, format="png", pixels_an_inch=pixels_an_inch)
