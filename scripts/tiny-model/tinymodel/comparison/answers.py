"""What a stack answered, reduced to what is compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tinymodel.client import Rejected, post

Call = tuple[str, str]


@dataclass(frozen=True)
class Token:
    """One generated token and the log-probabilities of the candidates at its place, all keyed by token id.

    Without candidates the engine tells no log-probability either: it took the token from a draft.
    """

    id: int
    logprob: float | None
    top: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Answer:
    """One answer; a refused request has the server's message as its text, and no number means anything."""

    text: str
    calls: tuple[Call, ...]
    tokens: tuple[Token, ...]
    prompt_tokens: int
    refused: bool = False


def ask(url: str, body: Mapping[str, Any]) -> Answer:
    """Sends one chat request; a server that fails is an error, a request that it refuses an answer."""
    try:
        return answer_of(post(f"{url}/v1/chat/completions", body))
    except Rejected as refusal:
        return Answer(str(refusal), (), (), 0, refused=True)


def answer_of(reply: Mapping[str, Any]) -> Answer:
    """Reads the answer out of a reply."""
    choice = reply["choices"][0]
    message = choice["message"]
    calls = tuple((call["function"]["name"], call["function"]["arguments"]) for call in message.get("tool_calls") or ())
    content = (choice.get("logprobs") or {}).get("content") or ()
    tokens = tuple(token_of(entry) for entry in content)
    return Answer(message.get("content") or "", calls, tokens, reply["usage"]["prompt_tokens"])


def token_of(entry: Mapping[str, Any]) -> Token:
    """Reads one generated token."""
    top = tuple((one["id"], one["logprob"]) for one in entry["top_logprobs"])
    return Token(entry["id"], entry["logprob"] if top else None, top)
