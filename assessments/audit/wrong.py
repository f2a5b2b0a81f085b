"""What is found wrong."""


class Wrong(Exception):
    """The first thing that is not as it was written, in words.

    `sequence` is the number of the event where it shows, None when no one event can be named.
    """

    def __init__(self, words: str, sequence: int | None = None) -> None:
        super().__init__(words)
        self.sequence = sequence
