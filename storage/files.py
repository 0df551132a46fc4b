"""Copies of evidence, kept by what is in them (SHA-256) and never opened by us."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileStore:
    """A folder of files named by their hash, readable by their owner only."""

    folder: Path

    def keep(self, data: bytes) -> str:
        """Store the bytes once; their SHA-256 in hex."""
        digest = hashlib.sha256(data).hexdigest()
        path = self.path_of(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Written aside and renamed, so that a crash leaves no half file under a hash that promises the whole.
            handle, aside = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(aside).replace(path)
        return digest

    def path_of(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest
