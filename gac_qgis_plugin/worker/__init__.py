"""The worker process: locating it, starting it, exchanging messages with it.

Import order, top to bottom: protocol, engine (its Python, and single commands of its command line),
client (for QGIS's main thread), tasks (of QGIS, and runs without an event loop).
"""
