"""History of runs: remembering, describing, opening and deleting them."""
