"""Tiled inference over areas of any size: cut into tiles, compute, decode, blend, write."""

from gac_core.process import prepare_process

prepare_process()
