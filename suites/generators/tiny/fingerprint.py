"""tiny-fingerprint: uncertain prompts of every kind, each once greedy and once sampled with a fixed seed."""

import random
from typing import Callable

from tiny.clips import moving_square
from tiny.conversation import ADD, CHAIN, TOOLS, WEATHER, lookup_history, question, system, user
from tiny.figures import crowd, shape_scene
from tiny.layout import Layout
from tiny.lettering import WORDS, Lettering
from tiny.suite_file import Suite

MODES = {"greedy": {}, "seeded": {"sampling": {"temperature": 1.0, "top_k": 0, "top_p": 1}}}

SHORT_QUESTIONS = [
    "Repeat the word: wonderful", "Say abcdef", "Reverse the letters: abc", "capital of japan?", "Norway's capital?",
    "What is the capital of Brazil?", "Make uppercase: zebra", '{"fruit": "apple", "count": 12}\nWhat is the fruit?',
    "Name five cities.", "Count from one to ten.", "Write a poem about the sea.",
    "Explain how a lock works, in two sentences.", "Locate the circle as JSON.", "Tell me a story.",
]
TOOL_QUESTIONS = [
    (WEATHER, "What is the weather in Nairobi?"),
    (CHAIN, "What is the weather where Zoe lives?"),
    (CHAIN[::-1], "What is the weather where Anna lives?"),
    (ADD, "Use the tool: 5 + 7"),
    (ADD, "Add 12 and 30."),
    (["add", "click"], "Use the tool: 1 + 2"),
    (["click"], "Click the OK button."),
    (CHAIN, lookup_history("Zoe", "Riga")),
]
IMAGE_QUESTIONS = [
    (96, 96, "Describe the image."), (96, 96, "Locate the shape as JSON."), (96, 96, "Tell me a story."),
    (128, 64, "Read the text."), (128, 128, "What is in the image?"), (128, 128, "Locate the shape as JSON."),
    (128, 128, "Where is the shape?"), (128, 128, "Click the Save button."),
]
LARGE_IMAGE_QUESTIONS = [
    (512, 512, "Describe the image."), (500, 300, "Locate the shape as JSON."), (384, 256, "Read the text."),
]
VIDEO_QUESTIONS = ["What happens in the video?", "Describe the image.", "Tell me a story."]
TEN_TOKENS = ["Hi", "Why?", "Say a", "3 + 4", "Go on"]
LEDGERS = [
    ("length-100", 6, "Tell me a story."),
    ("length-100", 6, "List all names."),
    ("length-100", 6, "Write a poem about the sea."),
    ("length-100", 6, "Locate the shape as JSON."),
    ("length-100", 6, "Repeat everything."),
    ("length-1000", 68, "Repeat the last line."),
    ("length-1000", 68, "Name five cities."),
    ("length-3000", 205, "Who has the most?"),
]
NAMES = ["Anna", "Ben", "Carla", "David", "Emma", "Felix", "Greta", "Hugo", "Ida", "Jonas"]
CITIES = ["Paris", "Madrid", "Rome", "Berlin", "Tokyo", "Oslo", "Vienna", "Athens", "Cairo", "Lima", "Dublin", "Moscow"]


def fingerprint_suite(lettering: Lettering) -> Suite:
    description = "Uncertain prompts over text, tools, image and video, each greedy and sampled with a fixed seed."
    requires = ["image", "video", "tools", "logprobs"]
    suite = Suite("fingerprint", description, requires, 48, role="fingerprint", top_logprobs=10, tools=TOOLS)
    for prompt in SHORT_QUESTIONS:
        add(suite, "natural-stop", "text", suite.next_id("text"), prompt)
    for offered, turns in TOOL_QUESTIONS:
        add(suite, "tool-call", "tools", suite.next_id("call"), turns, tools=offered)
    add_images(suite, lettering)
    add_videos(suite)
    for prompt in TEN_TOKENS:
        add(suite, "length-10", "text", suite.next_id("length-10"), prompt)
    for stratum, lines, prompt in LEDGERS:
        name = suite.next_id(stratum)
        add(suite, stratum, "text", name, ledger(suite.rng(name), lines, prompt))
    return suite


def add(suite: Suite, stratum: str, kind: str, name: str, turns: str | list, **parts) -> None:
    for mode, sampling in MODES.items():
        case = {"id": f"{name}-{mode}", "tags": [kind, mode], "stratum": stratum}
        suite.cases.append({**case, **question(turns), **parts, **sampling})


def add_media(suite: Suite, stratum: str, kind: str, prompt: str, draw: Callable) -> None:
    name = suite.next_id(stratum)
    add(suite, stratum, kind, name, prompt, media=[suite.store(name, draw(suite.rng(name)))])


def add_images(suite: Suite, lettering: Lettering) -> None:
    for width, height, prompt in IMAGE_QUESTIONS:
        add_media(suite, "image", "image", prompt, lambda rng: crowd(rng, width, height))
    add_media(suite, "image", "image", "Read the text.", lambda rng: lettering.word_scene(rng, Layout.FREE).content)
    add_two_images(suite)
    for width, height, prompt in LARGE_IMAGE_QUESTIONS:
        add_media(suite, "large-image", "image", prompt, lambda rng: lettering.large_crowd(rng, width, height))


def add_two_images(suite: Suite) -> None:
    name = suite.next_id("image")
    first, second = (
        suite.store(part, shape_scene(suite.rng(part), Layout.FREE).content) for part in (f"{name}-a", f"{name}-b")
    )
    content = [
        {"type": "text", "text": "First:"}, {"type": "media", "media": first},
        {"type": "text", "text": "Second:"}, {"type": "media", "media": second},
        {"type": "text", "text": "What is the difference?"},
    ]
    add(suite, "image", "image", name, [system("You are a helpful assistant."), user(content)])


def add_videos(suite: Suite) -> None:
    for prompt in ("Which direction does the square move?", "Where does the square go?"):
        add_media(suite, "video", "video", prompt, lambda rng: moving_square(rng, Layout.FREE).content)
    for prompt in VIDEO_QUESTIONS:
        add_media(suite, "video", "video", prompt, lambda rng: [crowd(rng, 96, 96) for _ in range(4)])


def ledger(rng: random.Random, lines: int, prompt: str) -> str:
    """A long prompt: one plain sentence a line, then a question."""
    draw = lambda: f"{rng.choice(NAMES)} has {rng.randint(2, 99)} {rng.choice(WORDS)}s in {rng.choice(CITIES)}."
    return "\n".join([*(draw() for _ in range(lines)), prompt])
