"""The second reader: a language model that reads projects again, off unless settings name one.

Projects in, one reading each out, with quotes that stand in the text or with the fault that there
is none. `read_again` asks; `recall_readings` sends nothing and gives what earlier runs were told.
What a reading does to the sort is in `second_reading`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from dualtrack.config import Settings
from dualtrack.schema import TABLES, conform, empty_frame
from dualtrack.sorting.second_reader.answer import Answer, judge_reply
from dualtrack.sorting.second_reader.cache import (
    CACHE_FILE,
    append_answer,
    name_key,
    read_answers,
)
from dualtrack.sorting.second_reader.client import Clock, SecondReaderClient, read_api_key
from dualtrack.sorting.second_reader.names import KnownNames
from dualtrack.sorting.second_reader.text import (
    SENT_COLUMNS,
    SentCell,
    find_quote,
    prepare_cells,
    write_message,
)

__all__ = ["plan_second_reading", "read_again", "recall_readings"]

STOP_AFTER = 3  # projects in a row without a reply: the others would only wait for the same

log = logging.getLogger(__name__)

Found = tuple[Answer | str, bool]  # an answer or a fault, and whether an earlier run was told it


@dataclass(frozen=True)
class _Sending:
    """One project and what is sent of it; nothing where it has no text."""

    project_id: str
    cells: tuple[SentCell, ...]
    text: str
    key: str


def plan_second_reading(
    projects: pd.DataFrame, sorting: pd.DataFrame, settings: Settings, *, names: KnownNames
) -> pd.DataFrame:
    """What `read_again` would send, to the letter.

    Args:
        projects: `project_id`, `title`, `description`.
        sorting: The `sorting` table; says which projects are undecided.
        settings: For `[second_reader]` and the workspace.
        names: As `find_names` returns.

    Returns:
        One row per project chosen, in the order of `projects`: `project_id`, `text` (blank without
        one), `is_cached` (answered before: no request). Projects with the same text share one.
    """
    kept = _usable(read_answers(settings.path(CACHE_FILE)))
    rows = [
        (one.project_id, one.text, one.key in kept)
        for one in _list_sendings(projects, sorting, settings, names)
    ]
    return pd.DataFrame(rows, columns=["project_id", "text", "is_cached"])


def read_again(
    projects: pd.DataFrame,
    sorting: pd.DataFrame,
    settings: Settings,
    *,
    names: KnownNames,
    clock: Clock | None = None,
    on_change: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Ask the second reader about every project the settings choose.

    A text that was answered before is not sent again; one whose answer could not be used is. After
    three projects in a row without any reply the others are not asked.

    Args:
        projects: `project_id`, `title`, `description`.
        sorting: The `sorting` table; says which projects are undecided.
        settings: For `[second_reader]` and the workspace.
        names: As `find_names` returns for the whole portfolio; taken out before anything is sent.
        clock: The time; the real one if left out.
        on_change: Called with the projects done and their number.

    Returns:
        The `second_readings` table; empty where no url is set.

    Raises:
        ConfigError: The variable that should hold the key is not set.
        SortingError: httpx is not installed.
    """
    section = settings.second_reader
    if not section.url:
        return empty_frame(TABLES["second_readings"])
    sendings = _list_sendings(projects, sorting, settings, names)
    path = settings.path(CACHE_FILE)
    found: dict[str, Found] = {
        key: (answer, True) for key, answer in _usable(read_answers(path)).items()
    }
    is_needed = any(one.text and one.key not in found for one in sendings)
    api_key = read_api_key(section) if is_needed else ""
    silent = 0
    with SecondReaderClient(section, api_key=api_key, clock=clock or Clock()) as client:
        for place, one in enumerate(sendings, start=1):
            if one.text and one.key not in found and silent < STOP_AFTER:
                reply = client.ask(one.text)
                silent = silent + 1 if reply.fault else 0
                answer = reply.fault or _check_quotes(one, judge_reply(reply.body))
                found[one.key] = (answer, False)
                if not reply.fault:
                    append_answer(path, one.key, answer, model=section.model)
            if on_change:
                on_change(place, len(sendings))
    if silent >= STOP_AFTER:
        log.warning("second reader: no reply %d times in a row; the rest is not asked", silent)
    return _list_readings(sendings, found, section.model)


def recall_readings(
    projects: pd.DataFrame, sorting: pd.DataFrame, settings: Settings, *, names: KnownNames
) -> pd.DataFrame:
    """What the second reader said in earlier runs. Sends nothing, needs no server.

    Args:
        projects: As for `read_again`.
        sorting: As for `read_again`.
        settings: As for `read_again`.
        names: As for `read_again`, or the texts are not those that were sent.

    Returns:
        The `second_readings` table, the fault `not asked` where nothing is known; empty where no
        url is set.
    """
    if not settings.second_reader.url:
        return empty_frame(TABLES["second_readings"])
    kept = read_answers(settings.path(CACHE_FILE))
    found: dict[str, Found] = {key: (answer, True) for key, answer in kept.items()}
    sendings = _list_sendings(projects, sorting, settings, names)
    return _list_readings(sendings, found, settings.second_reader.model)


def _list_sendings(
    projects: pd.DataFrame, sorting: pd.DataFrame, settings: Settings, names: KnownNames
) -> list[_Sending]:
    chosen = projects
    if settings.second_reader.only == "undecided":
        # One settled by an earlier reading counts as undecided still: the evidence left it open.
        is_open = (sorting["track"] == "undecided") | (sorting["decided_by"] == "second_reader")
        chosen = projects[projects["project_id"].isin(sorting.loc[is_open, "project_id"])]
    sendings = []
    for project in chosen[["project_id", *SENT_COLUMNS]].to_dict("records"):
        cells = prepare_cells(project, names)
        text = write_message(cells) if cells else ""
        key = name_key(text, model=settings.second_reader.model)
        sendings.append(_Sending(project["project_id"], cells, text, key))
    return sendings


def _usable(kept: dict[str, Answer | str]) -> dict[str, Answer | str]:
    return {key: answer for key, answer in kept.items() if isinstance(answer, Answer)}


def _check_quotes(sending: _Sending, answer: Answer | str) -> Answer | str:
    """The answer, unless it quotes what was not sent; then nothing of it is trusted."""
    if isinstance(answer, Answer):
        is_invented = any(find_quote(sending.cells, quote) is None for quote in answer.quotes)
        return "quote not in text" if is_invented else answer
    return answer


def _list_readings(
    sendings: Iterable[_Sending], found: dict[str, Found], model: str
) -> pd.DataFrame:
    rows: list[dict[str, object]] = []
    for one in sendings:
        answer, is_kept = found.get(one.key, ("not asked", False))
        row = {"project_id": one.project_id, "model": model, "from_cache": is_kept}
        rows += [row | reading for reading in _read_answer(one, answer)]
    if not rows:
        return empty_frame(TABLES["second_readings"])
    return conform(pd.DataFrame(rows), TABLES["second_readings"])


def _read_answer(sending: _Sending, answer: Answer | str) -> list[dict[str, object]]:
    """A row for each quote; one row for a fault, or for an answer without quotes."""
    if not sending.text:
        return [{"fault": "no text"}]
    checked = _check_quotes(sending, answer)
    if isinstance(checked, str):
        return [{"fault": checked}]
    quotes = [find_quote(sending.cells, quote) for quote in checked.quotes]
    reading: dict[str, object] = {"second_track": checked.track, "confidence": checked.confidence}
    named = [
        reading | {"column_name": quote[0], "quote": quote[1]}
        for quote in dict.fromkeys(quotes)
        if quote
    ]
    return named or [reading]
