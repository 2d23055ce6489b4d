"""Demo bundle and demo scene: small, made from scratch, without downloads."""
