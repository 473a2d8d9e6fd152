"""Hosts and cookies of third parties: found by suffix, never by a part of a name."""

import numpy as np
import pyarrow as pa
import pytest

from scanner.model import Asset, Field, Kind, Values
from scanner.recipients import Destinations, covered, vendor, vendors


def found(
    *texts: str,
    field: str = "message",
    kind: Kind = Kind.TEXT,
    path: str = "log://a/x.log",
    type_: str = "log",
    hosts: tuple[tuple[str, str], ...] = (),
) -> list[tuple[str, str]]:
    to = Destinations(Asset(path, "a", "log", type_), hosts)
    counts = np.ones(len(texts), dtype=np.int64)
    to.add(Values(Field(field, kind), texts, counts, len(texts), array=pa.array(texts)))
    return [(one.party, one.how) for one in to.found()]


HITS = [
    ("https://static.hotjar.com/c/hotjar.js", "hotjar", "url"),
    ("POST HTTPS://API.TWILIO.COM/2010 201", "twilio", "url"),
    ("https://key:x@o1.ingest.sentry.io/4", "sentry", "url"),
    ("wss://stt.speech.microsoft.com", "microsoft_speech", "url"),
    ("https://www.google.com/recaptcha/api.js", "recaptcha", "url"),
    ("connected to smtp.sendgrid.net:587", "sendgrid", "host"),
    ("smtp.sendgrid.net.", "sendgrid", "host"),
    ("hotjar.com", "hotjar", "host"),
]


@pytest.mark.parametrize(("text", "party", "how"), HITS)
def test_a_host_is_known_by_its_suffix(text: str, party: str, how: str) -> None:
    assert found(text) == [(party, how)]


NEAR_MISSES = [
    "https://googletagmanager.com.evil.example/gtag.js",
    "https://notgoogle-analytics.com/collect",
    "https://google-analytics.community/",
    "https://www.google.com/maps",
    "marie@sendgrid.net wrote",
    "https://acme.fr/hotjar.com",
    "hotjar.com.txt",
    "my-hotjar.com",
    "stripe company",
    "",
]


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_what_only_resembles_a_host_is_nobodys(text: str) -> None:
    assert found(text, "x") == []


@pytest.mark.parametrize("field", ["referer", "http_referrer", "user_agent", "request", "email"])
def test_where_somebody_came_from_says_nothing(field: str) -> None:
    assert found("https://www.facebook.com/x", field=field) == []


def test_numbers_and_dates_are_not_looked_at() -> None:
    assert found("hotjar.com", kind=Kind.UUID) == []


COOKIES = [
    ("_ga", "google_analytics"),
    ("_ga_ABC123", "google_analytics"),
    ("_fbp=fb.1.2; session=3", "meta_pixel"),
    ("__hstc", "hubspot"),
]


@pytest.mark.parametrize(("text", "party"), COOKIES)
def test_cookies_are_known_by_name(text: str, party: str) -> None:
    assert found(text, field="set_cookie") == [(party, "cookie")]


@pytest.mark.parametrize("text", ["_gallery=1", "ga", "x_ga=1", "session=_ga", "my_fbp"])
def test_other_cookies_are_nobodys(text: str) -> None:
    assert found(text, field="cookie") == []


def test_a_declared_host_counts_for_all_below_it() -> None:
    assert found("https://speech.googleapis.com/v1", hosts=(("googleapis.com", "g"),)) == [
        ("party:g", "url")
    ]


def test_settings_and_pages_are_configured_and_logs_are_not() -> None:
    def configured(path: str, type_: str) -> bool:
        to = Destinations(Asset(path, "a", "x", type_))
        to.add(Values(Field("url"), ("https://hotjar.com",), np.ones(1, dtype=np.int64), 1))
        return to.found()[0].configured

    assert configured("file://a/app.ini", "settings")
    assert configured("file://a/x.html", "page")
    assert configured("sqlite://a/main/app_settings", "table")
    assert not configured("log://a/app.log", "log")
    assert not configured("sqlite://a/main/visits", "table")


def test_each_cell_counts_once_for_a_party() -> None:
    to = Destinations(Asset("log://a/x.log", "a", "log", "log"))
    texts = ("https://hotjar.com https://static.hotjar.com", "hotjar.io")
    to.add(Values(Field("m"), texts, np.array([3, 2]), 5))
    assert {(one.suffix, one.count) for one in to.found()} == {("hotjar.com", 3), ("hotjar.io", 2)}


NAMES = [
    ("google_analytics", "Google Analytics", True),
    ("google_analytics", "Google LLC", True),
    ("google_analytics", "Google Ireland Limited", True),
    ("google_ads", "Google Analytics", False),
    ("hotjar", "Google Analytics", False),
    ("hotjar", "Analytics provider", True),
    ("hotjar", "hotjar", True),
    ("meta_pixel", "Facebook", True),
    ("twitter", "Twitter", True),
    ("twilio", "SMS and voice delivery provider", True),
    ("twilio", "Vonage SMS", False),
    ("stripe", "Stripes and Stars Ltd", False),
    ("bing_ads", "Bing", True),
    ("onesignal", "One Signal Box Ltd", False),
]


@pytest.mark.parametrize(("id_", "name", "expected"), NAMES)
def test_a_party_covers_what_it_names(id_: str, name: str, expected: bool) -> None:
    known = vendor(id_)
    assert known is not None
    assert covered(known, [name]) is expected


def test_the_list_is_whole() -> None:
    hosts = [host for one in vendors() for host in one.hosts]
    assert len(hosts) == len(set(hosts))
    assert all(host == host.lower() and "." in host for host in hosts)
    assert len({one.id for one in vendors()}) == len(vendors()) >= 150
    assert all(len(one.country) in (0, 2) for one in vendors())
