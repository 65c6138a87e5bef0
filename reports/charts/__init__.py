"""The charts of the briefings: one function a chart, publishable aggregates in, a figure out."""

from reports.lean import without_grammar

# Every chart module imports altair, and this package comes before each of them.
with without_grammar():
    import altair as alt  # noqa: F401  for its effect: it is in place when they ask for it
