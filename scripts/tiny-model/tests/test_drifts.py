"""Each drift changes exactly what it says."""

from __future__ import annotations

import tempfile
import unittest
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import gguf
import numpy as np

from tests.places import BASE
from tinymodel.drifts import factors, quantized, tokenizers
from tinymodel.drifts.changes import Changes, changes
from tinymodel.drifts.drift import PROJECTOR, TEXT
from tinymodel.drifts.registry import DRIFTS, named
from tinymodel.weights import Gguf, ModelError, read_gguf

MATRICES = tuple(sorted(name for name, tensor in BASE.model().tensors.items() if tensor.is_matrix()))
MERGES, PRE = tokenizers.MERGES, tokenizers.PRE
TEMPLATE, FILE_TYPE = "tokenizer.chat_template", "general.file_type"
SAMPLING = ("general.sampling.temp", "general.sampling.top_k", "general.sampling.top_p")
TENSORS_OF = {
    "quantized-q8_0": MATRICES,
    "quantized-q4_0": MATRICES,
    "quantized-mixed": MATRICES,
    "rounded-q8_0": MATRICES,
    "rounded-q4_0": MATRICES,
    "merged-siblings": MATRICES,
}
KEYS_OF = {
    "quantized-q8_0": (FILE_TYPE,),
    "quantized-q4_0": (FILE_TYPE,),
    "quantized-mixed": (FILE_TYPE,),
    "template-trailing-newline": (TEMPLATE,),
    "template-no-generation-prompt": (TEMPLATE,),
    "template-bare-tools": (TEMPLATE,),
    "tokenizer-merge-removed": (MERGES,),
    "tokenizer-pre": (PRE,),
    "sampling-defaults": SAMPLING,
    "merged-equals-base": ("general.name",),
}
OF_FACTORS = {
    "lora-merged": "lora",
    "dora-merged": "dora",
    "prompt-baked": "prompt-baked",
    "context-distilled": "context-distilled",
    "rome": "rome",
    "memit": "memit",
}


class DriftTest(unittest.TestCase):
    """Makes drifts in a folder of their own."""

    folder: Path
    base: Gguf
    launches: dict[str, dict[str, Any]]
    models: dict[str, Gguf]

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.base, cls.launches, cls.models = BASE.model(), {}, {}

    def launch(self, name: str) -> dict[str, Any]:
        """Makes a drift once."""
        if name not in self.launches:
            self.launches[name] = named(name).make(BASE, self.folder / name)
        return self.launches[name]

    def model(self, name: str) -> Gguf:
        """Makes a drift of the text model once."""
        if name not in self.models:
            self.models[name] = read_gguf(Path(self.launch(name)[TEXT]))
        return self.models[name]

    def changes(self, name: str) -> Changes:
        """Makes a drift of the text model and says what it changed."""
        return changes(self.base, self.model(name))


class EveryDrift(DriftTest):
    """What holds for all drifts of the text model."""

    def test_changes_the_tensors_that_it_says(self) -> None:
        for name in text_drifts():
            with self.subTest(name):
                self.assertEqual(expected_tensors(name), self.changes(name).tensors)

    def test_changes_the_keys_that_it_says(self) -> None:
        for name in text_drifts():
            with self.subTest(name):
                self.assertEqual(tuple(sorted(KEYS_OF.get(name, ()))), self.changes(name).keys)

    def test_names_the_layers_that_its_files_move(self) -> None:
        for name in text_drifts():
            with self.subTest(name):
                self.assertEqual(moved_layers(self.base, self.model(name)), set(DRIFTS[name].layers))

    def test_is_the_same_bytes_when_made_again(self) -> None:
        for name in ("rounded-q4_0", "quantized-mixed", "lora-merged", "tokenizer-pre"):
            again = named(name).make(BASE, self.folder / "again" / name)
            self.assertEqual(Path(self.launch(name)[TEXT]).read_bytes(), Path(again[TEXT]).read_bytes())

    def test_declares_where_it_came_from(self) -> None:
        self.assertEqual("linear-merge of base and sibling (share 0.5)", named("merged-siblings").derivation.declared())

    def test_unknown_names_are_told_the_known_ones(self) -> None:
        with self.assertRaisesRegex(
            ModelError, "drift 'x': unknown; expected one of quantized-q8_0, .*processor-limits"
        ):
            named("x")


def text_drifts() -> Iterable[str]:
    """Lists the drifts that replace the text model."""
    others = {"lora-runtime", "draft-model", "image-min-tokens", "image-max-tokens", "processor-limits"}
    return [name for name in DRIFTS if name not in others]


