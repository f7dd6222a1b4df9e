"""Failures that the launcher explains instead of showing a traceback."""

CRASHED = 1
USAGE = 64
MISSING = 69
BUG = 70


class Problem(Exception):
    """A failure with the exit code that tells its kind; the text says what, where and what to do."""

    def __init__(self, exit_code: int, message: str) -> None:
        super().__init__(message)
        self.exit_code = exit_code
