"""Wrong structure is refused with file, line, table, key and the nearest right spelling."""

from pathlib import Path

import pytest

from scanner.config import RecordRef
from scanner.errors import RecordError
from scanner.ropa import load

HEAD = 'format = "1"\n[organisation]\nid = "acme"\n'
SYSTEM = '[[system]]\nid = "crm"\n'
ACTIVITY = '[[activity]]\nid = "a"\nrole = "controller"\n'
NOTICE = '[[notice]]\nid = "n"\n[[notice.claim]]\nsays = "s"\n'
GROUP = '[[data_group]]\nid = "contact"\ncategories = ["email_address"]\n'
STORE = SYSTEM + '[[store]]\nid = "db"\nsystem = "crm"\nkind = "database"\n'
RETENTION = '[[retention]]\nid = "r"\ncategories = ["email_address"]\n'
TRANSFER = '[[transfer]]\nid = "t"\nkind = "storage"\nfrom = ["EU"]\nto = ["US"]\n'
RESIDENCY = '[[residency]]\nid = "r"\n[[residency.version]]\neffective = 2020-01-01\n'
PROHIBIT = '[[prohibit]]\nid = "p"\ncategories = ["*"]\n'
ACCEPT = STORE + '[[accept]]\nfinding = "I03"\nstore = "db"\nby = "me"\nreason = "why"\n'


def refusal(folder: Path, text: str) -> str:
    path = folder / "record.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(RecordError) as caught:
        load(RecordRef(path))
    return str(caught.value)


