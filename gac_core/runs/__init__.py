"""A run: planned, computed stage by stage, taken up again, recorded; stages kept for others."""
