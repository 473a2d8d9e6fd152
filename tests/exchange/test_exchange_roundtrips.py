"""Out and in again: what a format carries comes back, what it does not is listed."""

import csv
import io
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pyoxigraph
import pytest
import servers

from scanner import exchange
from scanner.config import RecordRef
from scanner.errors import ConfigError
from scanner.exchange import carried, dpv
from scanner.ropa import Ropa, load
from scanner.ropa.types import Activity, FieldRule, Organisation
from scanner.taxonomy import taxonomy

EXAMPLE = Path(__file__).parents[1] / "scanner" / "records" / "worked_example.toml"
DAY = date(2026, 1, 15)


@pytest.fixture(scope="module")
def ropa() -> Ropa:
    return load(RecordRef(EXAMPLE))


def back(folder: Path, ropa: Ropa, kind: str, ending: str) -> Ropa:
    file = folder / f"out.{ending}"
    file.write_bytes(exchange.write(ropa, kind, ending).content)
    text = exchange.read(file, kind, as_of=DAY).text
    record = folder / "back.toml"
    record.write_text(text, "utf-8")
    return load(RecordRef(record))


def categories(ropa: Ropa, activity: Activity) -> set[str]:
    groups = {group.id: group for group in ropa.data_groups}
    return {id_ for group in activity.data_groups for id_ in groups[group].categories}


def receivers(ropa: Ropa, activity: Activity) -> set[tuple[str, str, str]]:
    known = {party.id: party for party in ropa.parties}
    return {(p.name, p.kind, p.country) for id_ in activity.recipients if (p := known[id_])}


def goals(ropa: Ropa, activity: Activity) -> set[tuple[str, str]]:
    """Destinations with their safeguards; an adequacy decision comes back as a word."""
    known = {transfer.id: transfer for transfer in ropa.transfers}
    out = set()
    for id_ in activity.transfers:
        one = known[id_]
        pairs = dict(one.mechanisms)
        for place in one.to:
            found = {tool for pair, tool in pairs.items() if pair.endswith(f"-{place}")} or {
                one.mechanism
            }
            out |= {(place, "" if tool == "adequacy" else tool) for tool in found}
    return out


def limits(ropa: Ropa, activity: Activity) -> set[tuple[str, str, str, tuple[str, ...]]]:
    groups = {group.id: group for group in ropa.data_groups}
    return {
        (category, rule.period, rule.starts, rule.excludes)
        for rule in ropa.retentions
        for group in rule.selector.groups
        if group in activity.data_groups
        for category in groups[group].categories
    }


@pytest.mark.parametrize(
    ("kind", "ending", "key"),
    [
        ("ico", "xlsx", "purposes"),
        ("ico", "ods", "purposes"),
        ("ico", "csv", "purposes"),
        ("cnil", "ods", "name"),
        ("cnil", "xlsx", "name"),
        ("cnil", "csv", "name"),
    ],
)
def test_a_spreadsheet_brings_back_what_it_carries(
    tmp_path: Path, ropa: Ropa, kind: str, ending: str, key: str
) -> None:
    again = back(tmp_path, ropa, kind, ending)
    found = {getattr(a, key): a for a in again.activities}
    wanted = [a for a in ropa.activities if a.role == "controller" or (kind == "cnil")]
    assert wanted
    for one in wanted:
        other = found[getattr(one, key)]
        assert categories(again, other) == categories(ropa, one)
        assert receivers(again, other) == receivers(ropa, one)
        assert goals(again, other) == goals(ropa, one)
        assert limits(again, other) >= limits(ropa, one)
        for name in (
            "role",
            "legal_basis",
            "data_subjects",
            "purposes",
            "processing",
            "on_behalf_of",
        ):
            assert getattr(other, name) == getattr(one, name)
    systems = {system.measures for system in again.systems}
    assert {system.measures for system in ropa.systems} == systems
    assert {a.status for a in again.activities} == {"draft"}


def test_the_processor_sheet_comes_back(tmp_path: Path, ropa: Ropa) -> None:
    again = back(tmp_path, ropa, "ico", "xlsx")
    (one,) = [a for a in again.activities if a.role == "processor"]
    assert one.processing == ("Provide secure file exchange to the customer",)
    assert one.on_behalf_of == ("customers of XM SendSecure",)


def test_a_manifest_of_fides_brings_back_what_it_carries(tmp_path: Path, ropa: Ropa) -> None:
    again = back(tmp_path, ropa, "fides", "yml")
    assert [a.name for a in again.activities] == [a.name for a in ropa.activities]
    assert {s.name: s.measures for s in again.systems} == {s.name: s.measures for s in ropa.systems}
    assert {s.id: s.kind for s in again.stores}.items() <= {
        s.id: s.kind for s in ropa.stores
    }.items()
    keys = Counter(category.fides for category in taxonomy().categories.values())
    for one, other in zip(ropa.activities, again.activities, strict=True):
        declared = taxonomy().leaves(categories(ropa, one))
        alone = {id_ for id_ in declared if keys[taxonomy().categories[id_].fides] == 1}
        found = categories(again, other)
        assert alone <= found  # one key means one category: it comes back
        assert (
            found - declared <= taxonomy().groups.keys()
        )  # a key of several: their group, or listed


