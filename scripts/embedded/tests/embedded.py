"""What the tests of the embedded stack share: launches, questions, pictures, and a home for each test.

usage: python3 -m unittest discover -s scripts/embedded/tests

LOCKSTEP_TEST_HOME=DIR keeps and uses again the installed engines, tools and models below DIR (else a temporary folder).
"""

from __future__ import annotations

import atexit
import base64
import json
import os
import struct
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request
import zlib
from pathlib import Path
from typing import Any

sys.dont_write_bytecode = True
SCRIPTS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(SCRIPTS))

from launcher import states

MODEL = SCRIPTS.parent.parent / "baselines" / "tiny-qwen3-vl" / "model"
ENGINE, UPGRADE, OTHER_ARITHMETIC = "2026.10.11549", "2026.9.11063", "2026.6.9713"
TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Get the weather for a city",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


def shared_installs() -> Path:
    """Returns the folder of what all tests share; one of our own goes when they end."""
    if "LOCKSTEP_TEST_HOME" in os.environ:
        folder = Path(os.environ["LOCKSTEP_TEST_HOME"]).absolute()
    else:
        temporary = tempfile.TemporaryDirectory(prefix="lockstep-")
        atexit.register(temporary.cleanup)
        folder = Path(temporary.name)
    for name in ("engines", "wheels", "tools", "models"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return folder


BASE = shared_installs()


def exact(**changes: Any) -> dict[str, Any]:
    """Gives the launch of the exact profile with some keys changed."""
    params = {
        "model.path": str(MODEL / "tinyvl-F16.gguf"),
        "mmproj.path": str(MODEL / "mmproj-tinyvl-F16.gguf"),
        "n_ctx": 4096,
        "n_parallel": 1,
        "cpuparams.n_threads": 1,
        "cpuparams_batch.n_threads": 1,
        "use_jinja": True,
        "endpoint_props": True,
        "endpoint_metrics": True,
        "endpoint_slots": True,
        "model_alias": ["tiny-qwen3-vl"],
    }
    params.update(changes.pop("params", {}))
    return {"package": "xllamacpp", "version": ENGINE, "opaque": False, "params": params, **changes}


def text_only(**changes: Any) -> dict[str, Any]:
    """Gives the exact launch without the projector."""
    launch = exact(**changes)
    del launch["params"]["mmproj.path"]
    return launch


def ask(url: str, content: Any, **more: Any) -> dict[str, Any]:
    """Sends one greedy chat request."""
    body = {
        "messages": [{"role": "user", "content": content}],
        "temperature": 0,
        "max_tokens": 32,
        "cache_prompt": False,
        "logprobs": True,
        "top_logprobs": 5,
        **more,
    }
    answer: dict[str, Any] = json.loads(fetch(url + "/v1/chat/completions", body)[2])
    return answer


def fetch(url: str, body: Any = None, method: str | None = None) -> tuple[int, dict[str, str], bytes]:
    """Sends one request past any HTTP proxy."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def text_of(answer: dict[str, Any]) -> str:
    """Returns the answer's text."""
    return str(answer["choices"][0]["message"]["content"])


def logprobs_of(answer: dict[str, Any]) -> list[tuple[int, float]]:
    """Returns token ids with their log probabilities."""
    return [(token["id"], token["logprob"]) for token in answer["choices"][0]["logprobs"]["content"]]


def frame(x: int) -> bytes:
    """Paints a red square on light grey, 96 x 96 RGB."""
    row = b"".join(b"\xdc\x1e\x1e" if abs(column - x) <= 12 else b"\xeb\xeb\xeb" for column in range(96))
    return b"".join(row if abs(line - 48) <= 12 else b"\xeb\xeb\xeb" * 96 for line in range(96))


def png(rgb: bytes) -> str:
    """Writes a 96 x 96 picture as a data URI."""
    lines = b"".join(b"\0" + rgb[start : start + 288] for start in range(0, len(rgb), 288))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 96, 96, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines)),
        (b"IEND", b""),
    )
    coded = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + coded).decode()


class StackTest(unittest.TestCase):
    """Gives each test a home of its own over the shared installs."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="lockstep-home-")
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        for name in ("engines", "wheels", "tools", "models"):
            (self.home / name).symlink_to(BASE / name)
        self.addCleanup(self.end_stacks)

    def end_stacks(self) -> None:
        """Ends what a test left running."""
        if states.names(self.home):
            self.stack("down", "--all")

    def command(self, *words: str) -> list[str]:
        """Builds a launcher command line; the subcommand takes the home."""
        return [sys.executable, str(SCRIPTS / "stack.py"), words[0], "--home", str(self.home), *words[1:]]

    def stack(self, *words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Runs the launcher."""
        return subprocess.run(self.command(*words), text=True, capture_output=True, timeout=600, env=env)

    def launch_file(self, name: str, launch: Any) -> str:
        """Writes a launch file."""
        path = self.home / f"{name}.json"
        path.write_text(launch if isinstance(launch, str) else json.dumps(launch))
        return str(path)

    def try_up(
        self, name: str, launch: Any, *more: str, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Runs `up`."""
        return self.stack("up", "--name", name, "--launch", self.launch_file(name, launch), *more, env=env)

    def up(self, name: str, launch: Any, env: dict[str, str] | None = None) -> dict[str, Any]:
        """Runs `up`, which must succeed."""
        done = self.try_up(name, launch, env=env)
        self.assertEqual(0, done.returncode, done.stderr)
        state: dict[str, Any] = json.loads(done.stdout)
        return state

    def assert_fails(self, code: int, text: str, done: subprocess.CompletedProcess[str]) -> None:
        """Asserts an explained failure."""
        self.assertEqual((code, ""), (done.returncode, done.stdout), done.stderr)
        self.assertIn(text, done.stderr)
        self.assertNotIn("Traceback", done.stderr)
