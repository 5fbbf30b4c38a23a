"""`portfolio.toml`: one frozen, checked settings object.

Unknown keys are refused, every fault of the file is named at once. Without a file the defaults
hold, so a folder of exports can be read with no settings at all.
"""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from dualtrack.errors import ConfigError
from dualtrack.quarter import Quarter

__all__ = [
    "ExportSettings",
    "MoneySettings",
    "PackSettings",
    "PortfolioSettings",
    "PrivacySettings",
    "SecondReaderSettings",
    "Settings",
    "SortSettings",
    "find_settings_file",
    "read_settings",
]

SETTINGS_FILE = "portfolio.toml"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class PortfolioSettings(_Section):
    """`[portfolio]`: what the list is and where it lies."""

    name: str = "Portfolio"
    export_dir: str = "exports/{quarter}"
    reports_dir: str = "reports"
    fiscal_year_start: int = Field(default=1, ge=1, le=12)
    as_of_date: str = ""
    hours_per_day: float = Field(default=8.0, gt=0, le=24)
    matches_file: str = "matches.csv"

    @field_validator("as_of_date")
    @classmethod
    def _is_iso_day(cls, value: str) -> str:
        if value:
            pd.Timestamp(value)
        return value


class MoneySettings(_Section):
    """`[money]`: the currency of the portfolio and the stated rates into it."""

    currency: str = Field(default="EUR", pattern="^[A-Z]{3}$")
    rates: dict[str, float] = Field(default_factory=dict)


class ExportSettings(_Section):
    """`[[export]]`: what the reader cannot see in files whose names match `match`."""

    match: str
    column_map: str = ""
    unit_name: str = ""
    day_first: bool | None = None
    as_of_date: str = ""
    project_types: tuple[str, ...] = ()
    label_lines: bool = False

    @field_validator("project_types", mode="before")
    @classmethod
    def _is_tuple(cls, value: object) -> object:
        return tuple(value) if isinstance(value, list) else value


class SortSettings(_Section):
    """`[sort]`: where the sort decides, and the files that steer it."""

    decide_at: float = Field(default=0.70, gt=0.34, lt=1.0)
    error_rate: float = Field(default=0.04, gt=0.0, lt=0.5)
    criteria_file: str = ""
    decisions_file: str = "decisions.csv"


class PackSettings(_Section):
    """`[pack]`: what a review pack says about itself, and how its notebooks are run."""

    confidentiality: str = "Internal"
    hours_per_fte_month: float = Field(default=140.0, gt=0)
    smallest_group: int = Field(default=5, ge=2)
    engine: Literal["auto", "fork", "kernels", "plain"] = "auto"
    cell_timeout_s: int = Field(default=600, ge=1)
    notebook_timeout_s: int = Field(default=1800, ge=1)
    memory_mb: int = Field(default=0, ge=0)


class PrivacySettings(_Section):
    """`[privacy]`: the key behind people's pseudonyms (blank: one is made and kept)."""

    people_key: str = ""


