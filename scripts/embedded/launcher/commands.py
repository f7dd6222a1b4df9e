"""Runs the tools that an install needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Sequence

from launcher.problems import MISSING, Problem

TIMEOUT_SECONDS = 900
LAST_LINES = 12


def run(command: Sequence[str | Path], folder: Path | None = None) -> None:
    """Runs one command to its end; its failure is a Problem that shows the command's last lines."""
    words = [str(word) for word in command]
    progress("running: " + " ".join(words))
    try:
        done = subprocess.run(
            words,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=quiet_environment(),
            timeout=TIMEOUT_SECONDS,
        )
    except FileNotFoundError:
        raise Problem(MISSING, f"command not found: {words[0]}; install it, then run this again") from None
    except subprocess.TimeoutExpired:
        raise Problem(
            MISSING,
            f"command took more than {TIMEOUT_SECONDS} s: {' '.join(words)}; look at the network, then run this again",
        ) from None
    if done.returncode:
        raise Problem(MISSING, failure(words, done.returncode, done.stdout.decode(errors="replace")))


def failure(words: list[str], code: int, output: str) -> str:
    """Says which command failed, and how it ended in its own words: those are what must be mended."""
    lines = output.rstrip().splitlines()[-LAST_LINES:]
    return f"command failed with exit code {code}: {' '.join(words)}\n" + "\n".join("  " + line for line in lines)


def quiet_environment() -> dict[str, str]:
    """Gives the environment without pip's remark about newer versions of itself."""
    return {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def progress(message: str) -> None:
    """Tells the user what goes on."""
    print(message, file=sys.stderr, flush=True)
