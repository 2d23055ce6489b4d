"""Passwords and tokens in addresses: in nothing that the plugin writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal
from qgis.core import QgsApplication, QgsProject, QgsSettings

from gac_qgis_plugin.core import log, settings
from gac_qgis_plugin.core.problems import PluginError, file_name, redacted
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.export.parameters import ExportPlan
from gac_qgis_plugin.export.task import exported_item
from gac_qgis_plugin.gui.diagnostics import DiagnosticsDialog
from gac_qgis_plugin.gui.models_dialog import ConnectionGroup
from gac_qgis_plugin.jobs import Job
from gac_qgis_plugin.layers import RunLayers
from gac_qgis_plugin.runs import describe_run, open_run, read_entry
from tests.plugin.runs import write_run

S = "S3CR3Tx9"
FORMS = (
    f"https://user:{S}@host/VV.tif",
    f"https://{S}@host/VV.tif",
    f"https://user:p@{S}@host/VV.tif",
    f"https://user:a/{S}@host/VV.tif",
    f"https://us%40er:{S}%2F@host:8443/VV.tif",
    f"/vsicurl/http://user:{S}@host/VV.tif",
    f"/vsizip//vsicurl/http://user:{S}@host/a.zip/VV.tif",
    f"/vsicurl/https://host/VV.tif?sig={S}&se=2026",
    f"https://host/VV.tif?X-Amz-Signature={S}",
    f"https://host/VV.tif?{S}",
    f"/vsicurl?header.Authorization=Bearer%20{S}&url=https%3A%2F%2Fhost%2FVV.tif",
    f"/vsicurl?header.Authorization=Bearer {S}&url=https://host/VV.tif",
    f"/vsicurl?url=https%3A%2F%2Fuser%3A{S}%40host%2FVV.tif",
    f"/vsicurl_streaming?header.X-Api-Key={S}&url=https://host/VV.tif",
    f"vrt:///vsicurl/https://host/VV.tif?token={S}",
    f"WCS:https://user:{S}@host/wcs?version=2.0.1&coverage=VV",
    f'NETCDF:"/vsicurl/https://user:{S}@host/a.nc":vv',
    f"http%3A%2F%2Fuser%3A{S}%40host%2FVV.tif",
    f"s3://AKIA:{S}@bucket/VV.tif",
    f"Authorization: Bearer {S}",
    f"authorization: basic {S}",
    f"GDAL_HTTP_USERPWD=user:{S}",
    f"AWS_SECRET_ACCESS_KEY={S}",
    f"AZURE_STORAGE_SAS_TOKEN='{S}'",
    f"{{'token': '{S}'}}",
    f"hf_{S}abcdef",
    f"VV.tif?sig={S}",
    f"Looking in indexes: https://user:{S}@mirror/simple",
)
HARMLESS = (
    "Stage 1 of 3, generate: tile 3 of 49",
    "The radar file /data/a@b/VV.tif does not exist. Name the file.",
    "https://huggingface.co/ibm-esa-geospatial/TerraMind",
    "The mosaic of tokens: 96 of 200",
    "Is it radar? Look at it.",
    "opt_v1.tif: 12.5 s, GAC score 0.2",
    "Signature and token are words.",
)
ADDRESSES = tuple(form for form in FORMS if "/" in form and " in " not in form)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("frame", ["{}", "The radar file {} cannot be read. Give …", "['{}', 1]"])
def test_every_form_is_masked(form, frame) -> None:
    once = redacted(frame.format(form))
    assert S not in once and "***" in once
    assert redacted(once) == once


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_secret_stays(text) -> None:
    assert redacted(text) == text


def test_a_file_is_called_by_its_name() -> None:
    assert file_name(f"https://user:{S}@host/a/VV.tif?sig={S}") == "VV.tif"
    assert file_name("C:\\data\\VV.tif") == "VV.tif" and file_name("/data/VV.tif") == "VV.tif"
    assert S not in file_name(FORMS[11])


@pytest.fixture
def logged(qgis) -> list[str]:
    lines: list[str] = []
    QgsApplication.messageLog().messageReceived.connect(lambda text, *_: lines.append(text))
    return lines


@pytest.mark.parametrize("form", FORMS)
def test_the_log_and_failures(logged, form) -> None:
    log.info(f"Run into /out: {{'sar': ['{form}']}}")
    log.warning(form)
    problem = PluginError(form, form, f"Traceback\n{form}")
    log.failure(problem)
    assert len(logged) >= 3 and S not in "\n".join(logged)
    assert S not in f"{problem} {problem.message} {problem.remedy} {problem.details}"


def searched(folder: Path) -> list[str]:
    """Files below a folder in which the secret stands, or whose names hold it."""
    return [
        str(path)
        for path in folder.rglob("*")
        if S in path.name or (path.is_file() and S.encode() in path.read_bytes())
    ]


@pytest.mark.parametrize("form", ADDRESSES)
def test_project_metadata_and_history_of_a_run(qgis, tmp_path, form) -> None:
    """As an engine of before wrote it: with the whole address."""
    events = write_run(tmp_path / "run", form)
    path = tmp_path / "run" / "run.json"
    values = json.loads(path.read_text())
    values["inputs"] = [{"path": form, "bytes": 3}]
    values["scene"]["unit_reason"] = f"{form} says so"
    values["critique"] = f"of {form}"
    path.write_text(json.dumps(values))
    entry = read_entry(tmp_path / "run")
    assert S not in describe_run(entry) + entry.name
    assert entry.request["sar"] == [form], "it can be run again"
    project = QgsProject.instance()
    open_run(entry, project)
    layers = RunLayers(project, (), "GAC SYNTHETIC · x", "small")
    for event in events:
        layers.add_stage(event)
    layers.finish()
    assert project.write(str(tmp_path / "p.qgs"))
    path.unlink()
    assert (tmp_path / "run" / "opt_v1.qmd").is_file()
    assert searched(tmp_path) == []


def test_a_layer_that_bears_its_address_as_a_name(panel, radar, wait, tmp_path, logged) -> None:
    layer = radar("s1")
    layer.setName(f"VV.tif?sig={S}")
    one = panel("good")
    job = Job((layer.id(),), layer.name(), tmp_path / "out", {"sar": [FORMS[0]], "stages": 1})
    one.controller.start(job)
    wait(lambda: one.outcomes)
    names = [node.name() for node in QgsProject.instance().layerTreeRoot().children()]
    ours = [name for name in names if name.endswith("SYNTHETIC")]
    assert ours and S not in " ".join(ours) and S not in "\n".join(logged)
    names = [path.name for path in (tmp_path / "out").iterdir()]
    assert names and S not in " ".join(names)
    QgsSettings().sync()
    assert S not in Path(QgsSettings().fileName()).read_text()


def test_a_server_s_password_is_in_no_setting(qgis, monkeypatch) -> None:
    monkeypatch.setattr(settings, "can_store", lambda: False)
    group = ConnectionGroup()
    group.mirror.setText(f"https://user:{S}@mirror/hf")
    group.remember()
    QgsSettings().sync()
    assert S not in Path(QgsSettings().fileName()).read_text()
    shown = PluginSettings.load().models_mirror
    assert S not in shown and "mirror/hf" in shown
    assert settings.unmask_server(shown) == f"https://user:{S}@mirror/hf"
    ConnectionGroup().remember()
    assert settings.unmask_server(PluginSettings.load().models_mirror).endswith("mirror/hf")
    settings.forget_server()
    assert settings.unmask_server(shown) == ""
    assert settings.store_server("https://mirror/hf") == "https://mirror/hf"


def test_diagnostics(panel, monkeypatch) -> None:
    monkeypatch.setattr(DiagnosticsDialog, "examine", lambda self: None)
    dialog = DiagnosticsDialog(panel("good").environment)
    for form in FORMS:
        finding = {"area": "system", "name": "Index", "state": "bad", "text": form}
        dialog._on_line(0.0, json.dumps({**finding, "remedy": form, "details": form}))
    assert S not in dialog.report() and S not in dialog.text.toPlainText()


def test_the_stac_item_of_an_export(qgis, tmp_path) -> None:
    write_run(tmp_path / "run")
    item: dict[str, Any] = {
        "id": "run",
        "assets": {"opt_v1": {"href": "./opt_v1.tif"}},
        "properties": {"gac:inputs": list(ADDRESSES)},
        "links": [{"rel": "derived_from", "href": ADDRESSES[0]}],
    }
    (tmp_path / "run" / "stac_item.json").write_text(json.dumps(item))
    out = tmp_path / "out"
    out.mkdir()
    plan = ExportPlan(tmp_path / "run", (1,), out, "x")
    gdal.Translate(str(out / plan.target_name(1)), str(tmp_path / "run" / "opt_v1.tif"))
    assert exported_item(plan, out)
    assert searched(out) == []
    assert json.loads((out / plan.stac_name).read_text())["links"][0]["rel"] == "derived_from"
