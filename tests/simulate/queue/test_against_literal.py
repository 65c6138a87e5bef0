"""The fast queue against the literal one."""

import numpy as np
from hypothesis import given, settings

from simulate.queue import NOBODY, Paths, Presence, admit
from simulate.queue.paths import COUNTS
from tests.simulate.queue.lines import Small, small_lines
from tests.simulate.queue.literal import Year


def ran(small: Small, replications: int = 3) -> Paths:
    """Run the fast queue."""
    presence = Presence.draw(small.line(), replications=replications, seed=small.seed)
    return admit(presence, np.array(small.quotas), ranks=small.ranks)


def told(paths: Paths, at: int, replication: int) -> Year:
    """Read one year and replication in the form of the literal queue."""

    def known(hundredths: np.integer) -> int | None:
        return None if hundredths == NOBODY else int(hundredths)

    year = Year(cutoff=known(paths.cutoff[at, replication]))
    year.counts.update({name: int(getattr(paths, name)[at, replication]) for name in COUNTS})
    year.levels.update(dict(enumerate(paths.groups["letter"].counts[at, replication].tolist())))
    year.waited.update(dict(enumerate(paths.waited.counts[at, replication].tolist())))
    year.rank_totals = [known(total) for total in paths.rank_totals[at, replication]]
    return year


@settings(max_examples=80)
@given(small_lines())
def test_every_outcome_is_the_literal_queues(small: Small) -> None:
    """Cutoffs, every count, groups, waits and rank totals agree in every year and replication."""
    paths = ran(small)
    for replication in range(3):
        expected = small.literally(replication)
        assert [told(paths, at, replication) for at in range(len(small.years))] == expected
