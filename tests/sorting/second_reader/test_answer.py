"""What a second reader is asked to answer, to the letter, and what its reply means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dualtrack.sorting.second_reader.answer import (
    Answer,
    judge_reply,
    name_prompt_version,
    write_answer_schema,
)
from dualtrack.sorting.second_reader.cache import append_answer, read_answers


def reply(content: object, **choice: object) -> bytes:
    return json.dumps({"choices": [{"message": {"content": content}, **choice}]}).encode()


def test_the_schema_to_the_letter() -> None:
    assert write_answer_schema() == {
        "type": "object",
        "properties": {
            "track": {
                "type": "string",
                "enum": ["operational", "strategic", "maintenance", "undecided"],
            },
            "confidence": {"type": "number"},
            "quotes": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["track", "confidence", "quotes"],
        "additionalProperties": False,
    }


@pytest.mark.parametrize("track", write_answer_schema()["properties"]["track"]["enum"])
def test_every_track_of_the_schema_is_an_answer(track: str) -> None:
    text = json.dumps({"track": track, "confidence": 0.5, "quotes": ["x"]})
    assert judge_reply(reply(text)) == Answer(track=track, confidence=0.5, quotes=["x"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I'm sorry, but that I cannot do.", "refusal"),
        ("I’m sorry, but that I cannot do.", "refusal"),
        ("\n \"**# I'm sorry, but that I cannot do.", "refusal"),
        ("XI'm sorry", "not JSON"),
        (" * ", "refusal"),
        ("Strategic.", "not JSON"),
    ],
)
def test_a_refusal_is_told_from_other_words(text: str, told: str) -> None:
    assert judge_reply(reply(text)) == told


def test_a_filtered_or_empty_reply_is_a_refusal() -> None:
    assert judge_reply(reply("{}", finish_reason="content_filter")) == "refusal"
    assert judge_reply(reply(None)) == "refusal"
    assert judge_reply(reply("")) == "refusal"
    assert judge_reply(reply("{}", finish_reason="stop")) == "wrong schema"


def test_what_is_kept_of_an_answer_to_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "new" / "answers.jsonl"
    answer = Answer(track="strategic", confidence=0.5, quotes=["x"])
    append_answer(path, "one", answer, model="m")
    append_answer(path, "two", "refusal", model="m")
    asked = {"model": "m", "prompt": name_prompt_version()}
    assert [json.loads(line) for line in path.read_text("utf-8").splitlines()] == [
        {"key": "one", **asked, "track": "strategic", "confidence": 0.5, "quotes": ["x"]},
        {"key": "two", **asked, "fault": "refusal"},
    ]
    assert path.stat().st_mode & 0o077 == 0
    assert read_answers(path) == {"one": answer, "two": "refusal"}
