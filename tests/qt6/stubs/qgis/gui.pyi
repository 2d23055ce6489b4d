# Nothing is known here of QGIS's own classes: they need a QGIS with Qt 6.
from typing import Any

def __getattr__(name: str) -> Any: ...
