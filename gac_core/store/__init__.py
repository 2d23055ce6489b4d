"""Local model store: list, download, verify, import, delete and move models.

Layers, lowest first: `lock`, `archive`, `hub`, then the operations on them; the entry points are
`gac models` and the plugin's window. Runs need none of it, and only `download` uses the network.
"""

from gac_core.process import prepare_process

prepare_process()
