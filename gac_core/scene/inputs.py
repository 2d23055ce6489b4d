"""The files that a scene is read from, and whether somebody wrote to them meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from gac_core.contract.errors import InputChanged
from gac_core.scene.products import is_remote, layer_of
from gac_core.scene.virtual import require_sources

BESIDE = (".aux.xml", ".ovr")
"""Statistics and overviews, which viewers write whenever they like and GAC does not read."""

State = tuple[int, int, int] | None
"""Size, time of change (ns) and number of a file; None: it is not there."""


class InputFiles:
    """Local files as they were when a scene was opened.

    Attributes:
        parts: By each file that the user named, or an archive that it lies in: what it is made of
            besides, as a virtual raster is. Remote ones have no parts and are not watched.
        times: `change_times` of the local ones.
    """

    def __init__(self, opened: Iterable[tuple[str, Any]]) -> None:
        """Remembers the files.

        Args:
            opened: (path, rasterio's open file) of each, before any pixel was read.
        """
        self.parts: dict[str, tuple[str, ...]] = {}
        for path, file in opened:
            named = local_file(path)
            if named is None:
                # GDAL would look for parts on the server, with some forms of addresses for ever.
                self.parts[path] = ()
                continue
            # GDAL tells the files of a virtual raster, but not what these are made of in turn.
            below = require_sources(path) if file.driver == "VRT" else ()
            found = dict.fromkeys(filter(None, map(local_file, (*file.files, *below))))
            found.pop(named, None)
            known = self.parts.get(named, ())
            self.parts[named] = tuple(dict.fromkeys((*known, *found)))
        self._states = {path: _state(path) for path in self.local}
        self.times = change_times(self.local)

    @property
    def local(self) -> tuple[str, ...]:
        """All local files."""
        every = (one for path, parts in self.parts.items() for one in (path, *parts))
        return tuple(dict.fromkeys(one for one in every if not is_remote(one)))

    def stamps(self) -> list[list[int] | None]:
        """Size and time of change of each local file, for another process to compare with."""
        return [None if state is None else list(state[:2]) for state in self._states.values()]

    def changed(self) -> str | None:
        """A file that is not any more what it was, or None."""
        return next((p for p, state in self._states.items() if _state(p) != state), None)

    def require_unchanged(self) -> None:
        """Sees that nobody wrote to the files.

        Raises:
            InputChanged: If one changed, was replaced or is gone.
        """
        path = self.changed()
        if path is not None:
            raise changed_while_read(path)

    def require_untouched(self) -> None:
        """See that nobody did anything to the files, whatever their size and time of change say.

        Before their content is known; later, a file of other rights is still the same file.

        Raises:
            InputChanged: If somebody did.
        """
        self.require_unchanged()
        pairs = zip(self.local, self.times, change_times(self.local), strict=True)
        for path, before, after in pairs:
            if before != after:
                raise changed_while_read(path)


def changed_while_read(path: str) -> InputChanged:
    """Return the error for an input that somebody wrote to."""
    return InputChanged(
        f"The radar file {path} was changed or removed while it was being read.",
        "Wait until it is complete and in its place, and run again.",
    )


def change_times(paths: Iterable[str]) -> list[int]:
    """Return the times (ns) at which the system last saw files change in any way; 0: it is gone.

    Nobody can put them back; a new name or other rights move them too. Windows has none.
    """

    def time_of(path: str) -> int:
        try:
            return Path(path).stat().st_ctime_ns
        except OSError:
            return 0

    return [time_of(path) for path in paths]


def local_file(path: str) -> str | None:
    """The file of this computer that a path of GDAL's leads to; None for a remote one."""
    if path.endswith(BESIDE):
        return None
    if path.startswith(("/vsizip/", "/vsitar/", "/vsigzip/")):
        inside = Path(path.split("/", 2)[2].replace("{", "").replace("}", ""))
        with suppress(OSError):
            return next((str(p) for p in (inside, *inside.parents) if p.is_file()), None)
        return None
    if layer := layer_of(path):
        return local_file(layer[0])
    # GDAL takes more for a path than files have for a name: a whole virtual raster, for example.
    return None if is_remote(path) or _state(path) is None else path


def _state(path: str) -> State:
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino
