"""A run: planned, computed stage by stage, taken up again, recorded; stages kept for others."""

from gac_core.process import prepare_process

prepare_process()
