"""Short questions in words that the base was trained to answer: data for factors, prompts for the comparison."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tinymodel.tasks.words import CAPITALS, CITIES, NAMES, WORDS

CAPITAL_WORDINGS = ("What is the capital of {}?", "Capital of {}?", "Name the capital of {}.")
LETTERS, DIGITS = "abcdefghijklmnopqrstuvwxyz", "0123456789"


@dataclass(frozen=True)
class Question:
    """One prompt and its one right answer."""

    task: str
    prompt: str
    answer: str


def letters(random: Random, alphabet: str, shortest: int, longest: int) -> str:
    """Draws a word of random characters."""
    return "".join(random.choice(alphabet) for _ in range(random.randint(shortest, longest)))


def copying(random: Random) -> tuple[str, str]:
    """Asks for a word back."""
    word = letters(random, LETTERS, 3, 6)
    return random.choice(("Repeat the word: {}", "Say {}")).format(word), word


def reversing(random: Random) -> tuple[str, str]:
    """Asks for digits in reverse."""
    digits = letters(random, DIGITS, 2, 4)
    return f"Reverse the digits: {digits}", digits[::-1]


def adding(random: Random) -> tuple[str, str]:
    """Asks for a sum of at most 20."""
    first = random.randint(0, 20)
    second = random.randint(0, 20 - first)
    return random.choice(("What is {} + {}?", "{} + {} =")).format(first, second), str(first + second)


def capital(random: Random) -> tuple[str, str]:
    """Asks for a capital."""
    country = random.choice(list(CAPITALS))
    return random.choice(CAPITAL_WORDINGS).format(country), CAPITALS[country]


def uppercase(random: Random) -> tuple[str, str]:
    """Asks for a word in capital letters."""
    word = random.choice(WORDS)
    return f"Uppercase: {word}", word.upper()


def comparing(random: Random) -> tuple[str, str]:
    """Asks which number is greater."""
    first, second = random.sample(range(100), 2)
    return f"Is {first} greater than {second}? Answer yes or no.", "yes" if first > second else "no"


def looking_up(random: Random) -> tuple[str, str]:
    """Asks for a field of a JSON object."""
    fields = [("name", random.choice(NAMES)), ("age", random.randint(10, 99)), ("city", random.choice(CITIES))]
    random.shuffle(fields)
    key, value = random.choice(fields)
    return f"{json.dumps(dict(fields))}\nWhat is the {key}?", str(value)


TASKS: dict[str, Callable[[Random], tuple[str, str]]] = {
    "copy": copying,
    "reverse": reversing,
    "add": adding,
    "capital": capital,
    "upper": uppercase,
    "yesno": comparing,
    "json": looking_up,
}


def draw(random: Random, count: int) -> list[Question]:
    """Draws questions, the tasks in turn."""
    tasks = [task for _, task in zip(range(count), list(TASKS) * count)]
    return [Question(task, *TASKS[task](random)) for task in tasks]


def all_capitals() -> list[Question]:
    """Asks for every capital in every wording."""
    return [
        Question("capital", wording.format(country), city)
        for wording in CAPITAL_WORDINGS
        for country, city in CAPITALS.items()
    ]
