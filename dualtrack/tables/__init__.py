"""Step 6: an analysis in, a table for a reader out; numbers stay numbers until a writer prints."""

from dualtrack.tables.accounting import tabulate_accounting, tabulate_issues
from dualtrack.tables.attention import tabulate_attention, tabulate_concurrency
from dualtrack.tables.blur import tabulate_confusion, tabulate_forms, tabulate_readings
from dualtrack.tables.bowler import tabulate_bowler
from dualtrack.tables.clarity import tabulate_blur, tabulate_clarity
from dualtrack.tables.coherence import tabulate_coherence
from dualtrack.tables.concentration import tabulate_breakthroughs, tabulate_concentration
from dualtrack.tables.control import tabulate_control
from dualtrack.tables.dilution import tabulate_demotions, tabulate_links
from dualtrack.tables.display import DisplayColumn, DisplayTable
from dualtrack.tables.follow_up import tabulate_follow_up
from dualtrack.tables.forums import tabulate_forums, tabulate_separation
from dualtrack.tables.key_roles import tabulate_key_roles, tabulate_waiting_projects
from dualtrack.tables.leaders import tabulate_leader_months, tabulate_leader_shares
from dualtrack.tables.leaders_blocks import tabulate_leader_days
from dualtrack.tables.leaders_mixing import tabulate_mixing
from dualtrack.tables.load import tabulate_load
from dualtrack.tables.load_groups import tabulate_load_groups
from dualtrack.tables.metric_fit import tabulate_metric_fit
from dualtrack.tables.mix import tabulate_mix
from dualtrack.tables.moves import tabulate_move_counts, tabulate_moves
from dualtrack.tables.moves_labels import tabulate_label_inflation, tabulate_relabelling
from dualtrack.tables.moves_shift import tabulate_reallocation
from dualtrack.tables.pausing import tabulate_limits, tabulate_pausing
from dualtrack.tables.polarity import tabulate_follow_on, tabulate_polarity
from dualtrack.tables.reactive import tabulate_reactive
from dualtrack.tables.rhythm import tabulate_reviews, tabulate_rhythm, tabulate_rhythm_shares
from dualtrack.tables.scorecard import tabulate_question_parts, tabulate_scorecard
from dualtrack.tables.sorting import tabulate_evidence, tabulate_undecided
from dualtrack.tables.spread import tabulate_spread
from dualtrack.tables.straddle import tabulate_straddle
from dualtrack.tables.targets import tabulate_target_fragility, tabulate_targets
from dualtrack.tables.watchlist import tabulate_watchlist
from dualtrack.tables.whatif import tabulate_actions, tabulate_whatif
from dualtrack.tables.xmatrix import tabulate_xmatrix

__all__ = [
    "tabulate_follow_up",
    "tabulate_question_parts",
    "tabulate_scorecard",
    "DisplayColumn",
    "DisplayTable",
    "tabulate_accounting",
    "tabulate_actions",
    "tabulate_attention",
    "tabulate_blur",
    "tabulate_bowler",
    "tabulate_breakthroughs",
    "tabulate_clarity",
    "tabulate_coherence",
    "tabulate_concentration",
    "tabulate_concurrency",
    "tabulate_confusion",
    "tabulate_control",
    "tabulate_demotions",
    "tabulate_evidence",
    "tabulate_follow_on",
    "tabulate_forms",
    "tabulate_forums",
    "tabulate_issues",
    "tabulate_key_roles",
    "tabulate_label_inflation",
    "tabulate_leader_days",
    "tabulate_leader_months",
    "tabulate_leader_shares",
    "tabulate_limits",
    "tabulate_links",
    "tabulate_load",
    "tabulate_load_groups",
    "tabulate_metric_fit",
    "tabulate_mix",
    "tabulate_mixing",
    "tabulate_move_counts",
    "tabulate_moves",
    "tabulate_pausing",
    "tabulate_polarity",
    "tabulate_reactive",
    "tabulate_readings",
    "tabulate_reallocation",
    "tabulate_relabelling",
    "tabulate_reviews",
    "tabulate_rhythm",
    "tabulate_rhythm_shares",
    "tabulate_separation",
    "tabulate_spread",
    "tabulate_straddle",
    "tabulate_target_fragility",
    "tabulate_targets",
    "tabulate_undecided",
    "tabulate_waiting_projects",
    "tabulate_watchlist",
    "tabulate_whatif",
    "tabulate_xmatrix",
]
