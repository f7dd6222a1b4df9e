"""Brings stacks up and down: an engine process, and a proxy before it when the stack is opaque."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Sequence

from launcher import engines, health, installs, launches, processes, states, video
from launcher.commands import progress
from launcher.launches import Launch
from launcher.locks import exclusive
from launcher.problems import CRASHED, USAGE, Problem

SCRIPTS = Path(__file__).resolve().parent.parent
PORT_ATTEMPTS = 5
PROXY_SECONDS = 20.0
REUSE_SECONDS = 5.0


@dataclass(frozen=True)
class Started:
    """A process that listens."""

    pid: int
    start_time: str | None
    port: int

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"


def up(home: Path, name: str, file: Path, seconds: float) -> dict[str, Any]:
    """Starts a stack, or returns the running one when it was started with the same launch."""
    launch = launches.read(file)
    with exclusive(states.folder(home, name) / "lock"):
        state = states.read(home, name)
        if state and states.is_alive(state):
            return reused(state, launch)
        if state:
            progress(f"stack '{name}': its processes are gone or incomplete; starting it anew")
            end(home, state)
        return start(home, name, launch, seconds)


def reused(state: dict[str, Any], launch: Launch) -> dict[str, Any]:
    """Returns a running stack if it is the one asked for and healthy."""
    name = state["name"]
    remedy = f"stop it first with `lockstep stack down {name}`"
    different = differences(state, launch)
    if different:
        raise Problem(USAGE, f"stack '{name}' is up with another launch ({', '.join(different)}); {remedy}")
    if not health.answers(state["engineUrl"] + "/health", REUSE_SECONDS):
        raise Problem(CRASHED, f"stack '{name}' is up but {state['engineUrl']}/health does not answer; {remedy}")
    return {**state, "reused": True}


def differences(state: dict[str, Any], launch: Launch) -> list[str]:
    """Names what a running stack was started with that is not what is asked for now."""
    now, then = dict(launch.params), dict(state["launch"])
    if video.PARAMETER not in now:
        then.pop(video.PARAMETER, None)  # set by the launcher, not by the user
    keys = [f"params.{key}" for key in sorted({*now, *then}) if now.get(key) != then.get(key)]
    asked = {"version": launch.version, "opaque": launch.opaque, "engineDir": launch.engine_dir}
    keys += [key for key, value in asked.items() if state.get(key) != value]
    return keys or [
        f"file {path} changed" for path, mark in launch.model_files().items() if state["files"].get(path) != mark
    ]


def start(home: Path, name: str, launch: Launch, seconds: float) -> dict[str, Any]:
    """Installs what is missing and starts the processes."""
    folder = states.folder(home, name)
    python = engines.python_for(launch, home)
    tools = video.resolve(launch.params, home, python)
    params = {**launch.params, **tools.parameters}
    state: dict[str, Any] = {
        "name": name,
        "ready": False,
        "launch": params,
        "package": installs.ENGINE_PACKAGE,
        "version": launch.version,
        "opaque": launch.opaque,
        "engineDir": launch.engine_dir,
        "files": launch.model_files(),
        "log": str(folder / "server.log"),
        "video": tools.tools,
    }
    if tools.hint:
        state["videoHint"] = tools.hint
    return start_processes(home, state, python, seconds)


def start_processes(home: Path, state: dict[str, Any], python: Path, seconds: float) -> dict[str, Any]:
    """Starts engine and proxy; whatever goes wrong on the way, nothing keeps running."""
    progress(f"stack '{state['name']}': starting {state['package']} {state['version']}")
    try:
        start_engine(home, state, python, seconds)
        if state["opaque"]:
            start_proxy(home, state)
    except BaseException:
        end(home, state)
        raise
    state["ready"] = True
    states.write(home, state)
    progress(f"stack '{state['name']}': ready at {state['url']}")
    return state


def start_engine(home: Path, state: dict[str, Any], python: Path, seconds: float) -> None:
    """Starts the engine's server."""
    launch = json.dumps(state["launch"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    command: list[str | Path] = [python, "-I", SCRIPTS / "serve.py", "--launch", launch]

    def note(engine: Started) -> None:
        state.update(
            url=engine.url,
            port=engine.port,
            engineUrl=engine.url,
            pid=engine.pid,
            startTime=engine.start_time,
            proxyPid=None,
        )
        states.write(home, state)  # a launcher that is killed now leaves a stack that the next one can end

    listen(command, Path(state["log"]), "/health", seconds, note)


def start_proxy(home: Path, state: dict[str, Any]) -> None:
    """Starts the proxy before the engine; from then on the stack's URL is the proxy's."""
    command: list[str | Path] = [sys.executable, "-I", SCRIPTS / "opaque_proxy.py", "--upstream", state["engineUrl"]]

    def note(proxy: Started) -> None:
        state.update(url=proxy.url, port=proxy.port, proxyPid=proxy.pid, proxyStartTime=proxy.start_time)
        states.write(home, state)

    listen(command, Path(state["log"]).with_name("proxy.log"), "/v1/models", PROXY_SECONDS, note)


def listen(
    command: Sequence[str | Path], log: Path, probe: str, seconds: float, note: Callable[[Started], None]
) -> None:
    """Starts a process on a free port and waits until it answers; another port when this one was taken meanwhile."""
    for _ in range(PORT_ATTEMPTS):
        port = processes.free_port()
        process = spawn([*command, "--port", str(port)], log)
        started = Started(process.pid, processes.start_time(process.pid), port)
        note(started)
        try:
            return health.wait_until_ready(process, started.url + probe, log, seconds)
        except health.PortTaken:
            progress(f"port {port} was taken meanwhile; trying another")
    raise Problem(CRASHED, f"no free port of 127.0.0.1 after {PORT_ATTEMPTS} attempts; try again")


def spawn(command: Sequence[str | Path], log: Path) -> subprocess.Popen[bytes]:
    """Starts a process, or says why the operating system refuses."""
    try:
        return processes.start(command, log)
    except OSError as error:
        raise Problem(
            USAGE,
            f"cannot start {command[0]}: {error.strerror} ({sum(len(str(w)) for w in command)} bytes"
            " of arguments; one argument holds at most 131071 on Linux)",
        ) from None


def down(home: Path, names: Sequence[str]) -> list[dict[str, Any]]:
    """Ends the named stacks; returns those that were running."""
    return [one for name in names if (one := down_one(home, name))]


def down_one(home: Path, name: str) -> dict[str, Any] | None:
    """Ends one stack."""
    if not states.folder(home, name).is_dir():
        return None
    with exclusive(states.folder(home, name) / "lock"):
        state = states.read(home, name)
        signals = end(home, state) if state else []
    return {"name": name, "pid": state["pid"], "signal": signals[-1]} if state and any(signals) else None


def end(home: Path, state: dict[str, Any]) -> list[str | None]:
    """Ends the processes of a stack and forgets it."""
    signals = [processes.end(*process) for process in states.processes(state)] if "pid" in state else []
    states.remove(home, state["name"])
    return signals


def status(home: Path) -> list[dict[str, Any]]:
    """Lists all stacks with their state and whether they live."""
    known = [states.read(home, name) for name in states.names(home)]
    return [{**state, "alive": states.is_alive(state)} for state in known if state]
