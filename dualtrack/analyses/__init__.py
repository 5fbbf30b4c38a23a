"""Step 4: records and sorting in, one tidy frame per question out.

Analyses import neither the sort nor the figures; they meet both through tables.
"""

from dualtrack.analyses.accounting import measure_accounting
from dualtrack.analyses.clarity import measure_blur, measure_clarity
from dualtrack.analyses.control import measure_control, measure_verdicts
from dualtrack.analyses.control_limits import measure_limits
from dualtrack.analyses.control_rules import ControlRules, read_control_rules
from dualtrack.analyses.load import measure_load
from dualtrack.analyses.mix import measure_fragility, measure_mix
from dualtrack.analyses.paths import measure_paths

__all__ = [
    "ControlRules",
    "measure_accounting",
    "measure_blur",
    "measure_clarity",
    "measure_control",
    "measure_fragility",
    "measure_limits",
    "measure_load",
    "measure_mix",
    "measure_paths",
    "measure_verdicts",
    "read_control_rules",
]
