"""What all messages together say of a place in one: that it holds data, not words of the event."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scanner.templates.words import Cut, Span, is_mask

_SHARE = 0.2  # of the messages with a word in which it was detected, above which it is personal
_KEY = re.compile(r"[\"']?(?:=|:(?! ))[\"'({\[<]*|[\"']: ?[\"'({\[]*")
_VALUE = re.compile(r"[^\W\d_]{2,}")

# What follows one of these is whom or what an entry is about, even when it is always the same.
_CUES = frozenset(
    {
        "account", "acct", "author", "by", "caller", "client", "contact", "customer", "displayname",
        "email", "employee", "firstname", "fullname", "host", "hostname", "lastname", "login",
        "logname", "mail", "member", "mr", "mrs", "ms", "name", "nickname", "nom", "owner",
        "patient", "person", "prenom", "prénom", "rhost", "ruser", "sender", "subject", "surname",
        "to", "user", "userid", "username", "utilisateur", "client_name", "compte", "par", "de",
        "recipient", "domain", "workstation", "computer", "passwd", "password", "secret", "token",
    }
)  # fmt: skip
# Words of the event that may stand there.
_PLAIN = frozenset(
    {
        "a", "an", "and", "at", "for", "from", "has", "in", "into", "is", "not", "of", "on", "or",
        "the", "to", "unknown", "was", "with", "logged", "login", "failed", "failure", "by",
        "session", "account", "user", "password", "connection", "request", "invalid", "ok",
        "success", "successful", "succeeded", "attempt", "error", "denied", "created", "deleted",
        "updated", "changed", "added", "removed", "locked", "disabled", "enabled", "new", "no",
        "reset", "rejected", "accepted", "connected", "disconnected", "did", "does", "cannot",
        "could", "must", "have", "be", "been", "will", "this", "that", "id", "peer",
        "client", "server", "host", "remote", "service", "system", "process", "la", "le", "les",
        "une", "un", "est", "pas", "en", "dans", "sur", "pour", "avec",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Places:
    """Words and keys of a whole field's messages that no template may take for constant."""

    personal: frozenset[str] = field(repr=False)  # in lower case
    mixed: frozenset[str]  # keys with several values, in lower case

    @classmethod
    def learn(
        cls, cuts: Sequence[Cut], lines: Sequence[int], detected: Mapping[str, int]
    ) -> "Places":
        """Look through all forms of message once; ``lines`` says how many have each.

        ``detected`` counts the messages in which a word (in lower case) is part of a hit.
        """
        return cls(_personal(cuts, lines, detected), _mixed(cuts))

    def variable(self, piece: Cut, at: int) -> bool:
        """Tell whether the word at a place of a message must not be shown."""
        word = piece.words[at].lower()
        if word in self.personal:
            return True
        if not at:
            return False
        before, sign = piece.words[at - 1].lower(), piece.signs[at]
        if _KEY.fullmatch(sign) and before in self.mixed:
            return True
        if sign == " " and piece.words[at][0].isupper() and self.variable(piece, at - 1):
            return True  # the second part of a name
        near = sign == " " or _KEY.fullmatch(sign) or sign.strip() in ("=", ":", '"', "'", "<", "[")
        return bool(near) and before in _CUES and word not in _PLAIN


def personal_words(line: str, spans: Sequence[Span]) -> set[str]:
    """Return the words inside the spans of a message, in lower case."""
    return {word.lower() for start, end, _ in spans for word in _VALUE.findall(line[start:end])}


def _personal(
    cuts: Sequence[Cut], lines: Sequence[int], detected: Mapping[str, int]
) -> frozenset[str]:
    """Words that a detector takes for personal data in a good part of the messages they are in."""
    said: Counter[str] = Counter()
    for piece, count in zip(cuts, lines, strict=True):
        for word in {word.lower() for word in piece.words}:
            if word in detected:
                said[word] += count
    return frozenset(
        word for word, count in detected.items() if count >= _SHARE * (count + said[word])
    )


def _mixed(cuts: Sequence[Cut]) -> frozenset[str]:
    values: defaultdict[str, set[str]] = defaultdict(set)
    for piece in cuts:
        for at in range(1, len(piece.words)):
            if _KEY.fullmatch(piece.signs[at]) and not is_mask(piece.words[at - 1]):
                held = values[piece.words[at - 1].lower()]
                if len(held) < 2:
                    held.add(piece.words[at])
    return frozenset(key for key, held in values.items() if len(held) > 1)
