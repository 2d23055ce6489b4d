"""Window for removing GAC's data."""
