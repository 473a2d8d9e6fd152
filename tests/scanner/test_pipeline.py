"""One unit of work with fakes: what it does with plans, failures, names and messages."""

from dataclasses import replace

import pytest
from fakes import AnsweringConnector, FakeConnector, FakeDetector

from scanner import detect
from scanner.config import Detection
from scanner.errors import StoreError
from scanner.model import (
    Ask,
    Asset,
    AssetPlan,
    AssetResult,
    Budget,
    Connector,
    Depth,
    Gap,
    GapReason,
    Kind,
    Method,
    Question,
    Sample,
    field_name,
)
from scanner.pipeline import inspect

PATH = "fake://crm/users"
MAILS = [f"person{n}@acme.fr" for n in range(40)]


def do(connector: Connector, depth: Depth = Depth.CONTENT, *questions: Question) -> AssetResult:
    (asset,) = connector.assets().assets
    unit = AssetPlan(asset, depth, "default", "", questions)
    return inspect(connector, asset, unit, FakeDetector(), Budget())


def test_values_become_holdings_with_counts() -> None:
    result = do(
        FakeConnector({PATH: {"email": [*MAILS, None, ""], "n": [str(i) for i in range(42)]}})
    )
    (holding,) = [h for h in result.holdings if h.category == "email_address"]
    assert (holding.field, holding.matched, holding.examined) == ("email", 40, 40)
    assert holding.method is Method.WHOLE
    assert "person1@acme.fr" not in repr(result)


def test_metadata_reads_names_and_no_rows() -> None:
    connector = FakeConnector({PATH: {"email": MAILS}}, fail={PATH: AssertionError("was read")})
    result = do(connector, Depth.METADATA)
    assert [omission.why for omission in result.omissions] == ["default"]
    assert {(h.field, h.entity, h.matched) for h in result.holdings} == {("email", None, 0)}


def test_nothing_is_an_omission_and_no_holding() -> None:
    result = do(FakeConnector({PATH: {"email": MAILS}}), Depth.NOTHING)
    assert (result.holdings, len(result.omissions)) == ((), 1)


def test_a_store_that_fails_is_a_gap_with_its_reason() -> None:
    error = StoreError("the account may not read it; grant SELECT", "permission")
    result = do(FakeConnector({PATH: {"email": MAILS}}, fail={PATH: error}))
    assert result.holdings == ()
    assert [(gap.reason, gap.asset) for gap in result.gaps] == [(GapReason.PERMISSION, PATH)]


class Breaking(FakeConnector):
    """Ends half-way and says so."""

    def read(self, asset: Asset, budget: Budget) -> Sample:
        sample = super().read(asset, budget)
        sample.gaps.append(
            Gap("crm", GapReason.UNREACHABLE, "the connection broke off", asset.path)
        )
        return sample


def test_what_was_read_before_a_break_is_kept_and_not_called_whole() -> None:
    result = do(Breaking({PATH: {"email": MAILS}}))
    assert result.coverage.method is Method.FIRST
    assert [gap.reason for gap in result.gaps] == [GapReason.UNREACHABLE]
    assert "email_address" in {holding.category for holding in result.holdings}


QUESTION = Question(Ask.COUNT_BEFORE, "left_at", because="retention:leavers")


def test_answers_are_measures() -> None:
    result = do(AnsweringConnector({PATH: {"email": MAILS}}), Depth.METADATA, QUESTION)
    assert [(m.count, m.question) for m in result.measures] == [(3, QUESTION)]


@pytest.mark.parametrize(
    "connector",
    [
        AnsweringConnector({PATH: {"email": MAILS}}, count=-1),
        FakeConnector({PATH: {"email": MAILS}}),
    ],
)
def test_a_question_without_answer_is_a_gap_that_names_it(connector: Connector) -> None:
    result = do(connector, Depth.CONTENT, QUESTION)
    (gap,) = result.gaps
    assert gap.reason is GapReason.NOT_MEASURED
    assert "retention:leavers" in gap.detail
    assert result.holdings


