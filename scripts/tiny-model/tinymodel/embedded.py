"""The launcher of the embedded stack: starts a model on this machine and stops it again."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tinymodel.drifts.drift import PROJECTOR, TEXT, Launch
from tinymodel.places import BASELINES, REPOSITORY
from tinymodel.weights import ModelError

REFUSED = 1


class Refused(Exception):
    """The engine did not start with this launch."""


def exact_profile() -> dict[str, Any]:
    """The launch of the exact profile, as the stack of the base has it."""
    file = BASELINES / "tiny-qwen3-vl" / "stack.yaml"
    launch: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))["launch"]
    return launch


def stack_of(text: Path, projector: Path) -> dict[str, str]:
    """What answers came from: the version of the engine and the SHA-256 of both model files."""
    digests = [hashlib.sha256(file.read_bytes()).hexdigest() for file in (text, projector)]
    return {"engine": exact_profile()["version"], "text": digests[0], "projector": digests[1]}


def exact_launch(text: Path, projector: Path, changes: Launch | None = None) -> dict[str, Any]:
    """The exact profile with these model files, and some parameters changed."""
    profile = exact_profile()
    files = {TEXT: str(text.absolute()), PROJECTOR: str(projector.absolute())}
    return {**profile, "params": {**profile["params"], **files, **(changes or {})}}


@dataclass(frozen=True)
class Embedded:
    """The launcher with its home."""

    home: Path

    def call(self, command: str, *words: str) -> Any:
        """Runs one command of the launcher and returns its answer; its progress goes to the error stream."""
        launcher = REPOSITORY / "scripts" / "embedded" / "stack.py"
        line = [sys.executable, str(launcher), command, "--home", str(self.home), *words]
        done = subprocess.run(line, capture_output=True, text=True)
        if done.returncode == REFUSED:
            raise Refused(done.stderr.strip())
        if done.returncode:
            raise ModelError(f"{' '.join(line)} ended with exit code {done.returncode}: {done.stderr.strip()}")
        return json.loads(done.stdout)

    @contextmanager
    def up(self, name: str, launch: Mapping[str, Any]) -> Iterator[str]:
        """Serves a launch inside the block; gives its URL."""
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(launch, file)
            file.flush()
            state = self.call("up", "--name", name, "--launch", file.name)
        try:
            yield state["url"]
        finally:
            self.call("down", "--name", name)