def expected_tensors(name: str) -> tuple[str, ...]:
    """Says which tensors a drift may change."""
    if name in OF_FACTORS:
        return tuple(factors.read(BASE, OF_FACTORS[name]).names(factors.DOWN))
    if name.startswith("gradient-step"):
        changed = factors.read(BASE, name)
        return tuple(one for one in changed.names(factors.PLACES) if len(changed.arrays[one + factors.PLACES]))
    return TENSORS_OF.get(name, ())


def moved_layers(before: Gguf, after: Gguf) -> set[str]:
    """Sorts what changed into the layers of the lock, as the lock's reader of GGUF files does."""
    found = changes(before, after)
    layers = {layer_of(key) for key in found.keys} | ({"weights"} if found.tensors else set())
    kinds = [{name: tensor.kind for name, tensor in model.tensors.items()} for model in (before, after)]
    return layers | ({"quantization"} if kinds[0] != kinds[1] else set())


def layer_of(key: str) -> str:
    """Names the layer of a metadata key."""
    prefixes = {
        TEMPLATE: "template",
        "tokenizer.": "tokenizer",
        "general.sampling.": "generationDefaults",
        FILE_TYPE: "quantization",
    }
    return next((layer for prefix, layer in prefixes.items() if key.startswith(prefix)), "modelConfig")


class Rounding(DriftTest):
    """Weights that went through a quantization."""

    def test_keeps_names_types_shapes_and_file_size(self) -> None:
        for name in ("rounded-q8_0", "rounded-q4_0"):
            file = Path(self.launch(name)[TEXT])
            self.assertEqual((BASE.text.name, BASE.text.stat().st_size), (file.name, file.stat().st_size))

    def test_through_8_bits_is_idempotent(self) -> None:
        once = self.model("rounded-q8_0")
        self.assertEqual(once.digest(), quantized.rounded(once, quantized.one_kind("Q8_0")).digest())

    def test_a_second_time_through_4_bits_moves_little(self) -> None:
        once = self.model("rounded-q4_0")
        twice = changes(once, quantized.rounded(once, quantized.one_kind("Q4_0")))
        self.assertLess(twice.values, 0.01 * self.changes("rounded-q4_0").values)

    def test_is_what_the_quantized_file_holds(self) -> None:
        rounded, packed = self.model("rounded-q4_0"), self.model("quantized-q4_0")
        for name in MATRICES:
            np.testing.assert_array_equal(packed.tensors[name].numbers().astype(np.float16), rounded.tensors[name].data)

    def test_mixes_three_types(self) -> None:
        kinds = {name: tensor.kind.name for name, tensor in self.model("quantized-mixed").tensors.items()}
        self.assertEqual("Q8_0", kinds["token_embd.weight"])
        self.assertEqual({"Q5_1"}, {kinds[f"blk.{layer}.ffn_down.weight"] for layer in range(4)})
        self.assertEqual({"Q4_0"}, {kinds[f"blk.{layer}.ffn_up.weight"] for layer in range(4)})

    def test_refuses_a_model_without_f16(self) -> None:
        with self.assertRaisesRegex(ModelError, "no F16 matrix with rows that Q4_0 can hold; use an F16 model"):
            quantized.rounded(self.model("quantized-q8_0"), quantized.one_kind("Q4_0"))


