"""Reads and writes model files as numpy arrays: GGUF files whole, safetensors files as tensors with their notes."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import gguf
import numpy as np

F16 = gguf.GGMLQuantizationType.F16
DTYPES: dict[str, np.dtype[Any]] = {
    "F16": np.dtype("<f2"),
    "F32": np.dtype("<f4"),
    "F64": np.dtype("<f8"),
    "I32": np.dtype("<i4"),
}


class ModelError(Exception):
    """A model file from which the result cannot be made; the text says which, why and what to do."""


@dataclass(frozen=True)
class Value:
    """One metadata value with its type, and the type of its items where it is a list."""

    content: Any
    kind: gguf.GGUFValueType
    item_kind: gguf.GGUFValueType | None = None


@dataclass(frozen=True)
class Tensor:
    """One tensor as it is stored: numbers, or the bytes of quantized blocks, row by row."""

    data: np.ndarray
    kind: gguf.GGMLQuantizationType

    def is_matrix(self) -> bool:
        """Tells an F16 weight matrix from everything that quantizing leaves alone."""
        return self.kind == F16 and self.data.ndim == 2

    def numbers(self) -> np.ndarray:
        """Returns the values as float64, quantized ones expanded."""
        return gguf.quants.dequantize(self.data, self.kind).astype(np.float64)


@dataclass(frozen=True)
class Gguf:
    """A GGUF file in memory: metadata and tensors, both in the order of the file."""

    source: str
    metadata: Mapping[str, Value] = field(default_factory=dict)
    tensors: Mapping[str, Tensor] = field(default_factory=dict)
    alignment: int = gguf.GGUF_DEFAULT_ALIGNMENT

    def value(self, key: str, remedy: str) -> Any:
        """Returns what stands under a key that the file must have."""
        if key not in self.metadata:
            raise ModelError(f"{self.source}: no '{key}' in its metadata; {remedy}")
        return self.metadata[key].content

    def with_contents(self, contents: Mapping[str, Any]) -> Gguf:
        """Replaces the values of keys that are there already, whose types stay."""
        return self.with_values({key: replace(self.metadata[key], content=new) for key, new in contents.items()})

    def with_values(self, values: Mapping[str, Value]) -> Gguf:
        """Replaces or appends typed values."""
        return replace(self, metadata={**self.metadata, **values})

    def with_tensors(self, tensors: Mapping[str, Tensor]) -> Gguf:
        """Replaces tensors that are there already."""
        missing = sorted(set(tensors) - set(self.tensors))
        if missing:
            raise ModelError(f"{self.source}: no tensor '{missing[0]}'; use the base that the change was made for")
        return replace(self, tensors={**self.tensors, **tensors})

    def digest(self) -> str:
        """Returns a SHA-256 over names, types, shapes and data of all tensors, whatever their order."""
        total = hashlib.sha256()
        for name, tensor in sorted(self.tensors.items()):
            total.update(f"{name} {tensor.kind.name} {tensor.data.shape}\n".encode())
            total.update(np.ascontiguousarray(tensor.data).tobytes())
        return total.hexdigest()


def read_gguf(source: Path) -> Gguf:
    """Reads a GGUF file into memory."""
    try:
        reader = gguf.GGUFReader(source)
    except (ValueError, IndexError) as error:
        raise ModelError(f"{source}: not a whole GGUF file: {error}") from None
    fields = {name: value_of(one) for name, one in reader.fields.items() if not name.startswith("GGUF.")}
    tensors = {tensor.name: Tensor(np.array(tensor.data), tensor.tensor_type) for tensor in reader.tensors}
    return Gguf(str(source), fields, tensors, int(reader.alignment))


def value_of(one: gguf.ReaderField) -> Value:
    """Reads one metadata value."""
    is_list = one.types[0] == gguf.GGUFValueType.ARRAY
    return Value(one.contents(), one.types[0], one.types[-1] if is_list else None)


def write_gguf(model: Gguf, target: Path) -> Path:
    """Writes a GGUF file whole or not at all; what was read and not changed becomes the same bytes again."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".partial")
    writer = gguf.GGUFWriter(partial, "", use_temp_file=False)
    writer.kv_data[0].clear()  # the writer's own architecture entry; the metadata has one
    writer.data_alignment = model.alignment
    for key, value in model.metadata.items():
        writer.add_key_value(key, value.content, value.kind, value.item_kind)
    for name, tensor in model.tensors.items():
        writer.add_tensor(name, tensor.data, raw_dtype=tensor.kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    os.replace(partial, target)
    return target


def read_safetensors(source: Path) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """Reads all tensors of a safetensors file, and its notes (`__metadata__`)."""
    content = source.read_bytes()
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    notes = header.pop("__metadata__", {})
    return {name: array_of(entry, memoryview(content)[start:]) for name, entry in header.items()}, notes


def array_of(entry: dict[str, Any], data: memoryview) -> np.ndarray:
    """Cuts one tensor out of the data."""
    first, end = entry["data_offsets"]
    flat: np.ndarray = np.frombuffer(data[first:end], DTYPES[entry["dtype"]])
    return flat.reshape(entry["shape"])


def write_safetensors(arrays: Mapping[str, np.ndarray], notes: Mapping[str, str], target: Path) -> Path:
    """Writes a safetensors file, names sorted: the same arrays and notes become the same bytes."""
    header: dict[str, Any] = {"__metadata__": dict(sorted(notes.items()))}
    names, end = {dtype: name for name, dtype in DTYPES.items()}, 0
    for name, array in sorted(arrays.items()):
        start, end = end, end + array.nbytes
        header[name] = {"dtype": names[array.dtype], "shape": list(array.shape), "data_offsets": [start, end]}
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    target.parent.mkdir(parents=True, exist_ok=True)
    data = b"".join(np.ascontiguousarray(array).tobytes() for _, array in sorted(arrays.items()))
    target.write_bytes(len(text).to_bytes(8, "little") + text + data)
    return target
