"""What a sweep says, as a card and as a table."""