WRONG = {
    # what is wrong: (text, words that the sentence must hold)
    "unknown key": (HEAD + "cuontry = 'FR'\n", ["record.toml, line 4", "cuontry", '"country"']),
    "unknown table": (HEAD + '[[stores]]\nid = "x"\n', ["line 4", '"stores"', '"store"']),
    "unknown sub-table": (HEAD + STORE + "[[store.sites]]\n", ["db", '"site"']),
    "unknown key in a site": (
        HEAD + STORE + '[[store.site]]\nmatch = ["sqlite://crm/**"]\ncountrie = "FR"\n',
        ["line 12", "[[store]] db, [[store.site]] no. 1", '"country"'],
    ),
    "one bracket": (HEAD + '[store]\nid = "db"\n', ["[[store]]"]),
    "two brackets": ('format = "1"\n[[organisation]]\nid = "x"\n', ["[organisation]"]),
    "no organisation": ('format = "1"\n', ["[organisation] is missing"]),
    "no format": ('[organisation]\nid = "x"\n', ['format = "1"']),
    "other format": ('format = "2"\n[organisation]\nid = "x"\n', ['reads format = "1" only']),
    "number for format": ('format = 1\n[organisation]\nid = "x"\n', ["text in quotes"]),
    "no id": (HEAD + '[[system]]\nname = "CRM"\n', ["[[system]] no. 1", "id is missing"]),
    "odd id": (HEAD + '[[system]]\nid = "Our CRM"\n', ['"Our CRM"', '"our_crm"']),
    "same id twice": (HEAD + SYSTEM + SYSTEM, ['"crm" is used twice']),
    "no role": (HEAD + '[[activity]]\nid = "a"\n', ["role is missing"]),
    "unknown role": (HEAD + '[[activity]]\nid = "a"\nrole = "procesor"\n', ['"processor"']),
    "no kind": (HEAD + SYSTEM + '[[store]]\nid = "d"\nsystem = "crm"\n', ["kind is missing"]),
    "unknown kind": (HEAD + STORE.replace("database", "data base"), ['"database"']),
    "unknown system": (
        HEAD + STORE.replace('system = "crm"', 'system = "crmm"'), ["[[system]]", '"crm"']
    ),
    "no categories": (HEAD + '[[data_group]]\nid = "g"\n', ["categories is missing"]),
    "unknown category": (
        HEAD + '[[data_group]]\nid = "g"\ncategories = ["email_adress"]\n', ['"email_address"']
    ),
    "category by its capitals": (
        HEAD + '[[data_group]]\nid = "g"\ncategories = ["Email Address"]\n', ['"email_address"']
    ),
    "text for a list": (
        HEAD + '[[data_group]]\nid = "g"\ncategories = "email_address"\n', ['categories = ["…"]']
    ),
    "number in a list": (
        HEAD + '[[data_group]]\nid = "g"\ncategories = [1]\n', ["holds a whole number"]
    ),
    "text for a flag": (HEAD + GROUP + 'optional = "yes"\n', ["true or false"]),
    "unknown claim of a group": (HEAD + GROUP + 'claims = ["anonymus"]\n', ['"anonymous"']),
    "unknown data group": (
        HEAD + GROUP + STORE + 'data_groups = ["contct"]\n', ["data_groups", '"contact"']
    ),
    "unknown country": (
        HEAD + '[[party]]\nid = "p"\ncountry = "UK"\n', ['"UK" is no country', "GB"]
    ),
    "country by name": (HEAD + '[[party]]\nid = "p"\ncountry = "Norway"\n', ["did you mean NO"]),
    "country in small letters": (HEAD + '[[party]]\nid = "p"\ncountry = "ie"\n', ["mean IE"]),
    "no such province": (HEAD + '[[party]]\nid = "p"\ncountry = "CA-XX"\n', ['"CA-XX"']),
    "date as a text": (HEAD + '[[party]]\nid = "p"\nended = "2020-01-01"\n', ["date without"]),
    "date with a time": (HEAD + '[[party]]\nid = "p"\nended = 2020-01-01T00:00:00Z\n', ["a time"]),
    "recipient is no party": (
        HEAD + ACTIVITY + 'recipients = ["Meta"]\n',
        ["recipients", "[[party]]"],
    ),
    "unknown legal basis": (
        HEAD + ACTIVITY + 'legal_basis = ["legitimate_interest"]\n',
        ['"legitimate_interests"'],
    ),
    "condition that does not exist": (
        HEAD + ACTIVITY + 'special_condition = ["A9-2-k"]\n',
        ["A9-2-a to A9-2-j"],
    ),
    "misspelt data subject": (
        HEAD + ACTIVITY + 'data_subjects = ["custommer_user"]\n',
        ['"customer_user"'],
    ),
    "impossible period": (HEAD + RETENTION + 'period = "90 days"\n', ["P90D"]),
    "period in hours": (HEAD + RETENTION + 'period = "PT24H"\n', ["whole days"]),
    "empty period": (HEAD + RETENTION + 'period = "P"\n', ["P90D"]),
    "unknown bound": (HEAD + RETENTION + 'bound = "atmost"\n', ['"at_most"']),
    "unknown start": (HEAD + RETENTION + 'starts = "termination"\n', ["starts does not know"]),
    "retention of nothing": (HEAD + '[[retention]]\nid = "r"\n', ["groups, stores, categories"]),
    "hold without a reason": (
        HEAD + '[[hold]]\nid = "h"\nby = "me"\ncategories = ["email_address"]\n', ["reason"]
    ),
    "glob without a kind": (
        HEAD + STORE + '[[store.site]]\nmatch = ["crm/users"]\n', ["kind://source/"]
    ),
    "glob with another kind's name": (
        HEAD + STORE + '[[store.site]]\nmatch = ["postgres://crm/**"]\n', ["postgresql://source/"]
    ),
    "glob with an open brace": (
        HEAD + STORE + '[[store.site]]\nmatch = ["sqlite://crm/{a,b"]\n', ["brace"]
    ),
    "glob with a password": (
        HEAD + STORE + '[[store.site]]\nmatch = ["mysql://root:x@host/**"]\n', ["config.toml"]
    ),
    "site glob with a field": (
        HEAD + STORE + '[[store.site]]\nmatch = ["sqlite://crm/**#email"]\n', ["[[store.field]]"]
    ),
    "field glob without a field": (
        HEAD + STORE + '[[store.field]]\nmatch = "**/users"\n', ["after #"]
    ),
    "site where nobody can look": (
        HEAD + STORE + 'reach = "none"\n[[store.site]]\nmatch = ["sqlite://crm/**"]\n', ["reach"]
    ),
    "backup of itself": (HEAD + STORE + 'backup_of = ["db"]\n', ["itself"]),
    "unknown sample": (HEAD + STORE + 'sample = "meta"\n', ['"metadata"']),
    "unknown transfer kind": (HEAD + TRANSFER.replace("storage", "store"), ['"storage"']),
    "transfer without from": (HEAD + TRANSFER.replace('from = ["EU"]\n', ""), ["from is missing"]),
    "unknown mechanism": (HEAD + TRANSFER + 'mechanism = "sccs"\n', ['"scc"']),
    "pair that is none": (HEAD + TRANSFER + 'mechanism = { EU = "scc" }\n', ["EU-US"]),
    "unknown mechanism of a pair": (
        HEAD + TRANSFER + 'mechanism = { EU-US = "sccs" }\n', ['"scc"']
    ),
    "importer that does not exist": (HEAD + TRANSFER + 'importer = "x"\n', ["importer", '"acme"']),
    "condition that cannot be read": (
        HEAD + RESIDENCY + 'branches = [{ when = "country is US", region = "US" }]\n',
        ["country in EU"],
    ),
    "condition with an unknown country": (
        HEAD + RESIDENCY + 'branches = [{ when = "country in XX", region = "US" }]\n', ['"XX"']
    ),
    "condition with an unknown entity": (
        HEAD + RESIDENCY + 'branches = [{ when = "order_entity == nobody", region = "US" }]\n',
        ["nobody"],
    ),
    "branch with both": (
        HEAD + RESIDENCY
        + 'branches = [{ when = "country in US", otherwise = true, region = "US" }]\n',
        ["either when or otherwise"],
    ),
    "branches missing": (HEAD + RESIDENCY, ["branches is missing"]),
    "versions that overlap": (
        HEAD + RESIDENCY + 'branches = [{ otherwise = true, region = "CA" }]\n'
        "[[residency.version]]\neffective = 2021-01-01\n"
        'branches = [{ otherwise = true, region = "CA" }]\n',
        ["in force on 2021-01-01"],
    ),
    "prohibit without a place": (HEAD + PROHIBIT, ["in is missing"]),
    "prohibit with an empty place": (HEAD + PROHIBIT + "in = {}\n", ["where"]),
    "prohibit with an unknown key": (
        HEAD + PROHIBIT + 'in = { store_kind = ["log"] }\n', ['"store_kinds"']
    ),
    "star where no star may be": (
        HEAD + '[[data_group]]\nid = "g"\ncategories = ["*"]\n', ["no category or group"]
    ),
    "copies in a circle": (
        HEAD + STORE + 'backup_of = ["copy"]\n'
        '[[store]]\nid = "copy"\nsystem = "crm"\nkind = "backup"\nbackup_of = ["db"]\n',
        ["[[store]] db", "backup_of goes in a circle (db, copy, db)"],
    ),
    "expires before signed": (
        HEAD + TRANSFER + "signed = 2021-01-01\nexpires = 2020-01-01\n",
        ["expires lies before signed"],
    ),
    "ended before started": (
        HEAD + '[[party]]\nid = "p"\nstarted = 2021-01-01\nended = 2020-01-01\n',
        ["line 7", "ended lies before started"],
    ),
    "reviewed before created": (
        HEAD + ACTIVITY + "created = 2021-01-01\nreviewed = 2020-01-01\n",
        ["reviewed lies before created"],
    ),
    "next review before the last": (
        HEAD + ACTIVITY + "reviewed = 2021-01-01\nnext_review = 2020-01-01\n",
        ["next_review lies before reviewed"],
    ),
    "a day that does not exist": (HEAD + "[settings]\nadequacy_table = 2026-02-30\n", ["TOML"]),
    "claim about a table": (
        HEAD + STORE + NOTICE + 'field = "store:db.site"\nvalue = "x"\n',
        ["site is a table", "country"],
    ),
    "claim inside a text": (
        HEAD + STORE + NOTICE + 'field = "store:db.kind.name"\nvalue = "x"\n',
        ["kind has no keys inside"],
    ),
    "claim about an unknown key of a site": (
        HEAD + STORE + NOTICE + 'field = "store:db.site.contry"\nvalue = "x"\n',
        ['site has no key "contry"', '"country"'],
    ),
    "claim about nothing": (
        HEAD + NOTICE + 'field = "period"\nvalue = "x"\n',
        ["table:id.key"],
    ),
    "claim about an unknown id": (
        HEAD + RETENTION + '[[notice]]\nid = "n"\n[[notice.claim]]\nsays = "s"\n'
        'field = "retention:q.period"\nvalue = "x"\n',
        ["[[retention]]", '"q"'],
    ),
    "claim about an unknown key": (
        HEAD + RETENTION + '[[notice]]\nid = "n"\n[[notice.claim]]\nsays = "s"\n'
        'field = "retention:r.perod"\nvalue = "x"\n',
        ['"period"'],
    ),
    "accept without an end": (HEAD + ACCEPT + 'category = "gender"\n', ["until is missing"]),
    "accept of everything": (HEAD + ACCEPT + "until = 2026-06-30\n", ["category, path"]),
    "accept of no rule": (
        HEAD + ACCEPT.replace("I03", "all of it") + 'until = 2026-06-30\npath = "x"\n', ["I03"]
    ),
    "until before effective": (
        'effective = 2021-01-01\nuntil = 2020-01-01\n' + HEAD, ["before effective"]
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_wrong_structure_is_refused_in_one_sentence(case: str, tmp_path: Path) -> None:
    text, wanted = WRONG[case]
    said = refusal(tmp_path, text)
    assert len(said.splitlines()) == 1, said
    assert said.startswith("record.toml")
    for words in wanted:
        assert words in said


RIGHT = {
    "only an organisation": HEAD,
    "own words for subjects, measures and rights": HEAD
    + '[[activity]]\nid = "a"\nrole = "controller"\ndata_subjects = ["hotel_guest"]\n'
    + 'rights = ["access"]\n' + SYSTEM + 'measures = ["ISO 27001 certified centre"]\n',
    "one id in two kinds of table": HEAD + SYSTEM + '[[data_group]]\nid = "crm"\ncategories = []\n',
    "a draft without any site": HEAD + STORE + 'status = "draft"\n',
    "regions and a province": HEAD
    + '[[transfer]]\nid = "t"\nkind = "transit"\nfrom = ["CA-QC", "EEA"]\nto = ["US", "EU"]\n'
    + 'mechanism = { CA-QC-US = "contract", EEA-US = "scc" }\n',
    "special condition with its prefix": HEAD
    + '[[activity]]\nid = "a"\nrole = "processor"\nspecial_condition = ["eu-gdpr:A9-2-h"]\n',
    "a child's age for each country": HEAD + "[settings]\nchild_age = { FR = 15, CA-QC = 14 }\n",
    "a list of countries in a branch": HEAD + RESIDENCY
    + 'branches = [{ when = "country in US, MX and order_entity == acme", region = "US" }]\n',
    "an exporter that is the organisation": HEAD + TRANSFER + 'exporter = "acme"\n',
    "a field glob in every store": HEAD + STORE + '[[store.field]]\nmatch = "**/users#{a,b}"\n',
    "a claim whose value is a number": HEAD + GROUP
    + '[[notice]]\nid = "n"\n[[notice.claim]]\nsays = "s"\nfield = "data_group:contact.optional"\n'
    + "value = true\n",
    "an end in the notice's own words": HEAD + RETENTION + 'criteria = "as long as needed"\n',
}  # fmt: skip


@pytest.mark.parametrize("case", RIGHT)
def test_near_misses_load(case: str, tmp_path: Path) -> None:
    path = tmp_path / "record.toml"
    path.write_text(RIGHT[case], "utf-8")
    assert load(RecordRef(path)).organisation.id == "acme"


def test_ten_mistakes_are_shown_and_the_rest_counted(tmp_path: Path) -> None:
    text = HEAD + "".join(f'[[system]]\nid = "s{n}"\nhostig = "x"\n' for n in range(13))
    lines = refusal(tmp_path, text).splitlines()
    assert len(lines) == 11
    assert lines[9].startswith("record.toml, line 33: [[system]] s9: ")
    assert lines[10] == "and 3 more."


def test_malformed_toml_names_the_line(tmp_path: Path) -> None:
    said = refusal(tmp_path, 'format = "1"\n[organisation\nid = "x"\n')
    assert said.startswith("record.toml, line 2, column ")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"id = '\xe9'"])
def test_a_file_that_is_not_utf8_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "record.toml"
    path.write_bytes(content)
    with pytest.raises(RecordError, match=r"record\.toml is not UTF-8"):
        load(RecordRef(path))


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "9" * 5000])
def test_hostile_toml_is_refused_not_crashed(text: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, text).startswith("record.toml")


def test_a_mark_at_the_start_and_windows_lines_load(tmp_path: Path) -> None:
    path = tmp_path / "record.toml"
    path.write_bytes(b"\xef\xbb\xbf" + HEAD.replace("\n", "\r\n").encode())
    assert load(RecordRef(path)).organisation.id == "acme"


def test_a_record_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"nowhere\.toml does not exist"):
        load(RecordRef(tmp_path / "nowhere.toml"))
