"""One module a file format: bytes in, `Content` out, or `Refused`."""
