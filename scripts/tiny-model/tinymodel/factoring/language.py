"""The base as a language model in torch: prompts to ids, ids to scores, answers to prompts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from transformers import AutoTokenizer, Qwen3VLForConditionalGeneration

Message = dict[str, str]
LONGEST_ANSWER = 12
LINEAR = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
NAMES = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}


def user(text: str) -> Message:
    """Makes one user message."""
    return {"role": "user", "content": text}


@dataclass(frozen=True)
class Turn:
    """A prompt and an answer to it, as token ids."""

    prompt: tuple[int, ...]
    answer: tuple[int, ...]

    def ids(self) -> list[int]:
        """Returns both in a row."""
        return [*self.prompt, *self.answer]


class Language:
    """The fp32 master on one thread, its weights frozen."""

    def __init__(self, folder: Path) -> None:
        torch.set_num_threads(1)
        torch.manual_seed(0)
        self.model: Any = Qwen3VLForConditionalGeneration.from_pretrained(folder, dtype=torch.float32)
        self.model.eval().requires_grad_(False)
        tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self.tokenizer = tokenizer
        self.end = int(self.tokenizer.convert_tokens_to_ids("<|im_end|>"))

    @property
    def layers(self) -> Any:
        """Returns the decoder layers."""
        return self.model.model.language_model.layers

    def linear(self, names: Sequence[str] = LINEAR) -> dict[str, torch.nn.Linear]:
        """Returns the linear layers of the given kinds, by the name of their weight in a GGUF file."""
        return {
            f"blk.{number}.{short}.weight": layer.get_submodule(path)
            for number, layer in enumerate(self.layers)
            for path, short in NAMES.items()
            if path.split(".")[1] in names
        }

    def prompt(self, messages: Sequence[Message]) -> tuple[int, ...]:
        """Renders messages with the chat template and reads them as tokens."""
        text = self.tokenizer.apply_chat_template(list(messages), tokenize=False, add_generation_prompt=True)
        return tuple(self.tokenizer(text, add_special_tokens=False).input_ids)

    def turn(self, messages: Sequence[Message], answer: str) -> Turn:
        """Makes a turn whose answer ends."""
        ids = self.tokenizer(answer, add_special_tokens=False).input_ids
        return Turn(self.prompt(messages), (*ids, self.end))

    def scores(self, rows: Sequence[Sequence[int]]) -> Tensor:
        """Returns log-probabilities of shape (rows, longest row, vocabulary); rows are padded on the right."""
        width = max(map(len, rows))
        ids = torch.tensor([[*row, *[self.end] * (width - len(row))] for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
        return torch.log_softmax(self.model(input_ids=ids, attention_mask=mask).logits, -1)

    def answer_scores(self, turns: Sequence[Turn]) -> Tensor:
        """Returns the log-probabilities at every position that predicts an answer token, turn after turn."""
        scores = self.scores([turn.ids() for turn in turns])
        return torch.cat([scores[row, len(turn.prompt) - 1 : len(turn.ids()) - 1] for row, turn in enumerate(turns)])

    def loss(self, turns: Sequence[Turn]) -> Tensor:
        """Returns the mean negative log-likelihood of the answers' tokens."""
        wanted = torch.tensor([token for turn in turns for token in turn.answer])
        return -self.answer_scores(turns).gather(1, wanted[:, None]).mean()

    @torch.no_grad()
    def answers(self, prompts: Sequence[tuple[int, ...]], random: torch.Generator | None = None) -> list[Turn]:
        """Answers prompts greedily, or sampled at temperature 1 with a generator."""
        rows, open_rows = [list(prompt) for prompt in prompts], set(range(len(prompts)))
        for _ in range(LONGEST_ANSWER):
            scores = self.scores(rows)
            for row in sorted(open_rows):
                rows[row].append(chosen(scores[row, len(rows[row]) - 1], random))
            open_rows = {row for row in open_rows if rows[row][-1] != self.end}
            if not open_rows:
                break
        return [Turn(prompt, tuple(row[len(prompt) :])) for prompt, row in zip(prompts, rows)]

    def texts(self, questions: Sequence[str]) -> list[str]:
        """Answers questions greedily in words."""
        turns = self.answers([self.prompt([user(question)]) for question in questions])
        return [self.tokenizer.decode(turn.answer, skip_special_tokens=True) for turn in turns]


def chosen(scores: Tensor, random: torch.Generator | None) -> int:
    """Chooses the next token."""
    return int(scores.argmax() if random is None else torch.multinomial(scores.exp(), 1, generator=random))
