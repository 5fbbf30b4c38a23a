"""A drawing on a slide: as vectors for programs that know them, as pixels for the others."""

from __future__ import annotations

import io
from typing import Any

from dualtrack.pack.formats.look import clean_text
from dualtrack.pack.formats.pptx_slide import Area
from dualtrack.pack.formats.typeset import drawing_size, make_pixels

__all__ = ["add_drawing"]

_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # svgBlip, in [MS-ODRAWXML]
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def add_drawing(slide: Any, svg: bytes, area: Area, *, alt: str) -> None:
    """Put a drawing into an area, as large as it goes.

    Args:
        slide: Where.
        svg: The drawing.
        area: Its place.
        alt: What it shows, in words.
    """
    from lxml import etree
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.opc.package import Part
    from pptx.opc.packuri import PackURI

    width, height = drawing_size(svg)
    scale = min(area.width / width, area.height / height)
    width, height = width * scale, height * scale
    place = Area(area.left + (area.width - width) / 2, area.top, width, height)
    picture = slide.shapes.add_picture(io.BytesIO(make_pixels(svg)), *place.emu())
    picture._element.nvPicPr.cNvPr.set("descr", clean_text(alt))
    picture._element.nvPicPr.cNvPr.set("name", "Figure")
    package = slide.part.package
    name = package.next_partname("/ppt/media/drawing%d.svg")
    part = Part(PackURI(str(name)), "image/svg+xml", package, svg)
    relation = slide.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    extensions = etree.SubElement(picture._element.blipFill.blip, f"{{{_A}}}extLst")
    extension = etree.SubElement(extensions, f"{{{_A}}}ext", uri=_EXTENSION)
    blip = etree.SubElement(extension, f"{{{_SVG}}}svgBlip", nsmap={"asvg": _SVG})
    blip.set(f"{{{_R}}}embed", relation)
