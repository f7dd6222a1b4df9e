"""Pairs the answers of two stacks and sums up how they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from tinymodel.comparison.answers import Answer, Token
from tinymodel.comparison.prompts import DEFAULTS, GREEDY, SEEDED, Prompt
from tinymodel.drifts.drift import Visible

FIRST_CANDIDATES = 5


@dataclass(frozen=True)
class Difference:
    """How two answers to one prompt differ; log-probabilities by their mean absolute difference.

    `bounded` counts the base's likeliest first tokens that the other list lacks, whose differences are lower bounds;
    `missing` the tokens up to the first that differs for which only the base has a log-probability. `prompt_tokens` is
    None where only one of the requests was refused.
    """

    prompt: Prompt
    identical: bool
    same_text: bool
    same_top: bool
    refused: bool
    prompt_tokens: int | None
    first: float | None
    largest: float | None
    bounded: int
    missing: int
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
        base.refused != other.refused,
        None if base.refused != other.refused else other.prompt_tokens - base.prompt_tokens,
        mean(first),
        max(first, default=None),
        bounded_candidates(base, other),
        missing_tokens(base, other),
        mean(shared),
        (passes(prompt, base), passes(prompt, other)) if prompt.checks else None,
    )


def first_id(answer: Answer) -> int | None:
    """Returns the first token, if there is one."""
    return answer.tokens[0].id if answer.tokens else None


def first_candidates(base: Answer, other: Answer) -> list[float]:
    """Compares the base's likeliest first tokens with the same ids in the other answer.

    An id that the other list lacks is at most as likely there as the last that it has; the difference from that is a
    lower bound, so that an answer whose candidates are all others does not go uncounted.
    """
    ours, there = likeliest(base), listed(other)
    if not there:
        return []
    last = min(there.values())
    return [abs(value - there[token]) if token in there else max(0.0, value - last) for token, value in ours]


def bounded_candidates(base: Answer, other: Answer) -> int:
    """Counts those of the base's likeliest first tokens that the other answer does not list."""
    there = listed(other)
    return sum(token not in there for token, _ in likeliest(base)) if there else 0


def likeliest(answer: Answer) -> Sequence[tuple[int, float]]:
    """Returns the likeliest first tokens."""
    return answer.tokens[0].top[:FIRST_CANDIDATES] if answer.tokens else ()


def listed(answer: Answer) -> dict[int, float]:
    """Returns all listed first tokens."""
    return dict(answer.tokens[0].top) if answer.tokens else {}


def shared_tokens(base: Answer, other: Answer) -> list[float]:
    """Compares the chosen tokens up to the first that differs, where both have a log-probability."""
    pairs = [(ours.logprob, theirs.logprob) for ours, theirs in paired(base, other)]
    return [abs(ours - theirs) for ours, theirs in pairs if ours is not None and theirs is not None]


def missing_tokens(base: Answer, other: Answer) -> int:
    """Counts the chosen tokens, up to the first that differs, for which only the base has a log-probability."""
    return sum(ours.logprob is not None and theirs.logprob is None for ours, theirs in paired(base, other))


def paired(base: Answer, other: Answer) -> list[tuple[Token, Token]]:
    """Pairs the chosen tokens up to the first that differs."""
    return list(takewhile(lambda pair: pair[0].id == pair[1].id, zip(base.tokens, other.tokens)))


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
    if any(one.refused for one in found):
        return Visible.REFUSALS
    if any(one.prompt_tokens for one in found):
        return Visible.PROMPTS
    if all(one.identical for one in found if one.prompt.group != DEFAULTS):
        return Visible.DEFAULTS
    return Visible.ANSWERS


def summary(found: Sequence[Difference]) -> dict[str, Any]:
    """Sums up, greedy prompts in detail."""
    greedy = group(found, GREEDY)
    return {
        "identical": sum(one.identical for one in found),
        "prompts": len(found),
        "refused": sum(one.refused for one in found),
        "promptLengthsMoved": sum(bool(one.prompt_tokens) for one in found),
        "logprobsMissing": sum(one.missing > 0 for one in found),
        "greedy": len(greedy),
        "greedyTextsMoved": texts_moved(greedy),
        "firstTokensMoved": sum(not one.same_top for one in greedy),
        **numbers(greedy),
        "seeded": len(group(found, SEEDED)),
        "seededTextsMoved": texts_moved(group(found, SEEDED)),
        "defaults": len(group(found, DEFAULTS)),
        "defaultsTextsMoved": texts_moved(group(found, DEFAULTS)),
        **scores(greedy),
    }


def texts_moved(found: Sequence[Difference]) -> int:
    """Counts the answers with another text or other calls."""
    return sum(not one.same_text for one in found)


def numbers(found: Sequence[Difference]) -> dict[str, Any]:
    """Sums up differences of log-probabilities, each mean with the number of prompts that it rests on."""
    firsts = [one.first for one in found if one.first is not None]
    sequences = [one.sequence for one in found if one.sequence is not None]
    return {
        "firstMean": rounded(mean(firsts)),
        "firstCount": len(firsts),
        "firstBounded": sum(one.bounded > 0 for one in found),
        "firstLargest": rounded(max((one.largest for one in found if one.largest is not None), default=None)),
        "sequenceMean": rounded(mean(sequences)),
        "sequenceCount": len(sequences),
    }


def scores(found: Sequence[Difference]) -> dict[str, Any]:
    """Counts right answers in both, and those lost and won."""
    scored = [one.right for one in found if one.right]
    return {
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
