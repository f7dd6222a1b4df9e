"""The tiny Qwen3-VL: tokenizer, synthetic data, training, conversion and evaluation."""
