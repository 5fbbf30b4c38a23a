"""XML as every reader here needs it: no entities, no network, no huge trees; names without prefix.

Comments and processing instructions are dropped by the parser, so that a child is an element.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from dualtrack.errors import ExportError
from dualtrack.exports.limits import MOST_TAGS, check_marks

__all__ = ["find_all", "find_first", "local_name", "parse_xml", "read_leaves", "read_text"]

_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


def parse_xml(path: Path) -> etree._Element:
    """Parse a file.

    Args:
        path: The file; blanks before the first tag are allowed.

    Returns:
        The root element.

    Raises:
        ExportError: The file cannot be read, is no well-formed XML or holds more than a plan.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        content = path.read_bytes().lstrip(b" \t\r\n")
        check_marks(path, content, b"<=", MOST_TAGS)  # an attribute takes as much as an element
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as fault:
        raise ExportError(f"{path}: broken XML ({fault}). Save it again from its tool.") from fault
    except OSError as fault:
        raise ExportError(f"{path}: cannot be read ({fault}). Copy the file again.") from fault


def local_name(element: etree._Element) -> str:
    """Tag without its namespace; blank for what is no element (an entity left unresolved)."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def find_all(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Elements at a path of local names below an element, in file order."""
    if not names:
        yield element
        return
    for child in element:
        if local_name(child) == names[0]:
            yield from find_all(child, *names[1:])


def find_first(element: etree._Element, *names: str) -> etree._Element | None:
    """The first element at a path of local names; None where there is none."""
    return next(find_all(element, *names), None)


def read_text(element: etree._Element | None, *names: str) -> str | None:
    """Text at a path of local names, stripped; None where missing, blank or `xsi:nil`."""
    found = find_first(element, *names) if element is not None else None
    if found is None or str(found.get(_NIL, "")).strip() in ("true", "1"):
        return None
    parts = [found.text or "", *((child.text or "") + (child.tail or "") for child in found)]
    return "".join(parts if len(found) else parts[:1]).strip() or None


def read_leaves(element: etree._Element) -> dict[str, str | None]:
    """Child elements without children of their own: local name to text."""
    return {
        local_name(child): read_text(child)
        for child in element
        if local_name(child) and len(child) == 0
    }
