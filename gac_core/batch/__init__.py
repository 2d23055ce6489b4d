"""Batches: many scenes, or a huge one, computed block by block (docs/scale.md)."""

from gac_core.process import prepare_process

prepare_process()
