"""Reads the file that says what a stack is to be started with."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from launcher.installs import ENGINE_PACKAGE
from launcher.problems import USAGE, Problem

KEYS = {"package": str, "version": str, "opaque": bool, "params": dict, "engineDir": str}
JSON_TYPES = {str: "a string", bool: "true or false", dict: "an object"}
REQUIRED = ("package", "version", "params")
FILE_PARAMETERS = ("model.path", "mmproj.path")


@dataclass(frozen=True)
class Launch:
    """What a stack is started with, as asked for."""

    version: str
    opaque: bool
    params: dict[str, Any]
    engine_dir: str | None

    def model_files(self) -> dict[str, str]:
        """Maps each model file to its size and modification time, to notice one that changed under a running stack."""
        adapters = [adapter["path"] for adapter in self.params.get("lora_adapters", [])]
        paths = [self.params[key] for key in FILE_PARAMETERS if key in self.params] + adapters
        return {path: f"{os.stat(path).st_size}:{os.stat(path).st_mtime_ns}" for path in paths}


def read(file: Path) -> Launch:
    """Reads and checks a launch file; reports all its mistakes at once."""
    value = parsed(file)
    problems = shape_problems(value) or path_problems(value)
    if problems:
        raise Problem(USAGE, "\n".join(f"{file}: {problem}" for problem in problems))
    return Launch(value["version"], value.get("opaque", False), value["params"], value.get("engineDir"))


def parsed(file: Path) -> Any:
    """Parses the file."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Problem(USAGE, f"{file}: {error.strerror}; name a readable launch file") from None
    except ValueError as error:
        raise Problem(USAGE, f"{file}: not JSON: {error}; write it as one JSON object") from None


def shape_problems(value: Any) -> list[str]:
    """Checks the keys and their types."""
    if not isinstance(value, dict):
        return [f"expected a JSON object with the keys {', '.join(REQUIRED)}"]
    problems = [f"key '{key}': unknown; known: {', '.join(KEYS)}" for key in value if key not in KEYS]
    problems += [f"key '{key}': missing; it takes {JSON_TYPES[KEYS[key]]}" for key in REQUIRED if key not in value]
    problems += [
        f"key '{key}': {json.dumps(value[key])} does not fit: expected {JSON_TYPES[kind]}"
        for key, kind in KEYS.items()
        if key in value and not isinstance(value[key], kind)
    ]
    if value.get("package", ENGINE_PACKAGE) != ENGINE_PACKAGE:
        problems.append(f"key 'package': {json.dumps(value['package'])} is not known; expected \"{ENGINE_PACKAGE}\"")
    return problems


def path_problems(value: dict[str, Any]) -> list[str]:
    """Checks that every file that the launch names exists."""
    params = value["params"]
    paths = {f"params.{key}": params[key] for key in FILE_PARAMETERS if key in params}
    adapters = params.get("lora_adapters", [])
    if not isinstance(adapters, list) or not all(isinstance(adapter, dict) for adapter in adapters):
        return ['key \'params.lora_adapters\': expected an array of {"path": ..., "scale": ...}']
    paths.update({f"params.lora_adapters[{i}].path": adapter.get("path") for i, adapter in enumerate(adapters)})
    problems = [] if "model.path" in params else ["key 'params.model.path': missing; name the GGUF file to serve"]
    return problems + [f"key '{key}': {problem}" for key, path in paths.items() if (problem := file_problem(path))]


def file_problem(path: Any) -> str | None:
    """Says what is wrong with one named file, if anything."""
    if not isinstance(path, str) or not os.path.isabs(path):
        return f"{json.dumps(path)} is not an absolute path"
    if not os.path.isfile(path):
        return f"file {path} does not exist; name a GGUF file"
    return None
