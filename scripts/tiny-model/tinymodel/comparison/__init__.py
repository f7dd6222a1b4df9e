"""Compares a base with its drifts through the chat API of the embedded stack."""
