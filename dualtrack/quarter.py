"""A reporting quarter: its name, first and last day, and the one before.

Quarters count from the month the fiscal year starts in. With a start in January `2026-Q3` is
July to September 2026; with a start in April it is October to December 2026 (the year is the
one the fiscal year starts in).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import pandas as pd

from dualtrack.errors import ConfigError

__all__ = ["Quarter"]

_NAME = re.compile(r"(\d{4})-Q([1-4])")


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter of a fiscal year, ordered in time.

    Attributes:
        year: Calendar year in which the fiscal year starts.
        number: 1 to 4.
        fiscal_year_start: Month (1 to 12) the fiscal year starts in.
    """

    year: int
    number: int
    fiscal_year_start: int = 1

    def __post_init__(self) -> None:
        """Refuse a quarter outside 1 to 4 and a month outside 1 to 12."""
        if self.number not in range(1, 5) or self.fiscal_year_start not in range(1, 13):
            raise ConfigError(
                f"Quarter {self.year}-Q{self.number} with a fiscal year from month "
                f"{self.fiscal_year_start} does not exist. Use Q1 to Q4 and a month 1 to 12."
            )

    @classmethod
    def parse(cls, name: str, *, fiscal_year_start: int = 1) -> Quarter:
        """Read `2026-Q3`; raises ConfigError for anything else."""
        found = _NAME.fullmatch(name.strip())
        if found is None:
            raise ConfigError(
                f"{name!r} is not a quarter. Write the year and Q1 to Q4, such as 2026-Q3."
            )
        return cls(int(found[1]), int(found[2]), fiscal_year_start)

    @classmethod
    def of(cls, day: dt.date, *, fiscal_year_start: int = 1) -> Quarter:
        """The quarter a day lies in."""
        months = (day.year * 12 + day.month - 1) - (fiscal_year_start - 1)
        return cls(months // 12, months % 12 // 3 + 1, fiscal_year_start)

    @property
    def first_day(self) -> pd.Timestamp:
        """Midnight at the start of the quarter's first day."""
        january = pd.Timestamp(year=self.year, month=1, day=1)
        return january + pd.DateOffset(months=self.fiscal_year_start - 1 + 3 * (self.number - 1))

    @property
    def last_day(self) -> pd.Timestamp:
        """Midnight at the start of the quarter's last day."""
        return self.first_day + pd.DateOffset(months=3) - pd.Timedelta(days=1)

    def previous(self) -> Quarter:
        """The quarter before this one."""
        if self.number == 1:
            return Quarter(self.year - 1, 4, self.fiscal_year_start)
        return Quarter(self.year, self.number - 1, self.fiscal_year_start)

    def __str__(self) -> str:
        """The name `parse` reads."""
        return f"{self.year}-Q{self.number}"
