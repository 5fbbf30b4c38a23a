"""Step 1: a file of a PM tool in, its own rows out, nothing cleaned.

`read_exports` reads a folder. Readers are one a file format (`delimited`, `workbook`, `mspdi`,
`calendar`), column maps one a tool (`column_maps/*.toml`).
"""

from dualtrack.exports.column_map import ColumnMap, read_column_maps
from dualtrack.exports.export import Export, RawSheet
from dualtrack.exports.read import read_export, read_exports

__all__ = [
    "ColumnMap",
    "Export",
    "RawSheet",
    "read_column_maps",
    "read_export",
    "read_exports",
]
