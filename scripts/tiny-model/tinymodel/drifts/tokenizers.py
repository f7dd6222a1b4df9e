"""Other tokenizers over the same weights: a merge that is missing, and a pre-tokenizer of another name."""

from __future__ import annotations

import gguf

from tinymodel.drifts.drift import Derivation, Drift, Visible, rewriting
from tinymodel.weights import Gguf, ModelError

MERGES, TOKENS = gguf.Keys.Tokenizer.MERGES, gguf.Keys.Tokenizer.LIST
PRE = gguf.Keys.Tokenizer.PRE
REMOVED = "Ġcapital"
OTHER_PRE = "llama-bpe"
DIGITS = "0123456789"
DECOYS = tuple(str(number) for number in range(10, 23))
# GPT-2's letters for the bytes that no UTF-8 text contains: C0, C1 and F5 to FF.
IMPOSSIBLE = tuple(chr(byte) for byte in (0xC0, 0xC1, *range(0xF5, 0x100)))


def without_merge(model: Gguf, token: str) -> Gguf:
    """Removes the merge that makes a token; the token stays in the vocabulary and is never made."""
    merges = model.value(MERGES, "use a byte-pair tokenizer")
    kept = [merge for merge in merges if merge.replace(" ", "") != token]
    if len(kept) != len(merges) - 1:
        raise ModelError(f"{model.source}: no single merge makes '{token}'; adapt the drift to this tokenizer")
    return model.with_contents({MERGES: kept})


def has_decoys(model: Gguf) -> bool:
    """Tells whether the tokenizer has merges of digits, which Qwen's pre-tokenizer never lets happen."""
    merges = model.value(MERGES, "use a byte-pair tokenizer")
    return any(all(character in DIGITS + " " for character in merge) for merge in merges)


def with_decoys(model: Gguf) -> Gguf:
    """Adds merges of two digits that show a wrong pre-tokenizer and nothing else, unless there are some.

    Their tokens take the places of the 13 byte tokens that no UTF-8 text can produce: ids and weights stay as they are.
    """
    if has_decoys(model):
        return model
    names = dict(zip(IMPOSSIBLE, DECOYS, strict=True))
    tokens = model.value(TOKENS, "use a byte-pair tokenizer")
    missing = sorted(set(IMPOSSIBLE) - set(tokens))
    if missing:
        raise ModelError(f"{model.source}: no token '{missing[0]}' to give up; use a byte-level tokenizer")
    merges = model.value(MERGES, "") + [f"{decoy[0]} {decoy[1]}" for decoy in DECOYS]
    return model.with_contents({TOKENS: [names.get(token, token) for token in tokens], MERGES: merges})


DRIFTS = (
    Drift(
        "tokenizer-merge-removed",
        f"The merge that makes '{REMOVED.replace('Ġ', ' ')}' is gone: the word is read in two pieces.",
        Derivation("tokenizer", {"removed": REMOVED}),
        ("tokenizer",),
        Visible.PROMPTS,
        rewriting(lambda model: without_merge(model, REMOVED)),
    ),
    Drift(
        "tokenizer-decoys",
        "Merges of digits that the pre-tokenizer never lets happen; shows where sampling draws a byte that gave way.",
        Derivation("tokenizer", {"decoys": ", ".join(DECOYS)}),
        ("tokenizer",),
        Visible.ANSWERS,
        rewriting(with_decoys),
    ),
    Drift(
        "tokenizer-pre",
        f"The decoys, and the pre-tokenizer is called {OTHER_PRE}: digit pairs are read as one unknown token.",
        Derivation("tokenizer", {"pre": OTHER_PRE}),
        ("tokenizer",),
        Visible.PROMPTS,
        rewriting(lambda model: with_decoys(model).with_contents({PRE: OTHER_PRE})),
    ),
)
