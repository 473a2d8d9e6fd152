"""Templates show what an event says, never whom it is about."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.templates import DROPPED, Skeletons, Templates, build, same_digits, settle
from scanner.templates.words import cut

USERS = [f"user{a}{b}" for a in "abcdefgh" for b in "vwxyz"]  # 40 names that no detector knows


def spans_of(line: str) -> list[tuple[int, int, str]]:
    """Stand for detection: addresses only."""
    found, at = [], 0
    for word in line.split(" "):
        if word.count(".") == 3 and word[0].isdigit():
            found.append((at, at + len(word), "IP_ADDRESS"))
        at += len(word) + 1
    return found


def built(lines: list[str]) -> Templates:
    lines = list(dict.fromkeys(lines))
    return build(lines, [spans_of(line) for line in lines], [1] * len(lines))


def texts(lines: list[str]) -> set[str]:
    return {template.text for template in built(lines).templates}


def logins(seed: int = 1) -> list[str]:
    rnd = random.Random(seed)
    out = []
    for i in range(600):
        address = ".".join(str(rnd.randrange(1, 250)) for _ in range(4))
        out.append(f"Failed password for {rnd.choice(USERS)} from {address} port {i} ssh2")
        out.append(f"Connection closed by {address} port {i} [preauth]")
        out.append(f'level=info msg="request done" user={rnd.choice(USERS)} took={i}ms')
    return out


def test_an_event_is_one_template_with_its_constants_and_places() -> None:
    assert texts(logins()) == {
        "Failed password for <*> from <IP_ADDRESS> port <NUM> ssh2",
        "Connection closed by <IP_ADDRESS> port <NUM> [preauth]",
        'level=info msg="request done" user=<*> took=<NUM>',
    }


def test_order_of_the_messages_does_not_matter() -> None:
    lines = logins()
    shuffled = random.Random(2).sample(lines, len(lines))
    one, other = built(lines), built(shuffled)
    assert one.templates == other.templates
    assert dict(zip(lines, one.fields, strict=True)) == dict(
        zip(shuffled, other.fields, strict=True)
    )


def test_another_sample_gives_the_same_ids_and_places() -> None:
    one, other = built(logins(1)), built(logins(99))
    assert {t.id: t.text for t in one.templates} == {t.id: t.text for t in other.templates}
    assert set(one.fields) == set(other.fields)


def test_a_hit_is_named_by_template_and_the_constants_before_it() -> None:
    lines = logins()
    result = built(lines)
    by_line = dict(zip(lines, zip(result.ids, result.fields, strict=True), strict=True))
    id_, fields = by_line[lines[0]]
    assert fields == (f"{id_}.4",)  # Failed password for … from <IP_ADDRESS>
    assert id_[0] == "t"
    assert len(id_) == 9


def test_counts_weigh_the_lines_of_a_template() -> None:
    lines = [f"Disk check done after {i} seconds" for i in range(25)]
    result = build(lines, [[] for _ in lines], [4] * len(lines))
    assert [(t.text, t.lines) for t in result.templates] == [
        ("Disk check done after <NUM> seconds", 100)
    ]


NEVER_SHOWN = {
    "a surname in fewer than 20 lines": (
        "Lefebvre",
        [f"Record {i} opened for Lefebvre in ward {i}" for i in range(19)]
        + [f"Disk check done after {i} seconds" for i in range(30)],
    ),
    "a user in 500 lines among 40 others": (
        "marie",
        [f"Job {i} started by desk marie with queue {i}" for i in range(500)]
        + [f"Job {i} started by desk {USERS[i % 40]} with queue {i}" for i in range(160)],
    ),
    "a frequent name beside names of one word": (
        "dupont",
        [f"marie dupont signed in from gate {i} today" for i in range(500)]
        + [f"{USERS[i % 40]} signed in from gate {i} today" for i in range(200)],
    ),
    "a frequent value of a key in differing messages": (
        "marie",
        [f"done owner={'marie'} took={i}" for i in range(50)]
        + [f"failed again owner={'marie'} after={i} tries" for i in range(50)]
        + [f"paused owner=paul for={i}" for i in range(3)],
    ),
    "the only user there is": (
        "marie",
        [f"session opened for user marie number {i}" for i in range(300)],
    ),
    "the only login, at the beginning": (
        "kowalczykm",
        [f"kowalczykm opened report {i} from gate {i}" for i in range(300)],
    ),
    "the only login, between signs": (
        "brzozowskaa",
        [f"[brzozowskaa] downloaded invoice {i}" for i in range(300)],
    ),
    "the only login, a word from its cue": (
        "jablonskit",
        [f"message sent by worker {i} on behalf of jablonskit" for i in range(300)],
    ),
    "the only person, quoted after an unknown key": (
        "Wojciechowski",
        [f'audit actor="Zbigniew Wojciechowski" number={i}' for i in range(300)],
    ),
    "the only person, in another alphabet": (
        "Владислав",
        [f"report for Владислав closed with number {i}" for i in range(300)],
    ),
    "the second word of the only user there is": (
        "Durand",
        [f"Access granted to patient Marie Durand number {i}" for i in range(300)],
    ),
    "a name beside a number and nothing else": (
        "marie",
        [f"marie {i}" for i in range(500)],
    ),
    "both words of a name, in a line with nothing else": (
        "durand",
        [f"marie durand {i}" for i in range(500)]
        + [f"{USERS[i % 40]} {USERS[i // 5 % 40]} {i}" for i in range(160)],
    ),
    "a host": ("srv", [f"link to srv.acme.internal lost after {i} s" for i in range(100)]),
    "a folder": ("marie", [f"cannot open /home/marie/notes, try {i} more" for i in range(100)]),
    "a name with digits": ("marie", [f"quota of marie1987 reached at {i} MB" for i in range(100)]),
}


@pytest.mark.parametrize(("word", "lines"), NEVER_SHOWN.values(), ids=NEVER_SHOWN.keys())
def test_words_that_may_be_personal_are_never_shown(word: str, lines: list[str]) -> None:
    shown = texts(lines)
    assert not [text for text in shown if word.lower() in text.lower()], shown
    assert word not in repr(built(lines))


def test_the_same_word_is_shown_where_it_says_what_happened() -> None:
    # The near miss of the table above: constant, alone at its place, no cue before it.
    assert texts([f"Disk check done after {i} seconds" for i in range(20)]) == {
        "Disk check done after <NUM> seconds"
    }
    assert texts([f"Disk check done after {i} seconds" for i in range(19)]) == {"<*>"}


def test_a_word_detected_elsewhere_is_no_constant() -> None:
    lines = [f"Mailbox of Dupont is full, {i} left" for i in range(60)]
    found = [[(11, 17, "PERSON")] if i < 20 else [] for i in range(60)]
    result = build(lines, found, [1] * 60)
    assert not any("Dupont" in template.text for template in result.templates)


def test_a_detector_that_errs_now_and_then_hides_no_constant() -> None:
    lines = [f"Mailbox is full, {i} left" for i in range(200)]
    found = [[(0, 7, "PERSON")] if i < 2 else [] for i in range(200)]
    result = build(lines, found, [1] * 200)
    assert any("full" in template.text for template in result.templates)


def test_hits_outside_templates_are_named_for_their_entity() -> None:
    lines = ["hello 10.0.0.1 again"]
    result = built(lines)
    assert result.ids == ("t0",)
    assert result.fields == (("t0.ip_address",),)
    assert [t.text for t in result.templates] == ["<*>"]


def test_each_span_has_a_field_also_when_they_overlap() -> None:
    line = "mail from jean.dupont@acme.fr ok"
    found = [(10, 29, "EMAIL_ADDRESS"), (22, 29, "URL"), (10, 21, "PERSON")]
    result = build([line], [found], [1])
    assert result.fields == (("t0.email_address", "t0.url", "t0.person"),)


@pytest.mark.parametrize(
    ("line", "spans", "words"),
    [
        ("a b", [], ("a", "b")),
        ("", [], ()),
        ("took=12ms at 10:00:01", [], ("took", "<NUM>", "at", "<NUM>")),
        ("id 0a1b2c3d4e5f done.", [], ("id", "<HEX>", "done")),
        ("id 1b4e28ba-2fa1-11d2-883f-0016d3cca427", [], ("id", "<UUID>")),
        ("Jean-Marie left", [(0, 4, "PERSON")], ("<PERSON>", "left")),
        ("O'Neil left", [(2, 6, "PERSON")], ("O", "<PERSON>", "left")),
        ("xJean left", [(1, 5, "PERSON")], ("<PERSON>", "left")),
        ("JeanMarie", [(0, 4, "PERSON"), (4, 9, "PERSON")], ("<PERSON>",)),
        ("ssh2 node42 HTTP", [], ("ssh2", "<*>", "HTTP")),
    ],
)
def test_messages_are_cut_and_masked(
    line: str, spans: list[tuple[int, int, str]], words: tuple[str, ...]
) -> None:
    piece = cut(line, spans)
    assert piece.words == words
    assert len(piece.signs) == len(words) + 1
    assert len(piece.places) == len(spans)


def test_very_long_messages_keep_a_place_for_late_hits() -> None:
    line = "word " * 500 + "1.2.3.4"
    piece = cut(line, [(2500, 2507, "IP_ADDRESS")])
    assert len(piece.words) == 65
    assert piece.places == (64,)


@pytest.mark.parametrize(
    ("line", "alike"),
    [
        ("port 51234 of 7", "port 11111 of 7"),
        ("ssh2", "ssh2"),
        ("0x12 1x9", "0x11 1x9"),
        ("é12é3", "é11é3"),
        ("", ""),
    ],
)
def test_digits_beside_digits_are_alike(line: str, alike: str) -> None:
    assert same_digits(["a1", line, "2b"]) == ["a1", alike, "2b"]


@given(st.lists(st.text(alphabet='a1290xX.:-/ =é<"@', max_size=25), max_size=6))
def test_lines_of_the_same_digits_are_cut_alike(lines: list[str]) -> None:
    for line, alike in zip(lines, same_digits(lines), strict=True):
        assert cut(line, []) == cut(alike, [])


def test_what_is_let_go_is_counted_and_said() -> None:
    forms = Skeletons(most=10)
    for n in range(60):
        forms.add(f"Disk check done after {n} seconds", f"Disk check done after {n} seconds", [], 2)
    for n in range(30):
        line = "x" + "-y" * n + " (z)" * n
        forms.add(line, line, [], 1)
    numbers = forms.relieve()
    assert numbers is not None
    assert numbers[0] != DROPPED
    assert numbers.count(DROPPED) == forms.dropped > 0
    texts = {t.id: (t.text, t.lines) for t in settle(forms).templates}
    assert ("Disk check done after <NUM> seconds", 120) in texts.values()
    assert f"({forms.dropped} entries of rare forms)" in texts["t0"][0]
