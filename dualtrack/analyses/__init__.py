"""Step 4: records and sorting in, one tidy frame per question out.

Analyses import neither the sort nor the figures; they meet both through tables.
"""

from dualtrack.analyses.accounting import measure_accounting
from dualtrack.analyses.clarity import measure_blur, measure_clarity
from dualtrack.analyses.load import measure_load
from dualtrack.analyses.mix import measure_fragility, measure_mix
from dualtrack.analyses.paths import measure_paths

__all__ = [
    "measure_accounting",
    "measure_blur",
    "measure_clarity",
    "measure_fragility",
    "measure_load",
    "measure_mix",
    "measure_paths",
]
