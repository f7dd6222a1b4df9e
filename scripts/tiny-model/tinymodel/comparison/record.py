"""The comparison as data: for each drift what it is, what changed in its files and what each prompt showed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tinymodel.comparison.controls import Control
from tinymodel.comparison.differences import Difference, rounded, shows, summary
from tinymodel.comparison.prompts import Prompt
from tinymodel.drifts.changes import changes
from tinymodel.drifts.drift import PROJECTOR, TEXT, Base, Drift, Launch
from tinymodel.weights import read_gguf


def of_drift(base: Base, drift: Drift, launch: Launch, found: Sequence[Difference]) -> dict[str, Any]:
    """Writes down one drift."""
    return {
        "name": drift.name,
        "what": drift.summary,
        "derivation": {
            "operation": drift.derivation.operation,
            "parents": list(drift.derivation.parents),
            "parameters": dict(drift.derivation.parameters),
            "declared": drift.derivation.declared(),
        },
        "layers": list(drift.layers),
        "launch": shortened(launch),
        "files": file_changes(base, launch),
        "expected": drift.visible.value,
        **seen(found),
    }


def of_control(control: Control, found: Sequence[Difference]) -> dict[str, Any]:
    """Writes down one control."""
    return {
        "name": control.name,
        "what": control.summary,
        "layers": ["launch"] if control.launch else [],
        "launch": control.launch,
        "reference": control.reference,
        "expected": control.visible.value,
        **seen(found),
    }


def seen(found: Sequence[Difference]) -> dict[str, Any]:
    """Writes down what showed, summed up and prompt by prompt in the order of `prompts`."""
    return {
        "shows": shows(found).value,
        "summary": summary(found),
        "prompts": {
            "identical": flags([one.identical for one in found]),
            "sameText": flags([one.same_text for one in found]),
            "right": flags([one.right and one.right[1] for one in found]),
            "promptTokens": [one.prompt_tokens for one in found] if any(one.prompt_tokens for one in found) else [],
            "refused": flags([one.refused for one in found]) if any(one.refused for one in found) else "",
            "missing": [one.missing for one in found] if any(one.missing for one in found) else [],
            "first": [rounded(one.first) for one in found] if not all(one.identical for one in found) else [],
            "sequence": [rounded(one.sequence) for one in found] if not all(one.identical for one in found) else [],
        },
    }


def flags(values: Sequence[bool | None]) -> str:
    """Writes yes, no and not applicable as 1, 0 and a dash."""
    return "".join("-" if value is None else str(int(value)) for value in values)


def shortened(value: Any) -> Any:
    """Leaves the folders of files out of a launch, so that it reads alike on every machine."""
    if isinstance(value, list):
        return [shortened(item) for item in value]
    if isinstance(value, dict):
        return {key: shortened(item) for key, item in value.items()}
    return Path(value).name if isinstance(value, str) and value.startswith("/") else value


def file_changes(base: Base, launch: Launch) -> dict[str, Any]:
    """Says what changed in the model files that a drift replaces."""
    parents = {TEXT: base.text, PROJECTOR: base.projector}
    return {key: file_change(parents[key], Path(launch[key])) for key in parents if key in launch}


def file_change(parent: Path, file: Path) -> dict[str, Any]:
    """Says what changed in one model file."""
    found = changes(read_gguf(parent), read_gguf(file))
    return {
        "bytes": file.stat().st_size,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "changedTensors": list(found.tensors),
        "changedValues": found.values,
        "changedKeys": list(found.keys),
    }


def whole(base: Base, version: str, prompts: Sequence[Prompt], parts: Mapping[str, Any]) -> dict[str, Any]:
    """Puts the comparison together."""
    return {
        "base": {
            "text": hashlib.sha256(base.text.read_bytes()).hexdigest(),
            "projector": hashlib.sha256(base.projector.read_bytes()).hexdigest(),
            "sibling": hashlib.sha256(base.sibling.read_bytes()).hexdigest(),
            "tensors": base.model().digest(),
        },
        "engine": version,
        "prompts": [{"key": prompt.key, "group": prompt.group, "scored": bool(prompt.checks)} for prompt in prompts],
        **parts,
    }


def text_of(value: Any, depth: int = 0) -> str:
    """Writes JSON that reads well in a diff: objects and lists of objects over lines, everything else on one."""
    pad, inner = "  " * depth, "  " * (depth + 1)
    if isinstance(value, dict) and depth < 3 and value:
        items = [f"{inner}{json.dumps(key)}: {text_of(item, depth + 1)}" for key, item in value.items()]
        return "{\n" + ",\n".join(items) + f"\n{pad}}}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(inner + text_of(item, depth + 1) for item in value) + f"\n{pad}]"
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
