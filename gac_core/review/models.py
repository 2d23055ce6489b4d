"""Models of a finished run: lookup and check that they are unchanged."""

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
    """Return the bundle of the run in a folder after checking that it has a critic.

    Quick, and without PyTorch, so that it can be refused before anything large is loaded.

    Args:
        folder: Folder of the run.
        library: Finds bundles that are no longer where the run found them.

    Raises:
        RequestError: If there is no run.
        BundleError: If the bundle or one of its files is missing, or it has no critic.
    """
    record = record_of(folder)
    path = str(_entry(record).get("path") or "")
    is_there = bool(path) and (Path(path) / CARD).is_file()
    bundle = library.require(path if is_there else str(record["request"].get("bundle") or "demo"))
    if bundle.grounding.critic is None:
        raise without_critic(bundle)
    return bundle


def without_critic(bundle: Bundle) -> BundleError:
    """Return the error for a bundle without a critic."""
    return BundleError(
        f"The bundle {bundle.name!r} has no adversary that could doubt a picture.",
        "Run again with a bundle that has one: `gac bundle check NAME` says so of stage 3.",
    )


def require_run_models(record: dict[str, Any], models: Models) -> None:
    """Check that a run's weight files have not changed.

    Args:
        record: Record of the run.
        models: Models of its bundle; loaded files are not hashed again.

    Raises:
        RequestError: If one has changed or is missing.
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
    """Return the hash of a file of the bundle; None if it is missing."""
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
