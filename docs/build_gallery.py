"""Write docs/gallery.md and its pictures from docs/gallery.toml and the sample: `make gallery`."""

from __future__ import annotations

import ast
import io
import tomllib
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure
from PIL import Image

import dualtrack.figures as figures

DOCS = Path(__file__).parent
PICTURES = DOCS / "images" / "gallery"
WIDTH = 1400  # pixels: sharp at the width a page shows
COLORS = 128  # flat areas: enough for charts, a third of the bytes

INTRODUCTION = """\
# Gallery: every figure, and what it answers

All drawn from the sample company's third quarter, which is made up. Written by `make gallery`
from [gallery.toml](gallery.toml); a test draws every one of them. Each block of code goes on
from this:

"""


def read_gallery(path: Path = DOCS / "gallery.toml") -> dict[str, Any]:
    """The table of figures: `before` (code) and `section`, each with its `figure` list."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def list_figures(gallery: dict[str, Any]) -> list[dict[str, Any]]:
    """All figures of the gallery, in its order."""
    return [figure for section in gallery["section"] for figure in section["figure"]]


def list_public_figures() -> list[str]:
    """Names of all public `plot_` functions."""
    return [name for name in figures.__all__ if name.startswith("plot_")]


def draw(code: str, names: dict[str, Any]) -> Figure:
    """Run a block; its last line is the figure.

    Args:
        code: Statements, then one expression.
        names: What earlier blocks left; this one adds to it.
    """
    body = ast.parse(code)
    last = body.body.pop()
    assert isinstance(last, ast.Expr), f"the last line draws nothing: {code}"
    exec(compile(body, "gallery", "exec"), names)
    drawn = eval(compile(ast.Expression(last.value), "gallery", "eval"), names)
    assert isinstance(drawn, Figure), f"no figure: {code}"
    return drawn


def write_page(gallery: dict[str, Any]) -> str:
    """The page, in Markdown."""
    parts = [INTRODUCTION, f"```python\n{gallery['before'].strip()}\n```\n"]
    for section in gallery["section"]:
        parts.append(f"\n## {section['title']}\n")
        for one in section["figure"]:
            shown = one["name"]
            parts.append(f"\n### {one['question']}\n\n")
            parts.append(f"![{one['question']} ({shown})](images/gallery/{shown}.png)\n\n")
            parts.append(f"{one['reading']}\n\n*In:* {'; '.join(one['where'])}.\n\n")
            parts.append(f"```python\n{one['code'].strip()}\n```\n")
    return "".join(parts)


def write_picture(figure: Figure, path: Path) -> None:
    """A small PNG: one width, few colours, no date."""
    buffer = io.BytesIO()
    # Drawn at its own width, not scaled afterwards: letters stay sharp.
    figure.savefig(buffer, format="png", dpi=WIDTH / figure.get_size_inches()[0])
    picture = Image.open(buffer).convert("RGB")
    picture.quantize(COLORS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        path, optimize=True
    )


def main() -> None:
    """Draw every figure, write the page; pictures of figures that are gone are removed."""
    gallery = read_gallery()
    names: dict[str, Any] = {}
    exec(gallery["before"], names)
    PICTURES.mkdir(parents=True, exist_ok=True)
    for one in list_figures(gallery):
        write_picture(draw(one["code"], names), PICTURES / f"{one['name']}.png")
    known = {f"{one['name']}.png" for one in list_figures(gallery)}
    for path in PICTURES.glob("*.png"):
        if path.name not in known:
            path.unlink()
    (DOCS / "gallery.md").write_text(write_page(gallery), encoding="utf-8")


if __name__ == "__main__":
    main()
