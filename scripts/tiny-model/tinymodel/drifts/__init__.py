"""The family of drifts: each module makes one kind of change that a provider could hide behind the same name."""
