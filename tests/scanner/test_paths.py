import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model import Path, asset_path, decode, encode, field_name, glob_match, specificity

MATCHES = [
    ("sqlite://crm/main/users", "sqlite://crm/main/users", True),
    ("sqlite://crm/main/users", "sqlite://crm/main/users2", False),
    ("sqlite://crm/*", "sqlite://crm/main/users", False),
    ("sqlite://crm/*/users", "sqlite://crm/main/users", True),
    ("sqlite://crm/**", "sqlite://crm/main/users", True),
    ("postgresql://ss-eu-*/sendsecure/**", "postgresql://ss-eu-1/sendsecure/core/users", True),
    ("postgresql://ss-eu-*/sendsecure/**", "postgresql://ss-us-1/sendsecure/core/users", False),
    ("**/users#{password,password_hash}", "sqlite://crm/main/users#password_hash", True),
    ("**/users#{password,password_hash}", "sqlite://crm/main/users#password_changed_at", False),
    ("**/vault/**#wrapped_key", "sqlite://crm/vault/a/b#wrapped_key", True),
    ("**/vault/**#wrapped_key", "sqlite://crm/vault/keys#wrapped_key", True),
    ("**#@timestamp", "opensearch://logs/x#@timestamp", True),
    ("log://app/app.lo?", "log://app/app.log", True),
    ("log://app/app.lo?", "log://app/app.lo/", False),
    ("sqlite://crm/main/t#a.{}.b", "sqlite://crm/main/t#a.{}.b", True),
    ("SQLITE://crm/**", "sqlite://crm/main/users", False),
]


@pytest.mark.parametrize(("glob", "path", "expected"), MATCHES)
def test_glob_matches_whole_paths(glob: str, path: str, expected: bool) -> None:
    assert glob_match(glob, path) is expected


def test_an_unclosed_brace_is_refused() -> None:
    with pytest.raises(ValueError, match="not closed"):
        glob_match("a{b,c", "ab")


def test_the_more_specific_glob_is_larger() -> None:
    ordered = [
        "**",
        "sqlite://**",
        "sqlite://crm/**",
        "sqlite://crm/*/users",
        "sqlite://crm/main/users",
    ]
    assert sorted(ordered, key=specificity) == ordered


@given(st.text())
def test_encoding_is_undone(name: str) -> None:
    assert decode(encode(name)) == name.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_names_never_make_one_path(left: str, right: str) -> None:
    if left != right:
        assert field_name(left) != field_name(right)
        assert asset_path("sqlite", "s", left) != asset_path("sqlite", "s", right)


def test_odd_names_stay_inside_their_segment() -> None:
    path = asset_path("sqlite", "crm", "main", 'a/b#c"d\ne{f}')
    parsed = Path.parse(path)
    assert len(parsed.segments) == 2
    assert decode(parsed.segments[1]) == 'a/b#c"d\ne{f}'


def test_a_dot_in_a_key_is_no_nesting() -> None:
    assert field_name("a.b", "c").split(".") == ["a%2Eb", "c"]
