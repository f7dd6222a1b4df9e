"""What needs torch: resumed legs, a falling loss, both converters alike, and transformers beside the server."""

from __future__ import annotations

import json
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from transformers import AutoProcessor

from tests.draws import drawn
from tests.models import HF_FOLDERS, files_beside
from tinymodel import alike
from tinymodel.chat import png
from tinymodel.converter_check import same_bytes
from tinymodel.curve import draw_curve
from tinymodel.evaluation import MOST_TOKENS
from tinymodel.layout import TRAINED
from tinymodel.models import load_model
from tinymodel.reference import compared, network_difference
from tinymodel.scoring import Answer
from tinymodel.server import served
from tinymodel.training import CHECKPOINT, LOG, Folder, Leg, Plan

PLAN = Plan(steps=8, batch=8, warmup=2, decay=4, workers=1)


class TrainSmoke(unittest.TestCase):
    """What only torch can show."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        torch.set_num_threads(1)

    def leg(self, name: str, stop: int) -> Leg:
        """Trains one leg up to a step."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        leg = Leg(PLAN, Folder(folder), HF_FOLDERS[0], 0)
        while leg.step < stop:
            leg.train_step()
        leg.save()
        return leg

    def test_two_legs_are_one_leg(self) -> None:
        self.leg("two", 3)
        two, one = self.leg("two", 8), self.leg("one", 8)
        self.assertEqual((8, one.curriculum), (two.step, two.curriculum))
        for first, second in zip(one.network.model.parameters(), two.network.model.parameters()):
            torch.testing.assert_close(first, second, rtol=0, atol=0)

    def test_another_plan_is_refused(self) -> None:
        self.leg("plan", 1)
        with self.assertRaisesRegex(ValueError, "checkpoint of another plan .*; use another folder"):
            Leg(replace(PLAN, seed=2), Folder(self.folder / "plan"), HF_FOLDERS[0], 0)

    def test_loss_falls_from_fresh_weights(self) -> None:
        leg = Leg(replace(PLAN, steps=60, batch=12), Folder(self.folder), HF_FOLDERS[0], 0)
        for parameter in leg.network.model.parameters():
            if parameter.ndim >= 2:
                torch.nn.init.normal_(parameter, std=parameter[0].numel() ** -0.5)
        losses = [leg.train_step()["loss"] for _ in range(40)]
        self.assertLess(sum(losses[-5:]), 0.7 * sum(losses[:5]))

    def test_a_run_leaves_checkpoint_log_and_curve(self) -> None:
        Leg(replace(PLAN, steps=10), Folder(self.folder), HF_FOLDERS[0], 0).run(60)
        entries = [json.loads(line) for line in (self.folder / LOG).read_text().splitlines()]
        self.assertEqual([10], [entry["step"] for entry in entries])
        draw_curve(self.folder / LOG, self.folder / "curve.png")
        self.assertTrue((self.folder / CHECKPOINT).is_file() and (self.folder / "curve.png").stat().st_size)

    def test_a_resumed_leg_cuts_the_log_back_to_its_checkpoint(self) -> None:
        self.leg("cut", 1)
        log = self.folder / "cut" / LOG
        log.write_text('{"step": 1}\n{"step": 2}\n{"ste', encoding="utf-8")
        Leg(PLAN, Folder(self.folder / "cut"), HF_FOLDERS[0], 1)
        self.assertEqual(3, len(log.read_text(encoding="utf-8").splitlines()))
        Leg(PLAN, Folder(self.folder / "cut"), HF_FOLDERS[0], 0)
        self.assertEqual('{"step": 1}\n', log.read_text(encoding="utf-8"))

    def test_served_answers_are_those_of_transformers(self) -> None:
        for hf in HF_FOLDERS:
            with self.subTest(folder=hf.parent.name):
                self.assertEqual([], alike.problems(compared(hf, *files_beside(hf), 1)))

    def test_the_processor_of_transformers_prepares_pictures_as_the_server_does(self) -> None:
        picture, question = drawn("color", TRAINED, 1)[0].messages[0].parts
        for hf in HF_FOLDERS:
            with self.subTest(folder=hf.parent.name), served(*files_beside(hf), "tiny-model-processor") as server:
                shown = {"type": "image_url", "image_url": {"url": "data:image/png;base64," + png(picture.image)}}
                content = [shown, {"type": "text", "text": question}]
                theirs = server.chat([{"role": "user", "content": content}], max_tokens=MOST_TOKENS)
                content[0] = {"type": "image", "image": picture.image}
                self.assertEqual(Answer.of(theirs), self.answer(hf, [{"role": "user", "content": content}]))

    def answer(self, hf: Path, messages: list[dict[str, Any]]) -> Answer:
        """What transformers alone answers, greedily."""
        processor, model = AutoProcessor.from_pretrained(hf), load_model(hf).eval()
        inputs = processor.apply_chat_template(
            messages, add_generation_prompt=True, tokenize=True, return_dict=True, return_tensors="pt"
        )
        said = model.generate(**inputs, max_new_tokens=MOST_TOKENS, do_sample=False)[0, inputs["input_ids"].shape[1] :]
        return Answer.of({"message": {"content": processor.decode(said).removesuffix("<|im_end|>")}})

    def test_forward_pass_is_that_of_transformers(self) -> None:
        self.assertLess(network_difference(HF_FOLDERS[0], 1), 1e-3)

    def test_conversion_writes_the_bytes_of_the_other_converter(self) -> None:
        for folder in HF_FOLDERS:
            self.assertEqual({"text": True, "projector": True}, same_bytes(folder))


if __name__ == "__main__":
    unittest.main()
