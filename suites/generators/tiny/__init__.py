"""The scenes, prompts and references of the tiny suites."""
