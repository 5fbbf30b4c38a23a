"""What leaves the machine names nobody, and quotes find their way back to the cells."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualtrack.config import PrivacySettings, SecondReaderSettings, Settings
from dualtrack.portfolio import Portfolio
from dualtrack.records.people import pseudonyms
from dualtrack.sorting.second_reader.names import find_names, list_names
from dualtrack.sorting.second_reader.reader import read_again
from dualtrack.sorting.second_reader.text import (
    MOST_CHARACTERS,
    find_quote,
    prepare_cells,
    write_message,
)
from tests.conftest import make_projects
from tests.sorting.second_reader.chat_server import Waits, reads, run_server
from tests.sorting.second_reader.test_second_reader import undecided

PEOPLE = [
    "Wilhelmina Oyelaran",
    "Jörg Grünwälder <joerg@example.org>",
    "Stone, Peter",
    "mark.stone@example.org",
    "xk42z",
    "Seán O'Neill (EXT)",
    "田中 太郎",
    "Ursula von der Heide",
    "Anna Power; Will Ivers",
    "Bo Quistgard, Site Manager",
    "Manager - Elif Aldermoor",
]
TEAMS = ["Supply Chain Team", "IT", "Quality Manager", "TBD"]


def sent(text: str) -> str:
    """What is sent of a title."""
    cells = prepare_cells({"title": text, "description": None}, list_names([*PEOPLE, *TEAMS]))
    return cells[0].text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plan of Wilhelmina Oyelaran", "Plan of [person]"),
        ("Plan of OYELARAN, WILHELMINA", "Plan of [person]"),
        ("plan of wilhelmina oyelaran", "plan of [person]"),
        ("as Oyelaran asked, and oyelaran again", "as [person] asked, and [person] again"),
        ("W. Oyelaran / w.oyelaran / woyelaran", "[person] / [person] / [person]"),
        ("Grünwälders Plan, Gruenwaelder, GRUNWALDER", "[person] Plan, [person], [person]"),
        ("Gru\u0308nwa\u0308lder", "[person]"),
        ("mark.stone and Mark Stone", "[person] and [person]"),
        ("mark the stone steps", "mark the stone steps"),
        ("ask xk42z or XK42Z", "ask [person] or [person]"),
        ("O'Neill's list, ONeill, S. O'Neill", "O'[person]'s list, [person]. O'[person]"),
        ("田中太郎が担当する計画", "[person]が担当する計画"),
        ("Quistgard, ELIF ALDERMOOR, site manager", "[person], [person], site manager"),
        ("Heide, von der Heide", "[person], von der [person]"),
        ("Power outage; cut power by 5 %", "[person] outage; cut power by 5 %"),
        ("I will buy a power meter", "I will buy a power meter"),
        ("Supply chain quality, IT service", "Supply chain quality, IT service"),
    ],
)
def test_known_people_are_taken_out(text: str, expected: str) -> None:
    assert sent(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask a.b-c+d@mail.example.co.uk.", "Ask [e-mail]."),
        ("Ask info (at) example.org", "Ask [e-mail]"),
        ("See https://example.org/~ann?x=1 or www.example.org", "See [link] or [link]"),
        ("Ask @ann.b or [~accountid:5b10]", "Ask [person] or [person]"),
        ("Ask Ms Ada King or Dr. Lovelace", "Ask Ms [person] or Dr. [person]"),
        ("Owner: Grace Hopper. Go", "Owner: [person]. Go"),
        ("Ansprechpartnerin: Änne Groß, Halle 3", "Ansprechpartnerin: [person], Halle 3"),
        ("Call +49 30 1234567 or 030/1234567", "Call [phone] or [phone]"),
        ("Call (555) 123-4567 or 555-123-4567", "Call [phone] or [phone]"),
        ("Tel. 4711, ext 2233", "Tel. [phone], ext [phone]"),
    ],
)
def test_addresses_numbers_and_addressed_people_are_taken_out(text: str, expected: str) -> None:
    assert sent(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "From 2026-01-05 to 01.05.2026, 2027/2028, 12-34-5678",
        "10 000 - 20 000 kg, EUR 1 200 000, 1.000.000, 0.5 to 0.75, 4500012345",
        "Lead time from 40 to 15 minutes @ site 3",
        "Contact centre: open at night",
    ],
)
def test_dates_amounts_and_plain_words_stay(text: str) -> None:
    assert sent(text) == text


@given(st.text(max_size=60), st.sampled_from(["Oyelaran", "xk42z", "田中"]), st.text(max_size=60))
def test_a_known_name_never_gets_through_and_a_quote_is_always_of_the_cell(
    before: str, name: str, after: str
) -> None:
    text = f"{before} {name} {after}"
    cells = prepare_cells({"title": text, "description": None}, list_names(PEOPLE))
    assert name not in cells[0].text
    for start in range(0, len(cells[0].text), 5):
        found = find_quote(cells, cells[0].text[start : start + 12])
        assert found is None or (found[1] in text and name not in found[1])


def test_a_quote_over_a_name_is_cut_to_its_longest_piece_beside_it() -> None:
    cells = prepare_cells(
        {"title": "As Wilhelmina Oyelaran wants,\n open a  site", "description": "[person]"},
        list_names(PEOPLE),
    )
    assert cells[0].text == "As [person] wants,\n open a  site"
    assert find_quote(cells, "As [person] wants, open") == ("title", "wants,\n open")
    assert find_quote(cells, "open a site") == ("title", "open a  site")
    assert find_quote(cells, "[person]") == ("description", "[person]")
    assert find_quote(cells[:1], "[person]") is None
    assert find_quote(cells[:1], "As [person]") is None


def test_long_texts_are_cut_after_people_are_taken_out() -> None:
    text = "x" * (MOST_CHARACTERS - 8) + " Wilhelmina Oyelaran"
    assert sent(text).endswith("x [person")
    assert len(sent("word " * 50_000)) == MOST_CHARACTERS


def test_half_a_character_can_be_sent() -> None:
    cells = prepare_cells({"title": "a \ud800 b", "description": None}, list_names([]))
    assert write_message(cells).encode() == b"TITLE\na ? b\n\nEND"


def test_requests_name_nobody_the_portfolio_knows_of(tmp_path: Path) -> None:
    """Owners, sponsors, owners of objectives, units, and people known by pseudonym alone."""
    settings = Settings(
        root=tmp_path, privacy=PrivacySettings(people_key="k"), second_reader=SecondReaderSettings()
    )
    pseudonym = pseudonyms(settings)
    text = (
        "Ordered by Wilhelmina Oyelaran and quistgard. Zofia Bielawska (Bielawska@example.org, "
        "+45 12 34 56 78) books with Nazarian, Ingrid; Bielawska's team at Lagos helps."
    )
    projects = make_projects(
        {"title": "Second site in Lagos", "description": text, "owner": "Wilhelmina Oyelaran"},
        {"title": "Quistgard's site", "sponsor": "Quistgard", "unit_name": "Lagos"},
        {"title": "Lagos for Aldermoor", "owner": "Lagos"},
    )
    hours = pd.DataFrame(
        {
            "project_id": "list:1",
            "person_id": [pseudonym("Zofia Bielawska"), pseudonym("Ingrid Nazarian")],
            "month": pd.Timestamp("2026-07-01"),
        }
    )
    objectives = pd.DataFrame({"objective_id": ["O1"], "owner": ["Elif Aldermoor"]})
    portfolio = Portfolio.from_tables(
        {"projects": projects, "assignments": hours, "objectives": objectives},
        as_of_date=pd.Timestamp("2026-09-30"),
        currency="EUR",
    )
    names = find_names(portfolio, pseudonym=pseudonym)
    with run_server() as server:
        server.answer(reads("strategic", "Lagos"))
        section = SecondReaderSettings(url=server.url, model="m")
        whole = settings.model_copy(update={"second_reader": section})
        read_again(projects, undecided(3), whole, names=names, clock=Waits().clock)
        received = b"\n".join(one.raw for one in server.requests).decode().casefold()
    assert len(server.requests) == 3 and received.count("lagos") == 3
    for planted in (
        *("oyelaran", "wilhelmina", "quistgard", "bielawska", "zofia"),
        *("nazarian", "ingrid", "aldermoor", "example.org", "12 34 56"),
    ):
        assert planted not in received
    kept = (tmp_path / ".dualtrack/second_reader.jsonl").read_text("utf-8").casefold()
    assert "oyelaran" not in kept and "bielawska" not in kept
