"""Step 4: records and sorting in, one tidy frame per question out.

Analyses import neither the sort nor the figures; they meet both through tables.
"""

from dualtrack.analyses.accounting import measure_accounting
from dualtrack.analyses.attention import measure_attention, measure_concurrency
from dualtrack.analyses.blur import measure_confusion, measure_readings
from dualtrack.analyses.blur_forms import measure_forms
from dualtrack.analyses.bowler import measure_bowler
from dualtrack.analyses.bowler_measures import measure_bowler_measures
from dualtrack.analyses.clarity import measure_blur, measure_clarity
from dualtrack.analyses.coherence import measure_coherence
from dualtrack.analyses.concentration import measure_breakthroughs, measure_concentration
from dualtrack.analyses.control import measure_control, measure_verdicts
from dualtrack.analyses.control_limits import measure_limits
from dualtrack.analyses.control_rules import ControlRules, read_control_rules
from dualtrack.analyses.coverage import measure_coverage
from dualtrack.analyses.dilution import measure_demotions, measure_links
from dualtrack.analyses.effort import measure_effort
from dualtrack.analyses.follow_on import measure_follow_on
from dualtrack.analyses.follow_up import measure_follow_up
from dualtrack.analyses.forums import measure_forums, measure_separation
from dualtrack.analyses.history import stack_quarters
from dualtrack.analyses.key_roles import measure_key_roles, measure_waiting_projects
from dualtrack.analyses.leaders import measure_leader_shares, measure_leader_weeks
from dualtrack.analyses.leaders_blocks import measure_leader_days
from dualtrack.analyses.leaders_items import measure_leader_items
from dualtrack.analyses.leaders_mixing import measure_leader_months, measure_mixing
from dualtrack.analyses.load import measure_load
from dualtrack.analyses.load_groups import measure_load_groups
from dualtrack.analyses.metric_fit import measure_metric_fit
from dualtrack.analyses.metric_names import match_metrics
from dualtrack.analyses.mix import (
    measure_fragility,
    measure_mix,
    measure_mix_quarters,
    name_objectives,
)
from dualtrack.analyses.moves import measure_flows, measure_moves
from dualtrack.analyses.moves_labels import measure_label_inflation, measure_relabelling
from dualtrack.analyses.moves_shift import measure_reallocation
from dualtrack.analyses.moves_states import gather_states
from dualtrack.analyses.paths import measure_paths
from dualtrack.analyses.pausing import measure_pausing
from dualtrack.analyses.polarity import measure_polarity, read_polarity
from dualtrack.analyses.polarity_signs import measure_signs
from dualtrack.analyses.question_checks import QuestionTables, measure_checks
from dualtrack.analyses.question_list import QuestionList, read_questions
from dualtrack.analyses.reactive import measure_reactive
from dualtrack.analyses.rhythm import measure_rhythm
from dualtrack.analyses.rhythm_norms import RhythmNorms, read_rhythm_norms
from dualtrack.analyses.rhythm_shares import measure_rhythm_shares
from dualtrack.analyses.scorecard import measure_question_parts, measure_scorecard
from dualtrack.analyses.spread import measure_spread
from dualtrack.analyses.straddle import measure_straddle
from dualtrack.analyses.target_list import read_targets
from dualtrack.analyses.targets import (
    measure_target_fragility,
    measure_target_readings,
    measure_target_verdicts,
)
from dualtrack.analyses.watch_rules import read_watch_rules
from dualtrack.analyses.watchlist import measure_watchlist
from dualtrack.analyses.whatif import measure_whatif
from dualtrack.analyses.whatif_apply import WhatIf, apply_scenario
from dualtrack.analyses.whatif_scenario import read_scenario
from dualtrack.analyses.xmatrix import measure_xmatrix, measure_xmatrix_links
from dualtrack.analyses.xmatrix_checks import measure_xmatrix_checks

__all__ = [
    "measure_follow_up",
    "ControlRules",
    "QuestionList",
    "QuestionTables",
    "RhythmNorms",
    "WhatIf",
    "apply_scenario",
    "gather_states",
    "match_metrics",
    "measure_accounting",
    "measure_attention",
    "measure_blur",
    "measure_bowler",
    "measure_bowler_measures",
    "measure_breakthroughs",
    "measure_checks",
    "measure_clarity",
    "measure_coherence",
    "measure_concentration",
    "measure_concurrency",
    "measure_confusion",
    "measure_control",
    "measure_coverage",
    "measure_demotions",
    "measure_effort",
    "measure_flows",
    "measure_follow_on",
    "measure_forms",
    "measure_forums",
    "measure_fragility",
    "measure_key_roles",
    "measure_label_inflation",
    "measure_leader_days",
    "measure_leader_items",
    "measure_leader_months",
    "measure_leader_shares",
    "measure_leader_weeks",
    "measure_limits",
    "measure_links",
    "measure_load",
    "measure_load_groups",
    "measure_metric_fit",
    "measure_mix",
    "measure_mix_quarters",
    "measure_mixing",
    "measure_moves",
    "measure_paths",
    "measure_pausing",
    "measure_polarity",
    "measure_question_parts",
    "measure_reactive",
    "measure_readings",
    "measure_reallocation",
    "measure_relabelling",
    "measure_rhythm",
    "measure_rhythm_shares",
    "measure_scorecard",
    "measure_separation",
    "measure_signs",
    "measure_spread",
    "measure_straddle",
    "measure_target_fragility",
    "measure_target_readings",
    "measure_target_verdicts",
    "measure_verdicts",
    "measure_waiting_projects",
    "measure_watchlist",
    "measure_whatif",
    "measure_xmatrix",
    "measure_xmatrix_checks",
    "measure_xmatrix_links",
    "name_objectives",
    "read_control_rules",
    "read_polarity",
    "read_questions",
    "read_rhythm_norms",
    "read_scenario",
    "read_targets",
    "read_watch_rules",
    "stack_quarters",
]
