"""Answers of a second reader kept between runs: one line of JSON each, in `.dualtrack/`.

A line is kept under a hash of the text sent, the model and the prompt; the last one on a hash
holds. The file holds quotes of projects, so it stays in the workspace, readable by its owner only.
"""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from dualtrack.schema.sorting_tables import SECOND_READER_FAULTS
from dualtrack.sorting.second_reader.answer import Answer, name_prompt_version

__all__ = ["CACHE_FILE", "append_answer", "name_key", "read_answers"]

CACHE_FILE = ".dualtrack/second_reader.jsonl"

log = logging.getLogger(__name__)


def name_key(text: str, *, model: str) -> str:
    """The hash an answer is kept under.

    Args:
        text: What was sent about the project.
        model: Model that was asked.
    """
    parts = json.dumps([text, model, name_prompt_version()])
    return hashlib.blake2b(parts.encode(), digest_size=16).hexdigest()


def read_answers(path: Path) -> dict[str, Answer | str]:
    """Every answer kept; a fault stands for an answer that could not be used.

    Args:
        path: The file; a missing one holds nothing. A line that cannot be read (a run was cut off
            while it wrote) is passed over.
    """
    if not path.is_file():
        return {}
    kept: dict[str, Answer | str] = {}
    torn = 0
    for line in path.read_bytes().splitlines():
        try:
            record = json.loads(line)
            kept[str(record["key"])] = _read_record(record)
        except (ValueError, KeyError, TypeError, RecursionError, ValidationError):
            torn += 1
    if torn:
        log.warning("%s: %d lines cannot be read; their texts are asked again", path, torn)
    return kept


def append_answer(path: Path, key: str, answer: Answer | str, *, model: str) -> None:
    """Keep one answer, or the fault that stands for it.

    Args:
        path: The file; made where there is none.
        key: As `name_key` returns.
        answer: As `judge_reply` returns.
        model: Model that was asked, for those who read the file.
    """
    record: dict[str, Any] = {"key": key, "model": model, "prompt": name_prompt_version()}
    record |= {"fault": answer} if isinstance(answer, str) else answer.model_dump()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, 2) - 1))
        is_torn = file.read(1) not in {b"", b"\n"}
    # One write at the end a line: a run cut off tears the last line at most, two runs none.
    with path.open("ab") as file:
        file.write(b"\n" * is_torn + json.dumps(record).encode() + b"\n")


def _read_record(record: dict[str, Any]) -> Answer | str:
    if "fault" in record:
        if record["fault"] not in SECOND_READER_FAULTS:
            raise ValueError(f"unknown fault {record['fault']!r}")
        return str(record["fault"])
    return Answer.model_validate(record)
