"""Waits until a started server answers, or explains why it does not."""

from __future__ import annotations

import http.client
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

from launcher.problems import CRASHED, USAGE, Problem

POLL_SECONDS = 0.05
READY = b"lockstep: ready"
PORT_TAKEN = 75
TAIL_LINES = 20


class PortTaken(Exception):
    """Another process took the port between choosing and binding it."""


def wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path, seconds: float) -> None:
    """Waits until the process itself says that it listens and the URL answers 200."""
    deadline = time.monotonic() + seconds
    while not (READY in log.read_bytes() and answers(url)):
        if process.poll() is not None:
            raise crash(process.returncode, log)
        if time.monotonic() > deadline:
            raise Problem(CRASHED, f"{url} did not answer within {seconds:g} s; see {log}:\n{tail(log)}")
        time.sleep(POLL_SECONDS)


def answers(url: str, seconds: float = 2.0) -> bool:
    """Tells whether a GET of the URL is answered with 200; goes past any HTTP proxy of the environment."""
    target = urlsplit(url)
    connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=seconds)
    try:
        connection.request("GET", target.path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def crash(code: int, log: Path) -> Exception:
    """Explains why a server ended before it was ready."""
    if code == PORT_TAKEN:
        return PortTaken()
    if code == USAGE:
        return Problem(USAGE, f"the engine refused the launch (log: {log})\n{tail(log)}")
    ended = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
    return Problem(CRASHED, f"the server {ended} before it was ready; the end of {log}:\n{tail(log)}")


def tail(log: Path) -> str:
    """Returns the last lines of a log."""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-TAIL_LINES:])
