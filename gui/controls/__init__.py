"""The user's choice: widgets that together say a RunConfig."""
