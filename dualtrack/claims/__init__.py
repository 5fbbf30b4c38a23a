"""Step 5: analyses in, sentences out, each computed from its frame and true of it.

A claim carries an exhibit's message title, its reading and the text for those who cannot see it.
"""

from dualtrack.claims.accounting import state_accounting
from dualtrack.claims.attention import state_attention, state_concurrency
from dualtrack.claims.blur import state_confusion, state_forms, state_readings
from dualtrack.claims.bowler import state_bowler
from dualtrack.claims.claim import Claim
from dualtrack.claims.clarity import state_blur, state_clarity
from dualtrack.claims.coherence import state_coherence
from dualtrack.claims.concentration import state_breakthroughs, state_concentration
from dualtrack.claims.control import state_control
from dualtrack.claims.decide import state_decisions
from dualtrack.claims.dilution import state_demotions, state_links
from dualtrack.claims.follow_up import state_follow_up
from dualtrack.claims.forums import state_forums, state_separation
from dualtrack.claims.headline import state_headline
from dualtrack.claims.key_roles import state_key_roles
from dualtrack.claims.leaders import (
    state_leader_days,
    state_leader_months,
    state_leader_shares,
    state_leader_weeks,
)
from dualtrack.claims.leaders_mixing import state_mixing
from dualtrack.claims.load import state_load
from dualtrack.claims.load_groups import state_load_groups
from dualtrack.claims.metric_fit import state_metric_fit
from dualtrack.claims.mix import state_mix, state_mix_groups, state_mix_quarters
from dualtrack.claims.moves import state_flows, state_moves, state_reallocation
from dualtrack.claims.moves_labels import state_label_inflation, state_relabelling
from dualtrack.claims.paths import state_paths
from dualtrack.claims.pausing import state_pausing
from dualtrack.claims.polarity import state_follow_on, state_polarity
from dualtrack.claims.reactive import state_reactive, state_reactive_quarters
from dualtrack.claims.rhythm import state_reviews, state_rhythm
from dualtrack.claims.scorecard import state_question, state_scorecard
from dualtrack.claims.sorting import state_sorting
from dualtrack.claims.spread import state_spread
from dualtrack.claims.straddle import state_straddle
from dualtrack.claims.sureness import state_sureness
from dualtrack.claims.targets import state_target_groups, state_targets
from dualtrack.claims.watchlist import state_watchlist
from dualtrack.claims.whatif import state_whatif
from dualtrack.claims.xmatrix import state_xmatrix

__all__ = [
    "state_follow_up",
    "state_question",
    "state_scorecard",
    "Claim",
    "state_accounting",
    "state_attention",
    "state_blur",
    "state_bowler",
    "state_breakthroughs",
    "state_clarity",
    "state_coherence",
    "state_concentration",
    "state_concurrency",
    "state_confusion",
    "state_control",
    "state_decisions",
    "state_demotions",
    "state_flows",
    "state_follow_on",
    "state_forms",
    "state_forums",
    "state_headline",
    "state_key_roles",
    "state_label_inflation",
    "state_leader_days",
    "state_leader_months",
    "state_leader_shares",
    "state_leader_weeks",
    "state_links",
    "state_load",
    "state_load_groups",
    "state_metric_fit",
    "state_mix",
    "state_mix_groups",
    "state_mix_quarters",
    "state_mixing",
    "state_moves",
    "state_paths",
    "state_pausing",
    "state_polarity",
    "state_reactive",
    "state_reactive_quarters",
    "state_readings",
    "state_reallocation",
    "state_relabelling",
    "state_reviews",
    "state_rhythm",
    "state_separation",
    "state_sorting",
    "state_spread",
    "state_straddle",
    "state_sureness",
    "state_target_groups",
    "state_targets",
    "state_watchlist",
    "state_whatif",
    "state_xmatrix",
]
