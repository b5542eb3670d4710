"""Between the window's thread and the reader's: commands go one way, batches the other."""
