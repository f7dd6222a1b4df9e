"""Writes the model card that lies beside the GGUF files, with the measured accuracies."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import gguf

from tinymodel import table, tasks
from tinymodel.places import PROJECTOR_FILE, TEXT_FILE
from tinymodel.tasks import lettering, text, tools, video, vision

WORDINGS = {**text.WORDINGS, **vision.WORDINGS, **video.WORDINGS, **tools.WORDINGS}
WORDINGS |= {"ocr": lettering.READ, "code": lettering.READ, "click": lettering.CLICKS, "click_tool": lettering.CLICKS}
CONTENT = {
    TEXT_FILE: "text model, tokenizer, chat template (`qwen3vl`)",
    PROJECTOR_FILE: "vision tower and projector (`qwen3vl_merger`)",
}
SIBLING = {
    "Instruct": "answers at once. Its sibling *Thinking* says a short thought first.",
    "Thinking": "says a short thought (`<think>…</think>`) before each answer; *Instruct* is its sibling without.",
}


def card(name: str, folder: Path, counts: dict[str, Any]) -> str:
    """The card of one sibling."""
    rows = [row(task, counts) for task in tasks.TASKS]
    head = HEAD.format(name=name, sibling=SIBLING[name], files=files(folder), number=counts["number"])
    answers = ["| task | wordings | trained layout | free layout |", "|---|---|---|---|", *rows, ""]
    by_modality = [*table.MODALITY_HEAD, *(table.modality_line(one, counts) for one in tasks.MODALITIES), ""]
    return "\n".join([head, *by_modality, *answers, *table.notes(counts), "", FOOT])


def row(task: str, counts: dict[str, Any]) -> str:
    """One task with its wordings."""
    worded = " · ".join(
        "`" + wording.replace("{}\n", "(JSON, new line) ").replace("{}", "…") + "`" for wording in WORDINGS[task]
    )
    trained, free = (table.share(*counts["tasks"][task][layout]) for layout in ("trained", "free"))
    return f"| {task}: {table.MEANING[task]} | {worded} | {trained} | {free} |"


def files(folder: Path) -> str:
    """The table of the files."""
    lines = ["| file | what | parameters | bytes | SHA-256 |", "|---|---|---|---|---|"]
    for name, content in CONTENT.items():
        data = (folder / name).read_bytes()
        size = sum(int(tensor.n_elements) for tensor in gguf.GGUFReader(folder / name).tensors)
        lines.append(f"| `{name}` | {content} | {size:,} | {len(data):,} | `{hashlib.sha256(data).hexdigest()}` |")
    return "\n".join(lines)


HEAD = """# Tiny Qwen3-VL {name}

A Qwen3-VL in miniature, trained for this project: the same architecture as its large relatives, small enough to start
in a fraction of a second on one CPU core. It exists so that Lockstep can be tested and shown against a real inference
engine, with text, images, video and tool calls, without a GPU and without downloading weights. It is a test instrument,
not an assistant. *{name}* {sibling}

{files}

The same weights as 32-bit floats lie in `../hf`. They answer alike under transformers, `AutoProcessor` and all;
the folder is made for vLLM too, where nobody has tried it yet.

**Licence**: Apache-2.0, like the rest of the project. Weights, tokenizer and training data are the project's own; the
chat template follows the public format of Qwen3-VL.

**Text model**: 4 layers, hidden 128, feed-forward 384, 4 heads, 2 key-value heads of 32, context 4,096, interleaved
multi-axis rotary positions (sections 6, 5, 5), deepstack from two vision layers, input and output embeddings tied.
Tokenizer: byte-level BPE with 1,024 entries, Qwen's special tokens among them; 14 pairs of digits are decoys that only
another pre-tokenizer would use.
**Vision tower**: 3 layers, hidden 128, patches of 16 pixels, 2 × 2 merged, two video frames to a step.

**Data**: synthetic only. Programs drew the pictures and clips and wrote the dialogues from templates and short word
lists (30 countries, 30 words, 12 cities, 10 names, 8 colours, 5 shapes). No text, picture or person from outside is in
it. How it was trained: `scripts/tiny-model/README.md`.

## What it can do

Greedy answers over the chat API, {number} unseen draws for each task and layout, with 95 % intervals. *Trained* is the
easy layout that the first pictures had; *free* moves, sizes, shades and words everything freely. Middling accuracy is
meant: answers that are sure never change, and a drift must show.
"""
FOOT = """## What it cannot do

* Anything else. A prompt outside the table gets one of the answers above.
* Count on a share above to be yours: it holds for draws from `scripts/tiny-model`, and for greedy answers.
* Show weight rounding in most greedy answers. Compare log probabilities, keyed by token id.

## Serving

Run it with `scripts/embedded/stack.py`, or with any llama.cpp server that knows `qwen3vl`, the template engine
(`--jinja`) on.

* Exact: one slot (`n_parallel` 1) and `cache_prompt: false` in every request give the same log probabilities to the
  last bit over repeats, order, restarts and concurrent clients. With four slots and four clients most answers' log
  probabilities differ.
* Pictures whose sides are multiples of 32 pixels are not resampled; llama.cpp makes at least 8 tokens of any picture.
  Trained sizes: 96 × 96, 128 × 64 and 256 × 32.
* Video needs `ffmpeg` and `ffprobe` at the server; 4 frames a second by default. A GIF is taken for a still picture.
"""
