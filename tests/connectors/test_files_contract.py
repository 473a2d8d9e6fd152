"""Log files keep the contract of all connectors."""

import gzip
import json

import pytest
from contract import ConnectorContract, Store, renamed

from connectors.files import FilesConnector
from scanner.model import Source


def store(path) -> Store:
    source = Source("app", path=str(path))
    return Store(lambda: FilesConnector(source), renamed, None)


class TestPlainLogs(ConnectorContract):
    @pytest.fixture
    def store(self, tmp_path) -> Store:
        lines = [f"2026-01-14 10:{i:02}:00 INFO user person{i} signed in" for i in range(50)]
        (tmp_path / "app.log").write_text("\n".join(lines) + "\n")
        (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
        return store(tmp_path)


class TestJsonLines(ConnectorContract):
    @pytest.fixture
    def store(self, tmp_path) -> Store:
        lines = [
            json.dumps({"id": i, "user": {"email": f"p{i}@acme.fr"}, "tags": ["a", "b"], "n": None})
            for i in range(50)
        ]
        (tmp_path / "app.jsonl").write_text("\n".join(lines))
        return store(tmp_path)


class TestSingleFile(ConnectorContract):
    @pytest.fixture
    def store(self, tmp_path) -> Store:
        (tmp_path / "notes.txt").write_text("".join(f"note of person {i}\n" for i in range(40)))
        single = store(tmp_path / "notes.txt")
        return Store(single.open, None, None)


class TestCompressedSet(ConnectorContract):
    @pytest.fixture
    def store(self, tmp_path) -> Store:
        lines = [f"Jan 14 10:{i:02}:00 web sshd[{i}]: accepted person{i}" for i in range(50)]
        (tmp_path / "auth.log").write_text("\n".join(lines[25:]) + "\n")
        (tmp_path / "auth.log.1.gz").write_bytes(
            gzip.compress(("\n".join(lines[:25]) + "\n").encode())
        )
        return store(tmp_path)


class TestPage(ConnectorContract):
    @pytest.fixture
    def store(self, tmp_path) -> Store:
        tags = "".join(f'<img src="https://cdn{i}.acme.fr/{i}.png">\n' for i in range(50))
        (tmp_path / "index.html").write_text(f"<html>{tags}</html>")
        return store(tmp_path)