class LowRank(DriftTest):
    """Adapters and edits."""

    def test_a_merged_adapter_is_the_base_and_the_scaled_product(self) -> None:
        pairs, merged = factors.read(BASE, "lora"), self.model("lora-merged")
        for name in pairs.names(factors.DOWN):
            up, down = (pairs.arrays[name + suffix].astype(np.float64) for suffix in (factors.UP, factors.DOWN))
            whole = self.base.tensors[name].numbers() + pairs.notes["alpha"] / len(down) * up @ down
            np.testing.assert_array_equal(whole.astype(np.float16), merged.tensors[name].data)

    def test_the_adapter_file_holds_the_same_factors(self) -> None:
        adapter = self.launch("lora-runtime")["lora_adapters"][0]
        file, pairs = read_gguf(Path(adapter["path"])), factors.read(BASE, "lora")
        self.assertEqual(1.0, adapter["scale"])
        self.assertEqual("adapter", file.metadata["general.type"].content)
        self.assertEqual(pairs.notes["alpha"], file.metadata["adapter.lora.alpha"].content)
        for name, array in pairs.arrays.items():
            np.testing.assert_array_equal(array, file.tensors[name].data)

    def test_dora_sets_the_length_of_each_row(self) -> None:
        pairs, merged = factors.read(BASE, "dora"), self.model("dora-merged")
        for name in pairs.names(factors.DOWN):
            lengths = np.linalg.norm(merged.tensors[name].numbers(), axis=1)
            np.testing.assert_allclose(lengths, pairs.arrays[name + factors.MAGNITUDE], rtol=1e-3)

    def test_rome_changes_one_matrix_by_rank_one(self) -> None:
        pairs = factors.read(BASE, "rome")
        (name,) = pairs.names(factors.DOWN)
        self.assertRegex(name, r"^blk\.\d\.ffn_down\.weight$")
        self.assertEqual(1, np.linalg.matrix_rank(pairs.product(name)))

    def test_memit_changes_two_matrices_by_rank_ten(self) -> None:
        pairs = factors.read(BASE, "memit")
        self.assertEqual([10, 10], [np.linalg.matrix_rank(pairs.product(name)) for name in pairs.names(factors.DOWN)])

    def test_factors_of_another_base_are_refused(self) -> None:
        other = type(BASE)(BASE.sibling, BASE.projector, BASE.sibling, BASE.factors)
        with self.assertRaises(ModelError) as raised:
            factors.read(other, "rome")
        self.assertEqual(
            f"{BASE.factors}/rome.safetensors: made for the base with tensors {self.base.digest()[:12]}, but"
            f" {BASE.sibling} has {read_gguf(BASE.sibling).digest()[:12]};"
            " make it again with `tiny-model factoring rome`",
            str(raised.exception),
        )

    def test_missing_factors_are_named(self) -> None:
        with self.assertRaises(ModelError) as raised:
            factors.read(BASE, "none")
        self.assertEqual(
            f"{BASE.factors}/none.safetensors: missing; make it with `tiny-model factoring none`",
            str(raised.exception),
        )


class Merges(DriftTest):
    """Whole models merged."""

    def test_merged_equals_base_has_the_same_data_and_another_file(self) -> None:
        self.assertEqual(self.base.digest(), self.model("merged-equals-base").digest())
        self.assertNotEqual(BASE.text.read_bytes(), Path(self.launch("merged-equals-base")[TEXT]).read_bytes())

    def test_the_mean_lies_between_the_siblings(self) -> None:
        name, mean = "blk.0.ffn_up.weight", self.model("merged-siblings")
        ours, theirs = (model.tensors[name].numbers() for model in (self.base, read_gguf(BASE.sibling)))
        np.testing.assert_allclose(mean.tensors[name].numbers(), (ours + theirs) / 2, atol=1e-3)

    def test_a_step_reports_how_many_values_it_changed(self) -> None:
        for name in ("gradient-step", "gradient-step-lost"):
            told = factors.read(BASE, name).notes["report"]["F16 values changed"]
            self.assertEqual(told, self.changes(name).values)
        self.assertEqual(0, self.changes("gradient-step-lost").values)
        self.assertGreater(self.changes("gradient-step").values, 0)


class Tokenizers(DriftTest):
    """Other tokenizers."""

    def test_removes_exactly_one_merge(self) -> None:
        before, after = (model.metadata[MERGES].content for model in (self.base, self.model("tokenizer-merge-removed")))
        self.assertEqual(["Ġca pital"], [merge for merge in before if merge not in after])
        self.assertEqual(len(before) - 1, len(after))

    def test_a_merge_that_is_not_there_is_named(self) -> None:
        with self.assertRaisesRegex(ModelError, "no single merge makes 'Ġnowhere'; adapt the drift to this tokenizer"):
            tokenizers.without_merge(self.base, "Ġnowhere")


class Launches(DriftTest):
    """Drifts that leave the text model alone."""

    def test_the_draft_is_the_base_in_4_bits(self) -> None:
        launch = self.launch("draft-model")
        draft = read_gguf(Path(launch["speculative.draft.mparams.path"]))
        self.assertEqual([1], launch["speculative.types"])
        self.assertEqual(self.model("quantized-q4_0").digest(), draft.digest())

    def test_the_processor_limits_change_the_projector_s_metadata_only(self) -> None:
        found = changes(read_gguf(BASE.projector), read_gguf(Path(self.launch("processor-limits")[PROJECTOR])))
        self.assertEqual(Changes((), ("clip.vision.image_max_pixels", "clip.vision.image_min_pixels"), 0), found)

    def test_settings_are_launch_parameters(self) -> None:
        self.assertEqual({"image_min_tokens": 32}, self.launch("image-min-tokens"))
        self.assertEqual({"image_max_tokens": 8}, self.launch("image-max-tokens"))

    def test_sampling_defaults_are_typed_as_llama_cpp_reads_them(self) -> None:
        kinds = [self.model("sampling-defaults").metadata[key].kind for key in SAMPLING]
        types = gguf.GGUFValueType
        self.assertEqual([types.FLOAT32, types.INT32, types.FLOAT32], kinds)


if __name__ == "__main__":
    unittest.main()
