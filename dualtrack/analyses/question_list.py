"""The five questions, their parts and weights, read from data a steering group can change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from dualtrack.analyses.rhythm_norms import read_rules
from dualtrack.errors import ConfigError

__all__ = ["QuestionList", "read_questions"]

_PACKAGED = "questions.toml"


@dataclass(frozen=True)
class QuestionList:
    """The questions.

    Attributes:
        questions: `question_id`, `asks`, `short`.
        parts: `question_id`, `part_id`, `weight` (adds up to 1 in each question), `met`, `mend`.
        least_known_weight: Share of a question's weight that must be known for a score.
        least_checks: Things that must have been looked at for a score.
        protected_hours: Hours a month of strategy without operations: the two published figures.
    """

    questions: pd.DataFrame
    parts: pd.DataFrame
    least_known_weight: float
    least_checks: int
    protected_hours: tuple[float, float]


def read_questions(path: Path | str | None = None) -> QuestionList:
    """Read the questions.

    Args:
        path: A TOML file of the same shape; blank or None for `reference/questions.toml`.

    Raises:
        ConfigError: The file is missing or no TOML, lacks a key, or a part has no positive weight.
    """
    content = read_rules(_PACKAGED, path)
    name = str(path or _PACKAGED)
    try:
        questions = pd.DataFrame(
            [[one[key] for key in ("question_id", "asks", "short")] for one in content["question"]],
            columns=["question_id", "asks", "short"],
        )
        parts = pd.DataFrame(
            [
                [one["question_id"], *(part[key] for key in ("part_id", "weight", "met", "mend"))]
                for one in content["question"]
                for part in one["part"]
            ],
            columns=["question_id", "part_id", "weight", "met", "mend"],
        )
        low, high = content["protected_hours"]
        limits = (float(content["least_known_weight"]), int(content["least_checks"]))
    except KeyError as fault:
        raise ConfigError(f"{name}: {fault} is missing; copy it from the packaged file.") from fault
    except (TypeError, ValueError) as fault:
        raise ConfigError(f"{name}: {fault}; compare with the packaged file.") from fault
    if parts.empty or not (parts["weight"] > 0).all() or parts["part_id"].duplicated().any():
        raise ConfigError(f"{name}: every part needs its own part_id and a weight above 0.")
    whole = parts.groupby("question_id")["weight"].transform("sum")
    parts = parts.assign(weight=parts["weight"] / whole)
    return QuestionList(questions, parts, *limits, (float(low), float(high)))
