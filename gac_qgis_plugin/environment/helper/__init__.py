"""Scripts run by other Pythons, each by its path; none imports another."""
