"""Results as files for others: what is asked for, how it is written, what is told of it."""
