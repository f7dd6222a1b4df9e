"""The pieces of launcher and server that need no engine."""

from __future__ import annotations

import socket
import subprocess
import unittest
from unittest import mock

import embedded  # noqa: F401, puts the scripts on sys.path
import serve
from launcher import processes


class Processes(unittest.TestCase):
    """What counts as a live process."""

    def test_a_zombie_does_not_run(self) -> None:
        child = subprocess.Popen(["sleep", "60"])
        self.addCleanup(child.wait)
        started = processes.start_time(child.pid)
        self.assertTrue(processes.runs(child.pid, started, 0))
        child.kill()
        self.assertTrue(processes.ended_within(5, child.pid, started, 0))

    def test_elsewhere_the_port_on_its_command_line_tells_it_from_others(self) -> None:
        line = b"/x/python -I /s/serve.py --launch {} --port 4711\n"
        done = subprocess.CompletedProcess([], 0, line)
        with mock.patch("os.path.exists", return_value=False), mock.patch("subprocess.run", return_value=done):
            self.assertTrue(processes.runs(7, None, 4711))
            self.assertFalse(processes.runs(7, None, 471))


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
