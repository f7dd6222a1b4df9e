"""What a stack answered, reduced to what is compared."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TIMEOUT_SECONDS = 120
Call = tuple[str, str]


@dataclass(frozen=True)
class Token:
    """One generated token and the log-probabilities of the candidates at its place, all keyed by token id."""

    id: int
    logprob: float
    top: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Answer:
    """One answer; a refused request has the server's message as its text and nothing else."""

    text: str
    calls: tuple[Call, ...]
    tokens: tuple[Token, ...]
    prompt_tokens: int


def ask(url: str, body: Mapping[str, Any]) -> Answer:
    """Sends one chat request."""
    data = json.dumps(body).encode()
    request = urllib.request.Request(f"{url}/v1/chat/completions", data, {"Content-Type": "application/json"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=TIMEOUT_SECONDS) as response:
            return answer_of(json.load(response))
    except urllib.error.HTTPError as refusal:
        return Answer(f"refused: {json.load(refusal)['error']['message']}", (), (), 0)


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
    return Token(entry["id"], entry["logprob"], top)