def test_keys_that_are_personal_data_collapse() -> None:
    key = field_name("by_mail", "marie@acme.fr", "city")
    other = field_name("by_mail", "paul@acme.fr", "city")
    connector = FakeConnector({PATH: {key: ["x@acme.fr"] * 30, other: ["y@acme.fr"] * 30}})
    asset = replace(connector.assets().assets[0], fields=())
    unit = AssetPlan(asset, Depth.CONTENT, "default")
    result = inspect(connector, asset, unit, FakeDetector(), Budget())
    assert {field.name for field in result.asset.fields} == {"by_mail.{}.city"}
    assert {(h.field, h.examined) for h in result.holdings} == {("by_mail.{}.city", 60)}


def test_a_key_that_is_a_name_in_another_alphabet_collapses() -> None:
    key, plain = field_name("staff", "Антонина Преображенская", "x"), field_name("имя клиента")
    connector = FakeConnector({PATH: {key: ["x@acme.fr"] * 30, plain: ["y@acme.fr"] * 30}})
    asset = replace(connector.assets().assets[0], fields=())
    result = inspect(
        connector, asset, AssetPlan(asset, Depth.CONTENT, "default"), FakeDetector(), Budget()
    )
    assert {field.name for field in result.asset.fields} == {"staff.{}.x", "имя клиента"}


class Messages(FakeConnector):
    """Serves its only field as log messages."""

    def read(self, asset: Asset, budget: Budget) -> Sample:
        sample = super().read(asset, budget)
        batches = list(sample.batches)
        sample.batches = iter(
            tuple(replace(c, field=replace(c.field, kind=Kind.MESSAGE)) for c in batch)
            for batch in batches
        )
        return sample


def test_hits_in_messages_are_fields_of_their_template() -> None:
    lines = [f"Refused connection from 81.2.69.{n} to the gateway" for n in range(60)]
    rare = ["Zandvliet asked for help", "nothing to see"]
    result = do(Messages({PATH: {"message": lines + rare}}))
    (holding,) = [h for h in result.holdings if h.category == "ip_address"]
    (template,) = result.templates
    assert template[1] == "Refused connection from <IP_ADDRESS> to the gateway"
    assert holding.field.startswith(template[0] + ".")
    assert (holding.matched, holding.examined) == (60, 60)
    assert "Zandvliet" not in repr(result)


def test_a_message_key_does_not_mix_with_another() -> None:
    lines = [f"Refused connection from 81.2.69.{n} to the gateway" for n in range(60)]
    result = do(Messages({PATH: {"msg": lines, "text": lines}}))
    fields = [h.field for h in result.holdings if h.category == "ip_address"]
    assert sorted(field.split(".")[0] for field in fields) == ["msg", "text"]


def test_numbers_of_one_template_do_not_discredit_the_cards_of_another() -> None:
    """One in ten 16-digit time stamps passes the check digit of cards; none of them is a card."""
    detector = detect.build(Detection(names=False))
    paid = [f"paid order {n} with card {card} at the desk" for n, card in enumerate(CARDS)]
    stamps = [f"span closed at {1767225600000000 + 7919 * n} by the tracer" for n in range(400)]
    connector = Messages({PATH: {"message": paid + stamps}})
    (asset,) = connector.assets().assets
    unit = AssetPlan(asset, Depth.CONTENT, "default")
    result = inspect(connector, asset, unit, detector, Budget())
    texts = dict(result.templates)
    found = {
        texts[h.field.partition(".")[0]]: (h.matched, h.confidence.value)
        for h in result.holdings
        if h.category == "payment_card_number"
    }
    assert found == {"paid order <NUM> with card <CREDIT_CARD> at the desk": (40, "confirmed")}


def luhn(body: str) -> str:
    """Complete a number by its check digit."""
    total = sum(
        sum(divmod(int(digit) * (2 - at % 2), 10)) for at, digit in enumerate(reversed(body))
    )
    return body + str(-total % 10)


CARDS = [luhn(f"54127512{n * 1234567 % 10**7:07d}") for n in range(1, 41)]
