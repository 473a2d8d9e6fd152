"""Decide what is held: one additive, explainable score for each field and category."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scanner.classify import lexicon, subjects
from scanner.classify.composite import composites
from scanner.classify.content import content
from scanner.classify.evidence import Classified, FieldEvidence
from scanner.classify.fit import POSTCODE, fit, possible
from scanner.classify.lexicon import Named
from scanner.classify.scale import CAP_BY_NAME, CAP_CATALOGUE, NEVER_ALONE, PROBABLE, confidence
from scanner.classify.words import bag
from scanner.model import Asset, Detection, Holding, Kind, Method, Path
from scanner.taxonomy import taxonomy

# Categories whose presence in an asset tells that its rows are about people.
_TELLING = bag(
    """person_name name_part date_of_birth gender email_address phone_number fax_number postal_address
    national_id_number social_security_number passport_number username password_hash
    payment_card_number bank_account_number"""
)


_PLACES = frozenset({"postal_address", "locality", "country"})
_OF_PEOPLE = frozenset({"person_name", "name_part", "username"})
_ADDRESS_WORDS = bag(
    """address addresses addr adresse adressen adresses direccion direcciones indirizzo indirizzi endereco
    enderecos adres location locations anschrift anschriften"""
)


# In which form a password is kept cannot be told from a name; most are kept hashed.
_CATALOGUE_CAPS = {"password_plaintext": 0.55}


@dataclass(frozen=True, slots=True)
class Scene:
    """What an asset's name says of its rows."""

    role: str  # person, linked, organisation, thing, unknown
    subject: str
    words: frozenset[str]

    @classmethod
    def of(cls, asset: Asset) -> "Scene":
        """Read the last segment of the asset's path; a folder of logs says nothing."""
        path = Path.parse(asset.path) if "://" in asset.path else None
        segments = path.segments if path else (asset.path,)
        words = lexicon.words(segments[-1]) if segments else ()
        return cls(subjects.role_of(words), subjects.subject_of(words), frozenset(words))


@dataclass(frozen=True, slots=True)
class Case:
    """The evidence for one category in one field, added up."""

    category: str
    evidence: FieldEvidence
    score: float
    cap: float
    why: tuple[str, ...]
    named: Named | None = None
    detection: Detection | None = None

    @property
    def capped(self) -> float:
        """The score within its cap."""
        return min(max(self.score, 0.0), self.cap)


def classify(
    asset: Asset, evidence: Sequence[FieldEvidence], method: Method, population: int | None
) -> Classified:
    """Classify all fields of one asset. Holdings are sorted by field and category."""
    scene = Scene.of(asset)
    whole = method is Method.WHOLE
    cases = [case for item in evidence for case in _cases(item, scene, whole)]
    cases = _with_neighbours(cases)
    kept = [case for field_cases in _by_field(cases) for case in _compete(field_cases)]
    texts = tuple(sorted({e.field.name for e in evidence if _is_text(e)}))
    holdings = [made for case in kept if (made := _holding(asset, case, scene, method, population))]
    holdings += composites(asset, evidence, holdings, scene.role, method, population)
    return Classified(_sorted(holdings), texts)


def by_name(asset: Asset) -> tuple[Holding, ...]:
    """Classify an asset by its catalogue alone: names, kinds and keys; nothing was read."""
    scene = Scene.of(asset)
    items = [FieldEvidence(field) for field in asset.fields]
    cases = [
        replace(case, cap=_CATALOGUE_CAPS.get(case.category, CAP_CATALOGUE))
        for item in items
        for case in _cases(item, scene, False)
    ]
    cases = _with_neighbours(cases)
    kept = [case for field_cases in _by_field(cases) for case in _compete(field_cases)]
    holdings = [
        made
        for case in kept
        if (made := _holding(asset, case, scene, Method.NONE, asset.population))
    ]
    holdings += composites(asset, items, holdings, scene.role, Method.NONE, asset.population)
    return _sorted(holdings)


def _sorted(holdings: Sequence[Holding]) -> tuple[Holding, ...]:
    return tuple(sorted(holdings, key=lambda h: (h.field, h.category)))


def _is_text(item: FieldEvidence) -> bool:
    return item.field.kind is Kind.MESSAGE or item.profile.free_text


