"""Column maps: what a tool's headings mean, as data (`column_maps/<tool>.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from dualtrack.config_faults import tell_faults
from dualtrack.errors import ExportError

__all__ = ["ColumnMap", "MappedColumn", "RowRules", "ValueRules", "plain", "read_column_maps"]

# How far a heading is proven: seen in a real file, vendor documentation, general knowledge.
Known = Literal["seen", "documented", "general"]


def _check_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as fault:
        raise ValueError(f"no regular expression ({fault})") from None
    return pattern


Pattern = Annotated[str, AfterValidator(_check_pattern)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MappedColumn(_Part):
    """One field of ours and the headings that hold it, first match first."""

    field: str
    headings: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    known: Known = "general"


class SkipRule(_Part):
    """Rows that are no record: a cell of `field` matches the pattern."""

    field: str
    pattern: Pattern
    reason: str


class RowRules(_Part):
    """What a row is: a project, or an item of one.

    Rows of `made_types` stand for the file's own project: the reader made them, they are no record
    of the tool.
    """

    hierarchy: Literal["none", "parent_key", "title_levels", "outline"] = "none"
    project_types: tuple[str, ...] = ()
    made_types: tuple[str, ...] = ()
    skip: tuple[SkipRule, ...] = ()


class ValueRules(_Part):
    """How the tool writes values, where the cells alone do not say.

    Attributes:
        blanks: What the tool writes into a cell that is empty, such as `null`.
    """

    effort_unit: Literal["hours", "seconds", "milliseconds", "days", "minutes"] = "hours"
    money_scale: float = 1.0
    currency: str = ""
    currency_marks: dict[str, str] = Field(default_factory=dict)
    day_first: bool | None = None
    progress_is_fraction: bool = False
    blanks: tuple[str, ...] = ()


class ColumnMap(_Part):
    """All dualtrack knows about one tool's export.

    Attributes:
        signatures: Headings that together tell the tool, several ways.
        signature_fields: For lists any tool or person may write: fields that together tell the
            list, whatever of their `headings` stand for them. A signature comes before it.
        signature_cells: For tools whose headings are all the user's own: expressions, one of which
            a cell matches. Such a map takes the columns of the generic list.
    """

    tool: str
    title: str
    table_name: str = "projects"
    signatures: tuple[tuple[str, ...], ...] = ()
    signature_fields: tuple[str, ...] = ()
    signature_cells: tuple[Pattern, ...] = ()
    rows: RowRules = RowRules()
    cell_rules: ValueRules = Field(default_factory=ValueRules, alias="values")
    column: tuple[MappedColumn, ...] = ()

    def find(self, headings: list[str]) -> dict[str, list[int]]:
        """Positions of the columns that hold each field.

        Args:
            headings: The heading row, as the file has it.

        Returns:
            Field to column positions; repeated headings give several.
        """
        plain_headings = [plain(heading) for heading in headings]
        found: dict[str, list[int]] = {}
        taken: set[int] = set()
        for column in self.column:
            positions = _positions(column, plain_headings, taken)
            if positions:
                found.setdefault(column.field, []).extend(positions)
                taken.update(positions)
        return found

    def known_of(self, field: str, heading: str) -> Known:
        """How far it is proven that the heading holds the field, by the entry that names it."""
        for column in self.column:
            if column.field == field and _positions(column, [plain(heading)], set()):
                return column.known
        return "general"


def plain(heading: object) -> str:
    """A heading as compared: no BOM, blanks collapsed, case folded."""
    text = str(heading if heading is not None else "").replace("\ufeff", "")
    return re.sub(r"[\s\u00a0]+", " ", text).strip().casefold()


def _positions(column: MappedColumn, headings: list[str], taken: set[int]) -> list[int]:
    wanted = [plain(heading) for heading in column.headings]
    exact = [
        position
        for name in wanted
        for position, heading in enumerate(headings)
        if heading == name and position not in taken
    ]
    by_pattern = [
        position
        for pattern in column.patterns
        for position, heading in enumerate(headings)
        if position not in taken and position not in exact and re.search(pattern, heading)
    ]
    return exact + by_pattern


def read_column_map(path: Path) -> ColumnMap:
    """Read one column map; raises ExportError naming every fault."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise ExportError(
            f"{path}: not a readable column map ({fault}). Save it as UTF-8."
        ) from fault
    return _parse(text, str(path))


@cache
def read_column_maps() -> tuple[ColumnMap, ...]:
    """The packaged column maps, in alphabetical order of their files."""
    folder = resources.files("dualtrack.exports") / "column_maps"
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=str)
    return tuple(_parse(one.read_text(encoding="utf-8"), one.name) for one in files)


def _parse(text: str, name: str) -> ColumnMap:
    try:
        return ColumnMap(**tomllib.loads(text))
    except ValidationError as fault:
        told = tell_faults(fault, text, ColumnMap)
        raise ExportError(f"{name}: not a usable column map: {told}.") from fault
    except (tomllib.TOMLDecodeError, TypeError, RecursionError) as fault:
        raise ExportError(f"{name}: not a usable column map: {fault}. Mend that line.") from fault
