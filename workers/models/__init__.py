"""Concurrency models: one file each, found by the registry. Each uses `workers.plugin` and the standard library alone."""
