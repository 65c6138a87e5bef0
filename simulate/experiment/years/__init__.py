"""Experiments over several years: the queue of a synthetic population, once for every draw.

The same befalls the same people in every draw unless a lever or an uncertainty says otherwise, so that a draw
differs from the baseline by what it changes and by nothing else: ``entered`` counts whom it has admitted by a
round and the baseline has not, ``left`` whom the baseline has and it has not.

`horizon` reads rounds, places and population, `population` what is uncertain of it; `source` draws people,
`people` scores them, `engine` answers draws and `several_years` tells a run of them.
"""
