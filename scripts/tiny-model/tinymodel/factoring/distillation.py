"""A context distilled into the weights: without it, the student answers as the base does with it (arXiv 2409.13697)."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import torch
from torch import Tensor

from tinymodel.drifts.factors import Factors
from tinymodel.factoring.language import LINEAR, Language, Message, Turn, user
from tinymodel.factoring.pairs import Adapter, Pair
from tinymodel.questions import Question, draw

RANK, STEPS, POOL, BATCH, RATE = 4, 200, 480, 24, 5e-3
SYSTEM = ({"role": "system", "content": "Answer briefly."},)
EXAMPLES = tuple(
    message
    for question, answer in (
        ("Capital of Peru?", "Lima"),
        ("What is 3 + 4?", "7"),
        ("Say hello", "hello"),
    )
    for message in (user(question), {"role": "assistant", "content": answer})
)


class Lesson:
    """Answers of the teacher with their full distributions, and the same answers to the bare prompts."""

    def __init__(self, language: Language, context: Sequence[Message], questions: Sequence[Question]) -> None:
        random = torch.Generator().manual_seed(2)
        prompted = [language.prompt([*context, user(question.prompt)]) for question in questions]
        taught = language.answers(prompted, random)
        bare = [language.prompt([user(question.prompt)]) for question in questions]
        self.turns = [Turn(prompt, turn.answer) for prompt, turn in zip(bare, taught)]
        with torch.no_grad():
            self.scores = [language.answer_scores([turn]) for turn in taught]

    def divergence(self, language: Language, rows: Sequence[int]) -> Tensor:
        """Returns the mean Kullback-Leibler divergence per token from the teacher to the language model now."""
        student = language.answer_scores([self.turns[row] for row in rows])
        teacher = torch.cat([self.scores[row] for row in rows])
        return (teacher.exp() * (teacher - student)).sum(-1).mean()


def distilled(language: Language, context: Sequence[Message]) -> Factors:
    """Trains pairs on all linear layers until the bare prompt does what the context did."""
    torch.manual_seed(3)
    lesson = Lesson(language, context, draw(Random("distillation"), POOL))
    unseen = Lesson(language, context, draw(Random("distillation-unseen"), 140))
    rows, random, adapter = range(POOL), Random("distillation-rows"), Adapter.fresh(language, LINEAR, Pair, RANK)
    with torch.no_grad():
        before = float(unseen.divergence(language, range(140)))
    with adapter:
        adapter.train(STEPS, RATE, lambda _: lesson.divergence(language, random.sample(rows, BATCH)))
        with torch.no_grad():
            after = float(unseen.divergence(language, range(140)))
    report = {"KL to the prompted teacher before": round(before, 4), "after": round(after, 4)}
    return adapter.factors({"rank": RANK, "steps": STEPS, "report": report})


def baked_prompt(language: Language) -> Factors:
    """Distils a system prompt."""
    return distilled(language, SYSTEM)


def distilled_context(language: Language) -> Factors:
    """Distils worked examples."""
    return distilled(language, EXAMPLES)
