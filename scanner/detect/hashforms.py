"""How hashes of passwords are written: formats that name their method, and bare digests."""

_B64 = r"[A-Za-z0-9+/=._-]"
HASHES: tuple[tuple[str, float], ...] = (
    (r"(?:\$wp)?\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}(?![./A-Za-z0-9])", 0.95),  # bcrypt
    (r"\$argon2(?:id|i|d)\$(?:v=\d+\$)?m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+", 0.95),
    (rf"\$scrypt\$ln=\d+,r=\d+,p=\d+\${_B64}+\${_B64}+", 0.95),
    (rf"\bscrypt:\d+:\d+:\d+\${_B64}+\$[0-9a-f]{{32,}}", 0.95),  # Werkzeug
    (rf"\$pbkdf2(?:-sha\d+)?\$\d+\${_B64}+\${_B64}{{16,}}", 0.95),
    (rf"\bpbkdf2[_:-]sha\d+[$:]\d+[$:]{_B64}+[$:]{_B64}{{16,}}", 0.95),  # Django, Werkzeug
    (r"\$(?:1|5|6|apr1)\$(?:rounds=\d+\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{22,86}", 0.95),
    (r"\$(?:y|gy|7)\$[./A-Za-z0-9]+\$[./A-Za-z0-9]{0,86}\$[./A-Za-z0-9]{43}", 0.95),  # yescrypt
    (r"\$[PHS]\$[./A-Za-z0-9]{31,52}(?![./A-Za-z0-9])", 0.9),  # phpass, Drupal
    (
        r"\{(?:SSHA|SHA|SMD5|MD5|CRYPT|SSHA256|SSHA512|SHA256|SHA512|PBKDF2[\w-]*)\}"
        r"[\w+/=.$,:-]{16,}",
        0.95,
    ),
    (r"\b(?:sha1|md5|sha256)\$[A-Za-z0-9]{1,32}\$[0-9a-f]{32,64}\b", 0.9),  # old Django
    (r"^\*[0-9A-F]{40}$", 0.6),  # MySQL
    (r"\$A\$00[0-9]\$[^\s]{40,80}", 0.9),  # MySQL 8
    (
        r"\bSCRAM-SHA-(?:1|256)\$[0-9]+:[A-Za-z0-9+/=]{8,}\$[A-Za-z0-9+/=]{20,}:"
        r"[A-Za-z0-9+/=]{20,}",
        0.95,
    ),  # PostgreSQL
    (r"^md5[0-9a-f]{32}$", 0.8),  # PostgreSQL
    (r"^0x0[12]00[0-9A-Fa-f]{48,136}$", 0.9),  # Microsoft SQL Server
    (r"^S:[0-9A-F]{60}(?:;[A-Z]:[0-9A-F]{40,}){0,3};?$", 0.9),  # Oracle
    (r"^AQAAAA[A-Z][A-Za-z0-9+/]{60,80}={0,2}$", 0.9),  # ASP.NET Identity
    (r"^A[A-P][A-Za-z0-9+/]{64}==$", 0.6),  # its second version: 49 bytes, the first zero
    (r"\$(?:8|9)\$[./A-Za-z0-9]{14}\$[./A-Za-z0-9]{43}(?![./A-Za-z0-9])", 0.95),  # Cisco
    (r"\$bcrypt-sha256\$[\w=,.$]{10,40}\$[./A-Za-z0-9]{31}", 0.95),  # passlib
    (r"\bscrypt\$[A-Za-z0-9+/=]{8,}\$[0-9]+\$[0-9]+\$[0-9]+\$[A-Za-z0-9+/=]{32,}", 0.95),  # Django
    (r"\bsha(?:1|256|512):[0-9]{3,7}:[A-Za-z0-9+/=]{8,}:[A-Za-z0-9+/=]{20,}", 0.95),  # PBKDF2
    (r"\bgrub\.pbkdf2\.sha512\.[0-9]+\.[0-9A-F]{16,}\.[0-9A-F]{64,}", 0.95),
    (
        r"\{(?:PKCS5S2|BLF-CRYPT|SHA512-CRYPT|SHA256-CRYPT|ARGON2ID?|ARGON2I|CRAM-MD5|X-PBKDF2)\}"
        r"\S{20,}",
        0.95,
    ),
    (
        r"\{\"value\":\s?\"[A-Za-z0-9+/=]{40,}\",\s?\"salt\":[^{}]{4,300}\}",  # Keycloak
        0.9,
    ),
    (r"(?i)^[^:\s]{1,64}:[0-9]{1,10}:[0-9a-f]{32}:[0-9a-f]{32}:::", 0.95),  # NTLM, as dumped
)
"""Expressions with their scores."""

# Plain hexadecimal digests are hashes of anything: score 0.3 counts only in a password's field.
_HEX = (
    r"^(?=[0-9A-Fa-f]*[0-9])(?=[0-9A-Fa-f]*[A-Fa-f])"
    rf"(?:{'|'.join(f'[0-9A-Fa-f]{{{size}}}' for size in (32, 40, 56, 64, 96, 128))})"
    r"(?::[^\s:]{2,64}(?::\d)?)?$"  # a salt and a version may follow
)
# The same in Base64: 16, 20, 32 and 64 bytes.
_BASE64 = (
    r"^(?=[^0-9]*[0-9])(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])"
    r"(?:[A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{27}=|[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)$"
)
DIGESTS: tuple[tuple[str, float], ...] = ((_HEX, 0.3), (_BASE64, 0.3))
"""Digests of anything: they count only in the field of a password."""
