"""Stage 3, trained: LoRA on TerraMind's decoder, and a network that fuses its answer with opt_v2.

Two trainings in turn, both by `training.fit`: the adapter (`module`), for which gradients pass
through the tokens (`straight`), then the fusion network (`fusion`), for which TerraMind's answers
are computed once (`answers`). Between and after them, images that neither was trained on decide
how the answer is used (`ways`).
"""
