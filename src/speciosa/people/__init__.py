"""Who they are and how they differ, with chance keyed by name."""
