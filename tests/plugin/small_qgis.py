"""A QGIS of its own that does one run with a fake worker: `small_qgis.py run FOLDER | list`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QTimer

from gac_qgis_plugin import history
from gac_qgis_plugin.controller import RunController
from gac_qgis_plugin.jobs import Job
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.engine import Launch

HERE = Path(__file__).resolve()
FAKE = HERE.with_name("fake_worker.py")

application = QgsApplication([], True)
application.initQgis()
if sys.argv[1] == "list":
    print("\n".join(map(str, history.unfinished_folders())))
    sys.exit()

launch = Launch(sys.executable, (str(FAKE), "slow"), str(HERE.parents[2]), dict(os.environ))
client = WorkerClient(lambda: launch)
controller = RunController(None, client)
params = {"sar": ["/a/s1.tif"], "stages": 3, "bundle": "demo"}
controller.start(Job((), "s1", Path(sys.argv[2]), params))


def tell(event: dict) -> None:
    if event["tile"] == 3:
        print(client._process._process.processId(), flush=True)


controller.progressed.connect(tell)
if sys.argv[1] == "close":
    # As QGIS closes: its tasks are cancelled, then its plugins unloaded.
    def close() -> None:
        QgsApplication.taskManager().cancelAll()
        client.close()
        controller.close()
        application.exit()

    QTimer.singleShot(1500, close)
application.exec_() if hasattr(application, "exec_") else application.exec()
