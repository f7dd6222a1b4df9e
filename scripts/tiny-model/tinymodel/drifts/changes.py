"""What differs between two GGUF files, by tensor and by metadata key."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tinymodel.weights import Gguf, Tensor


@dataclass(frozen=True)
class Changes:
    """The names of what differs, sorted."""

    tensors: tuple[str, ...]
    keys: tuple[str, ...]
    values: int


def changes(before: Gguf, after: Gguf) -> Changes:
    """Compares two files; `values` counts the numbers that differ in tensors of equal type and shape."""
    names = sorted({*before.tensors, *after.tensors})
    keys = sorted({*before.metadata, *after.metadata})
    counts = {name: differing(before.tensors.get(name), after.tensors.get(name)) for name in names}
    moved = tuple(name for name, count in counts.items() if count != 0)
    changed = tuple(key for key in keys if before.metadata.get(key) != after.metadata.get(key))
    return Changes(moved, changed, sum(count for count in counts.values() if count))


def differing(before: Tensor | None, after: Tensor | None) -> int | None:
    """Counts differing numbers; None where the tensors cannot be compared number by number."""
    if before is None or after is None or before.kind != after.kind or before.data.shape != after.data.shape:
        return None
    return int(np.count_nonzero(before.data != after.data))
