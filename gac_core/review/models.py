"""The models of a finished run, looked for again: whose they were, and whether they still are."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gac_core.contract.errors import BundleError, RequestError
from gac_core.contract.layout import CARD
from gac_core.models.bundle import ADAPTER_FILES, Bundle
from gac_core.models.hashes import sha256
from gac_core.models.library import Library
from gac_core.runs.reuse import record_of

if TYPE_CHECKING:
    from gac_core.models.loading import Models


def critic_bundle(folder: Path, library: Library) -> Bundle:
    """Return the bundle of the run in a folder, once it is known to have a critic.

    Quick, and without PyTorch, so that it can be refused before anything large is loaded.

    Args:
        folder: The run's.
        library: Where bundles are looked for that are not where the run had them.

    Raises:
        RequestError: If there is no run.
        BundleError: If the bundle or one of its files is gone, or it has no critic.
    """
    record = record_of(folder)
    path = str(_entry(record).get("path") or "")
    is_there = bool(path) and (Path(path) / CARD).is_file()
    bundle = library.require(path if is_there else str(record["request"].get("bundle") or "demo"))
    if bundle.grounding.critic is None:
        raise without_critic(bundle)
    return bundle


def without_critic(bundle: Bundle) -> BundleError:
    """Return what is raised where a bundle has no critic."""
    return BundleError(
        f"The bundle {bundle.name!r} has no adversary that could doubt a picture.",
        "Run again with a bundle that has one: `gac bundle check NAME` says so of stage 3.",
    )


def require_run_models(record: dict[str, Any], models: Models) -> None:
    """See that a run's weight files are what they were.

    Args:
        record: The run's.
        models: Of its bundle; what it has loaded is not hashed again.

    Raises:
        RequestError: If one is another one now, or gone.
    """
    before = _entry(record).get("sha256")
    if not isinstance(before, dict) or not before:
        before = {"": ""}
    if any(digest != _hash(name, models) for name, digest in before.items()):
        raise RequestError(
            "The models of the run are not what is there now.",
            "Put its bundle back as it was, or run again.",
        )


def _entry(record: dict[str, Any]) -> dict[str, Any]:
    entry = record.get("bundle")
    return entry if isinstance(entry, dict) else {}


def _hash(name: str, models: Models) -> str | None:
    """What a file of the bundle hashes to; None: it has none of that name."""
    if name in models.hashes:
        return models.hashes[name]
    bundle = models.bundle
    weights = {weight.file: weight for weight in bundle.named_weights}
    with suppress(OSError, BundleError):
        if name in weights:
            return sha256(models.library.locate(bundle, weights[name]))
        if name in {f"{adapter}/{file}" for adapter in bundle.adapters for file in ADAPTER_FILES}:
            return sha256(bundle.path / name)
    return None
