"""File locks between launchers that run at the same time."""

from __future__ import annotations

import fcntl
import time
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Iterator

from launcher.problems import MISSING, Problem

WAIT_SECONDS = 900.0


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Holds the lock file `path`; the operating system frees it when the process ends, however it ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a") as handle:
        wait_for(handle, path)
        yield


def wait_for(handle: IO[str], path: Path) -> None:
    """Waits until the lock is ours."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise Problem(
                    MISSING, f"{path}: another launcher held this lock for {WAIT_SECONDS:.0f} s; end it"
                ) from None
            time.sleep(0.05)
