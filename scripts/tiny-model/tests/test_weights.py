"""Reading and writing model files."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

import numpy as np

from tests.places import BASE
from tinymodel.weights import ModelError, read_gguf, read_safetensors, write_gguf, write_safetensors


class Files(unittest.TestCase):
    """Files that are read and written again."""

    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def test_a_gguf_file_that_nobody_changed_becomes_the_same_bytes(self) -> None:
        for source in (BASE.text, BASE.projector):
            written = write_gguf(read_gguf(source), self.folder / source.name)
            self.assertEqual(source.read_bytes(), written.read_bytes())

    def test_the_digest_does_not_see_the_order_of_tensors(self) -> None:
        model = BASE.model()
        turned = type(model)(model.source, model.metadata, dict(reversed(model.tensors.items())), model.alignment)
        self.assertEqual(model.digest(), turned.digest())

    def test_safetensors_come_back_as_they_were(self) -> None:
        arrays = {"b": np.arange(6, dtype=np.float32).reshape(2, 3), "a": np.zeros(0, dtype=np.int32)}
        file = write_safetensors(arrays, {"note": "é"}, self.folder / "x.safetensors")
        again, notes = read_safetensors(file)
        self.assertEqual({"note": "é"}, notes)
        self.assertEqual(["a", "b"], list(again))
        for name, array in arrays.items():
            np.testing.assert_array_equal(array, again[name])

    def test_names_the_file_that_is_no_model(self) -> None:
        file = self.folder / "text.gguf"
        file.write_text("no model")
        with self.assertRaisesRegex(ModelError, "text.gguf: not a whole GGUF file"):
            read_gguf(file)

    def test_names_the_key_that_is_missing(self) -> None:
        with self.assertRaises(ModelError) as raised:
            read_gguf(BASE.projector).value("tokenizer.chat_template", "use a chat model")
        self.assertEqual(
            f"{BASE.projector}: no 'tokenizer.chat_template' in its metadata; use a chat model", str(raised.exception)
        )


if __name__ == "__main__":
    unittest.main()
