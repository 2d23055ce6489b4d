"""Batches: many scenes, or one huge one, computed block by block by the engine's `gac batch`.

Import order, top to bottom: order (what is asked for), computing (a batch on its way), known (which
there were), entry (how one stands, by its own files), opening (its layers).
"""
