"""Experiments over several years: the queue of a synthetic population, once for every draw.

The same befalls the same people in every draw unless a lever or an uncertainty says otherwise, so that a draw
differs from the baseline by what it changes and by nothing else.
"""
