"""tiny-samples: prompts with many likely answers, sampled again and again with seeds of their own."""

from tiny.conversation import TOOLS, question
from tiny.figures import crowd
from tiny.fingerprint import SHORT_QUESTIONS, TEN_TOKENS, TOOL_QUESTIONS
from tiny.suite_file import Suite

SAMPLED = {"temperature": 1.0, "top_k": 0, "top_p": 1, "min_p": 0, "max_tokens": 64}
REPETITIONS = 20
IMAGE_QUESTIONS = ["Describe the image.", "Tell me a story.", "What is in the image?"]


def samples_suite() -> Suite:
    description = "Prompts with many likely answers over text, tools and image, sampled with new seeds in each run."
    suite = Suite("samples", description, ["image", "tools", "logprobs"], 64, role="samples", tools=TOOLS)
    suite.header |= {"sampling": SAMPLED, "repetitions": REPETITIONS, "top_logprobs": 1}
    del suite.header["seeds"]
    for prompt in SHORT_QUESTIONS + TEN_TOKENS:
        add(suite, "text", suite.next_id("text"), prompt)
    for offered, turns in TOOL_QUESTIONS[:3]:
        add(suite, "tools", suite.next_id("call"), turns, tools=offered)
    for prompt in IMAGE_QUESTIONS:
        name = suite.next_id("image")
        add(suite, "image", name, prompt, media=[suite.store(name, crowd(suite.rng(name), 96, 96))])
    return suite


def add(suite: Suite, kind: str, name: str, turns: str | list, **parts) -> None:
    suite.cases.append({"id": name, "tags": [kind], **question(turns), **parts})
