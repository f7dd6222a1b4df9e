"""Conversations with tools: one call, chains of two and three, and a counter."""

from __future__ import annotations

import json
import random
from typing import Any

from tinymodel.example import Assistant, Call, Example, Message, ToolResult, asked
from tinymodel.layout import Layout
from tinymodel.tasks.declared import ADD, CLICK, COUNTER, FRIEND, USER, WEATHER
from tinymodel.tasks.words import CITIES, NAMES, SKIES

WORDINGS = {
    "weather": ("What is the weather in {}?", "Weather in {}?", "Tell me the weather in {}."),
    "sum": ("Use the tool: {} + {}", "Call the tool to add {} and {}.", "Sum with the tool: {} and {}"),
    "chain": (
        "What is the weather where {} lives?", "Tell me the weather where {} lives.", "Weather at the home of {}?",
    ),
    "chain3": (
        "What is the weather where the friend of {} lives?", "Tell me the weather at the home of the friend of {}.",
        "Find the friend of {} and tell me the weather there.",
    ),
    "counter": ("Count to {} with the tool.", "Use the counter until it says {}.", "Call the counter up to {}."),
}  # fmt: skip
LONGEST_COUNT = 30


def stepped(task: str, number: int, name: str, arguments: dict[str, Any], result: str) -> tuple[Message, ...]:
    """One call and what the tool returned; each turn counts as a task of its own."""
    thought = f"I need {name} of {' '.join(map(str, arguments.values()))}."
    return Assistant(f"{task}#{number}", "", thought, (Call(name, arguments),)), ToolResult(result)


def forecast(rng: random.Random, layout: Layout) -> dict[str, Any]:
    """What the weather tool returns; freely with the keys in either order."""
    values = {"temp": rng.randint(-9, 35), "sky": rng.choice(SKIES)}
    return dict(reversed(values.items())) if layout.is_free(rng) and rng.random() < 0.5 else values


def report(task: str, number: int, city: str, weather: dict[str, Any]) -> Assistant:
    """The sentence that ends a weather conversation."""
    text = f"It is {weather['sky']} and {weather['temp']} degrees in {city}."
    return Assistant(f"{task}#{number}", text, f"{city}: {weather['sky']}, {weather['temp']}")


def weather(task: str, rng: random.Random, layout: Layout) -> tuple[Message, ...]:
    """One call of the weather tool and the sentence about it."""
    city, result = rng.choice(CITIES), forecast(rng, layout)
    call = stepped(task, 0, "get_weather", {"city": city}, json.dumps(result))
    return asked(rng.choice(WORDINGS[task]).format(city)), *call, report(task, 1, city, result)


def addition(task: str, rng: random.Random, layout: Layout) -> tuple[Message, ...]:
    """One call of the adding tool; freely with numbers up to 999."""
    first, second = (rng.randint(layout.between(10, 1), layout.between(99, 999)) for _ in range(2))
    call = stepped(task, 0, "add", {"a": first, "b": second}, str(first + second))
    answer = Assistant(f"{task}#1", f"The result is {first + second}.", f"The tool says {first + second}")
    return asked(rng.choice(WORDINGS[task]).format(first, second)), *call, answer


def chain(task: str, rng: random.Random, layout: Layout) -> tuple[Message, ...]:
    """Two or three calls, each of which needs the answer of the one before."""
    name, friend = rng.sample(NAMES, 2)
    city, result = rng.choice(CITIES), forecast(rng, layout)
    steps = [("get_user", {"name": name}, json.dumps({"name": name, "city": city}))]
    if task == "chain3":
        steps = [
            ("get_friend", {"name": name}, json.dumps({"name": name, "friend": friend})),
            ("get_user", {"name": friend}, json.dumps({"name": friend, "city": city})),
        ]
    steps.append(("get_weather", {"city": city}, json.dumps(result)))
    turns = [message for number, step in enumerate(steps) for message in stepped(task, number, *step)]
    return asked(rng.choice(WORDINGS[task]).format(name)), *turns, report(task, len(steps), city, result)


def counter(task: str, rng: random.Random, layout: Layout) -> tuple[Message, ...]:
    """Counts step by step to a target of 2 to 6; freely to 30."""
    return counted(rng.choice(WORDINGS[task]), rng.randint(2, layout.between(6, LONGEST_COUNT)))


def counted(wording: str, target: int) -> tuple[Message, ...]:
    """The whole conversation of counting to a target."""
    messages: list[Message] = [asked(wording.format(target))]
    for number in range(1, target + 1):
        call = Assistant("counter", "", f"{number - 1} of {target}", (Call("counter", {"n": number}),))
        messages += [call, ToolResult(json.dumps({"count": number}))]
    return *messages, Assistant("counter", f"The counter is at {target}.", f"{target} of {target}")


DRAWS = {"weather": weather, "sum": addition, "chain": chain, "chain3": chain, "counter": counter}
OFFERED = {
    "weather": [WEATHER], "sum": [ADD], "chain": [USER, WEATHER], "chain3": [FRIEND, USER, WEATHER],
    "counter": [COUNTER],
}  # fmt: skip


def offered(task: str, rng: random.Random, layout: Layout) -> tuple[dict[str, Any], ...]:
    """The tools of the task, sometimes with one more; freely in any order."""
    tools = list(OFFERED[task])
    if task in ("weather", "sum") and rng.random() < 0.3:
        tools.append(rng.choice((CLICK, USER, ADD if task == "weather" else WEATHER)))
        rng.shuffle(tools)
    if layout.is_free(rng):
        rng.shuffle(tools)
    return tuple(tools)


def draw(task: str, rng: random.Random, layout: Layout) -> Example:
    """One conversation with tools."""
    return Example(task, DRAWS[task](task, rng, layout), offered(task, rng, layout))
