"""When an answer is right, and how sure a share is."""

from __future__ import annotations

import json
import unittest

from tinymodel.example import Assistant, Call
from tinymodel.scoring import Answer, box, overlap, right, wilson


def boxed(*sides: int) -> str:
    """A box as the model writes it."""
    return json.dumps([{"bbox_2d": list(sides), "label": "red circle"}])


class Scoring(unittest.TestCase):
    """Right and wrong answers."""

    def test_plain_answers_must_be_equal(self) -> None:
        wanted = Assistant("capital", "Oslo", "")
        self.assertTrue(right(wanted, Answer("Oslo")))
        for wrong in (Answer("oslo"), Answer("Oslo."), Answer("Oslo", (Call("get_weather", {"city": "Oslo"}),))):
            self.assertFalse(right(wanted, wrong))

    def test_boxes_must_overlap_by_half(self) -> None:
        wanted = Assistant("bbox", boxed(0, 0, 100, 100), "")
        self.assertTrue(right(wanted, Answer(boxed(0, 0, 100, 51))))
        for wrong in (boxed(0, 0, 100, 50), boxed(200, 0, 300, 100), boxed(0, 0, 100), "[]", "red circle", "[1]"):
            self.assertFalse(right(wanted, Answer(wrong)), wrong)
        self.assertAlmostEqual(1 / 7, overlap(box(boxed(0, 0, 2, 2)), box(boxed(1, 1, 3, 3))))

    def test_clicks_must_be_near_and_in_form(self) -> None:
        wanted = Assistant("click_tool", "", "", (Call("click", {"x": 240, "y": 700}),))
        self.assertTrue(right(wanted, Answer("", (Call("click", {"x": 360, "y": 580}),))))
        for x, y in ((361, 700), (240, 579)):
            self.assertFalse(right(wanted, Answer("", (Call("click", {"x": x, "y": y}),))))
        self.assertFalse(right(wanted, Answer("", (Call("press", {"x": 240, "y": 700}),))))
        self.assertFalse(right(wanted, Answer("240 700")))

    def test_thoughts_are_read_from_either_place(self) -> None:
        inside = {"message": {"content": "<think>\nA red circle.\n</think>\n\nred"}}
        apart = {"message": {"content": "red", "reasoning_content": "A red circle."}}
        self.assertEqual([Answer("red", (), "A red circle.")] * 2, [Answer.of(inside), Answer.of(apart)])

    def test_unreadable_arguments_match_nothing(self) -> None:
        function = {"name": "counter", "arguments": '{"n": '}
        answer = Answer.of({"message": {"content": None, "tool_calls": [{"function": function}]}})
        self.assertFalse(right(Assistant("counter", "", "", (Call("counter", {"n": 1}),)), answer))

    def test_wilson_intervals_are_the_published_ones(self) -> None:
        """Newcombe (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
        published = {
            (81, 263): (0.2553, 0.3662),
            (15, 148): (0.0624, 0.1605),
            (0, 20): (0, 0.1611),
            (1, 29): (0.0061, 0.1718),
        }
        for (hits, number), interval in published.items():
            self.assertEqual(interval, tuple(round(side, 4) for side in wilson(hits, number)))


if __name__ == "__main__":
    unittest.main()
