"""My function: its source, what is to be known of it, and what other models would make of it."""
