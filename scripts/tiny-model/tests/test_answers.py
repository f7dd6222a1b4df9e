"""Answers of a server, and how two of them differ."""

from __future__ import annotations

import threading
import unittest
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

from tinymodel.comparison import page, record
from tinymodel.comparison.answers import Answer, Token, answer_of, ask, token_of
from tinymodel.comparison.differences import difference, differences, shows, summary
from tinymodel.comparison.prompts import DEFAULTS, GREEDY, SEEDED, Prompt
from tinymodel.comparison.scoring import exactly
from tinymodel.drifts.drift import Visible
from tinymodel.weights import ModelError

PROMPT = Prompt("drawn/x", GREEDY, {}, (exactly("Oslo"),))
OSLO = Token(1, -0.1, ((1, -0.1), (2, -2.5), (3, -4.0)))
END = Token(9, -0.01, ((9, -0.01),))
ANSWER = Answer("Oslo", (), (OSLO, END), 12)
CONTROL = {"name": "c", "what": "w", "layers": [], "shows": "nothing", "expected": "nothing"}


class Differences(unittest.TestCase):
    """Two answers to one prompt."""

    def test_equal_answers_are_identical(self) -> None:
        found = difference(PROMPT, ANSWER, ANSWER)
        self.assertEqual(
            (True, True, 0.0, 0.0, (True, True)),
            (found.identical, found.same_text, found.first, found.sequence, found.right),
        )

    def test_candidates_are_paired_by_token_id(self) -> None:
        other = replace(ANSWER, tokens=(Token(1, -0.3, ((2, -2.0), (1, -0.3), (3, -4.0))), END))
        found = difference(PROMPT, ANSWER, other)
        self.assertAlmostEqual((0.2 + 0.5) / 3, found.first)
        self.assertAlmostEqual(0.5, found.largest)
        self.assertAlmostEqual(0.2 / 2, found.sequence)
        self.assertFalse(found.identical)

    def test_candidates_that_the_other_list_lacks_count_with_its_last(self) -> None:
        other = replace(ANSWER, tokens=(Token(7, -0.4, ((7, -0.4), (8, -3.0))), END))
        found = difference(PROMPT, ANSWER, other)
        self.assertAlmostEqual((2.9 + 0.5 + 0) / 3, found.first)
        self.assertEqual((3, None), (found.bounded, found.sequence))

    def test_tokens_without_candidates_are_missing_and_no_evidence(self) -> None:
        drafted = token_of({"id": 9, "logprob": 0.0, "top_logprobs": []})
        self.assertEqual(Token(9, None, ()), drafted)
        found = difference(PROMPT, ANSWER, replace(ANSWER, tokens=(OSLO, drafted)))
        self.assertEqual(
            (False, True, 0.0, 0.0, 1),
            (found.identical, found.same_text, found.first, found.sequence, found.missing),
        )
        none = difference(PROMPT, ANSWER, replace(ANSWER, tokens=(Token(1, None, ()), drafted)))
        self.assertEqual((None, 0, None, 2), (none.first, none.bounded, none.sequence, none.missing))

    def test_means_say_how_many_prompts_they_rest_on(self) -> None:
        prompts = [replace(PROMPT, key=str(number)) for number in range(3)]
        base = {prompt.key: ANSWER for prompt in prompts}
        other = replace(ANSWER, text="x", tokens=(Token(7, -0.4, ((7, -0.4), (1, -0.6), (2, -3.0), (3, -4.5))), END))
        found = summary(differences(prompts, base, {**base, "1": other, "2": replace(ANSWER, tokens=())}))
        self.assertEqual(
            (2, 0, 1, 0.25),
            tuple(found[key] for key in ("firstCount", "firstBounded", "sequenceCount", "firstMean")),
        )
        told = page.row({**CONTROL, "summary": found})
        self.assertEqual(["0.25 (2)", "2/3", "0 (1)", "0"], told[5:9])
        bounded = page.row({**CONTROL, "summary": {**found, "firstBounded": 1}})
        self.assertEqual("≥ 0.25 (2)", bounded[5])

    def test_tokens_count_up_to_the_first_that_differs(self) -> None:
        other = replace(ANSWER, text="Oslo!", tokens=(Token(1, -0.2, OSLO.top), Token(4, -9.0, ())))
        found = difference(PROMPT, ANSWER, other)
        self.assertAlmostEqual(0.1, found.sequence)
        self.assertEqual((True, False), found.right)

    def test_a_refused_request_differs_and_has_no_numbers(self) -> None:
        found = difference(PROMPT, ANSWER, Answer("too long", (), (), 0, refused=True))
        self.assertEqual(
            (False, True, None, None, None),
            (found.identical, found.refused, found.first, found.sequence, found.prompt_tokens),
        )
        self.assertEqual(Visible.REFUSALS, shows([found]))
        self.assertEqual("1", record.seen([found])["prompts"]["refused"])

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


class Statuses(unittest.TestCase):
    """A server that does not answer as wished."""

    def served(self, status: int) -> str:
        """Starts a server on a port of its own that has one answer; returns its address."""

        class Handler(BaseHTTPRequestHandler):
            """Answers everything alike."""

            def do_POST(self) -> None:
                """Reads the request and answers."""
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(status)
                self.end_headers()
                self.wfile.write(b"no room")

            def log_message(self, format: str, *arguments: object) -> None:
                """Stays silent."""

        server = self.enterContext(HTTPServer(("127.0.0.1", 0), Handler))
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_port}"

    def test_a_refusal_is_an_answer(self) -> None:
        self.assertEqual(Answer("no room", (), (), 0, refused=True), ask(self.served(400), {}))

    def test_a_server_that_fails_is_an_error(self) -> None:
        url = self.served(500)
        with self.assertRaises(ModelError) as raised:
            ask(url, {})
        self.assertEqual(
            f"{url}/v1/chat/completions: status 500, expected an answer: no room; look at the server's log",
            str(raised.exception),
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


if __name__ == "__main__":
    unittest.main()
