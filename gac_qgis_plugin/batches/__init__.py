"""Batches: many scenes, or one huge one, computed block by block by the engine's `gac batch`.

Import order, top to bottom: order (the request), computing (an active batch), known (the history),
entry (a batch's state from its files), opening (its layers).
"""
