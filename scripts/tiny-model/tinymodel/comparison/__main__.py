"""Compares the base with every drift and control: `tiny-model comparison --home DIR`.

Writes docs/measured/drift-family.json and the tables of docs/drift-family.md. Same files and engine, same bytes out.
Exit codes: 0 every drift shows as its registry entry expects · 1 one does not · 64 something is missing or wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tinymodel.comparison import page, record
from tinymodel.comparison.answers import Answer, ask
from tinymodel.comparison.controls import CONTROLS, Control
from tinymodel.comparison.differences import differences
from tinymodel.comparison.prompts import Prompt, all_prompts
from tinymodel.drifts import factors
from tinymodel.drifts.drift import Base, Drift, Launch
from tinymodel.drifts.options import add_base_options, base_of
from tinymodel.drifts.registry import DRIFTS, named
from tinymodel.embedded import Embedded, Refused, exact_launch, exact_profile
from tinymodel.places import DOCS, MEASURED, REPOSITORY
from tinymodel.weights import ModelError

AS_EXPECTED, OTHERWISE, USAGE = 0, 1, 64


@dataclass(frozen=True)
class Comparison:
    """A base that was asked everything once, against which others are compared."""

    base: Base
    embedded: Embedded
    prompts: Sequence[Prompt]
    answers: Mapping[str, Answer]
    folder: Path

    def control(self, control: Control) -> dict[str, Any]:
        """Compares one control with its reference, which is the base unless it has another launch."""
        prompts = list(reversed(self.prompts)) if control.reversed else self.prompts
        reference = self.answers
        if control.reference:
            reference = self.asked(f"{control.name}-reference", control.reference, prompts)
        answers = self.asked(control.name, control.launch, prompts)
        return told(record.of_control(control, differences(self.prompts, reference, answers)))

    def drift(self, drift: Drift) -> dict[str, Any]:
        """Makes and compares one drift."""
        changed = drift.make(self.base, self.folder / drift.name)
        answers = self.asked(drift.name, changed, self.prompts)
        return told(record.of_drift(self.base, drift, changed, differences(self.prompts, self.answers, answers)))

    def asked(self, name: str, changed: Launch, prompts: Sequence[Prompt]) -> dict[str, Answer]:
        """Asks the base with another launch."""
        return answers_of(self.base, self.embedded, name, changed, prompts)


def answers_of(
    base: Base, embedded: Embedded, name: str, changed: Launch, prompts: Sequence[Prompt]
) -> dict[str, Answer]:
    """Asks all prompts one by one on a server of its own."""
    with embedded.up(f"drift-family-{name}", exact_launch(base.text, base.projector, changed)) as url:
        return {prompt.key: ask(url, prompt.body) for prompt in prompts}


def told(entry: dict[str, Any]) -> dict[str, Any]:
    """Tells how far the comparison is."""
    print(f"{entry['name']}: {entry['shows']}", file=sys.stderr, flush=True)
    return entry


def compared(base: Base, embedded: Embedded, drifts: Sequence[Drift], suites: Path) -> dict[str, Any]:
    """Asks base, controls and drifts."""
    prompts = all_prompts(suites)
    answers = answers_of(base, embedded, "base", {}, prompts)
    with tempfile.TemporaryDirectory() as folder:
        comparison = Comparison(base, embedded, prompts, answers, Path(folder))
        measured = [comparison.drift(drift) for drift in drifts]
        controls = [comparison.control(control) for control in CONTROLS]
    parts = {"factors": reports(base), "controls": controls, "drifts": measured}
    return record.whole(base, exact_profile()["version"], prompts, parts)


def reports(base: Base) -> dict[str, Any]:
    """Returns what making the factors reported."""
    names = sorted(path.stem for path in base.factors.glob("*.safetensors"))
    return {name: report(factors.read(base, name).notes) for name in names}


def report(notes: Mapping[str, Any]) -> dict[str, Any]:
    """Returns one report, with the sites of an edit and how much they moved answers when they were traced."""
    sites = [f"{site} ({notes['traced'][site]} nats)" for site in notes.get("sites", ())]
    return {**notes["report"], **({"edited at": ", ".join(sites)} if sites else {})}


def unexpected(data: Mapping[str, Any]) -> list[str]:
    """Names what showed otherwise than expected."""
    entries = [*data["controls"], *data["drifts"]]
    return [
        f"{one['name']}: shows {one['shows']}, expected {one['expected']}"
        for one in entries
        if one["shows"] != one["expected"]
    ]


def parser() -> argparse.ArgumentParser:
    """Describes the command line."""
    top = argparse.ArgumentParser(prog="tinymodel.comparison", description="Compares the base with its drifts.")
    top.add_argument("names", nargs="*", metavar="DRIFT", help=f"of {', '.join(DRIFTS)}; default: all")
    top.add_argument("--home", required=True, type=Path, metavar="DIR", help="where engines are installed")
    top.add_argument("--suites", type=Path, default=REPOSITORY / "suites", metavar="DIR")
    top.add_argument(
        "--data", type=Path, metavar="FILE", help="default for all drifts: docs/measured/drift-family.json"
    )
    top.add_argument("--page", type=Path, metavar="FILE", help="default for all drifts: docs/drift-family.md")
    add_base_options(top)
    return top


def targets(options: argparse.Namespace) -> tuple[Path, Path]:
    """Returns the files to write: data, and a page with markers. Some drifts alone never replace the whole family's."""
    if options.names and not (options.data and options.page):
        raise ModelError(f"{' '.join(options.names)}: not the whole family; name other files with --data and --page")
    return options.data or MEASURED / "drift-family.json", options.page or DOCS / "drift-family.md"


def main(arguments: list[str]) -> int:
    """Compares, writes data and page, and says what was not expected."""
    options = parser().parse_args(arguments)
    try:
        data_file, page_file = targets(options)
        page.check(page_file)
        drifts = [named(name) for name in options.names] or list(DRIFTS.values())
        embedded = Embedded(options.home.absolute())
        data = compared(base_of(options), embedded, drifts, options.suites)
        data_file.write_text(record.text_of(data) + "\n", encoding="utf-8")
        page_file.write_text(page.replaced(page_file, json.loads(record.text_of(data))), encoding="utf-8")
    except (ModelError, Refused, OSError) as problem:
        print(f"tinymodel.comparison: {problem}", file=sys.stderr)
        return USAGE
    for line in unexpected(data):
        print(line)
    return OTHERWISE if unexpected(data) else AS_EXPECTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
