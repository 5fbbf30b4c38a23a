"""Step 5: analyses in, sentences out, each computed from its frame and true of it.

A claim carries an exhibit's message title, its reading and the text for those who cannot see it.
"""

from dualtrack.claims.accounting import state_accounting
from dualtrack.claims.claim import Claim
from dualtrack.claims.clarity import state_blur, state_clarity
from dualtrack.claims.control import state_control
from dualtrack.claims.decide import state_decisions
from dualtrack.claims.headline import state_headline
from dualtrack.claims.load import state_load
from dualtrack.claims.mix import state_mix, state_mix_groups
from dualtrack.claims.paths import state_paths
from dualtrack.claims.sorting import state_sorting

__all__ = [
    "Claim",
    "state_accounting",
    "state_blur",
    "state_clarity",
    "state_control",
    "state_decisions",
    "state_headline",
    "state_load",
    "state_mix",
    "state_mix_groups",
    "state_paths",
    "state_sorting",
]
