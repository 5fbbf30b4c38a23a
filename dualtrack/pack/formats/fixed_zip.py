"""Office files are zip archives: with fixed dates in them the same pack is the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

__all__ = ["fix_zip"]

_DAY_ZERO = (1980, 1, 1, 0, 0, 0)  # the earliest a zip archive can say
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def fix_zip(content: bytes, *, at: dt.datetime) -> bytes:
    """An archive with fixed dates inside, workbooks within it too.

    Args:
        content: The archive.
        at: The date its document properties say.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for one in old.infolist():
            part = old.read(one)
            if one.filename.endswith(".xlsx"):
                part = fix_zip(part, at=at)
            elif one.filename == "docProps/core.xml":
                part = _TIMES.sub(rb"\g<1>" + f"{at:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<2>", part)
            entry = zipfile.ZipInfo(one.filename, _DAY_ZERO)
            entry.external_attr = 0o600 << 16
            new.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return made.getvalue()
