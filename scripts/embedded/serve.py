"""Serves one GGUF model on 127.0.0.1 with the llama.cpp server of the wheel xllamacpp.

The whole launch is one command-line argument on purpose: what the process was started with can then be read
back from the operating system (/proc/<pid>/cmdline) instead of being believed.

usage: serve.py --port N --launch '{"model.path": "/abs/model.gguf", "n_ctx": 4096, ...}'
exit:  64 wrong launch · 75 the port is taken · 1 the server refused to start (its log says why)
"""

from __future__ import annotations

import argparse
import difflib
import enum
import json
import os
import signal
import socket
import sys
import time
from typing import Any, Iterator

USAGE, PORT_TAKEN, REFUSED = 64, 75, 1
OWNED = ("port", "hostname", "hostnames")
READY = "lockstep: ready"
QUIET, LONGEST_LOG = 0.3, 5.0  # seconds


class LaunchError(Exception):
    """A launch that cannot be applied; its text names each wrong parameter."""


def main(arguments: list[str]) -> int:
    """Starts the server and waits for a signal."""
    options = parse(arguments)
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # read when the extension module is loaded
    import xllamacpp

    params = xllamacpp.CommonParams()
    apply(json_object(options.launch), params, xllamacpp)
    listen_on_loopback(params, options.port)
    if not is_free(options.port):
        print(f"lockstep: port {options.port} of 127.0.0.1 is taken; choose another", flush=True)
        return PORT_TAKEN
    try:
        server = xllamacpp.Server(params)
    except RuntimeError as refusal:
        let_the_log_be_written()
        print(f"lockstep: the server did not start: {refusal}", flush=True)
        return REFUSED
    print(f"{READY} {server.listening_address}", flush=True)
    wait_for_signal()
    return 0


def let_the_log_be_written() -> None:
    """Waits until the log stands still: the engine writes it from a thread of its own, which would die in mid-sentence."""
    size, still_since, deadline = -1, time.monotonic(), time.monotonic() + LONGEST_LOG
    while time.monotonic() < min(deadline, still_since + QUIET):
        now = os.fstat(sys.stdout.fileno()).st_size
        if now != size:
            size, still_since = now, time.monotonic()
        time.sleep(0.01)


def wait_for_signal() -> None:
    """Sleeps until Ctrl-C; SIGTERM keeps its default action and ends the process at once."""
    try:
        signal.pause()
    except KeyboardInterrupt:
        pass


def parse(arguments: list[str]) -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Serves one GGUF model on 127.0.0.1.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--launch", required=True, help="JSON object: CommonParams attribute path -> value")
    return parser.parse_args(arguments)


def json_object(text: str) -> dict[str, Any]:
    """Parses the launch argument."""
    try:
        value = json.loads(text)
    except ValueError as error:
        raise LaunchError(f"--launch: not JSON: {error}") from None
    if not isinstance(value, dict):
        raise LaunchError(f"--launch: expected a JSON object, got {type(value).__name__}")
    return value


def apply(launch: dict[str, Any], params: Any, module: Any) -> None:
    """Sets every parameter, or reports all the wrong ones at once."""
    known = dict(attributes(params, module))
    problems = [problem for path in sorted(launch) if (problem := set_one(path, launch[path], params, known, module))]
    if problems:
        raise LaunchError("\n".join(problems))


def attributes(owner: Any, module: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yields the path and the default of every settable attribute, nested ones with dots."""
    for name in sorted(dir(owner)):
        if name.startswith("_"):
            continue
        value = getattr(owner, name)
        if is_group(value, module):
            yield from attributes(value, module, f"{prefix}{name}.")
        elif not callable(value):
            yield prefix + name, value


def is_group(value: Any, module: Any) -> bool:
    """Tells a group of attributes (params.sampling) from a value."""
    return type(value).__module__.startswith(module.__name__) and not isinstance(value, enum.Enum)


def set_one(path: str, value: Any, params: Any, known: dict[str, Any], module: Any) -> str | None:
    """Sets one parameter; returns what is wrong with it, if anything."""
    if path in OWNED:
        return f"parameter '{path}': the server always listens on 127.0.0.1 and on --port; remove it"
    if path not in known:
        return unknown(path, known)
    try:
        owner, name = owner_of(path, params)
        setattr(owner, name, converted(value, known[path], path, module))
    except (TypeError, ValueError, OverflowError, AssertionError) as error:
        return f"parameter '{path}': value {json.dumps(value)} does not fit: {error or 'wrong shape'}"
    return None


def unknown(path: str, known: dict[str, Any]) -> str:
    """Says that a parameter does not exist and which one may be meant."""
    parts = [name for name in known if name.startswith(path + ".")]
    if parts:
        return f"parameter '{path}': is a group; name its parameters one by one: {', '.join(parts)}"
    nearest = difflib.get_close_matches(path, known, n=1, cutoff=0.0)[0]
    return f"parameter '{path}': unknown to this engine; nearest: {nearest}"


def owner_of(path: str, params: Any) -> tuple[Any, str]:
    """Finds the object that holds the last name of a dotted path."""
    *groups, name = path.split(".")
    for group in groups:
        params = getattr(params, group)
    return params, name


def converted(value: Any, default: Any, path: str, module: Any) -> Any:
    """Turns a JSON value into what the attribute takes, refusing what would be changed silently."""
    if path == "lora_adapters":
        return [lora_adapter(item, module) for item in value]
    if isinstance(default, enum.Enum):
        return enum_number(value, type(default))
    if isinstance(default, bool) != isinstance(value, bool):
        raise TypeError(f"expected {json_type(default)}")
    if isinstance(default, float) and isinstance(value, int):
        return float(value)
    if isinstance(default, set) and isinstance(value, list):
        return set(value)
    if isinstance(default, dict) and not all(isinstance(text, str) for text in dict(value).values()):
        raise TypeError("expected an object whose values are strings")
    if not isinstance(value, type(default)):
        raise TypeError(f"expected {json_type(default)}")
    return value


def enum_number(value: Any, kind: type[enum.Enum]) -> int:
    """Checks that a number is a member of an engine enumeration."""
    members = {member.value: member.name for member in kind}
    if type(value) is not int or value not in members:
        raise ValueError(
            "expected one of " + ", ".join(f"{number} ({name})" for number, name in sorted(members.items()))
        )
    return value


def lora_adapter(item: Any, module: Any) -> Any:
    """Builds one LoRA adapter from {"path": ..., "scale": ...}."""
    if not isinstance(item, dict) or not isinstance(item.get("path"), str) or set(item) - {"path", "scale"}:
        raise TypeError('expected {"path": "/abs/adapter.gguf", "scale": 1.0}')
    return module.CommonAdapterLoraInfo(item["path"], float(item.get("scale", 1.0)))


def json_type(default: Any) -> str:
    """Names the JSON type that an attribute takes."""
    names = {bool: "true or false", int: "an integer", float: "a number", str: "a string", dict: "an object"}
    return names.get(type(default), "an array")


def listen_on_loopback(params: Any, port: int) -> None:
    """Binds the server to 127.0.0.1, under the name that this engine version uses."""
    params.port = port
    if hasattr(params, "hostnames"):
        params.hostnames = ["127.0.0.1"]
    else:
        params.hostname = "127.0.0.1"


def is_free(port: int) -> bool:
    """Tells whether the port can be bound; the server itself fails without a word."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except LaunchError as error:
        print(f"lockstep: {error}", file=sys.stderr, flush=True)
        sys.exit(USAGE)
