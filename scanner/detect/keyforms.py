"""Forms of keys and tokens by which services know them: a fixed beginning and a length.

Most services mark what they give out, so that a leaked key can be found. Keys without a mark are
found by the word beside them.
"""

# What stands alone between word boundaries.
_MARKED = (
    # clouds
    r"(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}",
    r"LTAI[A-Za-z0-9]{17,21}",
    r"AKID[A-Za-z0-9]{32}",
    r"AIza[\w-]{35}",
    r"GOCSPX-[\w-]{28}",
    r"ya29\.[\w-]{30,}",
    r"do[opr]_v1_[0-9a-f]{64}",
    r"dapi[0-9a-f]{32}(?:-[0-9])?",
    r"HRKU-[\w-]{36,}",
    r"pscale_(?:tkn|pw|oauth)_[\w.-]{32,}",
    r"hv[sb]\.[\w-]{24,}",
    r"[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,}",
    r"pul-[0-9a-f]{40}",
    r"dp\.(?:pt|st|ct|sa|scim)\.[\w.-]{40,}",
    # code and packages
    r"gh[pousr]_[A-Za-z0-9]{36,}",
    r"github_pat_[A-Za-z0-9_]{22,}",
    r"gl(?:pat|ptt|rt|dt|cbt|ft|soat|agent|imt|oas|ffct)-[\w-]{20,}",
    r"npm_[A-Za-z0-9]{36}",
    r"pypi-AgEI[\w-]{40,}",
    r"rubygems_[0-9a-f]{48}",
    r"oy2[a-z0-9]{43}",
    r"dckr_(?:pat|oat)_[\w-]{27,}",
    r"ATATT3[\w=-]{60,}",
    r"ATBB[A-Za-z0-9]{28,}",
    r"sntry[su]_[\w+/=.-]{40,}",
    r"glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}",
    r"NRAK-[A-Z0-9]{27}",
    # messages and mail
    r"xox[abeoprs]-[A-Za-z0-9-]{12,}",
    r"xapp-[0-9]-[A-Z0-9]+-[0-9]+-[a-z0-9]{20,}",
    r"[0-9]{8,10}:AA[\w-]{33}",
    r"[MNO][A-Za-z0-9_-]{23,25}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38}",
    r"SG\.[\w-]{16,}\.[\w-]{16,}",
    r"key-[0-9a-f]{32}",
    r"[0-9a-f]{32}-us[0-9]{1,2}",
    r"xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}",
    r"SK[0-9a-f]{32}",
    r"EAA[A-Za-z0-9]{90,}",
    # payments and shops
    r"[rs]k_(?:live|test)_[A-Za-z0-9]{16,}",
    r"whsec_[A-Za-z0-9+/]{32,}",
    r"sq0(?:atp|csp|idp)-[\w-]{22,43}",
    r"EAAA[\w-]{60}",
    r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}",
    r"access_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32}",
    # models and offices
    r"sk-ant-[a-z0-9]{3,8}-[\w-]{40,}",
    r"sk-or-v1-[0-9a-f]{64}",
    r"sk-(?:proj|svcacct|admin)-[\w-]{40,}",
    r"sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}",
    r"sk-[A-Za-z0-9]{48}",
    r"hf_[A-Za-z0-9]{30,}",
    r"r8_[A-Za-z0-9]{37}",
    r"gsk_[A-Za-z0-9]{52}",
    r"pplx-[A-Za-z0-9]{40,}",
    r"lin_api_[A-Za-z0-9]{40}",
    r"ntn_[A-Za-z0-9]{40,}",
    r"secret_[A-Za-z0-9]{43}",
    r"pat[A-Za-z0-9]{14}\.[0-9a-f]{64}",
    r"figd_[\w-]{40,}",
)
_LINKED = (
    r"https://hooks\.slack\.com/(?:services|workflows|triggers)/[\w/+-]{20,}",
    r"https://(?:ptb\.|canary\.)?discord(?:app)?\.com/api/webhooks/[0-9]{17,20}/[\w-]{60,}",
    r"https://[a-z0-9-]{1,60}\.webhook\.office\.com/webhookb2/[\w@/-]{60,}",
)
_SAID = (
    r"(?i)\b(?:x-)?(?:api[_-]?key|apikey|api[_-]?secret|secret[_-]?(?:access[_-]?)?key"
    r"|access[_-]?key|client[_-]?secret|consumer[_-]?secret|app[_-]?secret|auth[_-]?token"
    r"|webhook[_-]?secret|signing[_-]?secret)[\"']?\s*[=:]\s*[\"']?"
    r"(?P<v>(?=[\w./+-]*\d)(?=[\w./+-]*[A-Za-z])[\w./+-]{16,}=*)"
)

KEYS: tuple[tuple[str, float], ...] = (
    (rf"(?<![\w./+-])(?:{'|'.join(_MARKED)})(?![\w])", 0.95),
    (rf"(?:{'|'.join(_LINKED)})", 0.95),
    # Microsoft's keys of storage and of buses, and signatures that stand for them.
    (r"\b(?:AccountKey|SharedAccessKey)=(?P<v>[A-Za-z0-9+/]{42,86}={1,2})", 0.95),
    (r"[?&;]sig=(?P<v>(?=[\w%+/-]*[0-9])[\w%+/-]{40,}(?:%3[Dd]|=))", 0.9),
    (_SAID, 0.7),
)
"""Expressions with their scores; the group ``v`` is the key."""
