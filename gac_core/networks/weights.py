"""Weight files, read without executing code in them; building networks for them.

Weights are loaded only if every tensor fits, into networks of a shape read from JSON.
"""

from __future__ import annotations

import os
import pickle  # nosec B403
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from gac_core.contract.errors import BundleError, is_out_of_memory
from gac_core.contract.message import Message, join

Shape = TypeVar("Shape")

_SECTIONS = ("model", "state_dict", "model_state", "model_state_dict")
"""Sections of a checkpoint that hold the network's tensors."""
_PREFIXES = ("module.", "_orig_mod.", "model.")
"""Prefixes of DistributedDataParallel, torch.compile and Lightning modules."""

_DRAWN = frozenset(
    {"uniform_", "normal_", "erfinv_", "trunc_normal_", "kaiming_uniform_", "kaiming_normal_"}
    | {"xavier_uniform_", "xavier_normal_"}
)


def read_state(path: Path) -> dict[str, Tensor]:
    """Return the tensors of a `.safetensors` file, or of a checkpoint read with `weights_only`.

    Raises:
        BundleError: If the file is neither, is truncated, or holds anything but tensors.
    """
    try:
        with path.open("rb") as file:
            head, size = file.read(9), os.fstat(file.fileno()).st_size
        if path.suffix == ".safetensors" or _is_safetensors(head, size):
            return dict(load_file(path))
        # Only the format of PyTorch 1.6 and later, a zip file, can be mapped into memory.
        mapped = zipfile.is_zipfile(path)
        if not (mapped or head.startswith(pickle.PROTO)):
            raise ValueError("neither a zip file nor a pickle")
        state = torch.load(path, map_location="cpu", weights_only=True, mmap=mapped)
    except pickle.UnpicklingError as error:
        # PyTorch's message ends with advice to load it anyway, which users should not do.
        raise BundleError(
            Message(
                "The weight file {} cannot be read: it holds Python objects that may run "
                "code when they are loaded.",
                path,
            ),
            Message("GAC reads tensors only. Ask whoever made it for a safetensors file."),
            problem="weights-with-code",
        ) from error
    except (SafetensorError, RuntimeError, ValueError, EOFError, OSError) as error:
        if is_out_of_memory(error):
            raise
        raise BundleError(
            Message(
                "The weight file {} cannot be read: it is cut short or no weight file at all.", path
            ),
            Message("Fetch it again."),
            problem="weights-damaged",
        ) from error
    state = unwrapped(state)
    if not isinstance(state, Mapping) or not all(isinstance(v, Tensor) for v in state.values()):
        raise BundleError(
            Message("The weight file {} holds something other than tensors.", path),
            Message("Fetch it again, or ask whoever made it for a safetensors file."),
            problem="weights-not-tensors",
        )
    return dict(state)


def _is_safetensors(head: bytes, size: int) -> bool:
    """Return whether a file begins as safetensors do: with the length of a JSON header."""
    return head[8:] == b"{" and int.from_bytes(head[:8], "little") < size


def unwrapped(state: Any) -> Any:
    """Return a checkpoint's tensors by name, without what trainers wrap them in.

    A section such as `state_dict` that holds them beside a trainer's own state is taken out, and
    prefixes of wrappers such as `module.` (DistributedDataParallel) that all names have are
    dropped. Anything else is returned as it is.
    """
    while isinstance(state, Mapping):
        inner = next((state[k] for k in _SECTIONS if isinstance(state.get(k), Mapping)), None)
        if inner is None:
            break
        state = inner
    while isinstance(state, Mapping) and state:
        prefix = next(
            (p for p in _PREFIXES if all(isinstance(n, str) and n.startswith(p) for n in state)), ""
        )
        if not prefix:
            break
        state = {name.removeprefix(prefix): value for name, value in state.items()}
    return state


def write_state(module: nn.Module, path: Path) -> None:
    """Save a module's tensors as safetensors, tied ones once."""
    unique: dict[str, Tensor] = {}
    pointers: set[int] = set()
    for name, tensor in module.state_dict().items():
        if tensor.data_ptr() in pointers:
            continue
        pointers.add(tensor.data_ptr())
        unique[name] = tensor.detach().cpu().contiguous()
    save_file(unique, path)


