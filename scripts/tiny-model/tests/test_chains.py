"""Chains of calls against a server that follows a script."""

from __future__ import annotations

import json
import unittest
from dataclasses import dataclass, field
from typing import Any

from tests.draws import drawn
from tinymodel.chains import followed
from tinymodel.example import Assistant, Example
from tinymodel.layout import FREE
from tinymodel.server import Server, VideoFiles


@dataclass(frozen=True)
class Scripted(Server):
    """Gives the answers of an example in order, and keeps what it was asked."""

    example: Example
    wrong: int
    asked: list[list[dict[str, Any]]] = field(default_factory=list)

    def chat(self, messages: list[dict[str, Any]], **settings: Any) -> dict[str, Any]:
        """Answers the next turn, right or, at one place, wrong."""
        self.asked.append(messages)
        turn = self.example.turns()[len(self.asked) - 1]
        return {"message": {"content": "no"} if len(self.asked) - 1 == self.wrong else said(self.example.answer(turn))}


def said(answer: Assistant) -> dict[str, Any]:
    """An answer as the chat API gives it."""
    calls = [{"function": {"name": one.name, "arguments": json.dumps(one.arguments)}} for one in answer.calls]
    return {"content": answer.text, "tool_calls": calls}


class Chains(unittest.TestCase):
    """How far a chain is followed."""

    def test_right_turns_count_up_to_the_first_wrong_one(self) -> None:
        (example,) = drawn("chain3", FREE, 1)
        for wrong in range(5):
            server = Scripted("", example, wrong)
            self.assertEqual(wrong, followed(server, VideoFiles(), example))
            self.assertEqual(min(wrong + 1, 4), len(server.asked))

    def test_calls_and_results_go_back(self) -> None:
        (example,) = drawn("chain3", FREE, 1)
        server = Scripted("", example, 4)
        followed(server, VideoFiles(), example)
        roles = [[message["role"] for message in messages] for messages in server.asked]
        self.assertEqual([["user", *["assistant", "tool"] * number] for number in range(4)], roles)


if __name__ == "__main__":
    unittest.main()
