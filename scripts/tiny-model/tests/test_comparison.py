"""Pairing answers, scoring, and writing data and tables."""

from __future__ import annotations

import json
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.places import BASE
from tinymodel.comparison import page, record
from tinymodel.comparison.answers import Answer, Token, answer_of
from tinymodel.comparison.differences import difference, differences, shows, summary
from tinymodel.comparison.prompts import DEFAULTS, GREEDY, SEEDED, Prompt, all_prompts
from tinymodel.comparison.scoring import checks_of, exactly
from tinymodel.drifts.drift import TEXT, Visible
from tinymodel.drifts.options import REPOSITORY
from tinymodel.drifts.registry import DRIFTS, named
from tinymodel.weights import ModelError

PROMPT = Prompt("drawn/x", GREEDY, {}, (exactly("Oslo"),))
OSLO = Token(1, -0.1, ((1, -0.1), (2, -2.5), (3, -4.0)))
END = Token(9, -0.01, ((9, -0.01),))
ANSWER = Answer("Oslo", (), (OSLO, END), 12)
DATA, PAGE = REPOSITORY / "docs" / "measured" / "drift-family.json", REPOSITORY / "docs" / "drift-family.md"


def answer(text: str, calls: tuple[tuple[str, str], ...] = ()) -> Answer:
    """Makes an answer without tokens."""
    return Answer(text, calls, (), 1)


def data() -> dict[str, Any]:
    """Reads what is committed."""
    found: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return found


class Differences(unittest.TestCase):
    """Two answers to one prompt."""

    def test_equal_answers_are_identical(self) -> None:
        found = difference(PROMPT, ANSWER, ANSWER)
        self.assertEqual(
            (True, True, 0.0, 0.0, (True, True)),
            (found.identical, found.same_text, found.first, found.sequence, found.right),
        )

    def test_candidates_are_paired_by_token_id(self) -> None:
        other = replace(ANSWER, tokens=(Token(1, -0.3, ((2, -2.0), (1, -0.3), (7, -5.0))), END))
        found = difference(PROMPT, ANSWER, other)
        self.assertAlmostEqual((0.2 + 0.5) / 2, found.first)
        self.assertAlmostEqual(0.5, found.largest)
        self.assertAlmostEqual(0.2 / 2, found.sequence)
        self.assertFalse(found.identical)

    def test_tokens_count_up_to_the_first_that_differs(self) -> None:
        other = replace(ANSWER, text="Oslo!", tokens=(Token(1, -0.2, OSLO.top), Token(4, -9.0, ())))
        found = difference(PROMPT, ANSWER, other)
        self.assertAlmostEqual(0.1, found.sequence)
        self.assertEqual((True, False), found.right)

    def test_a_refused_request_differs_and_has_no_numbers(self) -> None:
        found = difference(PROMPT, ANSWER, Answer("refused: no", (), (), 0))
        self.assertEqual((False, None, None, -12), (found.identical, found.first, found.sequence, found.prompt_tokens))

    def test_says_what_moved(self) -> None:
        prompts = [PROMPT, Prompt("d", DEFAULTS, {}), Prompt("s", SEEDED, {})]
        base = {prompt.key: ANSWER for prompt in prompts}
        for key, other, expected in (
            ("d", ANSWER, Visible.NOTHING),
            ("d", replace(ANSWER, text="x"), Visible.DEFAULTS),
            ("s", replace(ANSWER, text="x"), Visible.ANSWERS),
            ("s", replace(ANSWER, prompt_tokens=13), Visible.PROMPTS),
        ):
            self.assertEqual(expected, shows(differences(prompts, base, {**base, key: other})))

    def test_sums_up_scores_in_both_directions(self) -> None:
        prompts = [replace(PROMPT, key=str(number)) for number in range(3)]
        wrong = replace(ANSWER, text="Rome")
        base = {"0": ANSWER, "1": wrong, "2": ANSWER}
        found = summary(differences(prompts, base, {"0": wrong, "1": ANSWER, "2": ANSWER}))
        self.assertEqual(
            (3, 2, 2, 1, 1), tuple(found[key] for key in ("scored", "rightBefore", "rightAfter", "lost", "won"))
        )


class Answers(unittest.TestCase):
    """Replies of the chat API."""

    def test_reads_text_calls_tokens_and_length(self) -> None:
        call = {"function": {"name": "add", "arguments": "{}"}}
        token = {"id": 1, "logprob": -0.5, "top_logprobs": [{"id": 2, "logprob": -0.25}]}
        reply = {
            "choices": [{"message": {"content": None, "tool_calls": [call]}, "logprobs": {"content": [token]}}],
            "usage": {"prompt_tokens": 7},
        }
        self.assertEqual(Answer("", (("add", "{}"),), (Token(1, -0.5, ((2, -0.25),)),), 7), answer_of(reply))


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