def _cases(item: FieldEvidence, scene: Scene, whole: bool) -> list[Case]:
    """Return a case for every category that the name or the values speak of."""
    names = () if item.field.kind is Kind.MESSAGE else lexicon.match(item.field.name, scene.words)
    named = {n.category: n for n in names if possible(n.category, item.field.kind)}
    found: dict[str, Detection] = {}
    for category, detection in _categories(item, named, scene):
        old = found.get(category)
        if old is None or detection.matched > old.matched:
            found[category] = detection
    cases = [
        _case(category, item, scene, whole, named.get(category), found.get(category))
        for category in dict.fromkeys((*found, *named))
    ]
    return cases + _local_parts(item, named, found)


def _local_parts(
    item: FieldEvidence, named: dict[str, Named], found: dict[str, Detection]
) -> list[Case]:
    """Return a case of user names for an e-mail field that holds addresses without a domain."""
    seen = item.profile
    if "email_address" not in named or "email_address" in found or "username" in named:
        return []
    if not seen.examined or seen.single < 0.9 or seen.uniqueness < 0.5 or not 2 < seen.mean < 32:
        return []
    if seen.numeric + seen.dates + seen.codes > 0.2:
        return []
    why = ("the name of the field says e-mail and the values look like addresses without a domain",)
    return [Case("username", item, 0.65, CAP_BY_NAME, why, named["email_address"])]


def _categories(
    item: FieldEvidence, named: dict[str, Named], scene: Scene
) -> list[tuple[str, Detection]]:
    """Assign each detection to the category it speaks for in this field."""
    out: list[tuple[str, Detection]] = []
    for detection in item.detections:
        entity = detection.entity
        able = [c.id for c in taxonomy().categories.values() if entity in c.entities]
        able = [c for c in able if c != "unclassified_personal_data"]
        spoken = [category for category in able if category in named]
        if entity == "REGION" and spoken and POSTCODE & set(named[spoken[0]].phrase.split()):
            continue  # two letters are a region somewhere
        if spoken:
            out += [(category, detection) for category in spoken]
        elif entity not in NEVER_ALONE and able:
            out.append((able[0], detection))
        elif entity == "URL" and scene.role == "person":
            out.append(("personal_url", detection))
    return out


def _case(
    category: str,
    item: FieldEvidence,
    scene: Scene,
    whole: bool,
    named: Named | None,
    detection: Detection | None,
) -> Case:
    """Add up the evidence for one category."""
    why: list[str] = []
    score, cap = 0.0, CAP_BY_NAME
    sure = named is not None and (lexicon.backed(named, scene.role) or category in _PLACES)
    if detection is not None:
        score, cap, sentence = content(detection, item, sure, whole)
        why.append(sentence)
    if named is not None:
        part, sentence = _name_part(named, scene, detection is not None)
        score += part
        why.append(sentence)
        match fit(named, item.profile, item.field.kind, item.detections):
            case 2:
                score += 0.3
                why.append("the values clearly look like it")
            case 1:
                # Any word looks like a name: that says little where the name is vague.
                score += 0.2 if sure else 0.05
                why.append("the values look like it")
            case -1 if detection is None or detection.matched * 2 < item.profile.examined:
                score -= 0.5
                why.append("the values do not look like it")
            case _:
                pass
    elif detection is not None and detection.entity == "PERSON" and not _is_text(item):
        part = {"person": 0.15, "linked": 0.05, "thing": -0.35, "organisation": -0.2}.get(
            scene.role, 0
        )
        score += part
        if part < 0:
            why.append("the asset is about things rather than people")
    if named is not None and _role_word(named) and (detection is None or score < PROBABLE):
        cap = min(cap, 0.5)  # "customer", "owner": a key or a word as often as a name
    return Case(category, item, round(score, 4), cap, tuple(why), named, detection)


def _role_word(named: Named) -> bool:
    """Tell whether the phrase is a mere word for somebody, not for a name."""
    words = set(named.phrase.split())
    return named.category == "person_name" and named.weak and words <= subjects.person_words()


def _name_part(named: Named, scene: Scene, with_content: bool) -> tuple[float, str]:
    """Score what the field's name says, in its context."""
    score = 0.25 if named.weak else 0.5
    if _role_word(named):
        pass  # "the owner", "the head of state": whatever the rows are about
    elif named.category in _PLACES:
        score += _place_part(named, scene)
    elif named.category in _OF_PEOPLE and scene.role == "thing" and not named.person:
        score -= 0.3
    elif named.weak and (named.person or scene.role == "person"):
        score += 0.2
    elif named.weak and scene.role == "linked":
        score += 0.1
    elif named.weak and scene.role in ("thing", "organisation"):
        score -= 0.15
    elif scene.role == "person":
        score += 0.05
    score *= named.strength
    if with_content:
        score = min(score, 0.35)
    return score, f'the name of the field says "{named.phrase}"'


