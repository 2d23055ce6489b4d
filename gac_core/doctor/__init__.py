"""What works on this machine and what does not, found out by trying; each failure with its remedy.

Its own modules import nothing but the standard library until they try it: a broken environment is
what it is there to tell of. `python -m gac_core.doctor` is the door that needs nothing else.
"""
