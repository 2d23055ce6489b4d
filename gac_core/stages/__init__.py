"""The three stages: each maps windows of its inputs to windows of its output."""

from gac_core.process import prepare_process

prepare_process()
