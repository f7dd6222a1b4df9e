"""Other chat templates over the same weights."""

from __future__ import annotations

from collections.abc import Callable

import gguf

from tinymodel.drifts.drift import Derivation, Drift, Visible, replace_once, rewriting
from tinymodel.weights import Gguf

KEY = gguf.Keys.Tokenizer.CHAT_TEMPLATE
MODES: dict[str, Callable[[str], str]] = {
    "trailing-newline": lambda template: template + "{%- if add_generation_prompt %}{{- '\\n' }}{%- endif %}",
    "no-generation-prompt": lambda template: "{%- set add_generation_prompt = false %}" + template,
    "bare-tools": lambda template: replace_once(
        template, "{{- tool | tojson }}", "{{- tool.function | tojson }}", "the chat template"
    ),
    "no-tools": lambda template: "{%- set tools = none %}" + template,
}


def with_template(model: Gguf, mode: str) -> Gguf:
    """Changes the chat template of a model in one of the known ways."""
    return model.with_contents({KEY: MODES[mode](model.value(KEY, "use a chat model"))})


def drift(mode: str, summary: str, visible: Visible) -> Drift:
    """Describes the drift of one mode."""
    make = rewriting(lambda model: with_template(model, mode))
    return Drift(f"template-{mode}", summary, Derivation("template", {"mode": mode}), ("template",), visible, make)


DRIFTS = (
    drift("trailing-newline", "One more newline at the end of the generation prompt.", Visible.ANSWERS),
    drift("no-generation-prompt", "The prompt ends without the assistant's header.", Visible.PROMPTS),
    drift("bare-tools", "Tools are rendered as bare functions, without their type.", Visible.PROMPTS),
)
