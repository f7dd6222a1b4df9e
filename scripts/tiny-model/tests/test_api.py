"""The committed models, asked over the chat API of the embedded stack."""

from __future__ import annotations

import random
import unittest

from tokenizers import Tokenizer

from tests.models import HF_FOLDERS, files_beside
from tinymodel import evaluation, tasks
from tinymodel.scoring import Answer
from tinymodel.server import Server, VideoFiles, served

ALPHABET = "abcdefghij XYZ 0123456789 \n\t.,:;!?'\"{}[]<>|éüßñ中文🚀 ça"
EASY = ("capital", "color", "flash", "weather")
LEAST = 0.5
QUESTIONS = 6


class Api(unittest.TestCase):
    """Smoke over the API: text, image, video, tools, and tokens."""

    def test_answers_every_modality_and_the_same_again(self) -> None:
        videos = VideoFiles()
        for hf in HF_FOLDERS:
            with served(*files_beside(hf), "tiny-model-test") as server:
                for task in EASY:
                    with self.subTest(folder=hf.parent.name, task=task):
                        self.assertGreaterEqual(self.share(server, videos, task), LEAST)
                first, second = (self.capital(server) for _ in range(2))
                self.assertEqual(first, second)
                self.assertEqual("thinking" in hf.parent.name, Answer.of(first).thought is not None)

    def share(self, server: Server, videos: VideoFiles, task: str) -> float:
        """The share of right answers to a few questions of the trained layout."""
        drawn = [item for item in evaluation.items(QUESTIONS, (task,)) if item.layout == "trained"]
        right = [evaluation.right(item.wanted, evaluation.asked(server, videos, item.before())) for item in drawn]
        return sum(right) / len(right)

    def capital(self, server: Server) -> dict[str, object]:
        """One answer with its log probabilities."""
        return server.chat([{"role": "user", "content": "Capital of Norway?"}], max_tokens=40, logprobs=True)

    def test_server_cuts_texts_as_the_tokenizer_does(self) -> None:
        rng = random.Random(0)
        texts = ["".join(rng.choices(ALPHABET, k=rng.randint(1, 40))) for _ in range(60)]
        texts += ["I've can't we'll", "<|im_start|>user\nHi<|im_end|>", '<tool_call>\n{"name"', "x  \n y", "1234567890"]
        for hf in HF_FOLDERS:
            tokenizer = Tokenizer.from_file(str(hf / "tokenizer.json"))
            with served(*files_beside(hf), "tiny-model-tokens") as server:
                for text in texts:
                    theirs = server.post("/tokenize", {"content": text, "parse_special": True})["tokens"]
                    self.assertEqual(tokenizer.encode(text, add_special_tokens=False).ids, theirs, repr(text))

    def test_evaluation_draws_the_same_questions_every_time(self) -> None:
        first, second = (list(evaluation.items(2)) for _ in range(2))
        self.assertEqual([item.wanted for item in first], [item.wanted for item in second])
        self.assertEqual({(task, layout) for task in tasks.TASKS for layout in evaluation.LAYOUTS},
                         {(item.task, item.layout) for item in first})  # fmt: skip


if __name__ == "__main__":
    unittest.main()