def _place_part(named: Named, scene: Scene) -> float:
    """Score a word of places: strong among addresses and people, weaker in lists of things."""
    if scene.words & _ADDRESS_WORDS:
        return 0.15
    if scene.role == "thing" and not set(named.phrase.split()) <= scene.words:
        return -0.15
    return 0.05 if scene.role in ("person", "linked", "organisation") else 0.0


def _by_field(cases: Sequence[Case]) -> list[list[Case]]:
    fields: dict[str, list[Case]] = {}
    for case in cases:
        fields.setdefault(case.evidence.field.name, []).append(case)
    return list(fields.values())


def _with_neighbours(cases: Sequence[Case]) -> list[Case]:
    """Raise cases beside others that tell of people: the rows are about somebody."""
    sure = [case for case in cases if case.capped >= PROBABLE]
    telling = {case.evidence.field.name for case in sure if case.category in _TELLING}
    places = {case.evidence.field.name for case in sure if case.category in _PLACES}
    out = []
    for case in cases:
        among = telling | places if case.category in _PLACES else telling
        others = len(among - {case.evidence.field.name})
        if not others or case.score <= 0 or case.evidence.field.kind is Kind.MESSAGE:
            out.append(case)
            continue
        plus = 0.05 if others == 1 else 0.1
        sentence = f"{others} other field{'s' if others > 1 else ''} of the asset tell of people"
        out.append(replace(case, score=case.score + plus, why=(*case.why, sentence)))
    return out


def _compete(cases: list[Case]) -> list[Case]:
    """Settle one field: values that are recognized as wholes silence guesses by name."""
    solid = [
        c
        for c in cases
        if c.detection is not None
        and c.detection.entity not in ("PERSON", "LOCATION", "USERNAME", "UUID")
        and c.capped >= PROBABLE
        and c.detection.whole * 2 > c.detection.examined
    ]
    firm = [c for c in cases if c.named is not None and not c.named.weak and c.capped >= PROBABLE]
    out = []
    for case in cases:
        others = [c for c in solid if c is not case]
        if case.detection is None and others and case.capped <= max(c.capped for c in others):
            if not (case.named and not case.named.weak and case.category == "username"):
                continue
        # A city called Charlotte is no person: a firm name for something else decides.
        if (
            case.detection is not None
            and case.detection.entity == "PERSON"
            and case.named is None
            and any(c is not case for c in firm)
            and not _is_text(case.evidence)
        ):
            continue
        if case.named is not None and case.named.weak and case.detection is None:
            if any(c is not case and c.named and not c.named.weak for c in firm):
                continue
        out.append(case)
    return out


def _subject(case: Case, scene: Scene) -> str:
    """Say whose data it is: the field's own words first, then the asset's."""
    own = subjects.subject_of(lexicon.words(case.evidence.field.name.rsplit(".", 1)[-1]))
    if own != "unknown" and case.evidence.field.kind is not Kind.MESSAGE:
        return own
    return scene.subject


def _holding(
    asset: Asset, case: Case, scene: Scene, method: Method, population: int | None
) -> Holding | None:
    """Make the holding of a case; None below the lowest cut."""
    score = round(case.capped, 3)
    sure = confidence(score)
    if sure is None:
        return None
    detection, profile = case.detection, case.evidence.profile
    return Holding(
        source=asset.source,
        kind=asset.kind,
        asset=asset.path,
        field=case.evidence.field.name,
        category=case.category,
        entity=detection.entity if detection else None,
        subject=_subject(case, scene),
        confidence=sure,
        score=score,
        matched=detection.matched if detection else 0,
        examined=detection.examined if detection else profile.examined,
        population=population,
        method=method,
        by=detection.by if detection else ("FieldName",),
        distinct=detection.distinct if detection else 0,
        text=_in_text(case),
        marks=detection.marks if detection else (),
        examples=detection.examples if detection else (),
        why=case.why,
    )


def _in_text(case: Case) -> bool:
    """Tell whether the data lies inside free text rather than being the field's content."""
    if _is_text(case.evidence):
        return True
    detection, profile = case.detection, case.evidence.profile
    if detection is None or not detection.matched:
        return False
    return profile.words > 4 and detection.whole * 2 < detection.matched
