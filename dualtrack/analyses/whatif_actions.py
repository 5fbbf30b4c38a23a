"""What a what-if scenario may hold: its actions, and what to fit; each checked by itself."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

__all__ = [
    "ACTIONS",
    "Action",
    "FitBand",
    "FitSettings",
    "GroupOfPeople",
    "MergeProjects",
    "MoveCapacity",
    "PauseProjects",
    "RelabelProjects",
    "Scenario",
    "ShiftBudget",
    "StopProjects",
]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class GroupOfPeople(_Part):
    """Whose hours: a unit, a team, a role, or what they have in common."""

    unit: str = ""
    team: str = ""
    role: str = ""

    @model_validator(mode="after")
    def _names_one(self) -> GroupOfPeople:
        if not (self.unit or self.team or self.role):
            raise ValueError("name a unit, a team or a role")
        return self

    @property
    def words(self) -> str:
        """The group as a reader names it."""
        return ", ".join(part for part in (self.role, self.team, self.unit) if part)


class _Action(_Part):
    do: str


class _OnProjects(_Action):
    projects: tuple[str, ...] = Field(min_length=1)


class MoveCapacity(_Action):
    """Hours of people's time a month, from one group to another."""

    do: Literal["move_capacity"]
    source: GroupOfPeople = Field(alias="from")
    to: GroupOfPeople
    fte: float = Field(default=0.0, ge=0)
    hours: float = Field(default=0.0, ge=0)
    months: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_how_much(self) -> MoveCapacity:
        if (self.fte > 0) == (self.hours > 0):
            raise ValueError("give either fte or hours (a month), above zero")
        if self.source == self.to:
            raise ValueError("from and to are the same group")
        return self

    @field_validator("months")
    @classmethod
    def _are_months(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for month in value:
            try:
                datetime.date.fromisoformat(f"{month}-01")
            except ValueError:
                raise ValueError(f"{month!r} is no month such as 2026-08") from None
        return value


class StopProjects(_OnProjects):
    """Projects end: their bookings and budgets leave the portfolio."""

    do: Literal["stop"]


class PauseProjects(_OnProjects):
    """Projects rest until a day: their bookings move on by as many months."""

    do: Literal["pause"]
    until: datetime.date


class MergeProjects(_OnProjects):
    """Projects become one; a share of what the others would have taken may fall away."""

    do: Literal["merge"]
    into: str
    saves_pct: float = Field(default=0.0, ge=0, le=100)


class RelabelProjects(_OnProjects):
    """A person decides the track of projects."""

    do: Literal["relabel"]
    track: Literal["operational", "strategic", "maintenance"]


class ShiftBudget(_Action):
    """Budget from projects to another, as an amount or a share."""

    do: Literal["shift_budget"]
    source: tuple[str, ...] = Field(alias="from", min_length=1)
    to: str
    amount: float = Field(default=0.0, ge=0)
    pct: float = Field(default=0.0, ge=0, le=100)

    @model_validator(mode="after")
    def _says_how_much(self) -> ShiftBudget:
        if (self.amount > 0) == (self.pct > 0):
            raise ValueError("give either amount (in the portfolio's currency) or pct, above zero")
        return self


Action = MoveCapacity | StopProjects | PauseProjects | MergeProjects | RelabelProjects | ShiftBudget
ACTIONS: dict[str, type[BaseModel]] = {
    "move_capacity": MoveCapacity,
    "stop": StopProjects,
    "pause": PauseProjects,
    "merge": MergeProjects,
    "relabel": RelabelProjects,
    "shift_budget": ShiftBudget,
}


class FitBand(_Part):
    """A band for the strategic share of both tracks."""

    quantity: Literal["projects", "budget_cost", "effort_hours"]
    low: float = Field(default=0.0, ge=0, le=1)
    high: float = Field(default=1.0, ge=0, le=1)

    @model_validator(mode="after")
    def _is_a_band(self) -> FitBand:
        if self.low > self.high:
            raise ValueError("low is above high")
        return self


class FitSettings(_Part):
    """`[fit]`: ask which projects to pause so that what is left fits.

    Attributes:
        use_targets: Without a band here, keep the strategic budget share in its target's band.
    """

    by: Literal["unit", "role"] = "unit"
    use_at_most: float = Field(default=1.0, gt=0, le=2)
    use_targets: bool = False
    keep: tuple[str, ...] = ()
    band: tuple[FitBand, ...] = ()
    priority: dict[str, float] = Field(default_factory=dict)

    @field_validator("priority")
    @classmethod
    def _are_weights(cls, value: dict[str, float]) -> dict[str, float]:
        if low := sorted(name for name, weight in value.items() if not weight > 0):
            raise ValueError(f"weights are above zero; {', '.join(low)}")
        return value


class Scenario(_Part):
    """What is tried.

    Attributes:
        title: Name of the scenario.
        action: What is done, in order.
        fit: Whether to look for projects to pause afterwards, and how.
    """

    title: str = "Scenario"
    action: tuple[Action, ...] = ()
    fit: FitSettings | None = None
