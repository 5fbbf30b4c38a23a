"""Step 7: notebooks run for each unit, what they leave written as packs.

`pack` imports no analysis: it runs notebooks and writes the exhibits they show.
"""

from dualtrack.pack.batch import PackJob, PackResult, run_batch
from dualtrack.pack.exhibit import Exhibit, show_decisions, show_figure, show_headline, show_table
from dualtrack.pack.quarterly import QuarterlyRun, write_quarter_packs
from dualtrack.pack.run import run_notebook

__all__ = [
    "Exhibit",
    "PackJob",
    "PackResult",
    "QuarterlyRun",
    "run_batch",
    "run_notebook",
    "show_decisions",
    "show_figure",
    "show_headline",
    "show_table",
    "write_quarter_packs",
]
