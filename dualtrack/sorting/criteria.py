"""The criteria of the evidence reading, read from a file a steering group can change."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dualtrack.config_faults import tell_faults
from dualtrack.errors import SortingError
from dualtrack.sorting.phrases import PhraseIndex, index_phrases

__all__ = ["Criteria", "Criterion", "read_criteria"]

_PACKAGED = "criteria.toml"


class Criterion(BaseModel):
    """One criterion: the track it speaks for, its weight, and the phrases that show it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    criterion_id: str
    track: str = Field(pattern="^(operational|strategic|maintenance)$")
    says: str
    weight: float = Field(ge=0)
    source: str
    phrases: tuple[str, ...] = Field(min_length=1)


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    prior: dict[str, float]
    thin_below: float = Field(ge=0)
    temperature: float = Field(gt=0)
    temperature_error: float = Field(ge=0)
    column_weights: dict[str, float]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    model: _Model
    criterion: tuple[Criterion, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Criteria:
    """All criteria with their compiled phrases.

    Attributes:
        prior: Score of each track before any evidence, log-odds.
        thin_below: Sum of contributions below which a text says too little.
        temperature: Divides scores before they become probabilities; `temperature_error` is its
            standard error on the calibration set.
        column_weights: Factor on a contribution by the column its quote stands in.
        phrases: All phrases, compiled.
    """

    criteria: tuple[Criterion, ...]
    prior: dict[str, float]
    thin_below: float
    temperature: float
    temperature_error: float
    column_weights: dict[str, float]
    phrases: PhraseIndex


def read_criteria(path: Path | str | None = None) -> Criteria:
    """Read the criteria.

    Args:
        path: A file in the form of `reference/criteria.toml`; blank or None for the packaged one.

    Raises:
        SortingError: The file is missing or wrong; the message names the fault.
    """
    if not path:
        return _read_packaged()
    file = Path(path)
    if not file.is_file():
        raise SortingError(f"{file}: no such criteria file. Leave it blank for the packaged one.")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise SortingError(f"{file}: not readable criteria ({fault}). Save it as UTF-8.") from fault
    return _parse(text, str(file))


@cache
def _read_packaged() -> Criteria:
    text = (resources.files("dualtrack.reference") / _PACKAGED).read_text("utf-8")
    return _parse(text, _PACKAGED)


def _parse(text: str, name: str) -> Criteria:
    try:
        content = _File(**tomllib.loads(text))
        by_id = {one.criterion_id: one.phrases for one in content.criterion}
        phrases = index_phrases(by_id)
    except ValidationError as fault:
        told = tell_faults(fault, text, _File)
        raise SortingError(f"{name}: not usable criteria: {told}.") from fault
    except (tomllib.TOMLDecodeError, TypeError, RecursionError, re.error) as fault:
        raise SortingError(f"{name}: not usable criteria: {fault}. Mend that line.") from fault
    if len(by_id) < len(content.criterion):
        raise SortingError(f"{name}: a criterion_id stands twice. Give each its own.")
    model = content.model
    return Criteria(
        content.criterion,
        model.prior,
        model.thin_below,
        model.temperature,
        model.temperature_error,
        model.column_weights,
        phrases,
    )
