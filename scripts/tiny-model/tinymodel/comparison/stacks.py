"""Starts a model on the embedded stack, asks it every prompt and stops it again."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tinymodel.comparison.answers import Answer, ask
from tinymodel.comparison.prompts import Prompt
from tinymodel.drifts.drift import PROJECTOR, TEXT, Base, Launch
from tinymodel.weights import ModelError

REFUSED = 1


class Refused(Exception):
    """The engine did not start with this launch."""


@dataclass(frozen=True)
class Embedded:
    """The launcher of the embedded stack, its home, and the launch of the exact profile."""

    launcher: Path
    home: Path
    exact: Mapping[str, Any]

    @staticmethod
    def of(repository: Path, home: Path) -> Embedded:
        """Reads the exact profile from its stack.yaml."""
        file = repository / "baselines" / "tiny-qwen3-vl" / "stack.yaml"
        launch = yaml.safe_load(file.read_text(encoding="utf-8"))["launch"]
        return Embedded(repository / "scripts" / "embedded" / "stack.py", home, launch)

    def launch(self, base: Base, changes: Launch) -> dict[str, Any]:
        """Returns the launch of the base with some parameters changed."""
        files = {TEXT: str(base.text.absolute()), PROJECTOR: str(base.projector.absolute())}
        return {**self.exact, "params": {**self.exact["params"], **files, **changes}}

    @contextmanager
    def up(self, name: str, launch: Mapping[str, Any]) -> Iterator[str]:
        """Serves a launch inside the block; gives its URL."""
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(launch, file)
            file.flush()
            done = self.call("up", "--name", name, "--launch", file.name)
        try:
            yield json.loads(done)["url"]
        finally:
            self.call("down", "--name", name)

    def call(self, command: str, *words: str) -> str:
        """Runs the launcher and returns what it prints."""
        line = [sys.executable, str(self.launcher), command, "--home", str(self.home), *words]
        done = subprocess.run(line, capture_output=True, text=True)
        if done.returncode == REFUSED:
            raise Refused(done.stderr.strip())
        if done.returncode:
            raise ModelError(f"{' '.join(line)} ended with exit code {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def answers(self, name: str, launch: Mapping[str, Any], prompts: Sequence[Prompt]) -> dict[str, Answer]:
        """Asks all prompts one by one on a server of its own."""
        with self.up(name, launch) as url:
            return {prompt.key: ask(url, prompt.body) for prompt in prompts}
