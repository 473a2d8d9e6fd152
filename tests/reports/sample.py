"""A rich result made by hand: every rule of the reports, every state, gaps, and hostile names."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from scanner.model import (
    Ask,
    Asset,
    AssetResult,
    Confidence,
    Correction,
    Coverage,
    Customers,
    Depth,
    Evidence,
    Field,
    Finding,
    Gap,
    GapReason,
    Holding,
    Inventory,
    Kind,
    Measure,
    Method,
    Omission,
    Outcome,
    Pair,
    Question,
    RecordSummary,
    ScanResult,
    Severity,
    SourceStatus,
    State,
    StoreSummary,
    Through,
)

RULES = (
    "I01 I02 I03 I06 I08 P01 S01 S03 S04 T03 Q01 Q08 Q09 H05 H07".split()  # noqa: SIM905
)

NAMES = {
    "I01": "undeclared-category",
    "I02": "undeclared-store",
    "I03": "misplaced-category",
    "I06": "declared-not-observed",
    "I08": "unbounded-content",
    "P01": "prohibited-placement",
    "S01": "unprotected-secret",
    "S03": "secret-in-log",
    "S04": "card-data-exposed",
    "T03": "no-safeguard-declared",
    "Q01": "incomplete-record",
    "Q08": "dead-match",
    "Q09": "ambiguous-match",
    "H05": "coverage-gap",
    "H07": "restricted-content",
}

HOSTILE = '<script>alert("1")</script>\'"&\x1b[31mred\u202e'

USERS = "sqlite://ss-eu/main/users"
TICKETS = "sqlite://helpdesk/main/tickets"
FAXLOG = "log://fax-logs/var/fax.log"
LEADS = "sqlite://marketing/main/leads"
DIGEST = 8_446_744_073_709_551
ODD = "sqlite://helpdesk/main/a%2F\"b'<i>x"


def evidence(
    place: str, category: str, matched: int, examined: int = 1000, **more: object
) -> Evidence:
    values: dict[str, object] = {
        "population": 9800,
        "method": Method.RANDOM,
        "entity": category.upper(),
        "score": 0.97,
        "by": ("EmailRecognizer", "field name"),
        "why": (f"{matched:,} of {examined:,} values match", "the field's name says so"),
        **more,
    }
    return Evidence(place, category, matched=matched, examined=examined, **values)  # type: ignore[arg-type]


def finding(
    rule: str,
    severity: Severity,
    title: str,
    confidence: Confidence = Confidence.CONFIRMED,
    **more: object,
) -> Finding:
    values: dict[str, object] = {
        "fingerprint": f"{abs(hash_of(rule + title)):016x}",
        "state": State.KNOWN,
        "first_seen": date(2025, 11, 15),
        **more,
    }
    name = NAMES.get(rule, "a-rule")
    return Finding(rule, name, "xmedius", severity, confidence, title, **values)  # type: ignore[arg-type]


def hash_of(text: str) -> int:
    import zlib

    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


_FIX = """[[data_group]]
id = "fax_log_people"
categories = ["gender"]

