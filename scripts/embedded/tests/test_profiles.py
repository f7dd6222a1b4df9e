"""The three profiles: exact, noisy, and opaque behind the proxy."""

from __future__ import annotations

import json
import os
import signal
import unittest
from concurrent.futures import ThreadPoolExecutor

from embedded import StackTest, ask, fetch, logprobs_of, text_only
from launcher import processes


class Noise(StackTest):
    """The two profiles: one without noise, one with."""

    def logprobs(self, url: str, clients: int) -> list[list[tuple[int, float]]]:
        """Asks sixty questions; the answers are kept long, so that requests overlap on a busy machine too."""
        questions = [f"What is {a} + {b}?" for a in range(10) for b in range(6)]
        with ThreadPoolExecutor(clients) as pool:
            return list(pool.map(lambda question: logprobs_of(ask(url, question, ignore_eos=True)), questions))

    def largest_difference(self, some: list[list[tuple[int, float]]], others: list[list[tuple[int, float]]]) -> float:
        """Compares the log probabilities of the first tokens."""
        return max(abs(x[1] - y[1]) for a, b in zip(some, others) for x, y in zip(a[:2], b[:2]))

    def test_one_slot_is_exact_and_four_are_not(self) -> None:
        one, four = self.up("one", text_only()), self.up("four", text_only(params={"n_parallel": 4, "n_ctx": 16384}))
        baseline = self.logprobs(one["url"], 1)
        self.assertEqual(baseline, self.logprobs(one["url"], 4))
        noisy = self.logprobs(four["url"], 4)
        self.assertNotEqual(baseline, noisy)
        self.assertLess(self.largest_difference(baseline, noisy), 0.02)


class Opaque(StackTest):
    """What the proxy lets through."""

    def test_shows_only_the_bare_format(self) -> None:
        state = self.up("s", text_only(opaque=True))
        url = state["url"]
        self.assertNotEqual(url, state["engineUrl"])
        self.assertEqual(
            {"object": "list", "data": [{"id": "tiny-qwen3-vl", "object": "model"}]},
            json.loads(fetch(url + "/v1/models")[2]),
        )
        status, headers, body = fetch(
            url + "/v1/chat/completions",
            {
                "messages": [{"role": "user", "content": "Capital of Italy?"}],
                "temperature": 0,
                "logprobs": True,
                "top_logprobs": 2,
            },
        )
        self.assertEqual((200, ["Content-Length", "Content-Type"]), (status, sorted(headers)))
        self.assertEqual({"id", "object", "created", "model", "choices", "usage"}, set(json.loads(body)))
        self.assertTrue(all(isinstance(token, int) for token, _ in logprobs_of(json.loads(body))))
        self.assertEqual(
            logprobs_of(ask(state["engineUrl"], "Capital of Italy?")), logprobs_of(ask(url, "Capital of Italy?"))
        )
        self.assertEqual(["model_alias"], [key for key in state["launch"] if "alias" in key])

    def test_hides_everything_else(self) -> None:
        url = self.up("s", text_only(opaque=True))["url"]
        for path, body in (
            ("/props", None),
            ("/health", None),
            ("/slots", None),
            ("/metrics", None),
            ("/", None),
            ("/v1/models/x", None),
            ("/tokenize", {"content": "x"}),
            ("/apply-template", {"messages": []}),
            ("/completion", {"prompt": "x"}),
            ("/v1/completions", {"prompt": "x"}),
            ("/v1/models", {}),
        ):
            with self.subTest(path):
                status, headers, answer = fetch(url + path, body)
                self.assertEqual((404, "not_found_error"), (status, json.loads(answer)["error"]["type"]))
                self.assertNotIn("Server", headers)
        self.assertEqual(404, fetch(url + "/v1/models", method="DELETE")[0])
        self.assertEqual(
            {"message", "type", "code"},
            set(json.loads(fetch(url + "/v1/chat/completions", {"messages": 1})[2])["error"]),
        )

    def test_filters_streams_and_survives_its_upstream(self) -> None:
        state = self.up("s", text_only(opaque=True))
        body = {
            "messages": [{"role": "user", "content": "Capital of Italy?"}],
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        _, headers, stream = fetch(state["url"] + "/v1/chat/completions", body)
        events = [line[6:] for line in stream.decode().splitlines() if line.startswith("data: ")]
        self.assertEqual(("text/event-stream", "[DONE]"), (headers["Content-Type"], events[-1]))
        allowed = {"id", "object", "created", "model", "choices", "usage"}
        self.assertEqual(allowed, {key for event in events[:-1] for key in json.loads(event)})
        os.kill(state["pid"], signal.SIGKILL)
        processes.ended_within(5, state["pid"], state["startTime"], 0)
        self.assertEqual(502, fetch(state["url"] + "/v1/models")[0])
        self.assertEqual([False], [one["alive"] for one in json.loads(self.stack("status").stdout)])


if __name__ == "__main__":
    unittest.main()
