#!/usr/bin/env python3
"""Installs and runs the embedded inference stack: a real llama.cpp server with a small model, on this machine.

  stack.py up      --home DIR --name NAME --launch FILE [--timeout SECONDS]
  stack.py down    --home DIR (--name NAME | --all)
  stack.py status  --home DIR
  stack.py install --home DIR (--engine VERSION | --tools | --ffmpeg | --smollm2)

The result is one JSON document on stdout; progress and errors go to stderr.
Exit codes: 0 done · 1 the server crashed or is not healthy · 64 wrong usage · 69 a prerequisite is missing · 70 a bug.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 10) or sys.platform == "win32":
    print(
        "stack.py needs Python 3.10 or newer on Linux or macOS; this is Python %d.%d on %s (%s)."
        % (sys.version_info[0], sys.version_info[1], sys.platform, sys.executable),
        file=sys.stderr,
    )
    sys.exit(69)

sys.dont_write_bytecode = True

import argparse
import json
import signal
import traceback
from pathlib import Path
from typing import Any, NoReturn

from launcher import installs, stacks, states, video
from launcher.problems import BUG, MISSING, USAGE, Problem


class Parser(argparse.ArgumentParser):
    """A command-line parser whose mistakes end with exit code 64."""

    def error(self, message: str) -> NoReturn:
        """Reports wrong usage."""
        raise Problem(USAGE, f"{message}\n{self.format_usage().rstrip()}")


def parser() -> Parser:
    """Describes the command line."""
    top = Parser(prog="stack.py", description="Installs and runs the embedded inference stack.")
    commands = top.add_subparsers(dest="command", required=True)
    add_up(commands)
    add_down(commands)
    add_command(commands, "status", "list the stacks", lambda options: stacks.status(options.home))
    add_install(commands)
    return top


def add_command(commands: Any, name: str, text: str, action: Any) -> argparse.ArgumentParser:
    """Adds one subcommand; each needs a home folder."""
    command: argparse.ArgumentParser = commands.add_parser(name, help=text)
    command.add_argument("--home", required=True, type=absolute, metavar="DIR")
    command.set_defaults(action=action)
    return command


def absolute(text: str) -> Path:
    """Reads a path that may be relative."""
    return Path(text).absolute()


def add_up(commands: Any) -> None:
    """Describes `up`."""
    command = add_command(
        commands,
        "up",
        "start a stack",
        lambda options: stacks.up(options.home, options.name, options.launch, options.timeout),
    )
    command.add_argument("--name", required=True)
    command.add_argument(
        "--launch", required=True, type=Path, metavar="FILE", help="JSON: package, version, opaque, params"
    )
    command.add_argument("--timeout", type=float, default=60.0, metavar="SECONDS", help="wait for health (default 60)")


def add_down(commands: Any) -> None:
    """Describes `down`."""
    command = add_command(
        commands,
        "down",
        "end stacks",
        lambda options: stacks.down(options.home, [options.name] if options.name else states.names(options.home)),
    )
    which = command.add_mutually_exclusive_group(required=True)
    which.add_argument("--name")
    which.add_argument("--all", action="store_true")


def add_install(commands: Any) -> None:
    """Describes `install`."""
    command = add_command(commands, "install", "install one thing", install)
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("--engine", metavar="VERSION")
    what.add_argument("--tools", action="store_true", help="what variants.py needs")
    what.add_argument("--ffmpeg", action="store_true")
    what.add_argument("--smollm2", action="store_true", help="a second, larger text model")


def install(options: argparse.Namespace) -> dict[str, str]:
    """Installs what the options name."""
    if options.smollm2:
        return {"gguf": str(installs.smollm2(options.home))}
    if options.tools:
        return {"dir": str(installs.tools(options.home))}
    if options.ffmpeg:
        return {"dir": str(video.install(options.home))}
    return {"dir": str(installs.engine(options.home, options.engine))}


def main(arguments: list[str]) -> int:
    """Runs one command and turns every failure into its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # unwinds, so that nothing keeps running
    try:
        options = parser().parse_args(arguments)
        print_json(options.action(options))
        return 0
    except Problem as problem:
        return failed(str(problem), problem.exit_code)
    except OSError as error:
        return failed(f"{error.filename or 'system'}: {error.strerror or error}", MISSING)
    except KeyboardInterrupt:
        return failed("interrupted", 128 + signal.SIGINT)
    except Exception as error:
        traceback.print_exc()
        return failed(f"this is a bug: {error}", BUG)


def print_json(result: Any) -> None:
    """Prints the result in UTF-8 whatever the locale."""
    sys.stdout.buffer.write((json.dumps(result, indent=2, ensure_ascii=False) + "\n").encode())
    sys.stdout.flush()


def failed(message: str, exit_code: int) -> int:
    """Reports a failure."""
    print(f"stack.py: {message}", file=sys.stderr)
    return exit_code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
