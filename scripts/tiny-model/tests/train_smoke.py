"""Two minutes of training from the committed checkpoint: resumed legs, a falling loss, and both converters alike."""

from __future__ import annotations

import json
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

import torch

from tests.models import HF_FOLDERS
from tinymodel.converter_check import same_bytes
from tinymodel.curve import draw_curve
from tinymodel.reference import network_difference
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

    def test_forward_pass_is_that_of_transformers(self) -> None:
        self.assertLess(network_difference(HF_FOLDERS[0], 1), 1e-3)

    def test_conversion_writes_the_bytes_of_the_other_converter(self) -> None:
        for folder in HF_FOLDERS:
            self.assertEqual({"text": True, "projector": True}, same_bytes(folder))


if __name__ == "__main__":
    unittest.main()
