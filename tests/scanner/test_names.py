from dataclasses import replace

import pytest
from fakes import FakeDetector

from scanner import detect
from scanner.config import Detection
from scanner.model import (
    Asset,
    AssetResult,
    Confidence,
    Coverage,
    Depth,
    Field,
    Gap,
    GapReason,
    Hit,
    Holding,
    Listing,
    Method,
    Omission,
)
from scanner.names import mask_listing, mask_path, mask_result

PLANTED = "marie@acme.fr"
PATH = f"file://box/{PLANTED}/cv.pdf"


def listing(*assets: Asset) -> Listing:
    gap = Gap("box", GapReason.PERMISSION, f"{PLANTED} cannot be read", PATH)
    return Listing(assets, (gap,), (Omission("box", PATH, "excluded"),))


def asset(path: str) -> Asset:
    return Asset(
        path, "box", "file", fields=(Field(f"to.{PLANTED.replace('.', '%2E')}"),), comment=PLANTED
    )


def test_nothing_of_a_listing_shows_a_personal_name() -> None:
    masked = mask_listing(listing(asset(PATH)), FakeDetector())
    assert PLANTED not in repr(masked.listing)
    assert PLANTED.replace(".", "%2E") not in repr(masked.listing)
    assert masked.listing.assets[0].path == "file://box/aaaaa@aaaa.aa/cv.pdf"


def test_the_raw_asset_is_found_again_by_its_masked_path() -> None:
    masked = mask_listing(listing(asset(PATH)), FakeDetector())
    assert masked.raw["file://box/aaaaa@aaaa.aa/cv.pdf"].path == PATH


def test_two_assets_of_one_masked_path_are_told_apart() -> None:
    other = f"file://box/{PLANTED.replace('marie', 'pauls')}/cv.pdf"
    masked = mask_listing(listing(asset(PATH), asset(other)), FakeDetector())
    assert [a.path for a in masked.listing.assets] == [
        "file://box/aaaaa@aaaa.aa/cv.pdf",
        "file://box/aaaaa@aaaa.aa/cv.pdf~2",
    ]
    assert {a.path for a in masked.raw.values()} == {PATH, other}


def test_ordinary_names_stay_as_they_are() -> None:
    plain = Asset("sqlite://crm/main/users", "crm", "sqlite", fields=(Field("email"),))
    masked = mask_listing(Listing((plain,)), FakeDetector())
    assert masked.listing.assets == (plain,)


def test_a_result_goes_out_under_the_masked_path() -> None:
    raw = asset(PATH)
    holding = Holding(
        "box", "file", PATH, raw.fields[0].name, "email_address", None, "unknown",
        Confidence.POSSIBLE, 0.4, 0, 0, None, Method.NONE, (),
    )  # fmt: skip
    gap = Gap("box", GapReason.UNREADABLE, f"{PLANTED} is damaged", PATH)
    result = AssetResult(
        raw, Coverage(Depth.CONTENT, "default"), (holding,), (gap,),
        (Omission("box", PATH, "media"),),
    )  # fmt: skip
    safe = mask_result(result, "file://box/x", FakeDetector())
    assert PLANTED not in repr(safe)
    assert PLANTED.replace(".", "%2E") not in repr(safe)
    assert safe.holdings[0] == replace(holding, asset="file://box/x", field=safe.holdings[0].field)


def test_an_ending_does_not_hide_an_address_in_a_file_name() -> None:
    class Strict(FakeDetector):
        """Knows an address by its top-level domain, as the real one does."""

        def names(self, text: str, kind: str) -> tuple[Hit, ...]:
            return super().names(text, kind) if text.endswith(".fr") else ()

    log = replace(asset(f"log://box/{PLANTED}.log.gz"), type="log", fields=(), comment="")
    masked = mask_listing(Listing((log,)), Strict())
    assert masked.listing.assets[0].path == "log://box/aaaaa@aaaa.aa.log.gz"


PERSONAL_NAMES = {
    "file://box/Преображенский Владислав.pdf": "file://box/Aaaaaaaaaaaaaa Aaaaaaaaa.pdf",
    "file://box/欧阳修远_passport.jpg": "file://box/aaaa_passport.jpg",
    "file://box/facture-Ségolène-2024.pdf": "file://box/facture-Aaaaaaaa-2024.pdf",
    "file://box/vanderbiltw.pst": "file://box/aaaaaaaaaaa.pst",
    "file://box/marie%2540acme.fr.txt": "file://box/aaaaa%2599aaaa.aa.txt",
    "file://box/home/perrault.g/notes.txt": "file://box/home/aaaaaaaa.a/notes.txt",
    "file://box/Антонов Владислав/notes.txt": "file://box/Aaaaaaa Aaaaaaaaa/notes.txt",
}
ORDINARY_NAMES = [
    "file://box/invoices/report_2024.pdf",
    "file://box/xmfaxdump.sql",
    "file://box/отчёты/notes.txt",
    "file://box/home/services/notes.txt",
    "log://box/home/faxserver.log",
    "sqlite://crm/main/Vanderbilt Report",
]


@pytest.mark.parametrize(("raw", "safe"), PERSONAL_NAMES.items(), ids=ascii)
def test_names_of_files_that_may_be_of_people_are_masked(raw: str, safe: str) -> None:
    assert mask_path(raw, FakeDetector()) == safe


@pytest.mark.parametrize("path", ORDINARY_NAMES, ids=ascii)
def test_names_that_say_nothing_of_people_are_kept(path: str) -> None:
    assert mask_path(path, FakeDetector()) == path


def test_a_sentence_that_quotes_the_name_of_a_file_does_not_show_it() -> None:
    gap = Gap("box", GapReason.TRUNCATED, f"file 'a/{PLANTED}' is truncated; check 'disk 2'")
    omission = Omission("box", PATH, "excluded", f"exclude = '{PLANTED}'")
    masked = mask_listing(Listing((), (gap,), (omission,)), FakeDetector()).listing
    assert masked.gaps[0].detail == ("file 'a/aaaaa@aaaa.aa' is truncated; check 'disk 2'")
    assert masked.omissions[0].by == "exclude = 'aaaaa@aaaa.aa'"


def test_a_table_named_after_a_person_is_masked() -> None:
    detector = detect.build(Detection(names=False))
    masked = mask_path("sqlite://crm/main/mailbox_thibault_delacroix", detector)
    assert masked == "sqlite://crm/main/mailbox_aaaaaaaa_aaaaaaaaa"
    double = mask_path("file://box/DUPONT_Jean-Baptiste.txt", detector)
    assert double == "file://box/AAAAAA_Aaaa-Aaaaaaaa.txt"
    glued = mask_path("log://box/MarieDupont.log", detector)
    assert glued == "log://box/AaaaaAaaaaa.log"


def test_a_reference_is_masked_as_what_it_refers_to() -> None:
    orders = Asset(
        "sqlite://crm/main/orders",
        "crm",
        "sqlite",
        fields=(
            Field("customer", references="main/customers#id"),
            Field("owner", references=f"main/{PLANTED}#id"),
        ),
    )
    listed = mask_listing(Listing((orders,)), FakeDetector()).listing
    known, personal = (field.references for field in listed.assets[0].fields)
    assert known == "main/customers#id"
    assert PLANTED not in personal
    assert personal.startswith("main/")
