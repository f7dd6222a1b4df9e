"""The state file of each stack below the home folder."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from launcher.problems import USAGE, Problem
from launcher.processes import runs

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
NEEDED = ("name", "url", "pid", "startTime", "engineUrl", "proxyPid", "launch", "version", "opaque")


def folder(home: Path, name: str) -> Path:
    """Returns the folder of a stack."""
    if not NAME.fullmatch(name):
        raise Problem(USAGE, f"stack name {name!r}: use letters, digits, '.', '_' and '-', at most 64, no leading sign")
    return home / "stacks" / name


def names(home: Path) -> list[str]:
    """Lists the stacks that have a state file."""
    return sorted(path.parent.name for path in (home / "stacks").glob("*/state.json"))


def read(home: Path, name: str) -> dict[str, Any] | None:
    """Reads the state of a stack, if it has one."""
    path = folder(home, name) / "state.json"
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise Problem(
            USAGE, f"{path}: not JSON: {error}; end the stack's processes by hand and delete the file"
        ) from None
    if not isinstance(state, dict) or any(key not in state for key in NEEDED):
        raise Problem(USAGE, f"{path}: not the state of a stack; end the stack's processes by hand and delete the file")
    return state


def write(home: Path, state: dict[str, Any]) -> None:
    """Writes the state of a stack whole or not at all."""
    path = folder(home, state["name"]) / "state.json"
    partial = path.with_name("state.json.partial")
    partial.write_text(json.dumps(state, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(partial, path)


def remove(home: Path, name: str) -> None:
    """Forgets a stack; its logs stay."""
    (folder(home, name) / "state.json").unlink(missing_ok=True)


def processes(state: dict[str, Any]) -> list[tuple[int, str | None, int]]:
    """Lists pid, start time and port of each process of a stack, the proxy first."""
    engine = (state["pid"], state["startTime"], port_of(state["engineUrl"]))
    if state["proxyPid"] is None:
        return [engine]
    return [(state["proxyPid"], state.get("proxyStartTime"), port_of(state["url"])), engine]


def port_of(url: str) -> int:
    """Returns the port of a URL."""
    return urlsplit(url).port or 0


def is_alive(state: dict[str, Any]) -> bool:
    """Tells whether a stack came up and all its processes still run."""
    return bool(state.get("ready")) and all(runs(*process) for process in processes(state))
