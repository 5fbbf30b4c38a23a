"""The numbers of a pack for other programs: one JSON file, and a Parquet file a table."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from dualtrack.pack.document import Pack, Shown
from dualtrack.pack.numbers import Numbers, NumbersColumn

__all__ = ["PACK_FILE", "write_data_files"]

PACK_FILE = "pack.json"


def write_data_files(pack: Pack, folder: Path) -> None:
    """Write `pack.json` and a Parquet file for each table of numbers into `folder`.

    Args:
        pack: The pack.
        folder: Made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(_describe(pack), indent=1, ensure_ascii=False)
    (folder / PACK_FILE).write_text(text + "\n", encoding="utf-8")
    for name, shown in pack.tables.items():
        numbers = shown[0].block.numbers
        if numbers is not None and numbers.columns:
            _write_parquet(pack, shown, numbers, folder / f"{name}.parquet")


def _describe(pack: Pack) -> dict[str, Any]:
    names = {id(one): name for name, held in pack.tables.items() for one in held}
    cover = pack.cover
    return {
        "portfolio": cover.portfolio,
        "scope": cover.scope,
        "filter": cover.filter,
        "quarter": cover.quarter,
        "as_of_date": cover.as_of,
        "confidentiality": cover.confidentiality,
        "made_at": cover.made_at,
        "snapshot": cover.snapshot,
        "facts": {name: fact for page in pack.pages for name, fact in page.facts.items()},
        "sums": [list(one) for page in pack.pages for block in page.blocks for one in block.sums],
        "exhibits": [
            {
                "key": one.block.key,
                "kind": one.block.kind,
                "page": one.page,
                "section": one.section,
                "title": one.block.title,
                "reading": one.block.reading,
                "alt": one.block.alt,
                "stamp": cover.stamp,
                "decisions": [
                    {"decision": decision, "because": because}
                    for decision, because in one.block.decisions
                ],
                "table": names.get(id(one)),
            }
            for one in pack.exhibits
        ],
        "tables": {
            name: _describe_table(shown[0].block.numbers) for name, shown in pack.tables.items()
        },
    }


def _describe_table(numbers: Numbers | None) -> dict[str, Any]:
    if numbers is None:
        return {}
    names = [column.name for column in numbers.columns]
    return {
        "columns": [
            {"name": one.name, "heading": one.heading, "format": one.format}
            for one in numbers.columns
        ],
        "rows": [dict(zip(names, row, strict=True)) for row in numbers.rows],
    }


def _write_parquet(pack: Pack, shown: tuple[Shown, ...], numbers: Numbers, path: Path) -> None:
    # Imported when used: the notebooks' own processes never write these.
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrays = [
        _to_array(pa, column, [row[place] for row in numbers.rows])
        for place, column in enumerate(numbers.columns)
    ]
    told = {"title": shown[0].title, "stamp": pack.cover.stamp, "as_of_date": pack.cover.as_of}
    table = pa.table(arrays, names=[column.name for column in numbers.columns])
    pq.write_table(table.replace_schema_metadata(told), path)


def _to_array(pa: Any, column: NumbersColumn, values: list[Any]) -> Any:
    if column.format in {"date", "month"}:
        days = [dt.date.fromisoformat(one) if one else None for one in values]
        return pa.array(days, pa.date32())
    if column.format == "flag":
        return pa.array(values, pa.bool_())
    if column.is_number and not any(isinstance(one, str) for one in values):
        is_whole = column.format == "count" and all(
            one is None or float(one).is_integer() for one in values
        )
        if is_whole:
            return pa.array([None if one is None else int(one) for one in values], pa.int64())
        return pa.array([None if one is None else float(one) for one in values], pa.float64())
    return pa.array([None if one is None else str(one) for one in values], pa.string())
