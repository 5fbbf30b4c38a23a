"""What a second reader is asked, and whether its answer can be used."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from dualtrack.reference import read_reference

__all__ = ["Answer", "name_prompt_version", "judge_reply", "read_prompt", "write_answer_schema"]

_THOUGHT = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)  # models that think aloud first
_FENCE = re.compile(r"```[\w-]*[ \t]*\n(.*?)\n?\s*```", re.DOTALL)


class Answer(BaseModel):
    """A reader's answer. Keys beyond these are not read."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    track: Literal["operational", "strategic", "maintenance", "undecided"]
    confidence: float = Field(ge=0, le=1, allow_inf_nan=False)
    quotes: list[str] = Field(max_length=10)

    @model_validator(mode="after")
    def _shows_its_reason(self) -> Self:
        if self.track != "undecided" and not self.quotes:
            raise ValueError("a track needs a quote")
        return self


def read_prompt() -> str:
    """The question, with the definitions of the tracks; packaged, in `second_reader.toml`."""
    return str(read_reference("second_reader.toml")["prompt"]).strip()


def name_prompt_version() -> str:
    """A name that changes with the prompt, so that no answer to another question is used."""
    return hashlib.blake2b(read_prompt().encode(), digest_size=4).hexdigest()


def write_answer_schema() -> dict[str, Any]:
    """The answer's JSON schema, for servers that hold a model to one."""
    quotes = {"type": "array", "items": {"type": "string"}}
    tracks = ["operational", "strategic", "maintenance", "undecided"]
    return {
        "type": "object",
        "properties": {
            "track": {"type": "string", "enum": tracks},
            "confidence": {"type": "number"},
            "quotes": quotes,
        },
        "required": ["track", "confidence", "quotes"],
        "additionalProperties": False,
    }


def judge_reply(body: bytes) -> Answer | str:
    """The answer in a reply of the chat-completions protocol, or why there is none.

    Args:
        body: The reply as it came.

    Returns:
        The answer, its quotes not yet compared with the text; else one of
        `schema.SECOND_READER_FAULTS`.
    """
    reply = _load(body)
    if reply is None:
        return "not JSON"
    try:
        choice = reply["choices"][0]
        message = choice["message"]
        content, refusal = message.get("content"), message.get("refusal")
        finish = choice.get("finish_reason")
    except (KeyError, IndexError, TypeError, AttributeError):
        return "wrong schema"
    if refusal or finish == "content_filter" or content is None or content == "":
        return "refusal"
    return _judge_content(content) if isinstance(content, str) else "wrong schema"


def _judge_content(content: str) -> Answer | str:
    plain = _THOUGHT.sub("", content).strip()
    fenced = _FENCE.search(plain)
    found = _load(fenced[1] if fenced else plain)
    if found is None:
        return "refusal" if _is_refusal(plain) else "not JSON"
    try:
        return Answer.model_validate(found)
    except ValidationError:
        return "wrong schema"


def _is_refusal(text: str) -> bool:
    start = text.casefold().replace("’", "'").lstrip(" \"'*#\n")
    return not start or start.startswith(tuple(read_reference("second_reader.toml")["refusals"]))


def _load(text: str | bytes) -> Any | None:
    """JSON, or None; what is too deep or too long a number to read is none either."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
