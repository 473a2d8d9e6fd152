"""What tells cheaply that an expression cannot match must be in everything that it does match.

From each expression texts are derived that take every alternative, in every language it knows; each
that matches must hold a trigger of its recognizer, and a cue of its expression.
"""

import re
from re import _constants as sre
from re import _parser as parser

import pytest

from scanner.detect.features import features
from scanner.detect.own import own_finders
from scanner.detect.secrets import secret_finders
from scanner.detect.tokens import token_finders

FINDERS = {finder.name: finder for finder in (*own_finders(), *secret_finders(), *token_finders())}
_PLENTY = "a1B2c3D4e5F6a7B8"  # letters and digits in turn
_OTHERS = " -:=/.\"'<>@[]()$_+*#{},;~%&|\\\t"


def _texts(parsed, at=0):
    """Return texts for a sequence: the first of each part, and each other one once."""
    parts = [_part(*item, at + place) for place, item in enumerate(parsed)]
    if not parts:
        return [""]
    first = [part[0] for part in parts]
    out = ["".join(first)]
    for place, part in enumerate(parts):
        out += ["".join((*first[:place], other, *first[place + 1 :])) for other in part[1:]]
    return out


def _part(code, argument, at):
    """Return texts for one part of an expression."""
    if code is sre.LITERAL:
        return [chr(argument)]
    if code is sre.NOT_LITERAL:
        return [next(char for char in _PLENTY if ord(char) != argument)]
    if code is sre.ANY:
        return [_PLENTY[at % len(_PLENTY)]]
    if code is sre.IN:
        return _class(argument, at)
    if code is sre.BRANCH:
        return [text for branch in argument[1] for text in _texts(branch, at)]
    if code is sre.SUBPATTERN:
        return _texts(argument[3], at)
    if code in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        least, most, inner = argument
        once = _texts(inner, at)
        if least == 0:
            return ["", *once]
        return [_repeated(inner, count) for count in {least, min(least + 12, most)}] + once
    return [""]  # places, and what is looked at beside


def _repeated(inner, count):
    return "".join(_texts(inner, place)[0] for place in range(count))


def _class(items, at):
    found = re.compile(_shown(items))
    plenty = _PLENTY[at % 16 :] + _PLENTY[: at % 16]
    fitting = [char for char in (*plenty, *_OTHERS, *"áäàãçèéíñóúº") if found.fullmatch(char)]
    letters = [chr(value) for code, value in items if code is sre.LITERAL]
    chosen = letters if letters and items[0][0] is not sre.NEGATE else fitting[:1]
    return list(dict.fromkeys((*fitting[:1], *chosen))) or ["a"]


def _shown(items):
    """Write a class of signs as an expression again."""
    out = ""
    for code, value in items:
        if code is sre.NEGATE:
            out += "^"
        elif code is sre.LITERAL:
            out += re.escape(chr(value))
        elif code is sre.RANGE:
            out += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        else:
            name = str(value).rpartition("_")[2].lower()
            out += "\\" + name[0].upper() if "_NOT_" in str(value) else "\\" + name[0]
    return f"[{out}]"


def matching(pattern):
    """Return texts in which an expression matches."""
    made = dict.fromkeys(_texts(parser.parse(pattern.pattern, pattern.flags)))
    return [text for text in made if pattern.search(text)]


CASES = [
    pytest.param(name, place, id=f"{name}-{place}")
    for name, finder in FINDERS.items()
    for place in range(len(finder.patterns))
]


@pytest.mark.parametrize(("name", "place"), CASES)
def test_whatever_matches_holds_a_trigger(name, place):
    finder = FINDERS[name]
    texts = matching(finder.patterns[place][0])
    for text in texts:
        if finder.triggers:
            assert any(trigger in text.lower() for trigger in finder.triggers), text
        if finder.cues:
            assert any(cue in text.lower() for cue in finder.cues[place]), text
        assert finder.least.met(features(text)), text


def test_texts_are_derived_from_most_expressions():
    derived = sum(
        bool(matching(FINDERS[case.values[0]].patterns[case.values[1]][0])) for case in CASES
    )
    assert derived * 10 >= len(CASES) * 8, f"{derived} of {len(CASES)}"


@pytest.mark.parametrize(
    "text",
    [
        "your one-time password is 123456",
        "Votre mot de passe à usage unique : 123456",
        "Ihr Einmalpasswort lautet 123456",
        "Tu código de verificación es 123456",
        "Codigo de verificacion: 123456",
        "Seu código de verificação é 123456",
        "Il codice di verifica è 123456",
        "Je verificatiecode is 123456",
        "123456 est votre code de connexion",
        "123456 is uw verificatiecode",
    ],
)
def test_one_time_codes_in_every_language(text):
    finder = FINDERS["OtpRecognizer"]
    assert finder.can(text, features(text))
    assert [text[start:end] for start, end, _ in finder.find(text)] == ["123456"]


@pytest.mark.parametrize(
    "text",
    ["error code 123456", "postcode 12345", "order 123456 is your receipt", "zip code: 12345"],
)
def test_other_codes(text):
    assert not list(FINDERS["OtpRecognizer"].find(text))
