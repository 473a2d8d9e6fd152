from dataclasses import replace

from fakes import FakeDetector

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
from scanner.names import mask_listing, mask_result

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
