"""What the tests of faults share: the process that runs commands, and two workspaces to copy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.workshop import Server, Workspace, copy_of, make_template


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Runs `dualtrack` with faults."""
    server = Server()
    yield server
    server.close()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Nothing is issued yet."""
    return make_template(tmp_path_factory.mktemp("empty") / "work")


@pytest.fixture(scope="session")
def issued(empty: Workspace, server: Server, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A quarter is issued, as pages and data."""
    workspace = copy_of(empty, tmp_path_factory.mktemp("issued") / "work")
    assert server.pack(workspace, "--format", "html,data").code == 0
    return workspace
