"""Stage 3, trained: LoRA on TerraMind's decoder and a bridge from opt_v2 to the real image.

Both learn together (`module`), on opt_v2 of each pair, which is computed once (`shown`). Images
that neither was trained on then decide in how many steps the bridge is crossed (`steps`).
"""
