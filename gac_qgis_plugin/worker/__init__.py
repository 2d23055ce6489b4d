"""The worker process: locating it, starting it, exchanging messages with it.

Import order, top to bottom: protocol, launch, process, client (for QGIS's main thread), blocking
(for any other thread and for programs without an event loop), commands (the engine's command line,
each command in its own process).
"""
