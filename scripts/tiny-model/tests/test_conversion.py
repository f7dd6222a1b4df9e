"""The conversion of the committed checkpoints."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

import gguf
import numpy as np
from safetensors.numpy import load_file

from tests.models import HF_FOLDERS, NAMES, files_beside
from tinymodel.conversion import Source, convert, parts

LARGEST = 16 * 2**20


class Conversion(unittest.TestCase):
    """From a Hugging Face folder to GGUF."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.assertTrue(HF_FOLDERS)

    def convert(self, hf: Path) -> list[bytes]:
        """Converts one folder and returns both files."""
        files = [self.folder / "text.gguf", self.folder / "projector.gguf"]
        convert(hf, NAMES[hf.parent.name], *files)
        return [file.read_bytes() for file in files]

    def test_committed_files_come_out_byte_for_byte(self) -> None:
        for hf in HF_FOLDERS:
            with self.subTest(folder=hf.parent.name):
                committed = [file.read_bytes() for file in files_beside(hf)]
                self.assertEqual(committed, self.convert(hf))
                self.assertEqual(self.convert(hf), self.convert(hf))
                self.assertLessEqual(sum(map(len, committed)), LARGEST)

    def test_every_value_is_that_of_the_checkpoint(self) -> None:
        hf = HF_FOLDERS[0]
        self.convert(hf)
        readers = [gguf.GGUFReader(self.folder / f"{kind}.gguf") for kind in ("text", "projector")]
        written = {tensor.name: np.asarray(tensor.data) for reader in readers for tensor in reader.tensors}
        expected = dict(
            part for name, value in load_file(hf / "model.safetensors").items() for part in parts(name, value)
        )
        self.assertEqual(set(expected), set(written))
        for name, value in expected.items():
            np.testing.assert_array_equal(value.astype(written[name].dtype), written[name].reshape(value.shape), name)

    def test_tokens_are_in_the_order_of_their_numbers(self) -> None:
        hf = HF_FOLDERS[0]
        self.convert(hf)
        fields = gguf.GGUFReader(self.folder / "text.gguf").fields
        tokens = fields["tokenizer.ggml.tokens"].contents()
        self.assertEqual((1024, "<|im_end|>", "</think>"), (len(tokens), tokens[1006], tokens[1023]))
        self.assertEqual("qwen2", fields["tokenizer.ggml.pre"].contents())
        self.assertEqual(Source.read(hf).template, fields["tokenizer.chat_template"].contents())


if __name__ == "__main__":
    unittest.main()
