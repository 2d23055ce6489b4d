"""Progress of runs: reporting, time estimates, and partial results."""
