"""The worker's side of telemetry: rings of records in shared memory, a board of counters, a channel for text. Never blocks a task."""
