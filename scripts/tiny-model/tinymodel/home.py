"""Where engines and tools are installed; imports nothing that must be installed first."""

from __future__ import annotations

import os
from pathlib import Path


def default_home() -> Path:
    """LOCKSTEP_HOME, or `lockstep` in the user's cache folder."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("LOCKSTEP_HOME") or Path(cache) / "lockstep")
