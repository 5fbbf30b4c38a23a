"""The sections of `portfolio.toml`, each checked by itself."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pandas as pd
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

__all__ = [
    "ExportSettings",
    "GovernanceSettings",
    "MetricSettings",
    "LeadersSettings",
    "MoneySettings",
    "MovesSettings",
    "PackSettings",
    "PortfolioSettings",
    "PrivacySettings",
    "SecondReaderSettings",
    "Section",
    "SortSettings",
    "TargetSettings",
]


CurrencyCode = Annotated[str, Field(pattern="^[A-Z]{3}$")]
_YEARS = range(1950, 2100)  # as records/ reads dates


def _check_day(value: str) -> str:
    try:
        is_near = not value or dt.date.fromisoformat(value).year in _YEARS
    except ValueError:
        is_near = False
    if not is_near:
        raise ValueError("write a day such as 2026-09-30")
    return value


Day = Annotated[str, AfterValidator(_check_day)]


class Section(BaseModel):
    """A section: frozen, strict, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class PortfolioSettings(Section):
    """`[portfolio]`: what the list is and where it lies."""

    name: str = "Portfolio"
    export_dir: str = "exports/{quarter}"
    reports_dir: str = "reports"
    fiscal_year_start: int = Field(default=1, ge=1, le=12)
    as_of_date: Day = ""
    hours_per_day: float = Field(default=8.0, gt=0, le=24)
    matches_file: str = "matches.csv"


class MoneySettings(Section):
    """`[money]`: the currency of the portfolio and the stated rates into it."""

    currency: str = Field(default="EUR", pattern="^[A-Z]{3}$")
    rates: dict[CurrencyCode, Annotated[float, Field(gt=0)]] = Field(default_factory=dict)


class ExportSettings(Section):
    """`[[export]]`: what the reader cannot see in files whose names match `match`."""

    match: str
    column_map: str = ""
    unit_name: str = ""
    day_first: bool | None = None
    as_of_date: Day = ""
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


class MetricSettings(Section):
    """`[metrics]`: rules of the charts, countermeasures, how months are made of readings."""

    rules: Literal["wheeler", "nhs", "mdc"] = "wheeler"
    countermeasures_file: str = "countermeasures.csv"
    aggregation: dict[str, Literal["sum", "mean", "last"]] = Field(default_factory=dict)
    top_priorities: int = Field(default=12, ge=3, le=30)


PackFormat = Literal["html", "slides", "pdf", "pptx", "xlsx", "data"]


class PackSettings(Section):
    """`[pack]`: what a review pack says about itself, its formats, how its notebooks are run."""

    formats: tuple[PackFormat, ...] = ("html", "pdf", "xlsx", "data")
    template: str = ""
    confidentiality: str = "Internal"
    review_decisions_file: str = "review_decisions.csv"
    hours_per_fte_month: float = Field(default=140.0, gt=0)
    smallest_group: int = Field(default=5, ge=2)
    engine: Literal["auto", "fork", "kernels", "plain"] = "auto"
    cell_timeout_s: int = Field(default=600, ge=1)
    notebook_timeout_s: int = Field(default=1800, ge=1)
    memory_mb: int = Field(default=0, ge=0)

    @field_validator("formats", mode="before")
    @classmethod
    def _is_list_of_formats(cls, value: object) -> object:
        return tuple(value) if isinstance(value, list) else value


class PrivacySettings(Section):
    """`[privacy]`: the key behind people's pseudonyms (blank: one is made), names in packs."""

    people_key: str = ""
    names: Literal["hide", "keep"] = "hide"


class LeadersSettings(Section):
    """`[leaders]`: how calendars are read, and the working day free time is told in.

    `levels` names the level of a forum, where no project reviewed there has a sponsor level.
    """

    show_subjects: bool = False
    time_zone: str = ""
    levels: dict[str, Literal["frontline", "manager", "director", "executive"]] = Field(
        default_factory=dict
    )
    day_start: float = Field(default=8.0, ge=0, lt=24)
    day_end: float = Field(default=18.0, gt=0, le=24, validate_default=True)
    block_minutes: int = Field(default=90, ge=15, le=480)

    @field_validator("time_zone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        try:
            if value:
                ZoneInfo(value)
        except (LookupError, ValueError, OSError):
            raise ValueError("no such time zone; write one such as Europe/Oslo") from None
        return value

    @field_validator("day_end")
    @classmethod
    def _is_after_start(cls, value: float, info: ValidationInfo) -> float:
        if value <= info.data.get("day_start", 0.0):
            raise ValueError("the working day ends after day_start")
        return value


class MovesSettings(Section):
    """`[moves]`: the days a year on which budgets are set, as month and day (`01-01`).

    Blank takes the first day of the fiscal year.
    """

    budget_dates: tuple[str, ...] = ()
    budget_window_days: int = Field(default=45, ge=0, le=180)

    @field_validator("budget_dates", mode="before")
    @classmethod
    def _is_tuple(cls, value: object) -> object:
        return tuple(value) if isinstance(value, list) else value

    @field_validator("budget_dates")
    @classmethod
    def _are_days(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for one in value:
            try:
                pd.to_datetime(f"2025-{one}", format="%Y-%m-%d")
            except ValueError:
                raise ValueError("write month and day such as 01-01 (no 29 February)") from None
        return value


class GovernanceSettings(Section):
    """`[governance]`: files of one's own in place of the packaged norms, map and rules.

    `follow_on_days`: how long an improvement may take to follow a closed initiative.
    """

    rhythm_norms_file: str = ""
    polarity_file: str = ""
    watch_rules_file: str = ""
    follow_on_days: int = Field(default=180, ge=1, le=1095)


class TargetSettings(Section):
    """`[targets.<id>]`: a band of one's own, with its reason; what is blank is as packaged."""

    low: float | None = Field(default=None, allow_inf_nan=False)
    high: float | None = Field(default=None, allow_inf_nan=False)
    floor: float | None = Field(default=None, allow_inf_nan=False)
    because: str = Field(default="", validate_default=True)

    @field_validator("because")
    @classmethod
    def _is_given(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("say why the target differs, it prints in the pack")
        return value


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
