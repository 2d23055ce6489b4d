"""How far a run is: told to its doors, estimated, and seen in working files."""
