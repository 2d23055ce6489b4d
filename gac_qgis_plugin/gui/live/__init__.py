"""Display of tiles on the map while a stage is computed."""
