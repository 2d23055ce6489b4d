"""The GAC score of a run's stages: a chart, and its interpretation."""
