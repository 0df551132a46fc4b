"""Evidence is kept once, under the hash of what is in it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from storage.files import FileStore


def test_the_same_bytes_are_one_file_under_their_hash(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "files")

    first, second = store.keep(b"photo"), store.keep(b"photo")

    assert first == second == hashlib.sha256(b"photo").hexdigest()
    assert [path.read_bytes() for path in (tmp_path / "files").rglob("*") if path.is_file()] == [b"photo"]
    assert store.path_of(first).stat().st_mode & 0o077 == 0
