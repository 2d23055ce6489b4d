"""Scripts that other Pythons run, each by its path; none imports another."""
