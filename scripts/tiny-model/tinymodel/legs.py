"""Starts the workers of one training leg."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import torch.multiprocessing as multiprocessing

from tinymodel.training import Plan, worker


def run_leg(plan: Plan, folder: Path, start: Path, minutes: float) -> None:
    """Trains for at most so many minutes; two processes of one thread are faster here than one of two threads."""
    os.environ["OMP_NUM_THREADS"] = "1"
    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    multiprocessing.spawn(worker, (plan, folder, start, minutes * 60, port), nprocs=plan.workers)
