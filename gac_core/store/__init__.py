"""The models on this machine, looked after: listed, fetched, verified, imported, deleted, moved.

Lowest first: `lock`, `archive`, `hub`, then what is done with them; `gac models` and the
plugin's window are its doors. Runs need none of it, and none of it uses the network but `download`.
"""

from gac_core.process import prepare_process

prepare_process()
