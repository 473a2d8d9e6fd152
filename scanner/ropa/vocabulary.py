"""The closed vocabularies of the record's format."""

FORMAT = "1"

REGIMES = ("eu_gdpr", "uk_gdpr", "pipeda", "qc_law25", "ccpa", "coppa")
ROLES = ("controller", "joint_controller", "processor")
STATUSES = ("draft", "active", "ended")
PARTY_KINDS = (
    "controller",
    "joint_controller",
    "processor",
    "sub_processor",
    "affiliate",
    "recipient",
    "authority",
    "telecom",
    "advertiser",
)
STORE_KINDS = (
    "database",
    "document_store",
    "object_store",
    "file_share",
    "log",
    "queue",
    "search_index",
    "analytics",
    "cache",
    "backup",
    "mail",
    "saas",
    "device",
    "transit",
)
ENVIRONMENTS = ("production", "staging", "test", "development")
SAMPLES = ("content", "metadata", "none")
REACHES = ("none",)
LEGAL_BASES = (
    "consent",
    "contract",
    "legal_obligation",
    "vital_interests",
    "public_task",
    "legitimate_interests",
    "recognised_legitimate_interests",
)
SPECIAL_CONDITIONS = tuple(f"A9-2-{letter}" for letter in "abcdefghij")
CLAIMS = ("aggregated", "anonymous", "pseudonymous", "no_personal_data", "non_identifiable")
BOUNDS = ("at_most", "at_least", "exactly")
STARTS = (
    "account_termination",
    "contract_expiry",
    "maintenance_expiry",
    "record_creation",
    "backup_creation",
    "last_activity",
    "invoice_date",
    "session_end",
    "consent_withdrawal",
    "purpose_end",
    "subject_request",
    "discovery",
    "custom",
)
COMBINES = ("earliest", "latest", "unknown")
THENS = ("delete", "anonymise", "archive", "review")
TRANSFER_KINDS = ("storage", "remote_access", "disclosure", "transit")
MECHANISMS = (
    "adequacy",
    "legal_instrument",
    "bcr",
    "scc",
    "scc_authority",
    "code_of_conduct",
    "certification",
    "ad_hoc_clauses",
    "administrative_arrangement",
    "derogation",
    "dpf",
    "uk_idta",
    "uk_addendum",
    "contract",
    "safe_harbor",
    "privacy_shield",
)
UNLESS = ("masked", "hashed", "encrypted", "synthetic")
SEVERITIES = ("info", "low", "medium", "high", "critical")

# Open vocabularies (data subjects, measures): a record may use its own words beside these.
DATA_SUBJECTS = (
    "customer_admin",
    "customer_user",
    "subscriber",
    "prospect",
    "site_visitor",
    "file_recipient",
    "fax_correspondent",
    "caller",
    "phonebook_contact",
    "referred_friend",
    "payer",
    "support_contact",
    "employee",
    "job_applicant",
    "supplier_contact",
    "complainant",
    "accused_person",
    "survey_participant",
    "patient",
    "student",
    "child",
    "guardian",
)
HOSTING = (
    "colocation",
    "own_datacentre",
    "public_cloud",
    "private_cloud",
    "iaas",
    "paas",
    "saas",
    "customer_premises",
    "user_device",
)
MEASURES = (
    "encryption_in_transit",
    "encryption_at_rest",
    "field_encryption",
    "key_encryption",
    "hashing",
    "masking",
    "pseudonymisation",
    "access_need_to_know",
    "mfa",
    "physical_security",
    "backup",
    "logging",
    "processor_control",
    "staff_training",
    "disposal",
)

# What people write for a path's kind, and what it is called in a path.
MISTAKEN_KINDS = {
    "postgres": "postgresql",
    "pg": "postgresql",
    "mariadb": "mysql",
    "sqlite3": "sqlite",
    "http": "",
    "https": "",
    "jdbc": "",
}
