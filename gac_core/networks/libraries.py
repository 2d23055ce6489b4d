"""Networks of TerraTorch and timm, imported without the packages around them.

TerraTorch's own `__init__` imports data sets, trainers and every other model, and its tokenizers
import all that diffusers can work with: 20 of the 23 CPU seconds that a process took to start
(docs/decisions.md). Here `__init__` of a few packages runs only if somebody asks such a package for
something, and diffusers is imported as if the optional libraries that GAC does not use it with were
not installed. Nothing is replaced: whoever imports those packages and libraries later gets them
whole.

TerraTorch's modules are private. This is the only module of the engine that names them.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import metadata
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

import torch

_BACKBONES = "terratorch.models.backbones"

DEFERRED = frozenset(
    {
        "terratorch",
        "terratorch.models",
        _BACKBONES,
        f"{_BACKBONES}.terramind",
        f"{_BACKBONES}.terramind.tokenizer.scheduling",
        "timm",
        "timm.models",
        "torchvision.models",
        "torchvision.ops",
    }
)
"""Packages whose submodules need nothing of what their `__init__` does.

A package that sets up what its submodules work with (bitsandbytes registers its operators) or that
puts another module in its place (transformers) must not be among them.
"""

UNUSED = ("torch._dynamo", "accelerate", "bitsandbytes", "peft", "transformers")
"""Libraries that diffusers imports if they are installed, and GAC does not use it with."""


class _Deferred(ModuleType):
    """A package whose `__init__` runs when an attribute is requested that it does not have yet."""

    def __getattr__(self, name: str) -> Any:
        if name == "__version__" and "." not in self.__name__:
            return metadata.version(self.__name__)
        # Whoever looks through all modules (inspect, warnings) asks for names with underscores.
        if name.startswith("__") and name != "__all__":
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        with _LOCK:
            self._run()
            # A package registers its models by importing its subpackages.
            root = self.__name__.partition(".")[0]
            for other in sorted(DEFERRED):
                module = sys.modules.get(other)
                if other.partition(".")[0] == root and isinstance(module, _Deferred):
                    module._run()
        return getattr(self, name)

    def _run(self) -> None:
        loader = self.__spec__.loader if self.__spec__ is not None else None
        if type(self) is not _Deferred or loader is None:
            return
        self.__class__ = ModuleType  # type: ignore[assignment]
        try:
            loader.exec_module(self)
        except BaseException:
            self.__class__ = _Deferred
            raise


_LOCK = threading.RLock()


class _DeferredLoader(Loader):
    """A loader that puts off the execution of a package.

    Args:
        loader: The package's own loader.
    """

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Return what the package's own loader creates."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Give the package back its own loader, to be used on the first request."""
        module.__loader__ = self._loader
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        module.__class__ = _Deferred


class _DeferredFinder(MetaPathFinder):
    """The finder of the packages in `DEFERRED`."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of such a package; None for any other module."""
        if name not in DEFERRED:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _DeferredLoader(spec.loader)
        return spec


@contextmanager
def without(names: Sequence[str]) -> Iterator[None]:
    """Return a context in which modules that are not imported yet cannot be."""
    hidden = [name for name in names if name not in sys.modules]
    # None stands for a module that does not exist, to `import` and to `find_spec`.
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)


sys.meta_path.insert(0, _DeferredFinder())

with without(UNUSED):
    from terratorch.models.backbones.prithvi_mae import PrithviViT
    from terratorch.models.backbones.terramind.model.terramind_generation import (
        TerraMindGeneration,
    )
    from terratorch.models.backbones.terramind.model.tm_utils import LayerNorm
    from terratorch.models.backbones.terramind.tokenizer.models.unet.unet import PatchedUNetCondCat
    from terratorch.models.backbones.terramind.tokenizer.models.vit_models import vit_b_enc
    from terratorch.models.backbones.terramind.tokenizer.quantizers import FiniteScalarQuantizer
    from terratorch.models.backbones.terramind.tokenizer.scheduling.scheduling_ddim import (
        DDIMScheduler,
    )
    from timm.layers.drop import DropPath
    from timm.models.convnext import ConvNeXtBlock

# One of TerraTorch's other models sets it for the whole process wherever the package is imported as
# a whole. Set here, pixels do not depend on who imported what.
torch.set_float32_matmul_precision("medium")


def linear_8bit() -> Any:
    """Return bitsandbytes' linear layer; not every machine has it, nor needs it.

    It is imported without PyTorch's compiler, which it tries on routines for 4-bit weights and
    optimisers, and does without where there is none: 0.2 CPU seconds in place of 5.
    """
    with without(("torch._dynamo",)):
        from bitsandbytes.nn import Linear8bitLt  # type: ignore[attr-defined]
    return Linear8bitLt


__all__ = [
    "ConvNeXtBlock",
    "DDIMScheduler",
    "DropPath",
    "FiniteScalarQuantizer",
    "LayerNorm",
    "PatchedUNetCondCat",
    "PrithviViT",
    "TerraMindGeneration",
    "linear_8bit",
    "vit_b_enc",
]
