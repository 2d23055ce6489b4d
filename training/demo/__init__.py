"""The demo bundle and the demo scene: small, made from scratch, with no download."""
