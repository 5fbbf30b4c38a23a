"""Every file of a quarter opened to the last part: all texts and all bytes a reader could find."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pypdf
from pypdf.generic import StreamObject, TextStringObject

_BASE64 = re.compile(rb"base64,([A-Za-z0-9+/=\\n]{40,})")
_PNG_TEXTS = (b"tEXt", b"zTXt", b"iTXt", b"eXIf")
_OFFICE = {".xlsx", ".pptx"}


def open_folder(folder: Path) -> Iterator[tuple[str, str]]:
    """Name of a file, and a text of it: once for each part; its own name first."""
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        name = path.relative_to(folder).as_posix()
        yield name, name
        for text in open_file(path.name, path.read_bytes()):
            yield name, text


def open_file(name: str, content: bytes) -> Iterator[str]:
    """All that a file says: its text, its properties, and what lies within it."""
    suffix = Path(name).suffix
    if suffix == ".pdf":
        yield from _open_pdf(content)
    elif suffix == ".parquet":
        yield from _open_parquet(content)
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            yield container.comment.decode("latin-1")
            for part in container.infolist():
                yield f"{part.filename} {part.comment!r} {part.extra!r}"
                yield from open_file(part.filename, container.read(part))
    elif content.startswith(b"\x89PNG"):
        yield from _open_png(content)
    else:
        text = content.decode("utf-8", errors="ignore")
        yield text
        if suffix in {".json", ".ipynb"}:
            yield json.dumps(json.loads(text), ensure_ascii=False)
        if re.search(r"&#|\\u[0-9a-f]{4}|&[a-z]+;", text[:2_000_000]):
            yield _unescape(text)
        for found in _BASE64.findall(content):
            inner = base64.b64decode(found.replace(b"\\n", b"") + b"==")
            yield from open_file("inner", inner)


def _unescape(text: str) -> str:
    import html

    plain = re.sub(r"\\u([0-9a-f]{4})", lambda one: chr(int(one[1], 16)), text)
    return html.unescape(plain)


def _open_parquet(content: bytes) -> Iterator[str]:
    file = pq.ParquetFile(io.BytesIO(content))
    meta = file.metadata.metadata or {}
    yield " ".join(f"{key!r}: {value!r}" for key, value in meta.items())
    yield f"{file.metadata.created_by} {file.schema_arrow}"
    yield file.read().to_pandas().to_csv()


def _open_png(content: bytes) -> Iterator[str]:
    place = 8
    while place < len(content):
        size = int.from_bytes(content[place : place + 4], "big")
        kind, body = content[place + 4 : place + 8], content[place + 8 : place + 8 + size]
        if kind in _PNG_TEXTS:
            yield body.decode("latin-1")
            with_head, _, packed = body.partition(b"\0\0")
            if kind == b"zTXt":
                yield zlib.decompress(packed).decode("latin-1") + with_head.decode("latin-1")
        place += 12 + size


def _open_pdf(content: bytes) -> Iterator[str]:
    """Text of the pages, document information, XMP, and every string and stream in the file."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    yield from (page.extract_text() for page in reader.pages)
    yield str(dict(reader.metadata or {}))
    metadata = reader.xmp_metadata
    yield metadata.stream.get_data().decode("utf-8") if metadata is not None else ""
    for number in range(1, int(reader.trailer["/Size"])):
        yield from _walk(reader.get_object(number))


def _walk(one: Any) -> Iterator[str]:
    if isinstance(one, TextStringObject):
        yield str(one)
    elif isinstance(one, bytes):
        yield from (one.decode("latin-1"), one.decode("utf-16-be", errors="ignore"))
    elif isinstance(one, StreamObject) and one.get("/Subtype") != "/Image":
        yield one.get_data().decode("utf-8", errors="ignore")
    if isinstance(one, dict):
        for value in one.values():
            yield from _walk(value)
    elif isinstance(one, list):
        for value in one:
            yield from _walk(value)
