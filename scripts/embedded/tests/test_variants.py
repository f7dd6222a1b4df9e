"""What variants.py makes, served by real engines."""

from __future__ import annotations

import json
import subprocess
import unittest
from typing import Any

from embedded import (
    BASE,
    ENGINE,
    MODEL,
    OTHER_ARITHMETIC,
    SCRIPTS,
    StackTest,
    TOOL,
    UPGRADE,
    ask,
    exact,
    fetch,
    logprobs_of,
    text_only,
)


class Variants(StackTest):
    """What variants.py makes, served."""

    python = ""

    def setUp(self) -> None:
        super().setUp()
        if not Variants.python:
            self.assertEqual(0, self.stack("install", "--tools").returncode)
            Variants.python = str(BASE / "tools" / "variants" / "bin" / "python")

    def variants(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Runs variants.py with the interpreter it needs."""
        return subprocess.run(
            [self.python, "-I", "-B", str(SCRIPTS / "variants.py"), *words], text=True, capture_output=True, timeout=60
        )

    def test_rounded_weights_keep_everything_but_the_values(self) -> None:
        source, targets = MODEL / "tinyvl-F16.gguf", [self.home / "a.gguf", self.home / "b.gguf"]
        done = [self.variants("rounded", "--type", "Q8_0", str(source), str(target)) for target in targets]
        self.assertEqual(
            {"changedTensors": 29, "changedValues": 863658, "maxAbs": 0.005645751953125}, json.loads(done[0].stdout)
        )
        original, a, b = source.read_bytes(), *(target.read_bytes() for target in targets)
        self.assertEqual(a, b)
        self.assertEqual(len(original), len(a))
        head = original.index(b"token_embd.weight")  # metadata lies before the list of tensors
        self.assertEqual(original[:head], a[:head])
        served = self.up("rounded", text_only(params={"model.path": str(targets[0])}))
        base = self.up("base", text_only())
        then, now = (logprobs_of(ask(state["url"], "Capital of Italy?")) for state in (base, served))
        self.assertEqual([token for token, _ in then], [token for token, _ in now])
        self.assertTrue(0 < max(abs(x[1] - y[1]) for x, y in zip(then, now)) < 0.1)

    def test_templates_render_differently(self) -> None:
        base = self.prompts(self.up("base", text_only()))
        for mode in ("trailing-newline", "no-tools", "no-generation-prompt"):
            target = self.home / f"{mode}.gguf"
            self.assertEqual(
                0, self.variants("template", "--mode", mode, str(MODEL / "tinyvl-F16.gguf"), str(target)).returncode
            )
            plain, tools = self.prompts(self.up(mode, text_only(params={"model.path": str(target)})))
            start = "<|im_start|>assistant\n"
            expected = {
                "trailing-newline": (base[0] + "\n", base[1] + "\n"),
                "no-tools": (base[0], base[0]),
                "no-generation-prompt": (base[0][: -len(start)], base[1][: -len(start)]),
            }
            self.assertEqual(expected[mode], (plain, tools))

    def prompts(self, state: dict[str, Any]) -> tuple[str, str]:
        """Renders one question without and with a tool."""
        body = {"messages": [{"role": "user", "content": "Hi"}]}
        plain, tools = (
            json.loads(fetch(state["url"] + "/apply-template", {**body, **more})[2])["prompt"]
            for more in ({}, {"tools": [TOOL]})
        )
        return plain, tools

    def test_a_forged_engine_claims_one_version_and_computes_like_another(self) -> None:
        engine = json.loads(self.stack("install", "--engine", OTHER_ARITHMETIC).stdout)["dir"]
        forged = str(self.home / "forged")
        done = self.variants("forge-engine", "--engine", engine, "--claim", ENGINE, forged)
        self.assertEqual(
            (forged, ENGINE, OTHER_ARITHMETIC), tuple(json.loads(done.stdout)[key] for key in ("dir", "claims", "is"))
        )
        honest, lying = self.up("honest", text_only()), self.up("lying", text_only(engineDir=forged))
        self.assertEqual(honest["version"], lying["version"])
        questions = [f"Say {word}" for word in ("table", "qzx", "house", "bvk", "lemon")]
        answers = [
            [ask(state["url"], question)["choices"][0]["logprobs"] for question in questions]
            for state in (honest, lying)
        ]
        self.assertNotEqual(answers[0], answers[1])
        self.assertEqual(64, self.variants("forge-engine", "--engine", engine, "--claim", ENGINE, forged).returncode)

    def test_the_upgraded_engine_runs_the_same_launch(self) -> None:
        old, new = self.up("old", exact(version=UPGRADE)), self.up("new", exact())
        self.assertEqual(old["launch"], new["launch"])
        self.assertEqual(*(logprobs_of(ask(state["url"], "Capital of Italy?")) for state in (old, new)))

    def test_explains_inputs_without_anything_to_change(self) -> None:
        for words, text in (
            (["rounded", "--type", "Q8_0", "/nope", "x"], "/nope: No such file or directory"),
            (["rounded", "--type", "Q8_0", __file__, "x"], "not a whole GGUF file: GGUF magic invalid"),
            (
                ["template", "--mode", "no-tools", str(MODEL / "mmproj-tinyvl-F16.gguf"), "x"],
                "no 'tokenizer.chat_template' in its metadata; use a chat model",
            ),
            (["rounded"], "the following arguments are required"),
        ):
            done = self.variants(*words)
            self.assertEqual((64, ""), (done.returncode, done.stdout))
            self.assertIn(text, done.stderr)


if __name__ == "__main__":
    unittest.main()
