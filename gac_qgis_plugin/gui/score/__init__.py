"""The GAC score of a run's stages: a chart, and what it says in words."""
