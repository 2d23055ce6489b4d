"""Small things every part of the plugin uses: problems, log, paths, settings."""
