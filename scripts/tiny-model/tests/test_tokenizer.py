"""The tokenizer: the same bytes every time, and the decoys asleep."""

from __future__ import annotations

import random
import tempfile
import unittest
from pathlib import Path

from tokenizers import Tokenizer

from tests.models import HF_FOLDERS
from tinymodel import tasks, tokenizer
from tinymodel.conversation import Words, segments
from tinymodel.layout import FREE


class TokenizerFiles(unittest.TestCase):
    """What `tokenizer.write` writes."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        tokenizer.write(self.folder, thinking=False)
        self.loaded = Tokenizer.from_file(str(self.folder / "tokenizer.json"))

    def test_committed_files_come_out_byte_for_byte(self) -> None:
        for folder in HF_FOLDERS:
            tokenizer.write(self.folder, thinking="thinking" in folder.parent.name)
            for file in sorted(self.folder.iterdir()):
                with self.subTest(folder=folder, file=file.name):
                    self.assertEqual((folder / file.name).read_bytes(), file.read_bytes())

    def test_has_1024_entries_and_the_tokens_of_qwen_last(self) -> None:
        self.assertEqual(1024, self.loaded.get_vocab_size())
        numbers = [self.loaded.token_to_id(text) for text in tokenizer.SPECIAL + tokenizer.PLAIN]
        self.assertEqual(list(range(1004, 1024)), numbers)

    def test_every_merge_makes_an_entry_of_two_that_exist(self) -> None:
        entries = tokenizer.vocabulary()
        for merge in tokenizer.merges():
            first, second = merge.split(" ")
            self.assertTrue({first, second, first + second} <= set(entries), merge)
        self.assertEqual(len(entries), 256 + len(tokenizer.merges()))

    def test_texts_survive_the_way_there_and_back(self) -> None:
        for text in (
            "Say qzxv",
            "züri 中文 🚀",
            '{"a": [1, 2]}\n',
            "<think>\nA red circle.\n</think>\n\nred",
            "  two  spaces",
        ):
            ids = self.loaded.encode(text, add_special_tokens=False).ids
            self.assertEqual(text, self.loaded.decode(ids, skip_special_tokens=False))

    def test_decoys_sleep_in_every_text_of_the_data(self) -> None:
        decoys = {self.loaded.token_to_id(merge.replace(" ", "")) for merge in tokenizer.DECOYS}
        self.assertEqual(14, len(decoys - {None}))
        rng = random.Random(1)
        for task in tasks.TASKS:
            for part in segments(tasks.draw(task, rng, FREE)):
                if isinstance(part, Words):
                    self.assertFalse(decoys & set(self.loaded.encode(part.text, add_special_tokens=False).ids))

    def test_decoys_wake_when_numbers_are_not_split(self) -> None:
        document = self.loaded.to_str().replace(r"\\p{N}|", r"\\p{N}+|")
        other = Tokenizer.from_str(document)
        self.assertEqual(["1", "2"], self.loaded.encode("12").tokens)
        self.assertEqual(["12"], other.encode("12").tokens)


if __name__ == "__main__":
    unittest.main()
