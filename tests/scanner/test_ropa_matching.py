"""The most specific glob wins; ties, exclusions, drafts and dead globs are told apart."""

import pytest

from scanner.ropa import Match, Matcher
from scanner.ropa.types import FieldRule, Organisation, Ropa, Site, Store


def store(id_: str, *match: str, exclude: tuple[str, ...] = (), status: str = "active") -> Store:
    return Store(id_, "sys", "database", sites=(Site(match, exclude=exclude),), status=status)


def matcher(*stores: Store) -> Matcher:
    return Matcher(Ropa(Organisation("acme"), stores=stores))


def id_of(match: Match) -> str:
    return match.store.id if match.store else ""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("sqlite://crm/main/users", "users"),  # literal beats a glob
        ("sqlite://crm/main/users#email", "users"),  # the field is ignored
        ("sqlite://crm/main/user_log", "star"),  # longer prefix beats **
        ("sqlite://crm/main/orders", "all"),
        ("sqlite://crm/main/a/b", "all"),
        ("SQLITE://crm/main/users", "users"),  # the kind is not case-sensitive
        ("sqlite://crm/main/Users", "all"),  # the rest is
        ("sqlite://crm2/main/users", ""),  # a source whose name merely begins alike
        ("mysql://crm/main/users", ""),
        ("log://app/app.log", "logs"),  # ** may start a glob
    ],
)
def test_most_specific_wins(path: str, expected: str) -> None:
    found = matcher(
        store("all", "sqlite://crm/**"),
        store("star", "sqlite://crm/main/user*"),
        store("users", "sqlite://crm/main/users"),
        store("logs", "**/app.log"),
    ).match(path)
    assert id_of(found) == expected


def test_with_the_same_prefix_fewer_wildcards_win() -> None:
    found = matcher(store("two", "sqlite://crm/*/*"), store("one", "sqlite://crm/*/users"))
    assert id_of(found.match("sqlite://crm/main/users")) == "one"
    assert id_of(found.match("sqlite://crm/main/orders")) == "two"


def test_a_tie_of_two_stores_is_ambiguous_and_no_choice() -> None:
    found = matcher(store("b", "sqlite://crm/**"), store("a", "sqlite://crm/**")).match(
        "sqlite://crm/main/users"
    )
    assert found.store is None
    assert [claimed.id for claimed in found.ambiguous] == ["a", "b"]


def test_a_tie_inside_one_store_is_none() -> None:
    sites = (Site(("sqlite://crm/**",), "IE"), Site(("sqlite://crm/**",), "FR"))
    found = matcher(Store("a", "sys", "database", sites=sites)).match("sqlite://crm/main/users")
    assert id_of(found) == "a"
    assert found.site == sites[0]


def test_a_tie_that_a_more_specific_glob_settles_is_none() -> None:
    found = matcher(
        store("a", "sqlite://crm/**"),
        store("b", "sqlite://crm/**"),
        store("c", "sqlite://crm/main/**"),
    ).match("sqlite://crm/main/users")
    assert id_of(found) == "c"
    assert found.ambiguous == ()


def test_exclude_beats_match() -> None:
    found = matcher(store("crm", "sqlite://crm/**", exclude=("**/tmp_*",)))
    assert found.match("sqlite://crm/main/tmp_users") == Match(excluded_by="**/tmp_*")
    assert id_of(found.match("sqlite://crm/main/users")) == "crm"


def test_what_one_store_leaves_out_another_may_declare() -> None:
    found = matcher(
        store("crm", "sqlite://crm/main/*", exclude=("sqlite://crm/main/log",)),
        store("logs", "sqlite://crm/**"),
    ).match("sqlite://crm/main/log")
    assert id_of(found) == "logs"


def test_a_draft_never_matches_but_is_named() -> None:
    found = matcher(
        store("draft", "sqlite://crm/main/users", status="draft"), store("crm", "sqlite://crm/**")
    )
    assert id_of(found.match("sqlite://crm/main/users")) == "crm"
    alone = matcher(store("draft", "sqlite://crm/**", status="draft")).match("sqlite://crm/a")
    assert alone.store is None
    assert alone.draft is not None
    assert alone.draft.id == "draft"


def test_collapsed_names_are_literal() -> None:
    found = matcher(store("tenants", "sqlite://crm/{}/users"), store("x", "sqlite://crm/{a,b}/u"))
    assert id_of(found.match("sqlite://crm/{}/users")) == "tenants"
    assert id_of(found.match("sqlite://crm/b/u")) == "x"


def test_field_rules_come_most_specific_first() -> None:
    rules = (
        FieldRule("**/users#{password,password_hash}", must_be="password_hash"),
        FieldRule("sqlite://crm/main/users#password", note="vetted"),
        FieldRule("**/orders#password"),
    )
    crm = Store("crm", "sys", "database", sites=(Site(("sqlite://crm/**",)),), fields=rules)
    found = matcher(crm).field_rules(crm, "sqlite://crm/main/users#password")
    assert found == (rules[1], rules[0])
    assert matcher(crm).field_rules(crm, "sqlite://crm/main/users#password_changed_at") == ()


PATHS = ("sqlite://crm/main/users", "sqlite://hr/main/staff", "sqlite://shop-1/main/carts")


@pytest.mark.parametrize(
    ("glob", "complete", "configured", "dead"),
    [
        ("sqlite://crm/main/users", {"crm"}, {"crm"}, False),
        ("sqlite://crm/main/user", {"crm"}, {"crm"}, True),
        ("mysql://crm/**", {"crm"}, {"crm"}, True),  # the source is there, its kind is another
        ("sqlite://crm/main/user", set(), {"crm"}, False),  # not listed completely
        ("sqlite://erp/**", {"crm"}, {"crm"}, False),  # not configured: H05 speaks, not Q08
        ("sqlite://shop-*/main/orders", {"shop-1"}, {"shop-1"}, True),
        ("sqlite://shop-*/main/orders", {"shop-1"}, {"shop-1", "shop-2"}, False),
        ("**/orders", {"crm", "hr"}, {"crm", "hr"}, True),
        ("**/orders", {"crm"}, {"crm", "hr"}, False),
        ("**/staff", {"crm", "hr"}, {"crm", "hr"}, False),
    ],
)
def test_dead_globs(glob: str, complete: set[str], configured: set[str], dead: bool) -> None:
    found = matcher(store("a", glob)).dead_globs(PATHS, complete, configured)
    assert [lost.glob for lost in found] == ([glob] if dead else [])


def test_a_glob_that_a_more_specific_store_overrules_is_alive() -> None:
    stores = (store("a", "sqlite://crm/**"), store("b", "sqlite://crm/main/users"))
    assert matcher(*stores).dead_globs(["sqlite://crm/main/users"], {"crm"}) == ()


def test_drafts_have_no_dead_globs() -> None:
    assert matcher(store("a", "sqlite://crm/x", status="draft")).dead_globs(PATHS, {"crm"}) == ()


def test_field_globs_are_judged_only_when_fields_are_known() -> None:
    crm = Store(
        "crm",
        "sys",
        "database",
        sites=(Site(("sqlite://crm/**",)),),
        fields=(FieldRule("**/users#mail"),),
    )
    assert matcher(crm).dead_globs(PATHS, {"crm"}) == ()
    fields = ("sqlite://crm/main/users#email",)
    dead = matcher(crm).dead_globs(fields, {"crm"}, {"crm", "down"})
    assert [(lost.table, lost.glob) for lost in dead] == [("store.field", "**/users#mail")]
