"""Runs that were made: remembering, telling of, opening and deleting them."""
