"""What a file that is not opened may hold, by its name, its folders and its media type.

A name alone is a hint (possible). Where a folder says so too and the media type fits, as in a
folder of scanned passports, it is probable.
"""

import re
from dataclasses import dataclass

from scanner.classify.scale import confidence
from scanner.classify.words import bag, fold, split
from scanner.model import Asset, Holding, Method, Path, decode

_BY_NAME = 0.5  # possible
_BY_FOLDER = 0.65  # probable
_DOCUMENTS = (
    "image/",
    "application/pdf",
    "application/msword",
    "application/vnd.openxmlformats",
    "application/vnd.oasis",
)
_SOUNDS = ("audio/", "video/")
_VAGUE = frozenset({"call", "calls"})
# Files of these names are about the matter rather than of somebody.
_ABOUT = bag(
    """logo icon icons banner template templates sample samples example examples policy guide manual
    readme howto form forms blank vorlage muster modele modeles exemple plantilla sound sounds
    prompt prompts music ringtone ringtones hold moh jingle assets static flyer brochure"""
)
_IDENTITY = re.compile(
    r"\b(?:passports?|passeports?|reisepass|reisepasse|pasaportes?|passaport[eoi]|paspoort(?:en)?"
    r"|kyc|cni|driv(?:ing|er|ers) licen[cs]es?|permis de conduire|permis conduire|fuhrerschein\w*"
    r"|rijbewij[sz]\w*|id cards?|identity (?:cards?|documents?|papers?)|id documents?|id scans?"
    r"|cartes? (?:d )?identites?|pieces? (?:d )?identites?|justificatifs? (?:d )?identites?"
    r"|personalausweis\w*|ausweiskopie\w*|titres? (?:de )?sejour|residence permits?|dni"
    r"|documentos? (?:de )?identidad|carta identita|proofs? of identity)\b"
)
_VOICEMAIL = re.compile(
    r"\b(?:voice ?mails?|vmails?|messages? vocaux|message vocal|messageries? vocales?|mailbox audio"
    r"|sprachnachricht\w*|anrufbeantworter|buzon de voz|segreteria)\b"
)
_CALLS = re.compile(
    r"\b(?:(?:call|calls|phone|telephone|conversation) recordings?|recorded calls?|recordings?"
    r"|call audio|enregistrements?(?: (?:d )?appels?)?|appels? enregistres?"
    r"|gesprachsaufzeichnung\w*|anrufaufzeichnung\w*|aufzeichnung(?:en)?|mitschnitte?|grabacion(?:es)?|registrazion[ei]"
    r"|calls?)\b"
)
_HEALTH = re.compile(
    r"\b(?:cancer|carcinom|tumou?r|tumeur|diabet|oncolog|chemo ?th|chimioth|radiotherap|mammogra"
    r"|psychiatr|cardiolog|gyna?ecolog|urolog|neurolog|hiv|vih|hepatit|epilep|alzheimer|parkinson"
    r"|schizo|dialys|biops|echograph|ultrasound|pregnan|grossesse|schwanger|medical|medizin|medicament"
    r"|medication|prescription|ordonnance|rezept arzt|diagnos|patholog|hospital|hopital|krankenhaus"
    r"|clini[ck]|klinik|blood (?:test|work|result|pressure)|bilan sanguin|blutbild|vaccin|impfpass"
    r"|covid|sick (?:note|leave)|krankmeldung|arret maladie|arret de travail|disability|handicap"
    r"|lab result|mri\b|irm\b|x ?ray)"
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A category that names of files tell, with the media that can hold it."""

    category: str
    words: re.Pattern[str]
    media: tuple[str, ...]
    most: float  # score at most


# Of several that one file may be, the first counts; health may stand beside it.
_KINDS = (
    _Kind("identity_document_copy", _IDENTITY, _DOCUMENTS, _BY_FOLDER),
    _Kind("voicemail_recording", _VOICEMAIL, _SOUNDS, _BY_FOLDER),
    _Kind("call_recording", _CALLS, _SOUNDS, _BY_FOLDER),
)
_HEALTHY = _Kind("health_data", _HEALTH, (*_DOCUMENTS, *_SOUNDS, "text/"), _BY_NAME)


def by_file_name(asset: Asset) -> tuple[Holding, ...]:
    """Return what a file may hold, by category; it was not opened."""
    path = Path.parse(asset.path)
    segments = [decode(part) for part in path.segments]
    if not segments:
        return ()
    name, folders = _said(segments[-1]), [_said(folder) for folder in (path.source, *segments[:-1])]
    if _ABOUT & set(" ".join((name, *folders)).split()):
        return ()
    made = (_told(kind, asset, name, folders) for kind in _KINDS)
    first = next((holding for holding in made if holding), None)
    found = (first, _told(_HEALTHY, asset, name, folders[1:][-1:]))
    kept = [holding for holding in found if holding]
    return tuple(sorted(kept, key=lambda holding: holding.category))


def _said(name: str) -> str:
    """Return the words of a name, without its ending and in plain small letters."""
    stem, dot, last = name.rpartition(".")
    return " ".join(split(stem if dot and len(last) < 6 else name)) or fold(name).lower()


def _told(kind: _Kind, asset: Asset, name: str, folders: list[str]) -> Holding | None:
    """Return the holding of one kind, if a name says so and the media type can hold it."""
    if not asset.media_type.startswith(kind.media):
        return None
    in_name = kind.words.search(name)
    in_folder = next((found for folder in folders if (found := kind.words.search(folder))), None)
    if not in_name and not in_folder:
        return None
    plain = in_folder is None or in_folder.group() in _VAGUE
    score = min(_BY_NAME if plain else _BY_FOLDER, kind.most)
    why = [f'the name of the file says "{in_name.group().strip()}"'] if in_name else []
    why += [f'its folder says "{in_folder.group().strip()}"'] if in_folder else []
    sure = confidence(score)
    if sure is None:
        return None
    return Holding(
        source=asset.source,
        kind=asset.kind,
        asset=asset.path,
        field="",
        category=kind.category,
        entity=None,
        subject="unknown",
        confidence=sure,
        score=score,
        matched=0,
        examined=0,
        population=None,
        method=Method.NONE,
        by=("FileName",),
        text=True,  # inside a document or recording, which may hold anything
        why=(*why, f"its media type is {asset.media_type}"),
    )
