"""The prompts of a comparison: cases of suites, drawn questions, and cases whose sampling is left to the server."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tinymodel.comparison.scoring import Check, checks_of, exactly
from tinymodel.questions import all_capitals, draw

GREEDY, SEEDED, DEFAULTS = "greedy", "seeded", "defaults"
TOP = 10
DRAWN = 140
SAMPLING = ("temperature", "top_k", "top_p", "min_p")
MIME = {".png": "image/png", ".jpg": "image/jpeg"}
ALWAYS = {"model": "tiny-qwen3-vl", "stream": False, "logprobs": True, "top_logprobs": TOP, "cache_prompt": False}


@dataclass(frozen=True)
class Prompt:
    """One request, the group that it is counted in, and how its answer is checked, if it is."""

    key: str
    group: str
    body: Mapping[str, Any]
    checks: tuple[Check, ...] = ()


def all_prompts(suites: Path) -> list[Prompt]:
    """Returns every prompt of a comparison in a fixed order."""
    files = sorted(suites.glob("*/suite.yaml"))
    cases = [prompt for file in files for prompt in suite_prompts(file)]
    return [*cases, *drawn(), *map(unset, filter(is_seeded, cases))]


def drawn() -> Iterator[Prompt]:
    """Asks drawn questions, and for every capital, greedily."""
    sampling = {"temperature": 0, "top_k": 0, "top_p": 1, "min_p": 0, "seed": 11, "max_tokens": 24}
    for number, question in enumerate([*draw(Random("comparison"), DRAWN), *all_capitals()]):
        messages = [{"role": "user", "content": question.prompt}]
        body = {**ALWAYS, "messages": messages, **sampling}
        yield Prompt(f"drawn/{question.task}-{number:03}", GREEDY, body, (exactly(question.answer),))


def is_seeded(prompt: Prompt) -> bool:
    """Tells whether a prompt samples."""
    return prompt.group == SEEDED


def unset(prompt: Prompt) -> Prompt:
    """Asks again and leaves sampling to the server but for the seed."""
    body = {name: value for name, value in prompt.body.items() if name not in SAMPLING}
    return Prompt(f"defaults/{prompt.key}", DEFAULTS, body)


def suite_prompts(file: Path) -> Iterator[Prompt]:
    """Reads the cases of one suite; answers under new seeds in each run cannot be paired, so suites of samples have none."""
    suite = yaml.safe_load(file.read_text(encoding="utf-8"))
    for case in suite["cases"] if suite["role"] != "samples" else []:
        sampling = {**suite["sampling"], **case.get("sampling", {})}
        body = {**ALWAYS, "messages": messages_of(case, file.parent / "media"), **sampling, "seed": suite["seeds"][0]}
        if "tools" in case:
            body["tools"] = [tool(name, suite["tools"][name]) for name in case["tools"]]
        group = SEEDED if sampling["temperature"] else GREEDY
        yield Prompt(f"{suite['id']}/{case['id']}", group, body, checks_of(case))


def messages_of(case: Mapping[str, Any], media: Path) -> list[dict[str, Any]]:
    """Returns the messages of a case, media inline and before the text."""
    if "messages" in case:
        return [expanded(message, media) for message in case["messages"]]
    if "media" not in case:
        return [{"role": "user", "content": case["prompt"]}]
    parts = [medium(media / name) for name in case["media"]]
    return [{"role": "user", "content": [*parts, {"type": "text", "text": case["prompt"]}]}]


def expanded(message: dict[str, Any], media: Path) -> dict[str, Any]:
    """Puts the media of a message in their places."""
    if not isinstance(message.get("content"), list):
        return message
    parts = [medium(media / part["media"]) if part["type"] == "media" else part for part in message["content"]]
    return {**message, "content": parts}


def medium(file: Path) -> dict[str, Any]:
    """Returns a picture or a clip as a part of a message, in the form that llama.cpp takes."""
    data = base64.b64encode(file.read_bytes()).decode()
    if file.suffix in MIME:
        return {"type": "image_url", "image_url": {"url": f"data:{MIME[file.suffix]};base64,{data}"}}
    return {"type": "input_video", "input_video": {"data": data}}


def tool(name: str, definition: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a tool as requests carry it."""
    return {"type": "function", "function": {"name": name, **definition}}
