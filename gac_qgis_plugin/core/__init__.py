"""Utilities shared by all parts of the plugin: problems, log, paths, settings."""
