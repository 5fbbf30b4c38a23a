"""What the pages show works: commands run, Python runs, settings are read, links lead somewhere.

A block that cannot run here carries `<!-- not run: reason -->` on the line before it.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
import typer.main

from dualtrack.cli import app
from dualtrack.config import read_settings
from dualtrack.schema import TABLES, empty_frame
from dualtrack.sorting import gather_texts, read_criteria, score_evidence
from dualtrack.start.rules import copy_rules
from tests.conftest import ROOT, make_projects
from tests.docs.blocks import ALL, PAGES, Block, read_inline, read_links

COMMAND = typer.main.get_command(app)
SHELL = {"", "sh", "bash"}
# Blocks of these are shown, not run: data, other programs' files.
SHOWN = {"text", "csv", "yaml", "powershell"}
TARGETS = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text("utf-8")))
OTHER = {
    "make": lambda words: {one for one in words[1:] if "=" not in one} <= TARGETS,
    "uv": lambda words: words[1] in {"run", "sync"} and paths_are_there(words),
    "cp": lambda words: len(words) == 3,
    "mkdir": lambda words: len(words) >= 2,
    "cd": lambda words: len(words) == 2,
}
MOST_NOT_RUN = 13  # blocks; each with its reason. More of them is a page nobody tries.
MARKDOWN = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not {".venv", ".tools", "node_modules", ".hypothesis", ".pytest_cache"} & set(path.parts)
    and "reports" not in path.relative_to(ROOT).parts[:1]
)


def paths_are_there(words: list[str]) -> bool:
    named = [word for word in words if re.fullmatch(r"[\w.-]+(/[\w.-]+)+(\.py)?|\w+\.py", word)]
    return all((ROOT / word).exists() or word.startswith("reports/") for word in named)


def check_options(words: list[str], place: str) -> None:
    """The command is there, and each of its options."""
    command, rest = COMMAND, words[1:]
    while rest and hasattr(command, "commands") and not rest[0].startswith("-"):
        assert rest[0] in command.commands, f"{place}: no command {' '.join(words)}"
        command, rest = command.commands[rest[0]], rest[1:]
    known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
    known |= {"--help", "-h"}
    for word in rest:
        if word.startswith("-"):
            assert word.partition("=")[0] in known, f"{place}: {word} of {' '.join(words)}"


@pytest.mark.parametrize("block", ALL, ids=lambda block: block.place)
def test_every_block_says_what_it_is(block: Block) -> None:
    assert block.language in SHELL | SHOWN | {"python", "toml"}, f"language {block.language!r}"
    if block.language in SHELL and not block.why_not:
        for line in block.lines:
            words = shlex.split(line)
            while re.fullmatch(r"[A-Z_]+=.*", words[0]):  # set for this command alone
                words = words[1:]
            if words[0] == "dualtrack":
                continue
            assert words[0] in OTHER, f"{line!r}: mark the block's language, or why it is not run"
            assert OTHER[words[0]](words), line


def test_blocks_that_are_not_run_are_few_and_say_why() -> None:
    marked = [f"{block.place}: {block.why_not}" for block in ALL if block.why_not]
    assert len(marked) <= MOST_NOT_RUN, "\n".join(marked)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_options_are_those_of_the_command_line(page: Path) -> None:
    for words in read_inline(page):
        check_options(words, page.name)
    for block in ALL:
        if block.page == page and block.language in SHELL:
            for line in block.lines:
                if "dualtrack " in line and not line.startswith("pip"):
                    check_options(line[line.index("dualtrack ") :].split(), block.place)


@pytest.mark.parametrize(
    "block", [one for one in ALL if one.language == "toml"], ids=lambda block: block.place
)
def test_settings_are_accepted(block: Block, tmp_path: Path) -> None:
    if block.why_not:
        tomllib.loads(block.text)
        return
    path = tmp_path / "portfolio.toml"
    path.write_text(block.text, encoding="utf-8")
    read_settings(path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_keys_named_in_the_text_are_settings(page: Path, tmp_path: Path) -> None:
    """`[section] key` in running text, as the pages write it."""
    fields = read_settings(_blank(tmp_path)).model_dump()
    for section, key in re.findall(r"`\[(\w+)\] (\w+)", page.read_text(encoding="utf-8")):
        if section not in {"model", "tool"}:
            assert section in fields, f"[{section}]"
            assert key in fields[section], f"[{section}] {key}"


def _blank(folder: Path) -> Path:
    path = folder / "portfolio.toml"
    path.write_text("", encoding="utf-8")
    return path


@pytest.mark.parametrize("page", MARKDOWN, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in read_links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if anchor and target.suffix == ".md":
            heads = re.findall(r"(?m)^#+ (.+)$", target.read_text(encoding="utf-8"))
            made = {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in heads}
            assert anchor in made, f"{link}: headings are {sorted(made)}"


def test_every_page_is_in_the_index() -> None:
    named = set(read_links(ROOT / "docs/README.md"))
    assert {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"} <= named


def test_the_criterion_of_the_page_finds_its_phrases(tmp_path: Path) -> None:
    block = next(one for one in ALL if one.language == "toml" and "[[criterion]]" in one.text)
    path = tmp_path / "our_criteria.toml"
    copy_rules("criteria.toml", path)
    path.write_text(path.read_text("utf-8") + "\n" + block.text, encoding="utf-8")
    projects = make_projects({"title": "Project Polaris"}, {"title": "Polarity of the board"})
    texts = gather_texts(
        projects, *(empty_frame(TABLES[one]) for one in ("work_items", "objectives"))
    )
    found = score_evidence(texts, read_criteria(path))
    own = found[found["criterion_id"] == "sky_programme"]
    assert own[["project_id", "quote", "contribution"]].values.tolist() == [
        ["list:1", "Polaris", 4.0]
    ]
