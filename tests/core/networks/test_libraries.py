"""Imports of TerraTorch's networks: what they leave out, and that all of it can still be had."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from gac_core.bundles.library import engine_root

HEAVY = ("accelerate", "pandas", "peft", "sklearn", "sympy", "torch._dynamo", "transformers")


def python(code: str) -> str:
    """Return the output of a fresh process."""
    return subprocess.run(
        [sys.executable, "-c", code], cwd=engine_root(), capture_output=True, text=True, check=True
    ).stdout


def test_networks_import_nothing_that_they_do_not_need():
    code = f"""
import json, sys
import gac_core.networks.loading
print(json.dumps([name for name in {HEAVY} if name in sys.modules]))
"""
    assert json.loads(python(code)) == []


@pytest.mark.timeout(900)  # all of TerraTorch, peft and transformers, on a busy machine
def test_whoever_asks_for_the_whole_packages_gets_them():
    """With the very classes that GAC works with, in whichever way they are asked for."""
    code = """
from gac_core.networks.libraries import PrithviViT, TerraMindGeneration
import terratorch, timm, torchvision, transformers, peft, torch._dynamo
from timm.models import create_model
from terratorch.models.backbones.prithvi_mae import PrithviViT as again
assert again is PrithviViT
assert timm.__version__ and create_model is timm.create_model
assert torchvision.ops.nms and torchvision.models.resnet18
model = terratorch.BACKBONE_REGISTRY.build(
    "prithvi_eo_v1_100", pretrained=False, depth=1, embed_dim=32, num_heads=2
)
assert isinstance(model, PrithviViT)
from terratorch.registry import TERRATORCH_FULL_MODEL_REGISTRY
assert "terramind_v1_base_generate" in TERRATORCH_FULL_MODEL_REGISTRY
assert transformers.PreTrainedModel and peft.PeftModel and torch._dynamo.reset
print("whole")
"""
    assert python(code).endswith("whole\n")


def test_a_library_that_was_imported_before_stays_whole():
    code = """
import transformers, torch._dynamo
from gac_core.networks.libraries import TerraMindGeneration
import sys
assert sys.modules["transformers"] is transformers and transformers.PreTrainedModel
assert sys.modules["torch._dynamo"] is torch._dynamo
print("whole")
"""
    assert python(code).endswith("whole\n")


def test_whoever_looks_through_all_modules_imports_none():
    code = """
import gac_core.networks.libraries, inspect, sys
before = "terratorch.registry" in sys.modules
inspect.getmodule(inspect.currentframe())
for module in list(sys.modules.values()):
    getattr(module, "__file__", None), getattr(module, "__warningregistry__", None)
print([before, "terratorch.registry" in sys.modules])
"""
    assert python(code) == "[False, False]\n"


def test_an_init_that_fails_fails_each_time(tmp_path, monkeypatch):
    from gac_core.networks import libraries

    package = tmp_path / "gac_broken_package"
    package.mkdir()
    (package / "__init__.py").write_text("import gac_missing_module\nthing = 1\n")
    (package / "part.py").write_text("value = 5\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(libraries, "DEFERRED", frozenset({"gac_broken_package"}))
    from gac_broken_package.part import value

    assert value == 5
    package_module = sys.modules["gac_broken_package"]
    for _ in range(2):
        with pytest.raises(ModuleNotFoundError, match="gac_missing_module"):
            package_module.thing  # noqa: B018
    (tmp_path / "gac_missing_module.py").write_text("")
    assert package_module.thing == 1
    for name in ("gac_broken_package", "gac_broken_package.part", "gac_missing_module"):
        sys.modules.pop(name, None)
