"""Step 7: notebooks run for each unit, what they leave written as packs.

`pack` imports no analysis: it runs notebooks and writes the exhibits they show. The names here are
what notebooks use; running and writing packs is in `pack.quarterly`, which a notebook never needs
and whose imports (nbformat, nbconvert) would cost each of them a second and a half.
"""

from dualtrack.pack.exhibit import (
    Exhibit,
    show_claim,
    show_decisions,
    show_figure,
    show_headline,
    show_table,
)

__all__ = [
    "Exhibit",
    "show_claim",
    "show_decisions",
    "show_figure",
    "show_headline",
    "show_table",
]
