"""One byte an answer: the option's place on its scale, 255 = not answered.

A packed row holds the sub-questions of one instrument in the order of the edition. It carries no
time, no person and no points, so the same bytes stay valid when option points are corrected.
"""

from collections.abc import Mapping

from .model import Edition

MISSING = 255
"""The byte of an unanswered sub-question."""


class AnswerError(ValueError):
    """An answer the instrument does not know; `question` says which."""

    def __init__(self, question: str, message: str) -> None:
        super().__init__(f"{question}: {message}")
        self.question = question


def pack(edition: Edition, instrument: str, answers: Mapping[str, str]) -> bytes:
    """Pack `{sub-question: option code}`; blank or absent means not answered.

    Raises AnswerError for a sub-question of another instrument or an option off the scale.
    """
    questions = edition.subquestions(instrument)
    unknown = set(answers) - {question.code for question in questions}
    if unknown:
        raise AnswerError(min(unknown), f"is not a question of {instrument}")
    packed = bytearray()
    for question in questions:
        option = answers.get(question.code, "")
        if option and option not in question.scale.index:
            raise AnswerError(question.code, f"has no option {option!r}")
        packed.append(question.scale.index[option] if option else MISSING)
    return bytes(packed)


def unpack(edition: Edition, instrument: str, packed: bytes) -> dict[str, str]:
    """The answers of a packed row; unanswered sub-questions are left out."""
    questions = edition.subquestions(instrument)
    if len(packed) != len(questions):
        raise AnswerError(
            instrument, f"a row has {len(questions)} bytes, this one has {len(packed)}"
        )
    answers = {}
    for question, byte in zip(questions, packed, strict=True):
        if byte == MISSING:
            continue
        if byte >= len(question.scale.options):
            raise AnswerError(question.code, f"has no option at place {byte}")
        answers[question.code] = question.scale.options[byte].code
    return answers
