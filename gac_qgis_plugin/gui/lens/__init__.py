"""The preview lens: one tile of the map through all stages, before a long run."""
