"""Pairs the answers of two stacks and sums up how they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tinymodel.comparison.answers import Answer
from tinymodel.comparison.prompts import DEFAULTS, GREEDY, SEEDED, Prompt
from tinymodel.drifts.drift import Visible

FIRST_CANDIDATES = 5


@dataclass(frozen=True)
class Difference:
    """How two answers to one prompt differ; log-probabilities by their mean absolute difference."""

    prompt: Prompt
    identical: bool
    same_text: bool
    same_top: bool
    prompt_tokens: int
    first: float | None
    largest: float | None
    sequence: float | None
    right: tuple[bool, bool] | None


def difference(prompt: Prompt, base: Answer, other: Answer) -> Difference:
    """Compares two answers; what one of them lacks is None."""
    first, shared = first_candidates(base, other), shared_tokens(base, other)
    return Difference(
        prompt,
        base == other,
        (base.text, base.calls) == (other.text, other.calls),
        first_id(base) == first_id(other),
        other.prompt_tokens - base.prompt_tokens,
        mean(first),
        max(first, default=None),
        mean(shared),
        (passes(prompt, base), passes(prompt, other)) if prompt.checks else None,
    )


def first_id(answer: Answer) -> int | None:
    """Returns the first token, if there is one."""
    return answer.tokens[0].id if answer.tokens else None


def first_candidates(base: Answer, other: Answer) -> list[float]:
    """Compares the base's likeliest first tokens with the same ids in the other answer, where both lists have them."""
    if not base.tokens or not other.tokens:
        return []
    there = dict(other.tokens[0].top)
    return [abs(value - there[token]) for token, value in base.tokens[0].top[:FIRST_CANDIDATES] if token in there]


def shared_tokens(base: Answer, other: Answer) -> list[float]:
    """Compares the chosen tokens up to the first that differs."""
    values = []
    for ours, theirs in zip(base.tokens, other.tokens):
        if ours.id != theirs.id:
            break
        values.append(abs(ours.logprob - theirs.logprob))
    return values


def mean(values: Sequence[float]) -> float | None:
    """Returns the mean, or None of nothing."""
    return sum(values) / len(values) if values else None


def passes(prompt: Prompt, answer: Answer) -> bool:
    """Tells whether an answer passes all checks of its prompt."""
    return all(check(answer) for check in prompt.checks)


def differences(prompts: Sequence[Prompt], base: Mapping[str, Answer], other: Mapping[str, Answer]) -> list[Difference]:
    """Compares all answers in the order of the prompts."""
    return [difference(prompt, base[prompt.key], other[prompt.key]) for prompt in prompts]


def shows(found: Sequence[Difference]) -> Visible:
    """Says what of the answers moved."""
    if all(one.identical for one in found):
        return Visible.NOTHING
    if any(one.prompt_tokens for one in found):
        return Visible.PROMPTS
    if all(one.identical for one in found if one.prompt.group != DEFAULTS):
        return Visible.DEFAULTS
    return Visible.ANSWERS


def summary(found: Sequence[Difference]) -> dict[str, Any]:
    """Sums up, greedy prompts in detail."""
    greedy = group(found, GREEDY)
    scored = [one.right for one in greedy if one.right]
    return {
        "identical": sum(one.identical for one in found),
        "prompts": len(found),
        "promptLengthsMoved": sum(one.prompt_tokens != 0 for one in found),
        "greedy": len(greedy),
        "greedyTextsMoved": sum(not one.same_text for one in greedy),
        "firstTokensMoved": sum(not one.same_top for one in greedy),
        "firstMean": rounded(mean([one.first for one in greedy if one.first is not None])),
        "firstLargest": rounded(max((one.largest for one in greedy if one.largest is not None), default=None)),
        "sequenceMean": rounded(mean([one.sequence for one in greedy if one.sequence is not None])),
        "seeded": len(group(found, SEEDED)),
        "seededTextsMoved": sum(not one.same_text for one in group(found, SEEDED)),
        "defaults": len(group(found, DEFAULTS)),
        "defaultsTextsMoved": sum(not one.same_text for one in group(found, DEFAULTS)),
        "scored": len(scored),
        "rightBefore": sum(before for before, _ in scored),
        "rightAfter": sum(after for _, after in scored),
        "lost": sum(before and not after for before, after in scored),
        "won": sum(after and not before for before, after in scored),
    }


def group(found: Sequence[Difference], name: str) -> list[Difference]:
    """Picks the prompts of one group."""
    return [one for one in found if one.prompt.group == name]


def rounded(value: float | None) -> float | None:
    """Keeps four significant digits."""
    return None if value is None else float(f"{value:.4g}")
