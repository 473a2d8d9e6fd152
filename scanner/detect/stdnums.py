"""Recognizers of national numbers in Presidio's manner: one class for each row of the table."""

from typing import TYPE_CHECKING

from presidio_analyzer import Pattern, PatternRecognizer

from scanner.detect.numerals import MADE, Number, expression

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

_SCORE = 0.4  # of the form alone; a check that is passed makes it 1.0


class NationalNumberRecognizer(PatternRecognizer):
    """Finds the numbers of one row, ``number``; its forms are expressions, its check decides."""

    number: Number

    def __init__(self) -> None:
        row = self.number
        super().__init__(
            supported_entity=row.entity,
            patterns=[
                Pattern(f"{row.entity} {form}", _bounded(form), _SCORE) for form in row.forms
            ],
            context=list(row.words),
            name=row.name,
        )

    def validate_result(self, pattern_text: str) -> bool:
        """Tell whether the number passes its check."""
        return self.number.valid(pattern_text)


def _bounded(form: str) -> str:
    """Return the expression of a form that stands alone; a form may end in a bracket."""
    return rf"\b{expression(form)}" + ("" if form.endswith(")") else r"\b")


def national_classes() -> dict[str, type["EntityRecognizer"]]:
    """Return a class for each number that Presidio has no recognizer for, by name."""
    return {
        row.name: type(
            row.name,
            (NationalNumberRecognizer,),
            {
                "number": row,
                "__doc__": f"Numbers of {row.country}: {row.entity}.",
                "__module__": __name__,
            },
        )
        for row in MADE
    }
