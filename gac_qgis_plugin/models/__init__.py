"""The models on this machine as the plugin knows them: told, fetched, and cleared by the engine.

`asking` runs the engine's `gac models` in a process of its own; `manager` keeps what it told.
"""
