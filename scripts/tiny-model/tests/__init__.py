"""Tests of the tiny model's pipeline; none of them needs torch."""
