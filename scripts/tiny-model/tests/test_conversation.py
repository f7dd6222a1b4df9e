"""How an example is worded, for training and for the chat API."""

from __future__ import annotations

import json
import unittest

import jinja2

from tests.draws import drawn, worded
from tinymodel import tasks, tokenizer
from tinymodel.chat import api_messages
from tinymodel.conversation import Frames, Segment, prompt, segments
from tinymodel.evaluation import items
from tinymodel.example import Example
from tinymodel.layout import FREE, TRAINED


class Conversations(unittest.TestCase):
    """How an example is worded."""

    def test_template_words_conversations_as_training_does(self) -> None:
        template = self.template("instruct")
        for task in (*tasks.MODALITIES["text"], *tasks.MODALITIES["vision"], *tasks.MODALITIES["tools"]):
            for example in drawn(task, FREE, 5):
                offered = list(example.tools) or None
                rendered = template.render(messages=plain(example), tools=offered, add_generation_prompt=False)
                self.assertEqual(rendered, marked(segments(example)), task)

    def test_prompt_ends_where_the_assistant_begins(self) -> None:
        for item in items(2):
            self.assertTrue(worded(prompt(item.example, item.place)).endswith("<|im_start|>assistant\n"))

    def test_thinking_learns_the_last_answer_with_its_thought(self) -> None:
        example = drawn("chain", TRAINED, 1)[0]
        told = worded(segments(example, True))
        self.assertEqual(1, told.count("<think>"))
        learnt = [part.text for part in segments(example, True) if not isinstance(part, Frames) and part.place >= 0]
        self.assertEqual(1, len(learnt))
        self.assertRegex(learnt[0], r"^<think>\n.+\n</think>\n\nIt is .+<\|im_end\|>$")

    def test_thinking_template_forgets_thoughts(self) -> None:
        said = {"role": "assistant", "content": "<think>\nA red circle.\n</think>\n\nred"}
        messages = [{"role": "user", "content": "Q"}, said, {"role": "user", "content": "R"}]
        rendered = self.template("thinking").render(messages=messages, add_generation_prompt=True)
        start, end = "<|im_start|>", "<|im_end|>\n"
        self.assertEqual(
            f"{start}user\nQ{end}{start}assistant\nred{end}{start}user\nR{end}{start}assistant\n", rendered
        )

    def template(self, name: str) -> jinja2.Template:
        """A committed chat template, with the JSON filter of transformers."""
        environment = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)
        environment.filters["tojson"] = lambda value: json.dumps(value, ensure_ascii=False)
        return environment.from_string((tokenizer.SOURCE / f"{name}.jinja").read_text(encoding="utf-8"))


def plain(example: Example) -> list[dict]:
    """The messages of the chat API with calls as objects, as transformers passes them."""
    messages = api_messages(example, lambda clip: "")
    for message in messages:
        for call in message.get("tool_calls", ()):
            call["function"]["arguments"] = json.loads(call["function"]["arguments"])
    return messages


def marked(parts: list[Segment]) -> str:
    """The text of a conversation with the template's mark for pictures."""
    mark = "<|vision_start|><|image_pad|><|vision_end|>"
    return "".join(mark if isinstance(part, Frames) else part.text for part in parts)


if __name__ == "__main__":
    unittest.main()
