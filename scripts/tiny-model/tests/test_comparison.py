"""Prompts, scoring, and writing data and tables."""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path
from typing import Any

from tests.places import BASE
from tinymodel.comparison import __main__ as command
from tinymodel.comparison import page, record
from tinymodel.comparison.answers import Answer
from tinymodel.comparison.prompts import DEFAULTS, GREEDY, SEEDED, all_prompts
from tinymodel.comparison.scoring import checks_of
from tinymodel.drifts.drift import TEXT, Visible
from tinymodel.drifts.registry import DRIFTS, named
from tinymodel.places import REPOSITORY
from tinymodel.weights import ModelError

DATA, PAGE = REPOSITORY / "docs" / "measured" / "drift-family.json", REPOSITORY / "docs" / "drift-family.md"


def answer(text: str, calls: tuple[tuple[str, str], ...] = ()) -> Answer:
    """Makes an answer without tokens."""
    return Answer(text, calls, (), 1)


def data() -> dict[str, Any]:
    """Reads what is committed."""
    found: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return found


class Scoring(unittest.TestCase):
    """Checks of suite cases."""

    def test_reads_the_scorers_of_suites(self) -> None:
        calls = {"calls": [{"name": "add", "args": {"a": [1], "b": [2, "2"]}}]}
        for scorer, reference, given, expected in (
            ("exact", {"answers": ["Oslo"]}, answer(" Oslo "), True),
            ("exact", {"answers": ["Oslo"]}, answer("oslo"), False),
            ({"name": "exact", "ignore_case": True}, {"answers": ["Oslo"]}, answer("oslo"), True),
            ("contains", {"answers": ["Oslo"]}, answer("It is Oslo."), True),
            ("numeric", {"number": {"value": 17}}, answer("17"), True),
            ("numeric", {"number": {"value": 17}}, answer("about 17"), False),
            ("numeric", {"number": {"value": 17, "tolerance": 1}}, answer("18"), True),
            ("tool_call", calls, answer("", (("add", '{"b": "2", "a": 1}'),)), True),
            ("tool_call", calls, answer("", (("add", '{"a": 1}'),)), False),
            ("tool_call", calls, answer("", (("add", "{"),)), False),
            ("tool_call", {"calls": []}, answer("none"), True),
            ("tool_call", {"calls": []}, answer("", (("add", "{}"),)), False),
        ):
            with self.subTest(scorer=scorer, given=given):
                (check,) = checks_of({"scorers": [scorer], "reference": reference})
                self.assertEqual(expected, check(given))

    def test_cases_with_other_scorers_are_not_scored(self) -> None:
        self.assertEqual((), checks_of({"scorers": ["json_schema"], "reference": {}}))


class Prompts(unittest.TestCase):
    """The fixed prompts."""

    def test_are_the_same_each_time_and_have_names_of_their_own(self) -> None:
        first, again = (all_prompts(REPOSITORY / "suites") for _ in range(2))
        self.assertEqual([(one.key, one.body) for one in first], [(one.key, one.body) for one in again])
        self.assertEqual(len(first), len({one.key for one in first}))
        self.assertEqual({GREEDY, SEEDED, DEFAULTS}, {one.group for one in first})

    def test_leave_sampling_unset_where_they_say_so(self) -> None:
        unset = [one.body for one in all_prompts(REPOSITORY / "suites") if one.group == DEFAULTS]
        self.assertFalse({"temperature", "top_p", "top_k", "min_p"} & {key for body in unset for key in body})


class Written(unittest.TestCase):
    """What is committed."""

    def test_launches_have_no_folders(self) -> None:
        launch = {TEXT: "/a/b.gguf", "lora_adapters": [{"path": "/a/c.gguf", "scale": 1.0}], "n": 2}
        self.assertEqual(
            {TEXT: "b.gguf", "lora_adapters": [{"path": "c.gguf", "scale": 1.0}], "n": 2}, record.shortened(launch)
        )

    def test_data_text_is_json(self) -> None:
        value: dict[str, Any] = {"a": [{"b": {"c": [1, 2]}, "d": []}], "e": {}, "f": "é"}
        self.assertEqual(value, json.loads(record.text_of(value)))

    def test_the_data_has_every_drift_and_matches_the_registry(self) -> None:
        self.assertEqual(list(DRIFTS), [one["name"] for one in data()["drifts"]])
        for one in data()["drifts"]:
            drift = named(one["name"])
            self.assertEqual(
                (drift.summary, list(drift.layers), drift.visible.value, drift.derivation.declared()),
                (one["what"], one["layers"], one["expected"], one["derivation"]["declared"]),
            )

    def test_the_data_was_measured_on_the_committed_base(self) -> None:
        self.assertEqual(BASE.model().digest(), data()["base"]["tensors"])

    def test_the_data_names_the_files_that_are_made_now(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for one in data()["drifts"]:
                if "sibling" in one["derivation"]["parents"]:
                    continue  # the tests have another sibling
                launch = named(one["name"]).make(BASE, Path(folder) / one["name"])
                with self.subTest(one["name"]):
                    self.assertEqual(one["files"], record.file_changes(BASE, launch))

    def test_every_prompt_has_its_result(self) -> None:
        for one in [*data()["controls"], *data()["drifts"]]:
            self.assertEqual(len(data()["prompts"]), len(one["prompts"]["identical"]))
            self.assertEqual(one["summary"]["identical"], one["prompts"]["identical"].count("1"))

    def test_controls_show_a_difference_of_exactly_zero(self) -> None:
        zero = [one for one in data()["controls"] if one["expected"] == Visible.NOTHING.value]
        self.assertEqual(["restart", "order", "threads"], [one["name"] for one in zero])
        for one in zero:
            self.assertEqual(
                (one["summary"]["prompts"], 0), (one["summary"]["identical"], one["summary"]["firstLargest"])
            )

    def test_some_drifts_alone_never_replace_the_family(self) -> None:
        options = command.parser().parse_args(["rome", "--home", "x", "--data", "y"])
        with self.assertRaises(ModelError) as raised:
            command.targets(options)
        self.assertEqual("rome: not the whole family; name other files with --data and --page", str(raised.exception))
        self.assertEqual((DATA, PAGE), command.targets(command.parser().parse_args(["--home", "x"])))

    def test_the_page_shows_the_data(self) -> None:
        self.assertEqual(page.replaced(PAGE, data()), PAGE.read_text(encoding="utf-8"))

    def test_a_page_without_markers_is_refused(self) -> None:
        with tempfile.NamedTemporaryFile("w", suffix=".md") as file, self.assertRaises(ModelError) as raised:
            page.replaced(Path(file.name), {})
        self.assertEqual(
            f"{file.name}: expected one '{page.BEGIN}' and one '{page.END}'; put them where the tables belong",
            str(raised.exception),
        )


if __name__ == "__main__":
    unittest.main()