@pytest.mark.parametrize("kind", sorted(carried.CARRIED))
def test_every_field_that_is_not_carried_is_listed(ropa: Ropa, kind: str) -> None:
    said = exchange.write(ropa, kind).left_out
    assert any(line.startswith("prohibit (4)") for line in said)
    assert any(line.startswith("store.subject (1): ss_db") for line in said)
    assert not any(line.startswith("data_group.categories") for line in said)


def test_the_workbook_lists_what_it_does_not_carry_and_the_authoritys_does_not(ropa: Ropa) -> None:
    def names(content: bytes) -> list[str]:
        return openpyxl.load_workbook(io.BytesIO(content)).sheetnames

    assert names(exchange.write(ropa, "ico").content) == ["Controller", "Processor", "Not carried"]
    assert names(exchange.write(ropa, "ico", authority=True).content) == ["Controller", "Processor"]


def test_the_workbook_of_the_ico_has_its_thirty_columns(ropa: Ropa) -> None:
    page = openpyxl.load_workbook(io.BytesIO(exchange.write(ropa, "ico").content))["Controller"]
    head = [cell.value for cell in page[7]]
    assert len(head) == 30
    assert (head[0], head[19], head[28]) == (
        "Business function",
        "Location of personal data",
        "Is personal data retained and erased in accordance with the policy document?",
    )


def test_location_is_written_only_for_stores_that_a_person_approved(ropa: Ropa) -> None:
    def column(record: Ropa, number: int) -> set[object]:
        page = openpyxl.load_workbook(io.BytesIO(exchange.write(record, "ico").content))[
            "Controller"
        ]
        return {page.cell(row, number).value for row in range(8, page.max_row + 1)} - {None}

    assert not column(ropa, 20)
    approved = replace(
        ropa,
        stores=tuple(
            replace(s, approved_by="Ann", approved_on=DAY) if s.id == "ss_logs" else s
            for s in ropa.stores
        ),
    )
    assert column(approved, 20) == {"ss_logs: Ireland, United States, Canada"}
    assert not column(approved, 29)


def test_the_authority_gets_the_register_and_nothing_about_scanning(ropa: Ropa) -> None:
    vetted = FieldRule("**/x#y", is_not=("email_address",), note="secret note")
    record = replace(
        ropa,
        activities=(
            replace(ropa.activities[0], note="secret note", status="draft"),
            replace(ropa.activities[1], note="secret note", owner="secret owner", lia="secret lia"),
            *ropa.activities[2:],
        ),
        stores=(replace(ropa.stores[0], fields=(vetted,), note="secret note"), *ropa.stores[1:]),
    )
    for kind in ("ico", "cnil", "toml", "fides"):
        done = exchange.write(
            record, kind, "csv" if kind in ("ico", "cnil") else "", authority=True
        )
        text = done.content.decode("utf-8-sig")
        assert "secret note" not in text
        assert "is_not" not in text
        assert "accept" not in text
        assert record.activities[0].name not in text
        assert any("draft" in remark for remark in done.remarks)
    assert "secret lia" not in exchange.write(record, "ico", "csv", authority=True).content.decode()
    assert "secret lia" in exchange.write(record, "ico", "csv").content.decode()


def test_the_record_of_the_authority_still_loads(tmp_path: Path, ropa: Ropa) -> None:
    draft = replace(
        ropa,
        stores=tuple(replace(s, status="draft") if s.id == "ss_files" else s for s in ropa.stores),
    )
    file = tmp_path / "authority.toml"
    file.write_bytes(exchange.write(draft, "toml", authority=True).content)
    again = load(RecordRef(file))
    assert "ss_files" not in {store.id for store in again.stores}
    assert not again.accepts


def test_ended_activities_are_left_out_and_named(ropa: Ropa) -> None:
    over = replace(
        ropa, activities=(replace(ropa.activities[1], status="ended"), *ropa.activities[2:])
    )
    done = exchange.write(over, "cnil", "csv")
    assert ropa.activities[1].name not in done.content.decode("utf-8-sig")
    assert any("has ended" in remark for remark in done.remarks)


@pytest.mark.parametrize("kind", sorted(exchange.EXPORTS))
def test_synthetic_records_say_so_in_every_format(ropa: Ropa, kind: str) -> None:
    for ending in exchange.EXPORTS[kind]:
        content = exchange.write(replace(ropa, synthetic=True), kind, ending).content
        if ending == "xlsx":
            pages = openpyxl.load_workbook(io.BytesIO(content)).worksheets
            told = ["SYNTHETIC DATA" in str([c.value for r in page for c in r]) for page in pages]
            assert all(told)
        elif ending != "ods":
            assert b"SYNTHETIC DATA" in content
        else:
            import zipfile

            text = zipfile.ZipFile(io.BytesIO(content)).read("content.xml")
            assert text.count(b"SYNTHETIC DATA") >= text.count(b"<table:table ")


