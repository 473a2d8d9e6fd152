"""User names in messages: the phrases and keys by which programs name who did something."""

import re

from scanner.classify.words import bag
from scanner.detect.finder import PatternFinder

_NAME = r"[A-Za-z0-9_](?:[\w.\\@$+-]{0,62}[\w$+-])?"
_LETTER = r"(?=[\w.\\@$+-]*[A-Za-z])"  # a name has a letter; elsewhere a number would do
_V = rf"(?P<v>{_NAME})"
_PEER = r"(?:\d{1,3}\.\d{1,3}\.|[0-9a-fA-F]{0,4}:[0-9a-fA-F:]*:)"  # an address begins
_KEY = (
    r"r?user|user_?name|logname|log[io]n|login_?name|sasl_username|account(?:_?(?:name|id))?|acct|"
    r"uid_name|[sd]user|(?:src|dst|target|subject|remote|auth|authenticated|client|db|os|ssh|login|"
    r"from|to|effective|initiating|request|run_?as)_?user(?:_?name)?|user-name|user_username|"
    r"preferred_username|user_?login|samaccountname|set_id|identity|nickname"
)
_Row = tuple[tuple[str, ...], str, float]
# What every match contains (one of several, in lower case), the expression, its score.
_PHRASES: tuple[_Row, ...] = (
    # sshd and PAM
    (
        (" user ",),
        rf"(?i)\b(?:invalid|illegal|authenticating|unknown) user {_V} (?:from\b|{_PEER})",
        0.8,
    ),
    (
        ("failed ", "accepted ", "postponed ", "partial "),
        r"\b(?:Failed|Accepted|Postponed|Partial) \S{1,40} for (?:invalid user |illegal user )?"
        rf"{_V} from\b",
        0.8,
    ),
    (
        (" for ",),
        r"(?i)\b(?:exceeded|failures|failed|refused|denied|attempts?) for "
        rf"(?:invalid user )?{_V} from\b",
        0.8,
    ),
    (("session ",), rf"(?i)\bsession (?:(?:opened|closed) for|\S{{1,40}} of) user {_V}", 0.8),
    (("disconnected from",), rf"(?i)\bdisconnected from user {_V} ", 0.8),
    # who may not, or could not, or did
    (
        ("authentication ",),
        r"(?i)\bauthentication (?:fail(?:ure|ed)|attempt|error|succeeded) for (?:user(?:name)? )?"
        rf"[\"']?{_V}",
        0.7,
    ),
    (
        ("log", "sign"),
        r"(?i)\b(?:login|logon|log in|sign-in|signin)"
        r" (?:(?:failed|succeeded|attempt|failure) ){0,2}"
        rf"(?:for|by|of|as) (?:user )?[\"']?{_V}",
        0.7,
    ),
    (
        ("login ", "logon ", "authentication "),
        r"(?i)\b(?:login|logon|authentication) (?:failed|failure|ok|success(?:ful)?|incorrect)"
        rf"(?: \([^()]{{0,60}}\))?: (?:user )?\[?{_LETTER}{_V}(?=[/\]]| \(| from )",
        0.7,
    ),
    (("from client",), rf"(?i)\bauthentication failed for {_V} on \S+ from client\b", 0.8),
    (("for user",), rf"(?i)\bfor user(?:name)?:? [\"'<\[]?{_V}", 0.65),
    (
        ("user", "identity", "account"),
        rf"(?i)\b(?:user|username|identity|account) [\"'<]{_V}[\"'>]",
        0.7,
    ),
    (
        ("user ",),
        rf"(?i)\buser {_V}(?: (?:logged (?:in|out|on|off)|signed (?:in|out)|authenticated|connected"
        r"|has logged|disconnected|from (?:\d|\S+ not allowed)|executed|not found)"
        r"|: (?:authentication|password))",
        0.7,
    ),
    (("user [",), rf"(?i)\buser \[(?:[^\[\]]{{0,40}}\]\\\[)?{_V}\]", 0.75),
    (("user ",), rf"\bUSER {_V}(?:: no such| \(Login)", 0.8),
    (("username: ",), rf"(?i)(?<![\w-])username: {_V}(?=[\s.,;)]|$)", 0.65),
    (("login",), rf"\bFAILED LOGIN \d+ FROM \S+ FOR {_V}", 0.8),
    (("login",), rf"\[{_V}\] (?:OK|FAIL) LOGIN", 0.8),
    (("(to ",), rf"\(to [\w.-]{{1,32}}\) {_V} on ", 0.75),  # su
    (("(uid=",), rf"\bby {_V}\(uid=\d", 0.8),
    # key=value, "key": "value", [key: value]
    (("=",), rf"(?i)(?<![\w-])(?:{_KEY})=[\"'<]?(?P<v>{_LETTER}{_NAME})", 0.7),
    (
        (":", "="),
        rf"(?i)(?:[\[{{,;]|(?<!\w)\() ?(?:{_KEY}) ?[:=] ?[\"'<]?(?P<v>{_LETTER}{_NAME})[\"'>]?"
        r"(?=[\])},;])",
        0.65,
    ),
    (("user",), rf"(?i)\buser(?:name)? = [\"'<]?(?P<v>{_LETTER}{_NAME})", 0.7),
    (
        ('":', '" :', "':", "' :"),
        rf"(?i)[\\\"'](?:{_KEY})\\?[\"']\s?:\s?\\?[\"']{_V}\\?[\"']",
        0.7,
    ),
    (
        ("username",),
        rf"(?i)<Data Name=[\"'](?:Target|Subject)UserName[\"']>{_V}</Data>",
        0.75,
    ),
    (("account name:",), rf"\bAccount Name:\s+{_V}\s", 0.75),
    (
        ("uid=",),  # a distinguished name
        rf"(?i)\buid=(?P<v>{_LETTER}{_NAME}),(?:ou|cn|dc|o)=",
        0.75,
    ),
    # programs with a form of their own
    (("sudo",), rf"\bsudo(?:\[\d+\])?:\s+{_V} : ", 0.8),
    (
        ("new user", "new account"),
        rf"\bnew (?:user|account)(?: added)?\b[^\n]{{0,12}}\bname={_V}",
        0.8,
    ),
    (("cron",), rf"\b(?:CRON|crond?|anacron)\[\d+\]: \({_V}\) ", 0.8),
    ((" from=<",), rf"\buid=\d+ from=<{_V}>", 0.8),
    (
        ("imap(", "pop3(", "lmtp(", "lda(", "sieve(", "auth(", "submission("),
        rf"\b(?:imap|pop3|lmtp|lda|managesieve|auth|submission)\({_V}\)[<:\[]",
        0.75,
    ),
    (
        (" [",),  # an access log
        rf"^(?:[\w.:-]{{1,80}} )?[\w.:%-]{{2,64}} \S{{1,64}} {_V} \[\d\d/[A-Z][a-z]{{2}}/\d{{4}}:",
        0.75,
    ),
    (("/",), rf":\d+ {_V} [A-Z]+(?:_[A-Z]+)*/(?:\d|-)", 0.75),  # a proxy
    ((", name:",), rf"\buid: ?\d+, name: {_V}\]", 0.8),
    (("'@'",), rf"'{_V}'@'", 0.8),  # MySQL
    (
        (" log:", " fatal:", " error:", " warning:", " statement:", " detail:"),  # PostgreSQL
        rf"\[\d+\]:? {_V}@\w+ (?:FATAL|ERROR|LOG|WARNING|STATEMENT|DETAIL):",
        0.75,
    ),
    (
        ("/",),  # OpenVPN
        rf"(?:\]: |^| )(?P<v>{_LETTER}[\w@+-]{{1,64}}(?:\.[\w-]{{1,64}})?)/{_PEER}"
        r"[\d.a-f:]{3,40}:\d{2,5}(?= (?:MULTI|TLS|PUSH|SENT|VERIFY|SIGUSR|[Pp]eer|Control|Data"
        r"|Inactiv|Connection|Outgoing|Incoming|Auth|\[)|$)",
        0.7,
    ),
)
_NOT_USER = bag(
    """user username auth from unknown the a an invalid authentication client request this all uid
    more app task job connection agent agents not is was has with on at by to in host ip http
    https id name null none nil true false anonymous password method service it next each
    undefined and or of that new failed failure login manager session sessions account
    accounts profile data error found whose your their his her every no any some names lists
    list type types group groups role roles info information interface input defined space
    mode level settings experience"""
)


def _user(text: str) -> bool:
    # An account of Windows that ends in a dollar sign is a machine's.
    if text.endswith("$") or re.fullmatch(r"[\d.]+", text):
        return False
    return text.lower() not in _NOT_USER


def account_finder() -> PatternFinder:
    """Return the finder of user names in messages."""
    rows = tuple((re.compile(pattern), score) for _, pattern, score in _PHRASES)
    cues = tuple(cues for cues, _, _ in _PHRASES)
    return PatternFinder("UserInTextRecognizer", "USERNAME", rows, check=_user, cues=cues)
