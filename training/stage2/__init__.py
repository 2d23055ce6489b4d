"""Stage-2 training: Prithvi in 8 bits with LoRA, and a head that corrects opt_v1."""
