"""Finds the interpreter of an engine and asks the engine about itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

from launcher import installs
from launcher.installs import ENGINE_PACKAGE
from launcher.launches import Launch
from launcher.problems import MISSING, USAGE, Problem

QUESTION_SECONDS = 60


def python_for(launch: Launch, home: Path) -> Path:
    """Returns the interpreter that has the engine, pinned or named by the launch."""
    if launch.engine_dir is None:
        return installs.python_of(installs.engine(home, launch.version))
    python = installs.python_of(Path(launch.engine_dir))
    claimed = ask(python, f"import importlib.metadata as m; print(m.version('{ENGINE_PACKAGE}'))")
    if claimed != launch.version:
        raise Problem(
            USAGE,
            f"key 'engineDir': {launch.engine_dir} claims {ENGINE_PACKAGE} {claimed},"
            f" but key 'version' says {launch.version}",
        )
    return python


def has_parameter(python: Path, name: str) -> bool:
    """Tells whether the engine knows a launch parameter; older versions know fewer."""
    return ask(python, f"import {ENGINE_PACKAGE} as x; print(hasattr(x.CommonParams, '{name}'))") == "True"


def ask(python: Path, question: str) -> str:
    """Runs one line of Python in the engine's environment and returns what it prints."""
    try:
        done = subprocess.run([str(python), "-I", "-c", question], capture_output=True, timeout=QUESTION_SECONDS)
    except OSError as error:
        raise Problem(
            USAGE, f"cannot run {python}: {error.strerror}; name a virtual environment with an engine"
        ) from None
    except subprocess.TimeoutExpired:
        raise Problem(
            MISSING, f"{python}: the engine took more than {QUESTION_SECONDS} s to load; free the machine"
        ) from None
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise Problem(
            MISSING,
            f"{python}: the engine cannot be imported: {''.join(last)};"
            f" delete {python.parent.parent} to have it installed anew",
        )
    return done.stdout.decode().strip()
