"""Trains the small factors that some drifts add to the base. Needs torch; the drifts themselves don't."""
