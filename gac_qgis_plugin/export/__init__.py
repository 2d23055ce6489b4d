"""Export of results as files for use outside GAC."""