# and in [[store]] fax_logs: data_groups = [..., "fax_log_people"]
"""


def findings() -> tuple[Finding, ...]:
    misplaced = finding(
        "I03",
        Severity.CRITICAL,
        "Card numbers are not declared here; declared for: billing",
        articles=("30(1)(c)",),
    )
    return (
        finding(
            "S04",
            Severity.CRITICAL,
            "Readable card numbers in the text of help-desk tickets",
            store="helpdesk_tickets",
            category="payment_card_number",
            evidence=(
                evidence(
                    f"{TICKETS}#body",
                    "payment_card_number",
                    18,
                    examples=("9999 9999 9999 9999", "9999999999999999"),
                    marks=(("test", 2), ("masked", 5)),
                ),
            ),
            records=18,
            articles=("32", "5(1)(c)"),
            advice="Remove the numbers from the tickets, and mask them where tickets enter.",
            owner="Help desk lead",
            declared="support.toml [[store]] helpdesk_tickets",
            also=(misplaced,),
            state=State.NEW,
            first_seen=date(2026, 1, 15),
        ),
        finding(
            "S01",
            Severity.CRITICAL,
            "Readable passwords in users, where a hash is declared",
            store="sendsecure_eu",
            category="password_plaintext",
            evidence=(
                evidence(f"{USERS}#password", "password_plaintext", 412, examples=("Aaaaaa99!",)),
            ),
            records=412,
            articles=("32(1)(a)", "5(1)(f)", "25"),
            advice="Find out what writes clear passwords; replace them by a slow salted hash.",
            state=State.GROWN,
        ),
        finding(
            "S03",
            Severity.CRITICAL,
            "Session tokens in the fax server's log",
            store="fax_logs",
            category="session_token",
            evidence=(
                evidence(
                    f"{FAXLOG}#t1a2b3c4.2",
                    "session_token",
                    40,
                    method=Method.SPREAD,
                    population=120_000,
                    examples=("aaAaaAaa99.aaa.AAA",),
                ),
            ),
            records=40,
            articles=("32", "5(1)(f)"),
            advice="Stop logging tokens; end the sessions that are still valid.",
        ),
        finding(
            "I03",
            Severity.HIGH,
            "Gender is not declared for fax_logs; declared for: crm",
            store="fax_logs",
            category="gender",
            evidence=tuple(
                evidence(f"{FAXLOG}#field_{n}", "gender", 300 - n, examples=("A", "aaaa"))
                for n in range(60)
            ),
            records=300,
            articles=("30(1)(c)", "5(1)(b)"),
            advice="Declare gender for fax_logs, or stop writing it there.",
            fix=_FIX,
            owner="Fax operations",
            declared="fax.toml [[store]] fax_logs",
        ),
        finding(
            "I02",
            Severity.HIGH,
            "Personal data in a place that no store of the record covers: sqlite://marketing",
            prefix="sqlite://marketing",
            category="email_address",
            children=(LEADS, "sqlite://marketing/main/leads_2024"),
            evidence=(evidence(f"{LEADS}#email", "email_address", 990, 990, method=Method.WHOLE),),
            records=990,
            articles=("30(1)", "24"),
            advice="Find the owner of these assets; then declare them, or remove them.",
            fix='[[store]]\nid = "marketing"\n',
            state=State.NEW,
        ),
        finding(
            "T03",
            Severity.HIGH,
            "No safeguard is declared for help-desk data that goes from the EU to the US",
            store="helpdesk_tickets",
            qualifier="EU-US",
            articles=("44-49", "13(1)(f)"),
            advice="Name the safeguard in the transfer, or stop it.",
            declared="support.toml [[transfer]] helpdesk_us",
        ),
        finding(
            "I01",
            Severity.HIGH,
            "Date of birth is not declared anywhere in this record; found in sendsecure_eu",
            Confidence.PROBABLE,
            store="sendsecure_eu",
            category="date_of_birth",
            evidence=(
                evidence(
                    f"{USERS}#profile.born",
                    "date_of_birth",
                    0,
                    0,
                    method=Method.NONE,
                    by=(),
                    entity=None,
                ),
            ),
            articles=("30(1)(c)",),
            advice="Declare it, or stop asking for it.",
            fix='[[data_group]]\nid = "births"\ncategories = ["date_of_birth"]\n',
            state=State.NEW,
        ),
        finding(
            "I01",
            Severity.HIGH,
            "Health data is not declared anywhere in this record; found in helpdesk_tickets",
            Confidence.PROBABLE,
            store="helpdesk_tickets",
            category="health_data",
            evidence=(evidence(f"{TICKETS}#body", "health_data", 11),),
        ),
        finding(
            "P01",
            Severity.MEDIUM,
            f"Telephone numbers where the record prohibits them: {HOSTILE}",
            store="fax_test",
            category="phone_number",
            evidence=(evidence(f"{ODD}#{HOSTILE}", "phone_number", 7, examples=("+99 999",)),),
            articles=("25",),
            fix="# </textarea></pre><b>bold</b>\n",
        ),
        finding(
            "P01", Severity.LOW, "Postal codes where the record prohibits them", store="fax_test"
        ),
        finding(
            "I03",
            Severity.MEDIUM,
            "Names may be in status words of tickets",
            Confidence.POSSIBLE,
            store="helpdesk_tickets",
            category="person_name",
            evidence=(
                evidence(
                    f"{TICKETS}#status", "person_name", 3, confidence=Confidence.POSSIBLE, score=0.3
                ),
            ),
        ),
        finding("I06", Severity.INFO, "Fax numbers are declared and were not seen", store="crm"),
        finding(
            "I08",
            Severity.INFO,
            "People are named in the text of tickets",
            store="helpdesk_tickets",
        ),
        finding(
            "I03",
            Severity.MEDIUM,
            "User names in fax logs",
            store="fax_logs",
            category="username",
            state=State.ACCEPTED,
            accepted_until=date(2026, 6, 1),
        ),
        finding("I01", Severity.HIGH, "Locations in crm", store="crm", state=State.RESOLVED),
        finding("I01", Severity.LOW, "Ages in crm", store="crm", state=State.NOT_SEEN),
        finding(
            "Q01",
            Severity.HIGH,
            "The name and contact of each controller is missing",
            activity="fax_service",
            prefix="fax.toml [[activity]] fax_service",
            articles=("30(2)(a)",),
            advice="List the customers on whose behalf the activity acts.",
        ),
        finding(
            "Q08", Severity.LOW, "A glob of crm matches nothing", activity="", prefix="crm.toml"
        ),
        finding(
            "Q09", Severity.LOW, "Two stores claim the same asset", activity="", prefix="crm.toml"
        ),
        finding(
            "H05",
            Severity.MEDIUM,
            "pg-down could not be reached",
            prefix="pg-down",
            advice="Check that the server runs.",
        ),
        finding(
            "H07", Severity.INFO, "Fax documents are declared as not to be read", store="fax_files"
        ),
    )


def holding(asset: str, field: str, category: str, matched: int, **more: object) -> Holding:
    kind, _, rest = asset.partition("://")
    values: dict[str, object] = {
        "entity": "EMAIL_ADDRESS",
        "subject": "customer",
        "confidence": Confidence.CONFIRMED,
        "score": 0.98,
        "examined": 1000,
        "population": 9800,
        "method": Method.RANDOM,
        "by": ("field name", "EmailRecognizer"),
        "examples": ("aaaaa.aaa9@aaaa.aaa",),
        "why": ("980 of 1,000 values match", "the field is named email"),
        **more,
    }
    source = rest.split("/")[0]
    return Holding(source, kind, asset, field, category, matched=matched, **values)  # type: ignore[arg-type]


def inventory() -> Inventory:
    def asset(path: str, **more: object) -> Asset:
        kind, _, rest = path.partition("://")
        return Asset(path, rest.split("/")[0], kind, **more)  # type: ignore[arg-type]

    read = Coverage(Depth.CONTENT, "default", "", Method.RANDOM, 1000, 9800, True, 90_000)
    results = (
        AssetResult(
            asset(USERS, fields=(Field("id", Kind.INTEGER), Field("email")), population=9800),
            read,
            holdings=(
                holding(USERS, "email", "email_address", 980),
                holding(USERS, "password", "password_plaintext", 412, examples=("Aaaaaa99!",)),
                holding(
                    USERS,
                    "profile.born",
                    "date_of_birth",
                    0,
                    entity=None,
                    examined=0,
                    method=Method.NONE,
                    confidence=Confidence.PROBABLE,
                    examples=(),
                    subject="unknown",
                ),
            ),
            measures=(
                Measure(
                    USERS,
                    Question(Ask.GROUPS, "country", because="residency:main"),
                    groups=(("Atlantis", 12),),
                ),
                Measure(
                    USERS,
                    Question(
                        Ask.CUSTOMERS,
                        "made_at",
                        because="residency:main",
                        through=Through("user_id", "postgresql://crm/app/customers", "id"),
                        by=("country", "", ""),
                        steps=(datetime(2019, 2, 15, tzinfo=UTC),),
                        words=(("atlantis", "AT"),),
                    ),
                    customers=(Customers("AT", "", "", 1, 12, 7),),
                    rows=12,
                    undated=0,
                ),
            ),
            digests={"email_address": frozenset({DIGEST})},
        ),
        AssetResult(
            asset(TICKETS),
            read,
            holdings=(
                holding(TICKETS, "body", "payment_card_number", 18, marks=(("test", 2),)),
                holding(TICKETS, "status", "person_name", 3, confidence=Confidence.POSSIBLE),
                holding(TICKETS, "", "audit_trail", 0, entity=None, confidence=Confidence.POSSIBLE),
            ),
        ),
        AssetResult(
            asset(FAXLOG, type="log", siblings=4),
            replace(read, method=Method.SPREAD, rows=1000, population=120_000, counted=False),
            holdings=(holding(FAXLOG, "t1a2b3c4.2", "session_token", 40),),
            gaps=(Gap("fax-logs", GapReason.TRUNCATED, "fax.log.2.gz ends early", FAXLOG),),
            templates=(("t1a2b3c4", "session <TOKEN> opened for <USERNAME> in <*>"),),
        ),
        AssetResult(
            asset(LEADS),
            replace(read, method=Method.WHOLE, rows=990, population=990),
            holdings=(
                holding(LEADS, "email", "email_address", 990, examined=990, method=Method.WHOLE),
            ),
        ),
        AssetResult(
            asset(ODD),
            replace(read, method=Method.FIRST),
            holdings=(holding(ODD, HOSTILE, "phone_number", 7),),
        ),
        AssetResult(
            asset("sqlite://helpdesk/main/secret_view"),
            Coverage(Depth.CONTENT, "default"),
            gaps=(
                Gap(
                    "helpdesk",
                    GapReason.PERMISSION,
                    "the account may not read it",
                    "sqlite://helpdesk/main/secret_view",
                ),
            ),
        ),
        AssetResult(
            asset("file://fax-files/2025/1.tif", type="file", media_type="image/tiff"),
            Coverage(Depth.METADATA, "declared_metadata", "fax.toml [[store]] fax_files"),
            omissions=(Omission("fax-files", "file://fax-files/2025/1.tif", "media"),),
        ),
    )
    return Inventory(
        sources=(
            SourceStatus("ss-eu", "sqlite", True, True, "FR", "EU", "production"),
            SourceStatus("helpdesk", "sqlite", True, True, "US", "", "production", True),
            SourceStatus("fax-logs", "log", True, True, "CA", "", "production"),
            SourceStatus("fax-files", "file", True, False, "", "", "production"),
            SourceStatus("marketing", "sqlite", True, True),
            SourceStatus("pg-down", "postgresql", False),
        ),
        results=results,
        gaps=(Gap("pg-down", GapReason.UNREACHABLE, "nothing answers on the port"),),
        omissions=(Omission("ss-eu", "sqlite://ss-eu/main/v_users", "view"),),
    )


_DECLARED = {
    "sendsecure_eu": "person_name email_address phone_number password_hash ip_address username",
    "helpdesk_tickets": "person_name email_address phone_number message_content username",
    "fax_logs": "ip_address phone_number fax_number username computer_name device_identifier",
    "crm": "person_name email_address gender fax_number postal_address locality country",
    "fax_files": "fax_document fax_number",
    "fax_test": "fax_number",
}
_FOUND = {
    "sendsecure_eu": "person_name email_address phone_number password_plaintext date_of_birth",
    "helpdesk_tickets": "person_name email_address phone_number payment_card_number health_data",
    "fax_logs": "ip_address phone_number session_token gender computer_name",
    "crm": "person_name email_address gender",
    "fax_test": "phone_number",
}
_UNSEEN = {"message_content", "fax_document", "device_identifier"}


def pairs() -> tuple[Pair, ...]:
    out = []
    for store in _DECLARED:
        declared, found = _DECLARED[store].split(), _FOUND.get(store, "").split()
        for category in sorted({*declared, *found}):
            if category in found:
                sure = Confidence.CONFIRMED
                out.append(
                    Pair(store, category, category in declared, "found", 1000, None, 412, sure)
                )
            elif store == "fax_files":
                out.append(Pair(store, category, True, "not_reached"))
            elif category in _UNSEEN:
                out.append(Pair(store, category, True, "cannot_see"))
            else:
                out.append(Pair(store, category, True, "looked_for", 1000, 0.003))
    return tuple(out)


def record(**more: object) -> RecordSummary:
    values: dict[str, object] = {
        "id": "xmedius",
        "name": "XMedius Solutions Inc.",
        "files": ("organisation.toml", "fax.toml"),
        "effective": date(2020, 11, 1),
        "until": None,
        "reviewed": date(2025, 6, 30),
        "regimes": ("eu_gdpr", "pipeda", "qc_law25"),
        "stores": tuple(
            StoreSummary(id_, "XM", "database", 3, id_ != "fax_files", "declared as not to be read")
            for id_ in _DECLARED
        ),
        "pairs": pairs(),
        "activities": 9,
        "synthetic": True,
        **more,
    }
    return RecordSummary(**values)  # type: ignore[arg-type]


_DETECTORS: Mapping[str, str] = {
    "presidio-analyzer": "2.2.366",
    "language model (en)": "en_core_web_sm 3.8.0",
    "recognizers": "EmailRecognizer, CreditCardRecognizer, IbanRecognizer",
}


def result(**more: object) -> ScanResult:
    values: dict[str, object] = {
        "scan_id": "8f3a2c1d9e7b",
        "version": "0.1.0",
        "started": datetime(2026, 1, 15, 8, 10, tzinfo=UTC),
        "finished": datetime(2026, 1, 15, 8, 11, 30, tzinfo=UTC),
        "as_of": date(2026, 1, 15),
        "records": (record(),),
        "inventory": inventory(),
        "findings": findings(),
        "settings": {"rows per asset": "1000", "seed": "0", "languages": "en, fr"},
        "detectors": _DETECTORS,
        "tables": {"adequacy": "2026-01-01", "EU membership": "2026-01-01"},
        "notes": ("The French model is not installed: French names were not looked for",),
        "previous": datetime(2025, 12, 15, 8, 0, tzinfo=UTC),
        "synthetic": True,
        "exit_code": 1,
        "rules": tuple(RULES),
        "corrections": corrections(),
        **more,
    }
    return ScanResult(**values)  # type: ignore[arg-type]


def corrections() -> tuple[Correction, ...]:
    """A card set aside, a field read otherwise, values that contradict, and a line without use."""
    shared = {"record": "acme", "store": "crm_db"}
    return (
        Correction(
            setting="is_not", outcome=Outcome.REMOVED, place=f"{TICKETS}#serial",
            found="payment_card_number", category="", line="crm.toml, line 12", match="**/x#12",
            note=HOSTILE, records=1234, confidence=Confidence.PROBABLE, weighty=True, **shared,
        ),
        Correction(
            setting="must_be", outcome=Outcome.CHANGED, place=f"{USERS}#line2",
            found="phone_number", category="fax_number", line="crm.toml, line 16", match="**/x#16",
            confidence=Confidence.CONFIRMED, **shared,
        ),
        Correction(
            setting="must_be", outcome=Outcome.KEPT, place=f"{USERS}#password",
            found="password_plaintext", category="password_plaintext",
            line="crm.toml, line 20", match="**/x#20", records=12, weighty=True,
            confidence=Confidence.CONFIRMED, detail="the values speak for themselves", **shared,
        ),
        Correction(
            setting="is_not", outcome=Outcome.IDLE, place="**/orders#number", category="",
            found="tax_identifier", line="crm.toml, line 24", match="**/x#24",
            detail="it speaks of no field that this scan has seen", **shared,
        ),
    )  # fmt: skip


def quiet(**more: object) -> ScanResult:
    """Everything was read and nothing differs."""
    whole = inventory()
    clear = Inventory(whole.sources[:1], whole.results[:1])
    values: dict[str, object] = {
        "findings": (),
        "inventory": clear,
        "exit_code": 0,
        "notes": (),
        "synthetic": False,
        "records": (record(synthetic=False),),
        "previous": None,
        "corrections": (),
        **more,
    }
    return result(**values)


def bare(**more: object) -> ScanResult:
    """An inventory: no record, no findings."""
    return result(
        **{
            "records": (),
            "findings": (),
            "corrections": (),
            "synthetic": False,
            "exit_code": 3,
            **more,
        }
    )


def crowded(count: int = 1000) -> ScanResult:
    """A result with many findings of all levels."""
    levels, sure = list(Severity), list(Confidence)
    many = tuple(
        finding(
            ("I01", "I03", "S03", "P01")[n % 4],
            levels[n % 5],
            f"Telephone numbers are not declared for store_{n}; declared for: crm",
            sure[n % 3],
            store=f"store_{n}",
            category="phone_number",
            evidence=tuple(
                evidence(f"sqlite://s{n}/main/t{n}#f{k}", "phone_number", n + 1, 5000)
                for k in range(3)
            ),
            articles=("30(1)(c)",),
            advice="Declare it for this store, or stop holding it there.",
            fix=_FIX,
        )
        for n in range(count)
    )
    return result(findings=many)
