"""Short ways to write a question of each kind."""

from assessments.duty.questions import Kind, Option, Question


def prose(key: str, label: str, hint: str = "", **kwargs: object) -> Question:
    return Question(key, Kind.PROSE, label, hint, **kwargs)  # type: ignore[arg-type]


def text(key: str, label: str, hint: str = "", **kwargs: object) -> Question:
    return Question(key, Kind.TEXT, label, hint, **kwargs)  # type: ignore[arg-type]


def choice(key: str, label: str, options: tuple[Option, ...], hint: str = "", **kwargs: object) -> Question:
    return Question(key, Kind.CHOICE, label, hint, options, **kwargs)  # type: ignore[arg-type]


def choices(key: str, label: str, options: tuple[Option, ...], hint: str = "", **kwargs: object) -> Question:
    return Question(key, Kind.CHOICES, label, hint, options, **kwargs)  # type: ignore[arg-type]


def date(key: str, label: str, hint: str = "", **kwargs: object) -> Question:
    return Question(key, Kind.DATE, label, hint, **kwargs)  # type: ignore[arg-type]
