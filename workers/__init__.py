"""What runs: contracts, telemetry, models, workloads, the engine and its client. Knows no window."""
