"""Writes the tokenizer: byte-level BPE with 1,024 entries, laid out as Qwen's.

Its source is the list of merges in `tokenizer/merges.txt`. They were learnt once from the first training texts, and
the weights know their numbers, so they stay. Fourteen merges of line ends that no text of ours contains gave their
places to pairs of digits. Qwen's pre-tokenizer splits numbers into single digits, so that these decoys never fire;
under the name of another pre-tokenizer they do, and the change shows.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parent.parent / "tokenizer"
DECOYS = [f"{number // 10} {number % 10}" for number in range(10, 24)]
PATTERN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
SPECIAL = [
    "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|object_ref_start|>", "<|object_ref_end|>", "<|box_start|>",
    "<|box_end|>", "<|quad_start|>", "<|quad_end|>", "<|vision_start|>", "<|vision_end|>", "<|vision_pad|>",
    "<|image_pad|>", "<|video_pad|>",
]  # fmt: skip
PLAIN = ["<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>", "<think>", "</think>"]
PRE_TOKENIZER = {
    "type": "Sequence",
    "pretokenizers": [
        {"type": "Split", "pattern": {"Regex": PATTERN}, "behavior": "Isolated", "invert": False},
        {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False},
    ],
}


def alphabet() -> list[str]:
    """The 256 characters that stand for bytes, as GPT-2 chose them, in the order of their code points."""
    printable = {*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)}
    moved = 256 - len(printable)
    return sorted([chr(byte) for byte in printable] + [chr(256 + number) for number in range(moved)])


def merges() -> list[str]:
    """The merges in the order of their ranks."""
    return (SOURCE / "merges.txt").read_text(encoding="utf-8").splitlines()


def vocabulary() -> dict[str, int]:
    """Every entry but the added ones, with its number."""
    entries = alphabet() + ["".join(merge.split(" ")) for merge in merges()]
    return {entry: number for number, entry in enumerate(entries)}


def added() -> list[dict[str, Any]]:
    """The entries that are never split, with their numbers."""
    first = len(vocabulary())
    shared = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
    return [
        {"id": first + number, "content": content, **shared, "special": content in SPECIAL}
        for number, content in enumerate(SPECIAL + PLAIN)
    ]


def document() -> dict[str, Any]:
    """The content of tokenizer.json."""
    model = {
        "type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
        "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
        "vocab": vocabulary(), "merges": [merge.split(" ") for merge in merges()],
    }  # fmt: skip
    decoder = {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True}
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added(), "normalizer": {"type": "NFC"},
        "pre_tokenizer": PRE_TOKENIZER, "post_processor": None, "decoder": decoder, "model": model,
    }  # fmt: skip


def configuration(template: str) -> dict[str, Any]:
    """The content of tokenizer_config.json."""
    entries = {str(entry["id"]): {key: entry[key] for key in sorted(entry) if key != "id"} for entry in added()}
    return {
        "tokenizer_class": "Qwen2Tokenizer", "add_bos_token": False, "add_prefix_space": False,
        "added_tokens_decoder": entries, "additional_special_tokens": SPECIAL[1:], "bos_token": None,
        "eos_token": "<|im_end|>", "pad_token": "<|endoftext|>", "unk_token": None, "model_max_length": 4096,
        "clean_up_tokenization_spaces": False, "errors": "replace", "split_special_tokens": False,
        "chat_template": template,
    }  # fmt: skip


def write(folder: Path, thinking: bool) -> None:
    """Writes the files of the tokenizer into a Hugging Face folder."""
    folder.mkdir(parents=True, exist_ok=True)
    template = (SOURCE / ("thinking.jinja" if thinking else "instruct.jinja")).read_text(encoding="utf-8")
    files = {
        "tokenizer.json": json.dumps(document(), indent=2, ensure_ascii=False),
        "tokenizer_config.json": json.dumps(configuration(template), indent=1, ensure_ascii=False),
        "vocab.json": json.dumps(vocabulary(), ensure_ascii=False),
        "merges.txt": "#version: 0.2\n" + "\n".join(merges()),
        "chat_template.jinja": template.rstrip("\n"),
    }
    for name, text in files.items():
        (folder / name).write_text(text + "\n", encoding="utf-8")
