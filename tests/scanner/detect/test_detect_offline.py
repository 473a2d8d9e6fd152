"""Nothing leaves the process: no socket, no file of a cache, no text in a log."""

import logging
import socket
import subprocess
import sys

import numpy as np

from scanner import detect
from scanner.config import Detection
from scanner.model import Asset, Field, Values

_ASSET = Asset("sqlite://s/t", "s", "sqlite")


def test_no_socket_is_opened(monkeypatch):
    def _refuse(*_args, **_kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", _refuse)
    monkeypatch.setattr(socket, "create_connection", _refuse)
    monkeypatch.setattr(socket, "getaddrinfo", _refuse)
    detector = detect.build(Detection(), ("US", "FR"))
    values = _values("marie@acme.co.uk", "srv.acme.fr", "https://acme.fr/x", "Marie Dupont")
    assert {hit.entity for hit in detector.detect(values, _ASSET).hits} >= {"EMAIL_ADDRESS", "URL"}


def test_no_value_reaches_a_log(patterns, caplog):
    # The IBAN recognizer logs a text whose letters it cannot turn into digits.
    texts = ("DE89370400440532013000", "ſE89370400440532013000", "GB29 ＮＷBK 6016 1331 9268 19")
    with caplog.at_level(logging.DEBUG):
        patterns.detect(_values(*texts), _ASSET)
    logging.getLogger("presidio-analyzer").error("Failed to validate text %s", texts[0])
    logging.getLogger("tldextract").error("bad %s", texts[0])
    assert "3704" not in caplog.text
    assert "6016" not in caplog.text


def test_importing_the_package_loads_no_heavy_library():
    code = (
        "import sys, scanner.detect, scanner.classify; "
        "print([m for m in ('presidio_analyzer', 'spacy', 'faker') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_hits_do_not_show_values(patterns):
    result = patterns.detect(_values("marie.k@acme.fr"), _ASSET)
    assert "marie" not in repr(result)
    assert "marie" not in repr(result.hits)


def _values(*texts):
    return Values(Field("f"), texts, np.ones(len(texts), dtype="int64"), len(texts))
