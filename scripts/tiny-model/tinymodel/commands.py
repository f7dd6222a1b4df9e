"""What the commands do; each imports what it needs, so that most of them work without torch."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

from tinymodel.places import PROJECTOR_FILE, ROOT, TEXT_FILE

SIBLINGS = {"Instruct": "tiny-qwen3-vl", "Thinking": "tiny-qwen3-vl-thinking"}


def train(options: argparse.Namespace) -> None:
    """One training leg."""
    from tinymodel.legs import run_leg
    from tinymodel.training import Plan

    given = {one.name: getattr(options, one.name, None) for one in fields(Plan)}
    plan = Plan(**{name: value for name, value in given.items() if value is not None})
    run_leg(plan, options.out, options.start, options.minutes)


def release(options: argparse.Namespace) -> None:
    """Puts a trained model together."""
    from tinymodel.release import release as made

    made(options.trained, options.name, options.out, options.thinking)


def tokenizer(options: argparse.Namespace) -> None:
    """Writes the tokenizer of Instruct."""
    from tinymodel.tokenizer import write

    write(options.out, thinking=False)


def convert(options: argparse.Namespace) -> None:
    """Writes the two GGUF files."""
    from tinymodel import conversion

    options.out.mkdir(parents=True, exist_ok=True)
    files = options.out / TEXT_FILE, options.out / PROJECTOR_FILE
    conversion.convert(options.hf, options.name, *files)


def sheets(options: argparse.Namespace) -> None:
    """Writes the contact sheets."""
    from tinymodel.sheets import write_sheets

    write_sheets(options.out)


def curve(options: argparse.Namespace) -> None:
    """Draws the learning curve."""
    from tinymodel.curve import draw_curve

    draw_curve(options.log, options.out)


def evaluate(options: argparse.Namespace) -> None:
    """Measures siblings and writes the page; what is not asked for stays as it was measured."""
    from tinymodel import measuring, table

    counts_file = options.out.with_suffix(".json")
    models = read_json(counts_file) if options.only or options.chains else {}
    for name in [options.only] if options.only else SIBLINGS:
        folder, stack = options.baselines / SIBLINGS[name] / "model", f"tiny-model-{name.lower()}"
        if options.chains:
            models[name] = measuring.with_chains(folder, stack, models[name])
        else:
            models[name] = measuring.evaluated(folder, stack, options.number)
    write_json(counts_file, models)
    options.out.write_text(table.page(models), encoding="utf-8")


def read_json(file: Path) -> dict[str, Any]:
    """Reads what is there, or nothing."""
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return found


def write_json(file: Path, value: dict[str, Any]) -> None:
    """Writes the same bytes for the same value."""
    file.write_text(json.dumps(value, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def cards_of(options: argparse.Namespace) -> None:
    """Writes the model card of every sibling that was measured; refuses counts of other files."""
    from tinymodel import measuring
    from tinymodel.card import card

    for name, counts in read_json(options.counts).items():
        folder = options.baselines / SIBLINGS[name] / "model"
        measuring.check_stack(folder, counts)
        (folder / "README.md").write_text(card(name, folder, counts), encoding="utf-8")


def reference(options: argparse.Namespace) -> None:
    """Tells how served answers and those of transformers differ; the exit code is 1 beyond the limits."""
    from tinymodel import alike
    from tinymodel.converter_check import same_bytes
    from tinymodel.embedded import stack_of
    from tinymodel.reference import compared
    from tinymodel.weights import read_gguf

    files = options.model / TEXT_FILE, options.model / PROJECTOR_FILE
    found = compared(options.hf, *files, options.number)
    print(json.dumps(found, indent=1))
    if options.to:
        name = read_gguf(files[0]).value("general.name", "convert it with --name")
        entry = {**found, "sameAsConverter": same_bytes(options.hf), "stack": stack_of(*files)}
        write_json(options.to, {**read_json(options.to), name: entry})
    for problem in alike.problems(found):
        print(f"tiny-model: {problem}", file=sys.stderr)
    sys.exit(bool(alike.problems(found)))


def same_as_converter(options: argparse.Namespace) -> None:
    """Says whether both converters write the same bytes."""
    from tinymodel.converter_check import same_bytes

    print(json.dumps(same_bytes(options.hf), indent=1))


def same_as_network(options: argparse.Namespace) -> None:
    """Prints the largest difference of scores between the two forward passes."""
    from tinymodel.reference import network_difference

    print(json.dumps({"largest": network_difference(options.hf, options.number)}))


def test(options: argparse.Namespace) -> None:
    """Runs the tests; the exit code is 1 when one fails."""
    import unittest

    patterns = ["test_*.py", *(["train_smoke.py"] if options.train else [])]
    suites = [unittest.TestLoader().discover(str(ROOT / "tests"), pattern, str(ROOT)) for pattern in patterns]
    result = unittest.TextTestRunner(verbosity=1).run(unittest.TestSuite(suites))
    sys.exit(not result.wasSuccessful())
