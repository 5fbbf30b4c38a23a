"""Small packs for tests: exhibits as a notebook leaves them, read back as packs are."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import pandas as pd

from dualtrack.claims import Claim
from dualtrack.pack.document import Pack, PackCover
from dualtrack.pack.exhibit import (
    Exhibit,
    show_claim,
    show_decisions,
    show_figure,
    show_headline,
    show_table,
)
from dualtrack.pack.numbers import pick_numbers
from dualtrack.pack.pages import read_page
from dualtrack.tables.display import DisplayChart, DisplayColumn, DisplayTable

# Texts that a spreadsheet, a browser or a typesetter would act on if they were let.
HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-5 percent scrap",
    "@SUM(A1)",
    "\tTab first",
    "<script>alert(1)</script> & <b>bold</b>",
    '#panic("typst") $x$ *stars* @label [brackets]',
    "{{ jinja }} {% raw %}",
    "Ünïcode – Σίσυφος – Привет",
    "Bell\x07 and tab\x0b",
    "A" * 150,
)

COVER = PackCover(
    portfolio="Halden",
    scope="North & South",
    quarter="2026-Q3",
    as_of="2026-09-30",
    confidentiality="Internal use",
    made_at="2026-10-02T08:00:00+00:00",
    snapshot="0123456789ab",
    filter="unit North & South",
)


def make_table(rows: int = 6, *, with_chart: bool = True) -> DisplayTable:
    """A table with every kind of column, missing values too."""
    frame = pd.DataFrame(
        {
            "group_name": ["All", *(f"Team {number}" for number in range(1, rows))][:rows],
            "operational": pd.array([12 + one for one in range(rows)], dtype="Int64"),
            "strategic": pd.array([None, *range(1, rows)][:rows], dtype="Int64"),
            "budget": [1_234_567.5 * (one + 1) for one in range(rows)],
            "share": [0.4321, *[0.5] * (rows - 1)][:rows],
            "fte": [3.25] * rows,
            "month": pd.to_datetime(["2026-07-01"] * rows),
        }
    )
    chart = DisplayChart("group_name", ("operational", "strategic"), "Projects", leave_out="All")
    return DisplayTable(
        frame,
        (
            DisplayColumn("group_name", "Team"),
            DisplayColumn("operational", "Operational", "count"),
            DisplayColumn("strategic", "Strategic", "count"),
            DisplayColumn("budget", "Budget, EUR", "money"),
            DisplayColumn("share", "Strategic share", "share"),
            DisplayColumn("fte", "FTE", "decimal"),
            DisplayColumn("month", "Month", "month"),
        ),
        "A dash means not known.",
        chart if with_chart else None,
    )


def hostile_table() -> DisplayTable:
    """Texts that could do harm, in a table of titles."""
    frame = pd.DataFrame({"title": HOSTILE, "count": range(len(HOSTILE))})
    return DisplayTable(
        frame, (DisplayColumn("title", "Project"), DisplayColumn("count", "No.", "count"))
    )


def make_figure(key: str = "mix", **options: object) -> Exhibit:
    """A figure with the numbers behind it."""
    figure, ax = plt.subplots(figsize=(10, 4))
    ax.bar(["a", "b"], [1, 2])
    plt.close(figure)
    claim = Claim("Two teams hold most of it", "Read it from the left.", "Two bars.")
    return show_figure(figure, claim, key=key, numbers=options.get("numbers", make_table()))


def make_pack(folder: Path, *exhibits: object, cover: PackCover = COVER) -> Pack:
    """A pack of exhibits and headings (texts), through a notebook file as in a run."""
    shown = exhibits or (
        "# Review: how is it?",
        "## The mix",
        make_figure(),
        show_table(make_table(), key="mix-table"),
        "## The list",
        show_table(hostile_table(), key="list", title="These need a look"),
        show_claim(Claim("The evidence decides 9 of 10", "One is thin."), key="sure"),
        "## What to decide",
        show_decisions(pd.DataFrame({"decision": ["Stop it"], "because": ["it is late"]})),
        show_headline({"Projects": "18", "Operational": "12", "Blurred": "2"}),
    )
    cells = [
        nbformat.v4.new_markdown_cell(one)
        if isinstance(one, str)
        else nbformat.v4.new_code_cell(
            "show()",
            outputs=[nbformat.v4.new_output("display_data", data=one._repr_mimebundle_())],
        )
        for one in shown
    ]
    path = folder / "notebook.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    sources = pick_numbers(pd.DataFrame({"source_file": ["=list.csv"], "row_count": [3]}))
    issues = pick_numbers(pd.DataFrame({"rule_name": ["late"], "message": ["Mend it."]}))
    return replace(Pack(cover, (read_page(path),)), sources=sources, issues=issues)


def unzip(path: Path) -> dict[str, bytes]:
    """The parts of an office file."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def contents_of(path: Path) -> bytes:
    """Everything a reader or program could find in a file."""
    if path.suffix in {".xlsx", ".pptx"}:
        return b"".join(unzip(path).values())
    if path.suffix == ".parquet":
        return pd.read_parquet(path).to_csv().encode()
    if path.suffix == ".pdf" and shutil.which("pdftotext"):
        return subprocess.run(["pdftotext", str(path), "-"], capture_output=True).stdout
    return path.read_bytes()
