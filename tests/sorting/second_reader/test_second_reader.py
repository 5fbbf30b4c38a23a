"""The second reader against a server that speaks the protocol: good, bad and none at all."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pandas as pd
import pytest

from dualtrack.config import Settings, read_settings
from dualtrack.errors import ConfigError, SortingError
from dualtrack.schema import TABLES, conform
from dualtrack.sorting.second_reader.cache import CACHE_FILE
from dualtrack.sorting.second_reader.client import MOST_WAIT_S, is_this_machine
from dualtrack.sorting.second_reader.names import list_names
from dualtrack.sorting.second_reader.reader import (
    STOP_AFTER,
    plan_second_reading,
    read_again,
    recall_readings,
)
from tests.conftest import make_projects, make_sorting
from tests.sorting.second_reader.chat_server import (
    ChatServer,
    Step,
    Waits,
    drip,
    endless,
    hang_up,
    raw,
    reads,
    run_server,
    says,
    send,
    silent,
    status,
)

TITLE = "Open a second site in Lagos"
DESCRIPTION = "With a local partner\n  we enter the Nigerian market."
NOBODY = list_names([])
GOOD = reads("strategic", "second site")


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with run_server() as chat:
        yield chat.answer(GOOD)


@pytest.fixture
def waits() -> Waits:
    return Waits()


Read = Callable[..., pd.DataFrame]


@pytest.fixture
def configure(server: ChatServer, tmp_path: Path) -> Callable[..., Settings]:
    """Settings of a workspace whose second reader is the server; keywords change them."""

    def configure(**changes: object) -> Settings:
        section = {"url": server.url, "model": "reader-7b", "timeout_s": 0.4} | changes
        lines = "\n".join(f"{name} = {json.dumps(value)}" for name, value in section.items())
        path = tmp_path / "portfolio.toml"
        path.write_text(f"[second_reader]\n{lines}\n", encoding="utf-8")
        return read_settings(path)

    return configure


@pytest.fixture
def read(configure: Callable[..., Settings], waits: Waits) -> Read:
    """Read undecided projects again; by default one of them."""

    def read(*rows: dict[str, object], **changes: object) -> pd.DataFrame:
        projects = make_projects(*(rows or ({"title": TITLE, "description": DESCRIPTION},)))
        return read_again(
            projects,
            undecided(len(projects)),
            configure(**changes),
            names=NOBODY,
            clock=waits.clock,
        )

    return read


def undecided(count: int) -> pd.DataFrame:
    return make_sorting(*[{"track": "undecided", "decided_by": "evidence"}] * count)


def titles(count: int) -> list[dict[str, object]]:
    return [{"title": f"Open a second site, place {number}"} for number in range(count)]


# A good answer -----------------------------------------------------------------------------------


def test_a_good_answer_is_one_row_a_quote_in_the_words_of_the_cell(
    server: ChatServer, read: Read
) -> None:
    server.answer(reads("strategic", "second site", "partner we  enter"))
    readings = read()
    assert readings["quote"].tolist() == ["second site", "partner\n  we enter"]
    assert readings["column_name"].tolist() == ["title", "description"]
    assert readings["second_track"].tolist() == ["strategic"] * 2
    assert readings["confidence"].tolist() == [0.9, 0.9]
    assert readings["model"].tolist() == ["reader-7b"] * 2
    assert not readings["from_cache"].any() and readings["fault"].isna().all()
    pd.testing.assert_frame_equal(conform(readings, TABLES["second_readings"]), readings)


def test_the_request_is_that_of_the_protocol_and_holds_title_and_description_alone(
    server: ChatServer, read: Read
) -> None:
    read({"title": TITLE, "description": "Words.", "team_name": "T-SECRET", "labels": "L-SECRET"})
    request = server.requests[0]
    assert request.path == "/v1/chat/completions"
    assert request.body["model"] == "reader-7b"
    assert [one["role"] for one in request.body["messages"]] == ["system", "user"]
    assert request.text == f"TITLE\n{TITLE}\n\nDESCRIPTION\nWords.\n\nEND"
    assert b"SECRET" not in request.raw and b"list:1" not in request.raw
    assert "Authorization" not in request.headers


@pytest.mark.parametrize("url", ["/", "/chat/completions", "/chat/completions/"])
def test_the_address_may_end_in_the_path_of_the_protocol(
    server: ChatServer, read: Read, url: str
) -> None:
    read(url=server.url + url)
    assert server.requests[0].path == "/v1/chat/completions"


def test_only_undecided_projects_are_sent_unless_all_are_asked_for(
    server: ChatServer, configure: Callable[..., Settings], waits: Waits
) -> None:
    projects = make_projects(*titles(3))
    sorting = make_sorting(
        {"track": "strategic", "decided_by": "evidence"},
        {"track": "undecided", "decided_by": "evidence"},
        {"track": "operational", "decided_by": "second_reader", "evidence_track": "undecided"},
    )
    few = read_again(projects, sorting, configure(), names=NOBODY, clock=waits.clock)
    assert few["project_id"].tolist() == ["list:2", "list:3"]
    every = read_again(projects, sorting, configure(only="all"), names=NOBODY, clock=waits.clock)
    assert every["project_id"].tolist() == ["list:1", "list:2", "list:3"]
    assert every["from_cache"].tolist() == [False, True, True]


def test_the_same_text_is_asked_once_and_a_project_without_text_never(
    server: ChatServer, read: Read
) -> None:
    readings = read({"title": TITLE}, {"title": TITLE}, {"title": None})
    assert len(server.requests) == 1
    assert readings["second_track"].tolist()[:2] == ["strategic"] * 2
    assert readings["fault"].tolist()[2] == "no text"


@pytest.mark.parametrize(
    "content",
    [
        '```json\n{"track": "strategic", "confidence": 1, "quotes": ["second site"]}\n```',
        'Here it is:\n```\n{"track": "strategic", "confidence": 1.0, "quotes": ["second site"]}```',
        '<think>\n{hm}\n</think>\n{"track":"strategic","confidence":1,"quotes":["second site"]}',
        ' {"track": "strategic", "confidence": 1, "quotes": ["second site"], "why": "new"}\n',
    ],
)
def test_fences_thoughts_and_further_keys_are_tolerated(
    server: ChatServer, read: Read, content: str
) -> None:
    server.answer(says(content))
    assert read()["second_track"].tolist() == ["strategic"]


def test_undecided_needs_no_quote(server: ChatServer, read: Read) -> None:
    server.answer(reads("undecided", confidence=0.2))
    readings = read()
    assert readings["second_track"].tolist() == ["undecided"] and readings["quote"].isna().all()


# Answers that cannot be used ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        (says("I’m sorry, but I can’t help with that."), "refusal"),
        (says("Lo siento, no puedo."), "refusal"),
        (says(None, refusal="I will not."), "refusal"),
        (says("{}", finish="content_filter"), "refusal"),
        (says(""), "refusal"),
        (says("It is strategic."), "not JSON"),
        (says('{"track": "strategic", "confidence": 0.9, "quo', finish="length"), "not JSON"),
        (says("[" * 100_000), "not JSON"),
        (says('{"track": "strategic", "confidence": ' + "9" * 6000 + "}"), "not JSON"),
        (raw(b"<html>proxy</html>"), "not JSON"),
        (raw(b"\xff\xfe\x00"), "not JSON"),
        (raw(b""), "not JSON"),
        (raw(b'{"error": "no such model"}'), "wrong schema"),
        (raw(b"[]"), "wrong schema"),
        (raw(b'{"choices": [{"message": "hi"}]}'), "wrong schema"),
        (says([{"type": "text", "text": "{}"}]), "wrong schema"),
        (says("[1, 2]"), "wrong schema"),
        (says('"strategic"'), "wrong schema"),
        (says('{"track": "kaizen", "confidence": 0.9, "quotes": ["second"]}'), "wrong schema"),
        (says('{"track": "strategic", "confidence": "0.9", "quotes": ["site"]}'), "wrong schema"),
        (says('{"track": "strategic", "confidence": NaN, "quotes": ["site"]}'), "wrong schema"),
        (says('{"track": "strategic", "confidence": 90, "quotes": ["site"]}'), "wrong schema"),
        (says('{"track": "strategic", "confidence": 0.9, "quotes": "site"}'), "wrong schema"),
        (says('{"track": "strategic", "confidence": 0.9, "quotes": []}'), "wrong schema"),
        (reads("strategic", "third site"), "quote not in text"),
        (reads("strategic", "second site", "and I made this up"), "quote not in text"),
        (reads("strategic", "Second Site"), "quote not in text"),
        (reads("strategic", ""), "quote not in text"),
        (reads("strategic", "a"), "quote not in text"),
        (reads("strategic", "Lagos DESCRIPTION With"), "quote not in text"),
        (endless, "too long"),
    ],
)
def test_what_cannot_be_used_is_dropped_with_its_reason(
    server: ChatServer, read: Read, step: Step, fault: str
) -> None:
    readings = read(*[{"title": TITLE, "description": "Words."}], **{})
    assert readings["fault"].isna().all()
    server.answer(step)
    readings = read({"title": TITLE, "description": "Other words."})
    assert readings["fault"].tolist() == [fault]
    assert readings[["second_track", "confidence", "quote", "column_name"]].isna().all(axis=None)


def test_a_dropped_answer_is_asked_for_again_and_remembered_meanwhile(
    server: ChatServer, read: Read, configure: Callable[..., Settings]
) -> None:
    server.answer(says("It is strategic."), GOOD)
    read()
    projects = make_projects({"title": TITLE, "description": DESCRIPTION})
    known = recall_readings(projects, undecided(1), configure(), names=NOBODY)
    assert known["fault"].tolist() == ["not JSON"] and len(server.requests) == 1
    assert read()["second_track"].tolist() == ["strategic"]


# Servers that are busy, slow, broken or not there ------------------------------------------------


def test_a_busy_server_is_asked_again_when_it_says(
    server: ChatServer, read: Read, waits: Waits
) -> None:
    server.answer(status(429, Retry_After="7"), GOOD)
    assert read()["second_track"].tolist() == ["strategic"]
    assert 7.0 in waits.pauses and len(server.requests) == 2


def test_retry_after_may_be_a_date(server: ChatServer, read: Read, waits: Waits) -> None:
    def busy(handler: object) -> None:
        when = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
        send(handler, 429, b"", Retry_After=when)  # type: ignore[arg-type]

    server.answer(busy, GOOD)
    assert read()["second_track"].tolist() == ["strategic"]
    assert max(waits.pauses) == pytest.approx(20, abs=2)


@pytest.mark.parametrize("said", ["soon", "-5", "", "Wed, 99 Foo 2026"])
def test_a_retry_after_nobody_can_read_means_the_usual_pause(
    server: ChatServer, read: Read, waits: Waits, said: str
) -> None:
    server.answer(status(429, Retry_After=said), GOOD)
    assert read()["second_track"].tolist() == ["strategic"]
    assert waits.pauses[0] == 1.0


def test_a_server_that_asks_for_too_long_a_pause_is_left_alone(
    server: ChatServer, read: Read, waits: Waits
) -> None:
    server.answer(status(429, Retry_After="86400"))
    assert read()["fault"].tolist() == ["rate limited"]
    assert len(server.requests) == 1 and not waits.pauses


def test_failing_servers_are_asked_again_with_growing_pauses_and_then_no_more(
    server: ChatServer, read: Read, waits: Waits
) -> None:
    server.answer(status(500), status(503), status(502), GOOD)
    assert read()["second_track"].tolist() == ["strategic"]
    server.answer(status(500))
    readings = read({"title": "Another text"}, retries=6, requests_per_minute=6000)
    assert readings["fault"].tolist() == ["server error"]
    assert len(server.requests) == 4 + 7
    backoff = [pause for pause in waits.pauses if pause >= 1]
    assert backoff == [1, 2, 4, 1, 2, 4, 8, 16, 32] and max(backoff) <= MOST_WAIT_S


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        (silent(1.0), "timeout"),
        (drip(1.0), "timeout"),
        (hang_up, "no connection"),
        (status(401), "request refused"),
        (status(404), "request refused"),
        (status(429), "rate limited"),
        (status(500), "server error"),
    ],
)
def test_no_reply_is_a_fault_and_is_not_kept(
    server: ChatServer, read: Read, tmp_path: Path, step: Step, fault: str
) -> None:
    server.answer(step)
    assert read(retries=0)["fault"].tolist() == [fault]
    assert not (tmp_path / CACHE_FILE).exists()
    server.answer(GOOD)
    assert read()["second_track"].tolist() == ["strategic"]


def test_a_server_that_is_not_there(server: ChatServer, read: Read) -> None:
    readings = read(*titles(6), url="http://127.0.0.1:9/v1")
    expected = ["no connection"] * STOP_AFTER + ["not asked"] * (6 - STOP_AFTER)
    assert readings["fault"].tolist() == expected


def test_after_three_projects_without_a_reply_the_others_are_not_asked(
    server: ChatServer, read: Read
) -> None:
    server.answer(status(401))
    readings = read(*titles(8))
    assert len(server.requests) == STOP_AFTER
    assert readings["fault"].tolist()[STOP_AFTER:] == ["not asked"] * (8 - STOP_AFTER)
    server.answer(status(401), status(401), GOOD, status(401), status(401), GOOD)
    assert read(*titles(8))["fault"].isna().sum() == 4


def test_requests_keep_the_pace_of_the_settings(
    server: ChatServer, read: Read, waits: Waits
) -> None:
    read(*titles(4), requests_per_minute=20)
    assert len(waits.pauses) == 3
    assert all(2.5 < pause <= 3 for pause in waits.pauses)


def test_a_server_that_knows_no_answer_schema_is_asked_without(
    server: ChatServer, read: Read
) -> None:
    server.answer(status(400), GOOD)
    readings = read(*titles(2), retries=0)
    assert readings["second_track"].tolist() == ["strategic"] * 2
    assert ["response_format" in one.body for one in server.requests] == [True, False, False]
    server.answer(status(400))
    assert read({"title": "Third"}, retries=0)["fault"].tolist() == ["request refused"]


def test_texts_go_to_no_other_address(server: ChatServer, read: Read) -> None:
    with run_server() as other:
        other.answer(GOOD)
        server.answer(status(307, Location=f"{other.url}/chat/completions"))
        assert read()["fault"].tolist() == ["request refused"]
        assert not other.requests


def test_no_proxy_comes_between_this_machine_and_itself(
    server: ChatServer, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert read()["second_track"].tolist() == ["strategic"]


# The key, the cache, the settings ----------------------------------------------------------------


def test_the_key_comes_from_the_environment_and_stays_there(
    server: ChatServer, read: Read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match="the environment has no READER_KEY"):
        read(api_key_variable="READER_KEY")
    monkeypatch.setenv("READER_KEY", "sk-planted\n")
    read(api_key_variable="READER_KEY")
    assert server.requests[0].headers["Authorization"] == "Bearer sk-planted"
    assert b"sk-planted" not in (tmp_path / CACHE_FILE).read_bytes()
    monkeypatch.setenv("READER_KEY", "sk-plänted")
    with pytest.raises(ConfigError, match="no usable key") as told:
        read({"title": "Another"}, api_key_variable="READER_KEY")
    assert "sk-pl" not in str(told.value)


def test_answers_are_kept_by_text_and_model(server: ChatServer, read: Read) -> None:
    read()
    again = read()
    assert again["from_cache"].tolist() == [True] and len(server.requests) == 1
    read(model="reader-70b")
    read({"title": TITLE, "description": "Other words."})
    assert len(server.requests) == 3


def test_a_torn_last_line_is_passed_over_and_not_written_onto(
    server: ChatServer, read: Read, tmp_path: Path
) -> None:
    read(*titles(2))
    path = tmp_path / CACHE_FILE
    path.write_bytes(path.read_bytes()[:-25])
    assert read(*titles(2))["from_cache"].tolist() == [True, False]
    assert read(*titles(2))["from_cache"].tolist() == [True, True]
    assert len(server.requests) == 3
    assert path.stat().st_mode & 0o077 == 0


def test_a_kept_answer_is_checked_against_the_text_like_a_new_one(
    server: ChatServer, read: Read, configure: Callable[..., Settings], tmp_path: Path
) -> None:
    read()
    path = tmp_path / CACHE_FILE
    record = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(record | {"quotes": ["no such words"]}) + "\n", encoding="utf-8")
    projects = make_projects({"title": TITLE, "description": DESCRIPTION})
    known = recall_readings(projects, undecided(1), configure(), names=NOBODY)
    assert known["fault"].tolist() == ["quote not in text"]
    for junk in ('{"key": 1}', "[]", '{"key": "a", "fault": "none of ours"}', "\x00", "{" * 9000):
        path.write_text(junk + "\n", encoding="utf-8")
        assert recall_readings(projects, undecided(1), configure(), names=NOBODY)["fault"][0]


def test_recalling_sends_nothing(server: ChatServer, configure: Callable[..., Settings]) -> None:
    projects = make_projects(*titles(2))
    known = recall_readings(projects, undecided(2), configure(), names=NOBODY)
    assert known["fault"].tolist() == ["not asked"] * 2
    assert not server.requests


def test_the_plan_is_what_is_sent_to_the_letter(
    server: ChatServer, read: Read, configure: Callable[..., Settings]
) -> None:
    projects = make_projects({"title": TITLE, "description": DESCRIPTION}, {"title": "Café"})
    plan = plan_second_reading(projects, undecided(2), configure(), names=NOBODY)
    assert not server.requests and not plan["is_cached"].any()
    read({"title": TITLE, "description": DESCRIPTION}, {"title": "Café"})
    assert [one.text for one in server.requests] == plan["text"].tolist()


def test_without_a_url_nothing_happens(
    server: ChatServer, read: Read, tmp_path: Path, configure: Callable[..., Settings]
) -> None:
    assert read(url="", model="").empty
    assert recall_readings(make_projects({}), undecided(1), configure(url=""), names=NOBODY).empty
    assert not server.requests and not (tmp_path / ".dualtrack").exists()
    assert Settings().second_reader.url == ""


def test_without_httpx_the_extra_is_named(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(SortingError, match=r"dualtrack\[llm\]"):
        read()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"url": "localhost:11434"}, "give an address such as"),
        ({"url": "ftp://reader/v1"}, "give an address such as"),
        ({"url": "http://me:pass@reader/v1"}, "use api_key_variable"),
        ({"url": "http://reader/v1?key=1"}, "use api_key_variable"),
        ({"model": ""}, "name of a model"),
        ({"api_key_variable": "sk-abc 123"}, "api_key_variable"),
        ({"timeout_s": 0}, "timeout_s"),
        ({"requests_per_minute": 1.5}, "requests_per_minute"),
        ({"only": "some"}, "only"),
        ({"retries": -1}, "retries"),
        ({"api_key": "sk"}, "unknown key 'second_reader.api_key'"),
    ],
)
def test_wrong_settings_are_named(
    configure: Callable[..., Settings], changes: dict[str, object], words: str
) -> None:
    with pytest.raises(ConfigError, match=words):
        configure(**changes)


@pytest.mark.parametrize(
    ("url", "is_local"),
    [
        ("http://localhost:1/v1", True),
        ("http://127.0.0.1:1/v1", True),
        ("http://[::1]:1/v1", True),
        ("https://localhost.example.org/v1", False),
        ("https://127.example.org/v1", False),
    ],
)
def test_what_counts_as_this_machine(url: str, is_local: bool) -> None:
    assert is_this_machine(url) is is_local
