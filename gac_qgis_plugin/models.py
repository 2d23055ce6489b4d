"""Manager of the models: their list, and one operation at a time."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Callable

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QObject, pyqtSignal

from gac_qgis_plugin.contract import layout
from gac_qgis_plugin.core import log, paths, processes, records
from gac_qgis_plugin.core.i18n import Number, tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.records import FolderChoice, ModelCard
from gac_qgis_plugin.environment.manager import BackgroundTask
from gac_qgis_plugin.environment.plan import ProgressCallback
from gac_qgis_plugin.worker import engine as worker_engine
from gac_qgis_plugin.worker.protocol import Event

STOP_WAIT_MS = 8_000
LIST, FETCH, VERIFY, IMPORT, DELETE, FOLDER = (
    "list", "fetch", "verify", "import", "delete", "folder",
)  # fmt: skip
REPLACING = (IMPORT, DELETE, FOLDER)
"""Operations on files that a worker may hold open."""
GB = 1e9
BACKBONE = "backbone"
"""Kind of what only training needs."""


def models_folder() -> Path:
    """Return the engine's folder of the user's models."""
    variable = os.environ.get("GAC_MODELS", "")
    if variable:
        return Path(variable).expanduser().absolute()
    choice = records.read(layout.data_dir() / layout.MODELS_FOLDER_FILE, FolderChoice)
    folder = choice.values.get("folder")
    return Path(folder) if folder else layout.data_dir()


def bundle_names() -> list[str]:
    """Return the names of the bundles that a run can choose, without asking the engine.

    Those of `GAC_BUNDLES`, the user's own, and GAC's own, whether or not their models are here.
    """
    named = [Path(each) for each in os.environ.get("GAC_BUNDLES", "").split(os.pathsep) if each]
    names: dict[str, None] = {}
    for parent in (*named, models_folder() / "bundles", paths.resource("bundles")):
        for card in sorted(parent.glob(f"*/{layout.CARD}")):
            if records.read(card, ModelCard).values.get("kind") != BACKBONE:
                names[card.parent.name] = None
    return list(names)


class ModelsManager(QObject):
    """List of the models, and the engine's operations on them.

    Signals:
        changed: The list, or whether an operation is active, may have changed.
        progressed: Progress in percent, and a label.
        ended: The operation is over: its result (a dict with `told` and `warned`; None: cancelled
            or failed) and its problem (a PluginError or None).
        before_work: Files that the worker may hold open are about to be changed.
        replaced: The set of models has changed.
    """

    changed = pyqtSignal()
    progressed = pyqtSignal(float, str)
    ended = pyqtSignal(object, object)
    before_work = pyqtSignal()
    replaced = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.listing: dict[str, Any] = {}
        self.action = ""
        self.bundle = ""
        self._task: BackgroundTask | None = None
        self._list: BackgroundTask | None = None
        self._is_stale = False

    @property
    def is_working(self) -> bool:
        """True while models are being downloaded, verified, imported, deleted or moved."""
        return self._task is not None

    @property
    def is_listing(self) -> bool:
        """True while the list is being refreshed."""
        return self._list is not None

    @property
    def bundles(self) -> list[dict[str, Any]]:
        """The bundles and their files, as in the engine's `listing`."""
        return [each for each in self.listing.get("bundles") or [] if isinstance(each, dict)]

    def refresh(self) -> None:
        """Refresh the list in the background; takes a second."""
        if self._list is not None:
            # The list being fetched may predate the latest change.
            self._is_stale = True
            return
        self._is_stale = False
        try:
            engine = worker_engine.find_engine()
        except PluginError as problem:
            self.ended.emit(None, problem)
            return
        task = BackgroundTask(tr("GAC: list the models"), lambda *_: _run_engine(engine, (LIST,)))
        task.ended.connect(self._on_listed)
        self._list = task
        QgsApplication.taskManager().addTask(task)

    def fetch(self, bundle: str, token: str) -> None:
        """Download a bundle's missing files; an interrupted download is resumed."""
        self._begin(FETCH, bundle, tr("GAC: download models"), (FETCH, bundle), token)

    def verify(self, bundle: str) -> None:
        """Hash every file of a bundle and compare."""
        self._begin(VERIFY, bundle, tr("GAC: verify models"), (VERIFY, bundle))

    def import_from(self, path: Path, replace: bool = False) -> None:
        """Import models from a folder or an archive."""
        more = ("--replace",) if replace else ()
        self._begin(IMPORT, "", tr("GAC: import models"), (IMPORT, str(path), *more))

    def delete(self, bundle: str) -> None:
        """Delete a bundle, and the files that only it needs."""
        self._begin(DELETE, bundle, tr("GAC: delete models"), (DELETE, bundle))

    def move(self, folder: Path, leave: bool) -> None:
        """Change the models folder."""
        more = ("--leave",) if leave else ()
        self._begin(FOLDER, "", tr("GAC: move models"), (FOLDER, str(folder), *more))

    def cancel(self) -> None:
        """Stop the operation; downloaded files stay."""
        if self._task is not None:
            self._task.cancel()

    def close(self) -> None:
        """Stop all operations, so that the plugin can be unloaded."""
        for task in (self._task, self._list):
            if task is not None:
                task.ended.disconnect()
                task.cancel()
                task.waitForFinished(STOP_WAIT_MS)
        self._task = self._list = None

    def _begin(
        self,
        action: str,
        bundle: str,
        title: str,
        arguments: tuple[str, ...],
        token: str | None = None,
    ) -> None:
        if self._task is not None:
            return
        try:
            engine = worker_engine.find_engine(token, needs_network=action == FETCH)
        except PluginError as problem:
            self.ended.emit(None, problem)
            return
        if action in REPLACING:
            self.before_work.emit()

        def work(on_progress: ProgressCallback, is_cancelled: Callable[[], bool]) -> dict[str, Any]:
            return _run_engine(
                engine, arguments, lambda event: on_progress(*_progress(event)), is_cancelled
            )

        task = BackgroundTask(title, work)
        task.progressed.connect(self.progressed)
        task.ended.connect(self._on_ended)
        self._task, self.action, self.bundle = task, action, bundle
        self.changed.emit()
        QgsApplication.taskManager().addTask(task)

    def _on_listed(self, found: dict[str, Any] | None, problem: PluginError | None) -> None:
        self._list = None
        if problem is not None:
            log.failure(problem)
            self.ended.emit(None, problem)
        elif found is not None:
            self.listing = found
            if self._is_stale:
                self.refresh()
            self.changed.emit()

    def _on_ended(self, result: dict[str, Any] | None, problem: PluginError | None) -> None:
        self._task = None
        if problem is not None:
            log.failure(problem)
        self.refresh()
        self.changed.emit()
        self.ended.emit(result, problem)
        if self.action != VERIFY:
            self.replaced.emit()


def _run_engine(
    engine: worker_engine.Engine,
    arguments: tuple[str, ...],
    on_event: worker_engine.OnEvent = processes.ignore,
    is_cancelled: Callable[[], bool] = processes.never,
) -> dict[str, Any]:
    """Run `gac models ARGUMENTS`; see `run_command`."""
    failure = (
        tr("The engine could not manage the models."),
        tr("Try again; if it fails again, see Diagnostics… in the menu Raster, GAC."),
    )
    return worker_engine.run_command(
        engine, ("models", *arguments), failure, on_event, is_cancelled
    )


def _progress(event: Event) -> tuple[float, str]:
    done, total = int(event.get("done") or 0), int(event.get("total") or 0)
    name = str(event.get("file") or "")
    if not total:
        return 0.0, f"{name}…"
    amount = tr("{}: {:.2f} of {:.2f} GB").format(name, Number(done / GB), Number(total / GB))
    return 100.0 * done / total, amount
