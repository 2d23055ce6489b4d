"""The other process: finding it, starting it, talking to it.

Import order, top to bottom: protocol, launch, process, client (for QGIS's main thread), blocking
(for any other thread and for programs without an event loop), commands (of the engine's command
line, each in a process of its own).
"""
