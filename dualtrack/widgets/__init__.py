"""Beside the flow: widgets for notebooks, to decide on doubtful projects and to explore a quarter.

`Triage` and `Explorer` take an `OpenQuarter` and show themselves where a notebook front end is, as
plain tables where none is. No text of the data ever becomes markup.
"""

from dualtrack.widgets.explorer import Explorer
from dualtrack.widgets.triage import Triage

__all__ = ["Explorer", "Triage"]
