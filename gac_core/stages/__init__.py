"""The three stages: each turns windows of its inputs into windows of its output."""
