"""The command line: python -m tinymodel COMMAND."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from tinymodel import commands as run
from tinymodel.client import Rejected
from tinymodel.commands import SIBLINGS
from tinymodel.places import BASELINES, MEASURED
from tinymodel.weights import ModelError

USAGE, LONGEST_LEG = 64, 30


def parser() -> argparse.ArgumentParser:
    """Describes the commands."""
    top = argparse.ArgumentParser(prog="tiny-model", description="Makes and measures the tiny Qwen3-VL.")
    commands = top.add_subparsers(dest="command", required=True)
    add_making(commands)
    add_measuring(commands)
    return top


def added(commands: Any, name: str, text: str, action: Any, *paths: str) -> argparse.ArgumentParser:
    """Adds one command with the paths it needs."""
    command = commands.add_parser(name, help=text)
    for path in paths:
        command.add_argument(f"--{path}", type=Path, required=True)
    command.set_defaults(action=action)
    return command


def add_making(commands: Any) -> None:
    """Describes what makes a model."""
    leg = added(commands, "train", "one training leg; run it again to go on", run.train, "start", "out")
    leg.add_argument("--minutes", type=minutes, default=LONGEST_LEG, help=f"at most {LONGEST_LEG}, the default")
    numbers = (
        ("seed", int),
        ("steps", int),
        ("warmup", int),
        ("decay", int),
        ("batch", int),
        ("workers", int),
        ("rate", float),
        ("reach", float),
    )
    for name, kind in numbers:
        leg.add_argument(f"--{name}", type=kind)
    leg.add_argument("--thinking", action="store_true")
    made = added(
        commands, "release", "Hugging Face folder and GGUF files of a trained model", run.release, "trained", "out"
    )
    made.add_argument("--name", required=True)
    made.add_argument("--thinking", action="store_true")
    added(commands, "tokenizer", "the files of the tokenizer", run.tokenizer, "out")
    converted = added(commands, "convert", "GGUF files of a Hugging Face folder", run.convert, "hf", "out")
    converted.add_argument("--name", required=True)
    added(commands, "sheets", "pictures to look at, one sheet a task", run.sheets, "out")
    added(commands, "curve", "learning curve of a training log", run.curve, "log", "out")


def minutes(text: str) -> float:
    """Reads how long a leg may take."""
    found = float(text)
    if not 0 < found <= LONGEST_LEG:
        raise argparse.ArgumentTypeError(
            f"{text}: expected more than 0 and at most {LONGEST_LEG}; run it again to go on"
        )
    return found


def add_measuring(commands: Any) -> None:
    """Describes what measures a model."""
    table = commands.add_parser("evaluate", help="evaluation table of both siblings over the chat API")
    table.add_argument("--baselines", type=Path, default=BASELINES)
    table.add_argument("--out", type=Path, default=MEASURED / "tiny-model.md")
    table.add_argument("--number", type=int, default=300, help="draws for each task and layout")
    table.add_argument("--only", choices=SIBLINGS)
    table.add_argument("--chains", action="store_true", help="only chains of calls again; the rest stays")
    table.set_defaults(action=run.evaluate)
    cards = commands.add_parser("cards", help="model cards, with the measured accuracies")
    cards.add_argument("--baselines", type=Path, default=BASELINES)
    cards.add_argument("--counts", type=Path, default=MEASURED / "tiny-model.json")
    cards.set_defaults(action=run.cards_of)
    alike = added(commands, "reference", "served answers against transformers", run.reference, "model", "hf")
    alike.add_argument("--number", type=int, default=10, help="conversations a task")
    alike.add_argument("--to", type=Path, metavar="FILE", help="JSON file that the figures are written into")
    added(commands, "same-as-converter", "conversion against llama.cpp's own", run.same_as_converter, "hf")
    tests = commands.add_parser("test", help="tests without torch; with --train also those that need it")
    tests.add_argument("--train", action="store_true")
    tests.set_defaults(action=run.test)
    batched = added(
        commands, "same-as-network", "forward pass of training against transformers", run.same_as_network, "hf"
    )
    batched.add_argument("--number", type=int, default=2, help="conversations a task")


def main(arguments: list[str]) -> None:
    """Runs one command."""
    options = parser().parse_args(arguments)
    try:
        options.action(options)
    except (ModelError, Rejected) as problem:
        print(f"tiny-model: {problem}", file=sys.stderr)
        sys.exit(USAGE)


if __name__ == "__main__":
    main(sys.argv[1:])
