"""The files of a pack written, each from the same document, with their checksums."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from dualtrack.pack.document import Pack
from dualtrack.pack.file_names import FORMAT_NAMES, file_names, find_formats
from dualtrack.pack.html import render_pack
from dualtrack.pack.manifest import hash_file

__all__ = ["remove_files", "write_formats"]


def write_formats(
    pack: Pack,
    slug: str,
    work: Path,
    *,
    formats: Iterable[str],
    there: Mapping[str, str],
    template: Path | None = None,
) -> dict[str, str]:
    """Write a pack in the formats that are not there yet.

    Args:
        pack: What it holds.
        slug: Of its file names.
        work: Folder of the quarter.
        formats: As `check_formats` returns.
        there: Files that are there, with their checksums.
        template: A company's slide deck.

    Returns:
        All files of the pack with their checksums.
    """
    names, found = file_names(slug), find_formats(slug, there)
    wanted = [name for name in formats if name not in found]
    offered = [name for name in FORMAT_NAMES if name in found or name in wanted]
    if wanted and "html" not in wanted:
        wanted.append("html")  # it links the others
    for name in wanted:
        if name != "html":
            _write(name, pack, work / names[name], template)
    if wanted:
        links = [(FORMAT_NAMES[one], names[one]) for one in offered if one != "html"]
        page = work / _new_page(slug)
        page.write_text(render_pack(pack, links), encoding="utf-8")
        page.replace(work / names["html"])
    made = {name for one in wanted for name in _made(one, names[one], work)}
    return {**there, **{name: hash_file(work / name) for name in sorted(made)}}


def remove_files(slug: str, work: Path) -> None:
    """Remove what was written of a pack that could not be written whole.

    Args:
        slug: Of its file names.
        work: Folder of the quarter.
    """
    names = file_names(slug)
    shutil.rmtree((work / names.pop("data")).parent, ignore_errors=True)
    for name in [*names.values(), _new_page(slug)]:
        (work / name).unlink(missing_ok=True)


def _new_page(slug: str) -> str:
    return f"{slug}.html.new"


def _made(name: str, file: str, work: Path) -> list[str]:
    if name != "data":
        return [file]
    folder = (work / file).parent
    return [path.relative_to(work).as_posix() for path in folder.iterdir()]


def _write(name: str, pack: Pack, path: Path, template: Path | None) -> None:
    # Imported when used: each brings a library along that most commands never need. A file linked
    # from an earlier run is put aside, not written through.
    path.unlink(missing_ok=True)
    if name == "data":
        from dualtrack.pack.formats.data_files import write_data_files

        write_data_files(pack, path.parent)
    elif name == "pdf":
        from dualtrack.pack.formats.pdf import write_pdf

        write_pdf(pack, path)
    elif name == "pptx":
        from dualtrack.pack.formats.pptx import write_pptx

        write_pptx(pack, path, template=template)
    elif name == "slides":
        from dualtrack.pack.formats.slides import write_slides

        write_slides(pack, path)
    else:
        from dualtrack.pack.formats.xlsx import write_xlsx

        write_xlsx(pack, path)