def load_exactly(
    module: nn.Module,
    state: Mapping[str, Tensor],
    *,
    source: Path,
    may_be_left: Callable[[str], bool] = lambda name: False,
    is_published: bool = False,
) -> list[str]:
    """Load `state` into `module`, and account for every tensor on both sides.

    Tied tensors need to be in the file under only one of their names.

    Args:
        module: Module to load into.
        state: Tensors by name.
        source: The file, for messages.
        may_be_left: Returns whether a name in the file is known to be unused here.
        is_published: True for a publisher's file, which may hold tensors that only other programs
            use: they are left out.

    Returns:
        Names of unknown tensors that were left out.

    Raises:
        BundleError: If a tensor is missing, unknown (except in a publisher's file), of another
            shape, or not finite.
    """
    expected = module.state_dict()
    missing, filled = _missing(expected, state)
    unknown = [n for n in state if n not in expected and not may_be_left(n)]
    shapes = [
        Message("{} is {}, not {}", n, tuple(state[n].shape), tuple(expected[n].shape))
        for n in filled
        if state[n].shape != expected[n].shape
    ]
    if missing or shapes or (unknown and not is_published):
        raise BundleError(
            Message(
                "The weight file {} does not fit the model: {}.",
                source,
                join(
                    (
                        _listed(Message("missing"), missing),
                        _listed(Message("not known to the model"), unknown),
                        _listed(Message("of another shape"), shapes),
                    ),
                    "; ",
                ),
            ),
            Message(
                "The file belongs to another model or version; the bundle names the right one."
            ),
            problem="weights-not-fitting",
        )
    broken = [n for n in filled if not all_finite(state[n])]
    if broken:
        raise BundleError(
            Message(
                "The weight file {} contains NaN or infinite values: {}.",
                source,
                _listed(Message("in"), broken),
            ),
            Message("The file is damaged or its training failed. Fetch it again."),
            problem="weights-not-finite",
        )
    module.load_state_dict({n: state[n] for n in filled}, strict=False)
    return unknown


def all_finite(tensor: Tensor) -> bool:
    """Return whether a tensor holds neither infinities nor NaN; integers are finite."""
    if not tensor.is_floating_point() or not tensor.numel():
        return True
    # Twenty times as fast as isfinite on each value: NaN propagates to minimum and maximum.
    return all(bool(torch.isfinite(end)) for end in torch.aminmax(tensor))


def _missing(
    expected: Mapping[str, Tensor], state: Mapping[str, Tensor]
) -> tuple[list[str], list[str]]:
    by_storage: dict[int, list[str]] = {}
    for name, tensor in expected.items():
        by_storage.setdefault(tensor.data_ptr() or id(tensor), []).append(name)
    missing, filled = [], []
    for names in by_storage.values():
        present = [n for n in names if n in state]
        filled.extend(present)
        if not present:
            missing.append(names[0])
    return missing, filled


def _listed(what: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    examples = join(names[:3], ", ")
    if len(names) > 3:
        examples = Message("{} and {} more", examples, len(names) - 3)
    count = Message("1 tensor") if len(names) == 1 else Message("{} tensors", len(names))
    if not what:
        return Message("{} ({})", count, examples)
    return Message("{} {} ({})", count, what, examples)


def count_and_examples(names: list[str]) -> str:
    """Return tensors for a message: `2 tensors (a, b)`."""
    return _listed("", names)


def shape_from(kind: type[Shape], values: Any) -> Shape:
    """Return a shape, which is a dataclass of numbers, lists and other shapes, from JSON values.

    Raises:
        ValueError: With the reason, if a value is unknown, missing or of the wrong type.
    """
    title = kind.__name__
    if not isinstance(values, Mapping):
        raise ValueError(Message("{} is {}", title, repr(values)))
    hints, fields_of = get_type_hints(kind), {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    unknown = sorted(set(values) - set(fields_of))
    if unknown:
        raise ValueError(Message("{} has no {}", title, ", ".join(map(repr, unknown))))
    missing = [
        name
        for name, field in fields_of.items()
        if field.default is MISSING and field.default_factory is MISSING and name not in values
    ]
    if missing:
        raise ValueError(Message("{} lacks {}", title, ", ".join(missing)))
    return kind(**{name: _value(name, hints[name], value) for name, value in values.items()})


def _value(name: str, hint: Any, value: Any) -> Any:
    if is_dataclass(hint):
        return shape_from(hint, value)  # type: ignore[arg-type]
    items = get_args(hint)
    if items and isinstance(value, (list, tuple)) and all(_is(items[0], v) for v in value):
        return tuple(value)
    if items or not _is(hint, value):
        raise ValueError(Message("{} is {}", name, repr(value)))
    return value


def _is(hint: Any, value: Any) -> bool:
    if hint is float:
        hint = (int, float)  # JSON may have 4 for 4.0
    return isinstance(value, hint) and (hint is bool or not isinstance(value, bool))


class SkipInit(TorchFunctionMode):
    """Context in which weights are not initialised: they hold whatever is in memory.

    For networks whose weights are all read from files afterwards, as `load_exactly`
    ensures. Initialising Prithvi-600M and TerraMind takes half as long as loading them. Computed
    tensors, such as positions, are computed.
    """

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Sequence[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Skip random initialisation, and call any other function."""
        arguments = dict(kwargs or {})
        if getattr(func, "__name__", "") in _DRAWN:
            return args[0] if args else arguments["tensor"]
        return func(*args, **arguments)
