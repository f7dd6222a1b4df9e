"""The other chat templates render as they say."""

from __future__ import annotations

import json
import unittest
from typing import Any

import jinja2

from tests.places import BASE
from tinymodel.drifts.templates import KEY, with_template
from tinymodel.weights import Gguf, ModelError, read_gguf

TOOL = {"type": "function", "function": {"name": "add", "description": "Add", "parameters": {"type": "object"}}}
ASKED = [{"role": "user", "content": "Hi"}]
START = "<|im_start|>assistant\n"


def rendered(model: Gguf, tools: list[dict[str, Any]] | None = None) -> str:
    """Renders one question as transformers and llama.cpp do."""
    environment = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)
    environment.filters["tojson"] = json.dumps
    template = environment.from_string(model.metadata[KEY].content)
    return template.render(messages=ASKED, tools=tools, add_generation_prompt=True)


class Templates(unittest.TestCase):
    """One question without and with a tool."""

    def setUp(self) -> None:
        self.base = BASE.model()
        self.plain, self.with_tool = rendered(self.base), rendered(self.base, [TOOL])

    def prompts(self, mode: str) -> tuple[str, str]:
        """Renders with another template."""
        model = with_template(self.base, mode)
        return rendered(model), rendered(model, [TOOL])

    def test_trailing_newline_adds_one(self) -> None:
        self.assertEqual((self.plain + "\n", self.with_tool + "\n"), self.prompts("trailing-newline"))

    def test_no_generation_prompt_ends_before_the_assistant(self) -> None:
        expected = self.plain.removesuffix(START), self.with_tool.removesuffix(START)
        self.assertEqual(expected, self.prompts("no-generation-prompt"))
        self.assertNotIn(START, "".join(expected))

    def test_bare_tools_are_functions_without_their_type(self) -> None:
        expected = self.with_tool.replace(json.dumps(TOOL), json.dumps(TOOL["function"]))
        self.assertEqual((self.plain, expected), self.prompts("bare-tools"))
        self.assertNotEqual(self.with_tool, expected)

    def test_no_tools_renders_as_if_there_were_none(self) -> None:
        self.assertEqual((self.plain, self.plain), self.prompts("no-tools"))

    def test_a_template_without_the_place_to_change_is_refused(self) -> None:
        with self.assertRaises(ModelError) as raised:
            with_template(self.base.with_contents({KEY: "{{ messages }}"}), "bare-tools")
        self.assertEqual(
            "the chat template: 0 places with '{{- tool | tojson }}', expected 1; adapt the drift to this base",
            str(raised.exception),
        )

    def test_a_file_without_a_template_is_refused(self) -> None:
        with self.assertRaises(ModelError) as raised:
            with_template(read_gguf(BASE.projector), "no-tools")
        self.assertEqual(f"{BASE.projector}: no '{KEY}' in its metadata; use a chat model", str(raised.exception))


if __name__ == "__main__":
    unittest.main()
