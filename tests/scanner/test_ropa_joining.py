"""A record is amended by appending: groups, activities and approvals join what they name."""

from pathlib import Path

import pytest

from scanner.config import RecordRef
from scanner.errors import RecordError
from scanner.ropa import load
from scanner.ropa.types import Ropa

RECORD = """
format = "1"
[organisation]
id = "acme"
[[activity]]
id = "sales"
role = "controller"
status = "draft"
[[data_group]]
id = "names"
categories = ["person_name"]
[[system]]
id = "shop"
[[store]]
id = "crm"
system = "shop"
kind = "database"
status = "draft"
data_groups = ["names"]
[[store.site]]
match = ["sqlite://crm/**"]
"""
GROUP = '[[data_group]]\nid = "mails"\ncategories = ["email_address"]\n'


def amended(folder: Path, addition: str) -> Ropa:
    (folder / "a.toml").write_text(RECORD, "utf-8")
    (folder / "b.toml").write_text(addition, "utf-8")
    return load(RecordRef(folder))


def test_group_adds_itself_to_its_stores_and_activities(tmp_path: Path) -> None:
    ropa = amended(tmp_path, GROUP + 'stores = ["crm"]\nactivities = ["sales"]\n')
    assert ropa.stores[0].data_groups == ("names", "mails")
    assert ropa.activities[0].data_groups == ("mails",)
    assert all(not group.stores and not group.activities for group in ropa.data_groups)


def test_group_that_is_listed_already_is_listed_once(tmp_path: Path) -> None:
    again = '[[data_group]]\nid = "more"\ncategories = ["age"]\nstores = ["crm", "crm"]\n'
    assert amended(tmp_path, again).stores[0].data_groups == ("names", "more")


def test_activity_adds_itself_to_its_systems(tmp_path: Path) -> None:
    addition = '[[activity]]\nid = "care"\nrole = "controller"\nsystems = ["shop"]\n'
    assert amended(tmp_path, addition).systems[0].activities == ("care",)


def test_approval_makes_drafts_count(tmp_path: Path) -> None:
    addition = '[[approval]]\nby = "Dana"\non = 2026-01-05\nstores = ["crm"]\n'
    ropa = amended(tmp_path, addition)
    store = ropa.stores[0]
    assert (store.status, store.approved_by, str(store.approved_on)) == (
        "active",
        "Dana",
        "2026-01-05",
    )
    assert ropa.activities[0].status == "draft"


@pytest.mark.parametrize(
    ("addition", "sentence"),
    [
        (GROUP + 'stores = ["crn"]\n', '"crm"'),
        ('[[approval]]\nby = "D"\non = 2026-01-05\n', "stores"),
        ('[[approval]]\nby = "D"\nstores = ["crm"]\n', "on is missing"),
        ('[[approval]]\non = 2026-01-05\nstores = ["crm"]\n', "by is missing"),
        ('[[activity]]\nid = "x"\nrole = "controller"\nsystems = ["shp"]\n', '"shop"'),
    ],
)
def test_amendment_that_names_nothing_is_refused(
    tmp_path: Path, addition: str, sentence: str
) -> None:
    with pytest.raises(RecordError, match=sentence):
        amended(tmp_path, addition)