def test_a_synthetic_register_is_read_as_synthetic(tmp_path: Path, ropa: Ropa) -> None:
    for kind, ending in (("ico", "xlsx"), ("cnil", "ods"), ("fides", "yml")):
        assert back(tmp_path, replace(ropa, synthetic=True), kind, ending).synthetic
        assert not back(tmp_path, ropa, kind, ending).synthetic


def quads(content: bytes, kind: str) -> list[pyoxigraph.Quad]:
    form = pyoxigraph.RdfFormat.TURTLE if kind == "ttl" else pyoxigraph.RdfFormat.JSON_LD
    return list(pyoxigraph.parse(content, format=form))


def types(content: bytes, kind: str) -> Counter[str]:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    return Counter(q.object.value for q in quads(content, kind) if q.predicate.value == rdf)


@pytest.mark.parametrize("ending", ["ttl", "jsonld"])
def test_an_independent_parser_finds_every_activity_and_limit(ropa: Ropa, ending: str) -> None:
    found = types(exchange.write(ropa, "dpv", ending).content, ending)
    assert found[f"{dpv.DPV}ROPA"] == 1
    assert found[f"{dpv.DPV}PersonalDataProcess"] == len(ropa.activities)
    assert found[f"{dpv.DPV}StorageDuration"] == len(ropa.retentions)
    assert found[f"{dpv.DPV}StorageLocation"] == len(ropa.stores)
    assert found[f"{dpv.DPV}StorageCondition"] == len(ropa.retentions) + len(ropa.stores)


def test_turtle_and_json_ld_say_the_same(ropa: Ropa) -> None:
    turtle, json_ld = (quads(exchange.write(ropa, "dpv", e).content, e) for e in ("ttl", "jsonld"))

    def named(found: list[pyoxigraph.Quad]) -> set[str]:
        return {str(q) for q in found if "_:" not in str(q)}

    assert named(turtle) == named(json_ld)
    assert len(turtle) == len(json_ld)


def test_texts_that_would_break_turtle_are_kept(ropa: Ropa) -> None:
    nasty = 'a "quoted" \\ text\nwith <iri> and é'
    record = replace(
        ropa, activities=(replace(ropa.activities[0], name=nasty), *ropa.activities[1:])
    )
    found = quads(exchange.write(record, "dpv").content, "ttl")
    assert nasty in {q.object.value for q in found}


def test_the_list_of_flows_names_store_category_country_and_party(ropa: Ropa) -> None:
    text = exchange.write(ropa, "flows", "csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {
        "store": "billing_saas",
        "category": "Telephone number",
        "country": "US",
        "party": "Hosted billing application provider",
        "party country": "US",
    }.items() <= next(
        r
        for r in rows
        if r["store"] == "billing_saas"
        and r["category"] == "Telephone number"
        and r["party"].startswith("Hosted")
    ).items()
    sms = {r["category"] for r in rows if r["party"].startswith("SMS")}
    assert sms == {"Telephone number"}


@pytest.mark.parametrize("kind", sorted(exchange.EXPORTS))
def test_a_record_with_nothing_in_it_is_exported(kind: str) -> None:
    assert exchange.write(Ropa(Organisation("us")), kind).content


def test_an_ending_that_a_format_does_not_have_is_refused(ropa: Ropa) -> None:
    with pytest.raises(ConfigError, match=r"\.ods"):
        exchange.write(ropa, "cnil", "pdf")


@pytest.mark.server("libreoffice")
@pytest.mark.parametrize(
    ("kind", "ending"), [("ico", "xlsx"), ("ico", "ods"), ("cnil", "ods"), ("cnil", "xlsx")]
)
def test_libreoffice_opens_the_workbook(tmp_path: Path, ropa: Ropa, kind: str, ending: str) -> None:
    program = shutil.which("soffice")
    if program is None:
        servers.missing("libreoffice", "soffice is not here")
    injected = replace(ropa, organisation=replace(ropa.organisation, name="=1+1"))
    file = tmp_path / f"out.{ending}"
    file.write_bytes(exchange.write(injected, kind, ending).content)
    subprocess.run(
        [
            program,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
            "--outdir",
            str(tmp_path / "csv"),
            str(file),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    texts = [path.read_text("utf-8") for path in sorted((tmp_path / "csv").glob("*.csv"))]
    assert len(texts) == (3 if kind == "ico" else len(ropa.activities) + 2)
    together = "\n".join(texts)
    assert "=1+1" in together
    assert "Track usage and invoice customers" in together