class SecondReaderSettings(_Section):
    """`[second_reader]`: a language model that reads again; a blank url means none.

    The key of the endpoint is never in the file: `api_key_variable` names the environment variable
    that holds it.
    """

    url: str = ""
    model: str = Field(default="", validate_default=True)
    api_key_variable: str = Field(default="", pattern="^([A-Za-z_][A-Za-z0-9_]*)?$")
    timeout_s: float = Field(default=30.0, gt=0, le=600)
    requests_per_minute: int = Field(default=60, ge=1, le=6000)
    only: Literal["undecided", "all"] = "undecided"
    retries: int = Field(default=3, ge=0, le=10)

    @field_validator("url")
    @classmethod
    def _is_plain_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (
            parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0
        ):
            raise ValueError("give an address such as http://localhost:11434/v1")
        if parts.username or parts.password or parts.query:
            raise ValueError("no name, password or query in the address: use api_key_variable")
        return value

    @field_validator("model")
    @classmethod
    def _is_named(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("url") and not value.strip():
            raise ValueError("a url needs the name of a model to ask")
        return value


class Settings(_Section):
    """All settings of a workspace.

    Attributes:
        root: Folder relative paths start from: the one that holds `portfolio.toml`.
    """

    portfolio: PortfolioSettings = PortfolioSettings()
    money: MoneySettings = MoneySettings()
    export: tuple[ExportSettings, ...] = ()
    sort: SortSettings = SortSettings()
    pack: PackSettings = PackSettings()
    privacy: PrivacySettings = PrivacySettings()
    second_reader: SecondReaderSettings = SecondReaderSettings()
    root: Path = Path()

    def quarter(self, name: str) -> Quarter:
        """The quarter of that name in this portfolio's fiscal year."""
        return Quarter.parse(name, fiscal_year_start=self.portfolio.fiscal_year_start)

    def path(self, relative: str) -> Path:
        """A path of the settings, from the folder of `portfolio.toml`."""
        return self.root / relative

    def export_dir(self, quarter_name: str) -> Path:
        """The folder of that quarter's exports."""
        return self.path(self.portfolio.export_dir.replace("{quarter}", quarter_name))

    def as_of_date(self, quarter: Quarter) -> pd.Timestamp:
        """The day the exports show: as set, else the quarter's last day."""
        if self.portfolio.as_of_date:
            return pd.Timestamp(self.portfolio.as_of_date)
        return quarter.last_day


def find_settings_file(start: Path | None = None) -> Path | None:
    """The nearest `portfolio.toml` in `start` (default: here) or a folder above it."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder / SETTINGS_FILE
    return None


def read_settings(path: Path | str | None = None) -> Settings:
    """Read and check a settings file.

    Args:
        path: The file; blank or None takes the nearest `portfolio.toml`, and the defaults where
            there is none.

    Raises:
        ConfigError: The file is missing, is no TOML, or holds unknown keys or wrong values; the
            message lists all of them.
    """
    file = Path(path) if path else find_settings_file()
    if file is None:
        return Settings(root=Path.cwd())
    if not file.is_file():
        raise ConfigError(f"{file}: no such settings file. Give the path of a portfolio.toml.")
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConfigError(f"{file}: not a TOML file ({fault}). Mend that line.") from fault
    if "root" in content:
        raise ConfigError(f"{file}: key 'root' is set by dualtrack itself. Remove it.")
    try:
        # Lists become the tuples a frozen object needs; strict checking would refuse them.
        exports = tuple(content.pop("export", ()))
        return Settings(**content, export=exports, root=file.resolve().parent)
    except (ValidationError, TypeError) as fault:
        raise ConfigError(f"{file}: {_faults_in_words(fault)}") from fault


def _faults_in_words(fault: ValidationError | TypeError) -> str:
    if isinstance(fault, TypeError):
        return f"{fault}. [[export]] is a list of tables."
    return "; ".join(_fault_in_words(dict(one)) for one in fault.errors()) + "."


def _fault_in_words(one: dict[str, Any]) -> str:
    location = [str(part) for part in one["loc"]]
    key = ".".join(location)
    if one["type"] == "extra_forbidden":
        known = _known_keys(location[:-1])
        close = difflib.get_close_matches(location[-1], known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"known are {known}"
        return f"unknown key {key!r}, {hint}"
    return f"key {key!r} holds {one['input']!r}: {one['msg'].lower()}"


def _known_keys(location: list[str]) -> list[str]:
    sections: dict[str, type[BaseModel]] = {
        "portfolio": PortfolioSettings,
        "money": MoneySettings,
        "export": ExportSettings,
        "sort": SortSettings,
        "pack": PackSettings,
        "privacy": PrivacySettings,
        "second_reader": SecondReaderSettings,
    }
    if not location:
        return sorted(sections)
    return sorted(sections[location[0]].model_fields) if location[0] in sections else []
