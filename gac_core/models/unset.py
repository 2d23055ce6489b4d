"""Construction of networks without random initialisation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from torch.overrides import TorchFunctionMode

_DRAWN = frozenset(
    {"uniform_", "normal_", "erfinv_", "trunc_normal_", "kaiming_uniform_", "kaiming_normal_"}
    | {"xavier_uniform_", "xavier_normal_"}
)


class Unset(TorchFunctionMode):
    """Context in which weights are not initialised: they hold whatever is in memory.

    For networks whose weights are all read from files afterwards, as `weights.load_exactly`
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
