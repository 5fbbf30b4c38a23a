"""The data dictionary, written from the declarations: what `data/README.md` holds."""

from __future__ import annotations

__all__ = ["write_dictionary"]

_HEAD = """\
# Data

`sample/` holds the exports of a made-up company, four quarters of them, written by
`dualtrack sample` (seed 7); `sample/truth/` says what was planted and is read by tests alone. Your
own exports go beside it and are ignored by git.

## Dictionary

Every table and column of dualtrack, written from `dualtrack/schema` (`make dictionary`). Bold
columns are the key. Types: text, number, count (whole), date, flag.
"""


def write_dictionary() -> str:
    """The dictionary as Markdown, a section a table."""
    from dualtrack.schema import TABLES

    parts = [_HEAD]
    for table in TABLES.values():
        rows = [
            f"| {f'**{column.name}**' if column.name in table.key else column.name} | {column.type}"
            f" | {column.unit or '-'} | {column.meaning}"
            f"{': ' + ', '.join(column.allowed) if column.allowed else ''} |"
            for column in table.columns
        ]
        head = f"\n### {table.name}\n\nOne row per {table.row_meaning}.\n\n"
        parts.append(head + "| column | type | unit | meaning |\n|---|---|---|---|\n")
        parts.append("\n".join(rows) + "\n")
    return "".join(parts)
