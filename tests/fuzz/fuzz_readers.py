"""Coverage-guided fuzzing of the readers, run by hand: `python -m tests.fuzz.fuzz_readers NAME`.

Needs atheris (Linux, Python 3.11 to 3.13), which is no dependency of dualtrack: docs/fuzzing.md.
Whatever is no `DualtrackError` stops the run and leaves the bytes in the current folder.
"""

from __future__ import annotations

import datetime as dt
import io
import logging
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["dualtrack.exports", "dualtrack.records", "icalendar"]):
    import pandas as pd

    from dualtrack.config import PrivacySettings, Settings
    from dualtrack.errors import DualtrackError
    from dualtrack.exports import read_export
    from dualtrack.exports.formats import read_sheets
    from dualtrack.records import build_portfolio

from tests.exports.test_any_bytes import NAMES, make_files

AS_OF = dt.date(2026, 9, 30)
# Recognising and cleaning takes ten times as long as reading: done for one input in so many.
CLEANED = 8
# The part of a container that is fuzzed; the container is packed anew around it.
PARTS = {".xlsx": "xl/worksheets/sheet1.xml", ".ods": "content.xml"}


def unpack(content: bytes, name: str) -> tuple[bytes, dict[str, bytes]]:
    """What is fuzzed of a small file, and the other parts of its container."""
    if Path(name).suffix not in PARTS:
        return content, {}
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        parts = {one: container.read(one) for one in container.namelist()}
    return parts.pop(PARTS[Path(name).suffix]), parts


def write_file(path: Path, content: bytes, others: dict[str, bytes]) -> None:
    """The fuzzed bytes as a file, packed where the format is a container."""
    if not others:
        path.write_bytes(content)
        return
    with zipfile.ZipFile(path, "w") as container:
        for part, text in {**others, PARTS[path.suffix]: content}.items():
            container.writestr(part, text)


def main() -> None:
    """Fuzz one reader, by the name of its small file; further arguments are libFuzzer's."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in NAMES:
        sys.exit(f"Name one of {NAMES}.")
    logging.disable(logging.CRITICAL)
    folder = Path(tempfile.mkdtemp())
    corpus = folder / "corpus"
    corpus.mkdir()
    seed, others = unpack(make_files(folder)[name], name)
    (corpus / name).write_bytes(seed)
    path = folder / f"fuzzed_{name}"
    settings = Settings(root=folder, privacy=PrivacySettings(people_key="key"))

    def read(content: bytes) -> None:
        write_file(path, content, others)
        try:
            read_sheets(path, path.read_bytes(), until=AS_OF)
            if zlib.crc32(content) % CLEANED:
                return
            exports = read_export(path, settings, until=AS_OF)
            build_portfolio(exports, settings, as_of_date=pd.Timestamp(AS_OF))
        except DualtrackError:
            return

    atheris.Setup([sys.argv[0], *sys.argv[2:], str(corpus)], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
