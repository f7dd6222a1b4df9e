"""What the commands do; each imports what it needs, so that most of them work without torch."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
BASELINES, MEASURED = ROOT / "baselines", ROOT / "docs" / "measured"
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
    from tinymodel import conversion, evaluation

    options.out.mkdir(parents=True, exist_ok=True)
    files = options.out / evaluation.TEXT_FILE, options.out / evaluation.PROJECTOR_FILE
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
    """Measures siblings and writes the page; with --only, what was measured of the other stays."""
    from tinymodel import evaluation, table

    counts_file = options.out.with_suffix(".json")
    models: dict[str, Any] = {}
    if options.only and counts_file.is_file():
        models = json.loads(counts_file.read_text(encoding="utf-8"))
    for name in [options.only] if options.only else SIBLINGS:
        folder = options.baselines / SIBLINGS[name] / "model"
        models[name] = evaluation.evaluate(folder, f"tiny-model-{name.lower()}", options.number)
    counts_file.write_text(json.dumps(models, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    options.out.write_text(table.page(models), encoding="utf-8")


def cards_of(options: argparse.Namespace) -> None:
    """Writes the model card of every sibling that was measured."""
    from tinymodel.card import card

    for name, counts in json.loads(options.counts.read_text(encoding="utf-8")).items():
        folder = options.baselines / SIBLINGS[name] / "model"
        (folder / "README.md").write_text(card(name, folder, counts), encoding="utf-8")


def reference(options: argparse.Namespace) -> None:
    """Prints how served answers and those of transformers differ."""
    from tinymodel import evaluation
    from tinymodel.reference import compared

    files = options.model / evaluation.TEXT_FILE, options.model / evaluation.PROJECTOR_FILE
    print(json.dumps(compared(options.hf, *files, options.number), indent=1))


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

    home = Path(__file__).resolve().parents[1]
    patterns = ["test_*.py", *(["train_smoke.py"] if options.train else [])]
    suites = [unittest.TestLoader().discover(str(home / "tests"), pattern, str(home)) for pattern in patterns]
    result = unittest.TextTestRunner(verbosity=1).run(unittest.TestSuite(suites))
    sys.exit(not result.wasSuccessful())
