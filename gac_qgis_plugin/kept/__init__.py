"""What GAC keeps on a computer, found and removed."""
