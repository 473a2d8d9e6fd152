"""Keep what libraries log out of our logs: some quote the text that they failed on."""

import logging

# Filters act on the logger that a record is made by, not on its children: each is named.
_LOGGERS = (
    "presidio-analyzer",
    "phonenumbers",
    "spacy",
    "tldextract",
    "tldextract.cache",
    "tldextract.remote",
    "tldextract.suffix_list",
    "tldextract.tldextract",
    "filelock",
)


class _Nothing(logging.Filter):
    """Let no record pass."""

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002
        return False


def silence() -> None:
    """Silence the loggers of the detection libraries in this process; repeating it is harmless."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(item, _Nothing) for item in logger.filters):
            logger.addFilter(_Nothing())
