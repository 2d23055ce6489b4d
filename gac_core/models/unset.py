"""Networks built without the random numbers that their weights begin with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from torch.overrides import TorchFunctionMode

_DRAWN = frozenset(
    {"uniform_", "normal_", "erfinv_", "trunc_normal_", "kaiming_uniform_", "kaiming_normal_"}
    | {"xavier_uniform_", "xavier_normal_"}
)


class Unset(TorchFunctionMode):
    """A context in which weights are not drawn: they hold whatever is in memory.

    For networks whose every weight is then read from files, as `weights.load_exactly` makes sure.
    Drawing the numbers of Prithvi-600M and TerraMind takes half of the time that loading them does.
    What is computed, such as positions, is computed.
    """

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Sequence[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Leaves a tensor as it is where it would be filled at random."""
        given = dict(kwargs or {})
        if getattr(func, "__name__", "") in _DRAWN:
            return args[0] if args else given["tensor"]
        return func(*args, **given)
