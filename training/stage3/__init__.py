"""Stage-3 training: LoRA on TerraMind's decoder and a bridge from opt_v2 to the real image.

Both are trained together (`ground_module`) on each pair's opt_v2, which is computed once. Held-out
images then decide the number of steps of the bridge (`ground_training`).
"""
