"""Other tokenizers over the same weights: a merge that is missing, and a pre-tokenizer of another name."""

from __future__ import annotations

import gguf

from tinymodel.drifts.drift import Derivation, Drift, Visible, rewriting
from tinymodel.weights import Gguf, ModelError

MERGES, PRE = gguf.Keys.Tokenizer.MERGES, gguf.Keys.Tokenizer.PRE
REMOVED = "Ġcapital"
OTHER_PRE = "llama-bpe"


def without_merge(model: Gguf, token: str) -> Gguf:
    """Removes the merge that makes a token; the token stays in the vocabulary and is never made."""
    merges = model.value(MERGES, "use a byte-pair tokenizer")
    kept = [merge for merge in merges if merge.replace(" ", "") != token]
    if len(kept) != len(merges) - 1:
        raise ModelError(f"{model.source}: no single merge makes '{token}'; adapt the drift to this tokenizer")
    return model.with_contents({MERGES: kept})


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
        "tokenizer-pre",
        f"The pre-tokenizer is called {OTHER_PRE}: pairs of digits, which slept as decoys, are read as one unknown token.",
        Derivation("tokenizer", {"pre": OTHER_PRE}),
        ("tokenizer",),
        Visible.PROMPTS,
        rewriting(lambda model: model.with_contents({PRE: OTHER_PRE})),
    ),
)
