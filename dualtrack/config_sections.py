"""The sections of `portfolio.toml`, each checked by itself."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

__all__ = [
    "ExportSettings",
    "MoneySettings",
    "PackSettings",
    "PortfolioSettings",
    "PrivacySettings",
    "SecondReaderSettings",
    "Section",
    "SortSettings",
]


class Section(BaseModel):
    """A section: frozen, strict, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class PortfolioSettings(Section):
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


class MoneySettings(Section):
    """`[money]`: the currency of the portfolio and the stated rates into it."""

    currency: str = Field(default="EUR", pattern="^[A-Z]{3}$")
    rates: dict[str, float] = Field(default_factory=dict)


class ExportSettings(Section):
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


class SortSettings(Section):
    """`[sort]`: where the sort decides, and the files that steer it."""

    decide_at: float = Field(default=0.70, gt=0.34, lt=1.0)
    error_rate: float = Field(default=0.04, gt=0.0, lt=0.5)
    criteria_file: str = ""
    decisions_file: str = "decisions.csv"


class PackSettings(Section):
    """`[pack]`: what a review pack says about itself, and how its notebooks are run."""

    confidentiality: str = "Internal"
    hours_per_fte_month: float = Field(default=140.0, gt=0)
    smallest_group: int = Field(default=5, ge=2)
    engine: Literal["auto", "fork", "kernels", "plain"] = "auto"
    cell_timeout_s: int = Field(default=600, ge=1)
    notebook_timeout_s: int = Field(default=1800, ge=1)
    memory_mb: int = Field(default=0, ge=0)


class PrivacySettings(Section):
    """`[privacy]`: the key behind people's pseudonyms (blank: one is made and kept)."""

    people_key: str = ""


class SecondReaderSettings(Section):
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
