"""What can be wrong with a kept run."""


class RecordingError(ValueError):
    """A file that is no kept run, or a damaged one. The text is one sentence with the file's name and where in it the fault lies."""

    def __init__(self, file: str, offset: int, reason: str) -> None:
        """`file`: its name. `offset`: the byte at or after which it is wrong. `reason`: what is wrong, without a full stop."""
        super().__init__(f"{file} cannot be used: at byte {offset:,}, {reason}.")
        self.file, self.offset, self.reason = file, offset, reason


class NewerRecording(RecordingError):
    """Whole, but written by a later version of the program: nothing is wrong with it, and it is left where it is."""
