"""Presenting an issued quarter from this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from dualtrack.config import read_settings
from dualtrack.errors import PackError, RecordError
from dualtrack.pack.present import Presentation, serve_presentation
from dualtrack.pack.quarterly import write_quarter_packs
from dualtrack.sample import write_sample

pytestmark = pytest.mark.slow
QUARTER = "2026-Q3"


@pytest.fixture(scope="module")
def presentation(tmp_path_factory: pytest.TempPathFactory) -> Presentation:
    folder = tmp_path_factory.mktemp("work")
    write_sample(folder, seed=11, quarters=1, units=2)
    file = folder / "portfolio.toml"
    settings = read_settings(file)
    run = write_quarter_packs(settings, QUARTER, settings_file=file, formats=["html"])
    assert not run.failed
    return Presentation(settings, file, run.folder, QUARTER)


@pytest.fixture(scope="module")
def port(presentation: Presentation) -> Iterator[int]:
    with serve_presentation(presentation) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield int(server.server_address[1])
        server.shutdown()


def get(port: int, path: str, host: str = "") -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{port}"})
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8")


def test_stage_offers_the_units_and_a_timer(port: int) -> None:
    status, page = get(port, "/")
    assert status == 200
    assert 'value="Manufacturing"' in page and 'value="Supply Chain"' in page
    assert 'id="timer"' in page and "http" not in page.replace("http-equiv", "")


def test_slides_hold_the_review_with_notes(port: int) -> None:
    status, slides = get(port, "/slides")
    assert status == 200
    assert "Halden Instruments runs" in slides and 'class="notes"' in slides
    assert "What to decide" in slides


def test_a_question_of_the_room_leaves_a_unit_out(port: int) -> None:
    status, slides = get(port, f"/slides?leave_out={quote('Supply Chain')}")
    assert status == 200
    assert "without Supply Chain" in slides
    whole = get(port, "/slides")[1]
    assert slides != whole


def test_an_unknown_unit_is_told_and_strangers_are_not_served(port: int) -> None:
    status, text = get(port, "/slides?leave_out=Nowhere")
    assert status == 400 and "Nowhere" in text
    assert get(port, "/", host="evil.example")[0] == 403
    assert get(port, "/../portfolio.toml")[0] == 404


def test_what_was_not_issued_cannot_be_presented(
    presentation: Presentation, tmp_path: Path
) -> None:
    with pytest.raises(PackError, match="no issued quarter"):
        Presentation(presentation.settings, None, tmp_path, QUARTER)
    with pytest.raises(RecordError, match="No project of unit"):
        Presentation(presentation.settings, None, presentation.folder, QUARTER, "Nowhere")
