"""The synthetic data: the same draws for the same seeds, and answers that fit what is shown."""

from __future__ import annotations

import hashlib
import json
import random
import re
import subprocess
import sys
import unittest
from pathlib import Path

import numpy as np

from tests.draws import drawn, worded
from tinymodel import tasks
from tinymodel.conversation import segments
from tinymodel.curriculum import Curriculum, Progress
from tinymodel.example import Assistant, Call, Clip, Example, Picture, ToolResult, User
from tinymodel.layout import FREE, TRAINED, Layout
from tinymodel.questions import all_capitals, draw
from tinymodel.tasks import lettering, text, tools, video, vision

WORDINGS = {**text.WORDINGS, **vision.WORDINGS, **video.WORDINGS, **tools.WORDINGS}
DRAWN_QUESTIONS = "49e8c033a1f36cb38d2ba7874ea0d112844ebb9b475971e4d4f1d739a16005b3"
UNTRAINED = ("Brazil", "Riga", "Zoe", "pink", "brown", "gray")


def digest() -> str:
    """The digest of some examples of every task."""
    told = [worded(segments(one, True)) for task in tasks.TASKS for one in drawn(task, Layout(0.7), 5)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


class Draws(unittest.TestCase):
    """What tasks draw."""

    def test_same_seeds_draw_the_same_in_another_process(self) -> None:
        code = "from tests.test_data import digest; print(digest())"
        done = subprocess.run(
            [sys.executable, "-B", "-c", code],
            cwd=Path(__file__).parents[1],
            capture_output=True,
            text=True,
            check=True,
        )
        self.assertEqual(digest(), done.stdout.strip())

    def test_every_task_has_three_wordings_and_uses_them(self) -> None:
        self.assertEqual({3}, {len(wordings) for wordings in [*WORDINGS.values(), lettering.READ, lettering.CLICKS]})
        for task in tasks.TASKS:
            beginnings = WORDINGS.get(task) or (lettering.READ if task in ("ocr", "code") else lettering.CLICKS)
            questions = "\n".join(worded(segments(one)) for one in drawn(task, FREE, 40))
            for wording in beginnings:
                self.assertIn(max(wording.split("{}"), key=len), questions, task)

    def test_no_value_that_suites_call_untrained_is_drawn(self) -> None:
        for task in tasks.TASKS:
            told = " ".join(worded(segments(one)) for one in drawn(task, FREE, 60))
            self.assertEqual([], [word for word in UNTRAINED if word in told])

    def test_boxes_and_corners_are_those_of_the_pixels(self) -> None:
        for example in drawn("bbox", FREE, 50):
            picture, answer = picture_of(example), answer_of(example)
            wanted = json.loads(answer.text)[0]["bbox_2d"]
            for side, pixel in zip(wanted, pixel_box(picture)):
                self.assertAlmostEqual(side, pixel * 1000 / 96, delta=11)  # one pixel
        for example in drawn("quadrant", FREE, 50):
            left, top, right, bottom = pixel_box(picture_of(example))
            corner = f"{'top' if top + bottom < 96 else 'bottom'} {'left' if left + right < 96 else 'right'}"
            self.assertEqual(corner, answer_of(example).text)

    def test_squares_move_where_the_answer_says(self) -> None:
        for example in drawn("direction", FREE, 50):
            clip = next(part for message in example.messages if isinstance(message, User) for part in message.parts)
            assert isinstance(clip, Clip)
            (left, top, *_), (left2, top2, *_) = (pixel_box(frame) for frame in (clip.frames[0], clip.frames[-1]))
            step = (int(np.sign(left2 - left)), int(np.sign(top2 - top)))
            self.assertEqual(video.STEPS[answer_of(example).text], step)

    def test_sums_and_comparisons_are_right(self) -> None:
        for example in drawn("add", FREE, 50):
            first, second = numbers_in(question_of(example))
            self.assertEqual(str(first + second), answer_of(example).text)
        for example in drawn("yesno", FREE, 50):
            first, second = numbers_in(question_of(example))
            self.assertEqual("yes" if first > second else "no", answer_of(example).text)

    def test_counter_counts_to_thirty(self) -> None:
        messages = tools.counted("Count to {} with the tool.", 30)
        calls = [message.calls[0] for message in messages if isinstance(message, Assistant) and message.calls]
        self.assertEqual([Call("counter", {"n": number}) for number in range(1, 31)], calls)
        self.assertEqual(30, sum(isinstance(message, ToolResult) for message in messages))
        self.assertEqual("The counter is at 30.", answer_of(Example("counter", messages)).text)

    def test_trained_layout_is_the_first_pictures(self) -> None:
        for example in drawn("shape", TRAINED, 20):
            self.assertEqual((24, 24, 72, 72), pixel_box(picture_of(example)))


class Questions(unittest.TestCase):
    """The short questions that factors and comparisons are made of."""

    def test_draws_are_those_that_the_committed_factors_were_made_from(self) -> None:
        told = repr([*draw(random.Random("golden"), 210), *all_capitals()])
        self.assertEqual(DRAWN_QUESTIONS, hashlib.sha256(told.encode()).hexdigest())


class Curricula(unittest.TestCase):
    """How training moves from trained to free layouts."""

    def test_a_task_moves_on_when_it_is_mostly_right(self) -> None:
        progress = Progress()
        progress.observe(10, 10)
        self.assertEqual(0.3, progress.reach)
        progress.observe(10, 10)
        self.assertEqual(0.4, progress.reach)

    def test_a_task_that_is_mostly_wrong_stays(self) -> None:
        progress = Progress()
        for _ in range(100):
            progress.observe(5, 2)
        self.assertEqual((0.3, 0.4), (progress.reach, progress.accuracy))

    def test_draws_follow_the_seed_and_survive_the_checkpoint(self) -> None:
        first = Curriculum()
        first.progress["shape"].observe(20, 20)
        second = Curriculum.of(json.loads(json.dumps(first.state())))
        told = [worded(segments(one.draw(random.Random(7))[0])) for one in (first, second)]
        self.assertEqual(*told)
        self.assertEqual(first, second)

    def test_every_drawn_conversation_has_something_to_learn(self) -> None:
        curriculum, rng = Curriculum({task: Progress(reach=0.6) for task in tasks.TASKS}), random.Random(3)
        for _ in range(600):
            self.assertTrue(curriculum.draw(rng)[0].turns())


def picture_of(example: Example):
    """The picture of a conversation."""
    parts = [part for message in example.messages if isinstance(message, User) for part in message.parts]
    return next(part.image for part in parts if isinstance(part, Picture))


def question_of(example: Example) -> str:
    """The words of the first question."""
    user = next(message for message in example.messages if isinstance(message, User))
    return " ".join(part for part in user.parts if isinstance(part, str))


def numbers_in(question: str) -> list[int]:
    """The numbers of a question in their order."""
    return [int(digits) for digits in re.findall(r"\d+", question)]


def answer_of(example: Example) -> Assistant:
    """The last answer."""
    answer = example.messages[-1]
    assert isinstance(answer, Assistant)
    return answer


def pixel_box(picture) -> tuple[int, int, int, int]:
    """The sides of what differs from the colour that most of the border has."""
    pixels = np.asarray(picture).astype(int)
    border = [tuple(pixel) for pixel in (*pixels[0], *pixels[-1], *pixels[:, 0], *pixels[:, -1])]
    ground = max(set(border), key=border.count)
    rows, columns = np.nonzero((pixels != ground).any(axis=2))
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


if __name__ == "__main__":
    unittest.main()
