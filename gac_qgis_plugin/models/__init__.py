"""The models on this machine as the plugin knows them: told, fetched, and cleared by the engine.

`manager` has the engine's `gac models` do the work, and keeps what it told.
"""
