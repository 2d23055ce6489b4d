"""Runs and batches: plan, execution by stages, checkpoints and records; analysis of runs.

A run computes one area, resumed by rows; a batch computes many scenes, or a huge one, by blocks on
an executor (docs/scale.md). Both drive a stage in `stage_runner`.
"""

from gac_core.process import prepare_process

prepare_process()
