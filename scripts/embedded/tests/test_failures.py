"""What a user gets to read when a start or an install fails."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
import unittest
from typing import Any

from embedded import ENGINE, MODEL, StackTest, exact, text_only
from launcher import processes, states


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
            (
                "{",
                ": not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1);"
                " write it as one JSON object",
            ),
            ("[]", ": expected a JSON object with the keys package, version, params"),
            (
                exact(params={"model.path": "/nope.gguf"}),
                ": key 'params.model.path': file /nope.gguf does not exist; name a GGUF file",
            ),
            (exact(params={"mmproj.path": "x"}), ": key 'params.mmproj.path': \"x\" is not an absolute path"),
            (exact(extra=1), ": key 'extra': unknown; known: package, version, opaque, params, engineDir"),
            (exact(opaque="yes"), ": key 'opaque': \"yes\" does not fit: expected true or false"),
            ({"version": "1"}, ": key 'package': missing; it takes a string"),
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
        (self.home / "wheels").unlink()
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


if __name__ == "__main__":
    unittest.main()
