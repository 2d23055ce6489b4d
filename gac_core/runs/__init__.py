"""Runs: planning, stage execution, resume, records and the stage cache."""

from gac_core.process import prepare_process

prepare_process()
