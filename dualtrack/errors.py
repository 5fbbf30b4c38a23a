"""Every stop of dualtrack: one family, so a caller can catch it whole.

An error says which file, what was found and what to do. It is raised when no answer is
possible; a wrong row is not an error but a row in the `issues` table.
"""


class DualtrackError(Exception):
    """Something the reader of the message can mend; shown without a traceback."""


class ConfigError(DualtrackError):
    """`portfolio.toml` or another settings file cannot be used."""


class ExportError(DualtrackError):
    """An export file cannot be read or recognised."""


class RecordError(DualtrackError):
    """Tidy tables break their declared shape."""


class SortingError(DualtrackError):
    """Criteria, labels or decisions cannot be used for the sort."""


class PackError(DualtrackError):
    """A notebook or pack cannot be run or written."""
