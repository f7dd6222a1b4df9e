"""Starts, recognises and ends the processes of a stack."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Sequence

POLL_SECONDS = 0.05
TERM_SECONDS = 10.0
STEERING = ("GGML_", "GOMP_", "HF_", "KMP_", "LLAMA_", "OMP_", "PYTHON")


def start(command: Sequence[str | Path], log: Path) -> subprocess.Popen[bytes]:
    """Starts a process in a session of its own, its output in the log, and nothing of ours open in it."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "wb") as output:
        return subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment(),
            start_new_session=True,
        )


def environment() -> dict[str, str]:
    """Gives the environment without variables that steer an engine past its launch, and one OpenMP thread."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(STEERING)}
    return {**kept, "OMP_NUM_THREADS": "1"}


def free_port() -> int:
    """Asks the operating system for a port of 127.0.0.1 that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start_time(pid: int) -> str | None:
    """Returns the kernel's start time of a live process (field 22 of /proc/<pid>/stat), where there is one."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]


def runs(pid: int | None, started: str | None, port: int) -> bool:
    """Tells whether a pid still is the process that we started; pids are used again."""
    if pid is None:
        return False
    if os.path.exists("/proc/self/stat"):
        return started is not None and start_time(pid) == started
    command = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], stdout=subprocess.PIPE).stdout
    return command.decode(errors="replace").split()[-2:] == ["--port", str(port)]


def end(pid: int, started: str | None, port: int) -> str | None:
    """Ends one of our processes, gently first; returns the signal that did it, or None if it was gone."""
    if not runs(pid, started, port):
        return None
    send(pid, signal.SIGTERM)
    send(pid, signal.SIGCONT)  # a stopped process takes SIGTERM only when it goes on
    if ended_within(TERM_SECONDS, pid, started, port):
        return "SIGTERM"
    send(pid, signal.SIGKILL)
    ended_within(TERM_SECONDS, pid, started, port)
    return "SIGKILL"


def send(pid: int, number: signal.Signals) -> None:
    """Signals a process that may just have ended."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def ended_within(seconds: float, pid: int, started: str | None, port: int) -> bool:
    """Waits for a process to end."""
    deadline = time.monotonic() + seconds
    while runs(pid, started, port):
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True
