"""What the numbers mean: the store of a run's columns and the summary made of it. numpy, no Qt."""
