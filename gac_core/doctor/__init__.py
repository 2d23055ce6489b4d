"""Self-test of this machine: each component is tried, and each failure has a remedy.

Its modules import only the standard library until they try something, since they must work in a
broken environment. `python -m gac_core.doctor` is the entry point that needs nothing else.
"""
