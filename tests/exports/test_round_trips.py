"""Random tables written by other code, read back cell by cell; every row accounted for.

How cells compare: text formats (CSV, TSV, HTML) give back text, so numbers and dates come as they
were written; workbooks give numbers as numbers (1 is 1.0) and dates as dates; JSON gives numbers,
whole ones beyond 2^53 as text, and dates as the text JSON has for them. A blank is a blank,
whether it was no cell or an empty text. HTML collapses blanks, as browsers do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dualtrack.config import Settings
from dualtrack.errors import RecordError
from dualtrack.exports import read_export
from dualtrack.exports.formats import read_sheets
from dualtrack.records import build_portfolio
from tests.exports import writers
from tests.exports.writers import Cell, Table, text_of

UNTIL = dt.date(2026, 9, 30)
AS_OF = pd.Timestamp("2026-09-30")
SEPARATORS = ",;\t|"
TITLES = ["Title", "Project name", "Vorhaben", "Nombre del proyecto"]
# Texts that have broken readers of tables elsewhere.
HARD = [",;|", '"', '""', 'a";"b', "x\ny", "=1+1", " lead ", "two  blanks", "_x000D_", "&amp;"]
HARD += ["<b>", "1,5", "007", "2026-01-05", '{"a": 1}', "\u2028", "\u00a0", "NaN", "#N/A"]


def texts(
    exclude: str = "", *, categories: tuple[str, ...] = ("Cs", "Cn", "Cc")
) -> st.SearchStrategy:
    """Any text but half characters, characters that are none, and those the format cannot hold."""
    signs = st.characters(exclude_categories=categories, exclude_characters=f"\ufeff\x00{exclude}")
    whole = [text for text in HARD if not set(text) & set(exclude)]
    return st.text(signs, max_size=8) | st.sampled_from(whole)


numbers = st.integers(-(10**9), 10**9) | st.integers(-(10**12), 10**12).map(lambda n: n / 100)
days = st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31))


@st.composite
def tables(
    draw: st.DrawFn, cells: st.SearchStrategy, names: st.SearchStrategy, *, is_unique: bool = False
) -> Table:
    """Headings with a title somewhere among them, then rows of any cells."""
    title = draw(st.sampled_from(TITLES))
    others = draw(st.lists(names, min_size=1, max_size=4, unique=is_unique))
    headings = draw(st.permutations([title, *(name for name in others if name != title)]))
    assume(len(headings) > 1)
    count = draw(st.integers(1, 5))
    return [list(headings), *[[draw(cells) for _ in headings] for _ in range(count)]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


def try_examples(count: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return settings(max_examples=count, suppress_health_check=list(HealthCheck))


def read_rows(path: Path) -> list[list[object]]:
    return read_sheets(path, path.read_bytes(), until=UNTIL)[0].rows


def trim(rows: list[list[object]]) -> list[list[object]]:
    """Without blanks at the ends of rows and of the table, which no format keeps."""
    whole = [[None if cell == "" else cell for cell in row] for row in rows]
    for row in whole:
        while row and row[-1] is None:
            row.pop()
    while whole and not whole[-1]:
        whole.pop()
    return whole


any_text = texts(categories=("Cs",))
CSV = tables(any_text | numbers | days | st.none(), any_text)


@try_examples(60)
@given(
    table=CSV,
    delimiter=st.sampled_from(SEPARATORS),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_csv_comes_back(folder: Path, table: Table, delimiter: str, encoding: str) -> None:
    path = folder / "list.csv"
    writers.write_delimited(path, table, delimiter=delimiter, encoding=encoding)
    assert read_rows(path) == [[text_of(cell) for cell in row] for row in table]


@try_examples(40)
@given(
    table=tables(any_text | numbers | days | st.none(), texts(SEPARATORS + "\n\r")),
    delimiter=st.sampled_from(SEPARATORS),
)
def test_csv_with_few_quotes_comes_back(folder: Path, table: Table, delimiter: str) -> None:
    """Without quotes a separator in every heading would be one: headings have none here."""
    path = writers.write_delimited(folder / "list.txt", table, delimiter=delimiter, quote_all=False)
    assert read_rows(path) == [[text_of(cell) for cell in row] for row in table]


@try_examples(40)
@given(data=st.data(), encoding=st.sampled_from(["cp1252", "latin-1"]))
def test_csv_of_one_byte_a_sign_comes_back(
    folder: Path, data: st.DataObject, encoding: str
) -> None:
    signs = st.text(st.characters(codec=encoding, exclude_categories=("Cc",)), max_size=8)
    table = data.draw(tables(signs | numbers, signs))
    path = writers.write_delimited(folder / "list.csv", table, delimiter=";", encoding=encoding)
    assume(not has_other_meaning(path.read_bytes()))
    assert read_rows(path) == [[text_of(cell) for cell in row] for row in table]


def has_other_meaning(content: bytes) -> bool:
    """Whether bytes beyond ASCII happen to be UTF-8 too, which is tried first."""
    try:
        return not content.isascii() and bool(content.decode("utf-8"))
    except UnicodeDecodeError:
        return False


@try_examples(30)
@given(table=CSV)
def test_tsv_comes_back(folder: Path, table: Table) -> None:
    path = writers.write_delimited(folder / "list.tsv", table, delimiter="\t")
    assert read_rows(path) == [[text_of(cell) for cell in row] for row in table]


@try_examples(60)
@given(table=tables(any_text | numbers | days | st.none(), any_text))
def test_xlsx_comes_back(folder: Path, table: Table) -> None:
    path = writers.write_xlsx(folder / "list.xlsx", table)
    assert trim(read_rows(path)) == trim(table)


# The reader of workbooks drops tabs of ODS; XML holds no other control character.
ods_text = texts("\t") | st.just("line\n\nline")


@try_examples(60)
@given(table=tables(ods_text | numbers | days | st.none(), ods_text))
def test_ods_comes_back(folder: Path, table: Table) -> None:
    path = writers.write_ods(folder / "list.ods", table)
    assert trim(read_rows(path)) == trim(table)


def collapse(cell: Cell) -> str | None:
    lines = (" ".join(line.split()) for line in text_of(cell).split("\n"))
    return "\n".join(line for line in lines if line) or None


@try_examples(60)
@given(table=tables(texts() | numbers | days | st.none(), texts()))
def test_html_comes_back(folder: Path, table: Table) -> None:
    path = writers.write_html(folder / "list.xls", table)
    assert trim(read_rows(path)) == trim([[collapse(cell) for cell in row] for row in table])


@try_examples(80)
@given(
    table=tables(
        any_text | numbers | st.integers() | days | st.booleans() | st.none(),
        any_text.filter(bool),
        is_unique=True,
    ),
    has_lines=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_json_comes_back(folder: Path, table: Table, has_lines: bool, encoding: str) -> None:
    """Keys become headings in their order; known ones are written as words."""
    path = folder / "list.json"
    writers.write_json(path, table, has_lines=has_lines, encoding=encoding)
    headings, *rows = read_rows(path)
    assert len(headings) == len(table[0])
    assert trim(rows) == trim([[json_cell(cell) for cell in row] for row in table[1:]])


def json_cell(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, dt.date) or (isinstance(cell, int) and abs(cell) >= 2**53):
        return str(cell)
    return cell


# Cells that look like a date, an amount or a share, and are odd.
ODD = [
    "2026-13-45",
    "31/12/2026",
    "1e400",
    "9" * 30,
    "-",
    "10-13M",
    "€ 1.234,56",
    "120 %",
    "PT400H",
]
ODD += ["2w 3d", "TBD", "done", "12:60", "Total", "1899-12-30", "Ada <a@x.example>", "A; B"]
KNOWN = ["Start date", "Budget (EUR)", "Effort (h)", "% complete", "Status", "Labels", "Sponsor"]

WRITERS: dict[str, Callable[[Path, Table], Path]] = {
    "list.csv": writers.write_delimited,
    "list.tsv": partial(writers.write_delimited, delimiter="\t"),
    "list.xlsx": writers.write_xlsx,
    "list.ods": writers.write_ods,
    "list.xls": writers.write_html,
    "list.json": partial(writers.write_json, has_lines=False),
    "list.jsonl": partial(writers.write_json, has_lines=True),
}


@st.composite
def project_lists(draw: st.DrawFn) -> Table:
    """A list that is recognised: a title, an owner, a due date and other columns, any cells."""
    others = draw(st.lists(st.sampled_from(KNOWN) | texts("\t"), max_size=4, unique=True))
    headings = draw(st.permutations(["Title", "Owner", "Due date", *filter(None, others)]))
    cells = st.sampled_from(ODD) | texts("\t") | numbers | days | st.none()
    count = draw(st.integers(1, 6))
    return [list(headings), *[[draw(cells) for _ in headings] for _ in range(count)]]


@pytest.mark.parametrize("name", list(WRITERS))
@try_examples(12)
@given(table=project_lists())
def test_every_row_is_accounted_for(folder: Path, name: str, table: Table) -> None:
    path = WRITERS[name](folder / name, table)
    try:
        exports = read_export(path, Settings(root=folder), until=UNTIL)
        portfolio = build_portfolio(exports, Settings(root=folder), as_of_date=AS_OF)
    except RecordError as fault:  # no row has a title
        assert "No list of projects" in str(fault)
        return
    read = len(read_rows(path)) - 1
    assert portfolio.sources["row_count"].sum() == read
    assert len(portfolio.row_outcomes) == read
    fates = portfolio.row_outcomes["outcome_type"].value_counts()
    kept = len(portfolio.projects) + len(portfolio.work_items) + fates.get("merged", 0)
    assert kept + fates.get("set_aside", 0) == read
