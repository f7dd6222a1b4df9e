"""What is written about the models: table, cards and the reference check, and the files that they tell of."""

from __future__ import annotations

import contextlib
import io
import unittest
from pathlib import Path
from typing import Any

from tests.models import HF_FOLDERS, NAMES, files_beside
from tinymodel import alike, table, tasks
from tinymodel.__main__ import parser
from tinymodel.card import card
from tinymodel.commands import SIBLINGS, read_json
from tinymodel.embedded import stack_of
from tinymodel.evaluation import distinct
from tinymodel.measuring import check_stack
from tinymodel.places import BASELINES, MEASURED, PROJECTOR_FILE, TEXT_FILE
from tinymodel.weights import ModelError

COUNTS: dict[str, Any] = read_json(MEASURED / "tiny-model.json")
REFERENCE: dict[str, Any] = read_json(MEASURED / "tiny-model-reference.json")
ALIKE = {"conversations": 100, "missing": 0, "sameFirstToken": 100, "sameText": 98, "largest": 0.02}


def folder_of(name: str) -> Path:
    """Where a sibling's GGUF files lie."""
    return BASELINES / SIBLINGS[name] / "model"


class Table(unittest.TestCase):
    """The committed figures."""

    def test_counts_are_of_the_committed_files(self) -> None:
        self.assertEqual(set(SIBLINGS), set(COUNTS))
        for name, counts in COUNTS.items():
            check_stack(folder_of(name), counts)

    def test_page_and_cards_show_the_counts(self) -> None:
        self.assertEqual(table.page(COUNTS), (MEASURED / "tiny-model.md").read_text(encoding="utf-8"))
        for name, counts in COUNTS.items():
            written = (folder_of(name) / "README.md").read_text(encoding="utf-8")
            self.assertEqual(card(name, folder_of(name), counts), written)

    def test_counts_of_other_files_are_refused(self) -> None:
        folder, counts = folder_of("Thinking"), COUNTS["Instruct"]
        with self.assertRaises(ModelError) as raised:
            check_stack(folder, counts)
        here = stack_of(folder / TEXT_FILE, folder / PROJECTOR_FILE)["text"]
        self.assertEqual(
            f"{folder}: text is {here}, but the counts are of {counts['stack']['text']};"
            " measure again with `tiny-model evaluate`",
            str(raised.exception),
        )

    def test_distinct_prompts_are_those_of_the_draws(self) -> None:
        found = distinct(300, ("capital", "chain"))
        for counts in COUNTS.values():
            self.assertEqual(found, {task: counts["distinct"][task] for task in found})

    def test_names_the_tasks_outside_the_band(self) -> None:
        counts = {"tasks": {task: {"free": [60, 100]} for task in tasks.TASKS}}
        self.assertEqual("Free accuracy outside 40–90 %: no task.", table.outside_the_band(counts))
        counts["tasks"] |= {"add": {"free": [39, 100]}, "json": {"free": [40, 100]}, "count": {"free": [91, 100]}}
        self.assertEqual("Free accuracy outside 40–90 %: add .390, count .910.", table.outside_the_band(counts))

    def test_names_the_tasks_whose_draws_repeat(self) -> None:
        layouts = {task: {"trained": 5, "free": 10} for task in tasks.TASKS}
        line = table.few_prompts({"number": 10, "distinct": {**layouts, "add": {"trained": 4, "free": 5}}})
        self.assertRegex(line, r"Fewer than half of 10 draws are distinct: add trained 4\.$")

    def test_tells_how_chains_end(self) -> None:
        counters = [[21, 22], [22, 5], [23, 3]]
        found = table.chains({"chain": [1, 2, 3, 4], "chain3": [0, 0, 0, 0, 10], "counter": counters})
        self.assertEqual(
            [
                "Whole chains with free layouts, the model's own calls fed back, right to the last sentence:"
                " chain .400 (.168–.687), chain3 1.000 (.722–1.000) of 10.",
                "Counter chains of 21 to 23 steps, likewise: 1 of 3 came to the end; the middle one made 5 right turns.",
            ],
            found,
        )


class Reference(unittest.TestCase):
    """The check against transformers."""

    def test_limits_are_kept_at_their_edge(self) -> None:
        self.assertEqual([], alike.problems(ALIKE))
        few = {**ALIKE, "conversations": 24, "sameFirstToken": 24}
        self.assertEqual([], alike.problems({**few, "sameText": 23}))
        self.assertEqual(1, len(alike.problems({**few, "sameText": 22})))

    def test_what_lies_beyond_is_named(self) -> None:
        found = {**ALIKE, "missing": 1, "sameFirstToken": 99, "sameText": 97, "largest": 0.021}
        self.assertEqual(
            [
                "1 first candidates are not among the server's, expected 0",
                "99 of 100 first tokens are equal, expected all",
                "97 of 100 greedy texts are equal, expected all but 2%, or all but one",
                "log-probabilities differ by up to 0.021, expected at most 0.02",
            ],
            alike.problems(found),
        )

    def test_the_record_is_of_the_committed_files_and_within_the_limits(self) -> None:
        self.assertEqual({NAMES[hf.parent.name] for hf in HF_FOLDERS}, set(REFERENCE))
        for hf in HF_FOLDERS:
            found = REFERENCE[NAMES[hf.parent.name]]
            self.assertEqual([], alike.problems(found))
            self.assertEqual(stack_of(*files_beside(hf)), found["stack"])
            self.assertEqual({"text": True, "projector": True}, found["sameAsConverter"])


class Options(unittest.TestCase):
    """The command line."""

    def test_a_leg_ends_after_half_an_hour(self) -> None:
        words = ["train", "--start", "a", "--out", "b", "--minutes"]
        self.assertEqual(30, parser().parse_args([*words, "30"]).minutes)
        for wrong in ("30.5", "0"):
            with self.assertRaises(SystemExit), contextlib.redirect_stderr(io.StringIO()) as told:
                parser().parse_args([*words, wrong])
            self.assertIn(
                f"argument --minutes: {wrong}: expected more than 0 and at most 30; run it again to go on",
                told.getvalue(),
            )


if __name__ == "__main__":
    unittest.main()
