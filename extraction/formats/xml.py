"""XML of foreign files: heard as a stream, and never with a document type, so that no entity can grow."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import ClassVar, NoReturn, Protocol, TypeVar
from xml.parsers import expat

from extraction.formats.content import Refusal, Refused


class Hears(Protocol):
    """What hears the elements; names come without their namespace prefixes."""

    heeds: ClassVar[frozenset[str]]
    """The only elements whose beginnings matter, or none: all of everything does."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def data(self, text: str) -> None: ...


Hearer = TypeVar("Hearer", bound=Hears)


def heard(data: bytes, hearer: Hearer) -> Hearer:
    """`hearer` after it heard the whole document."""

    heeds = hearer.heeds

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if not heeds or name in heeds:
            hearer.start(name, {_local(key): value for key, value in attributes.items()} if attributes else {})

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = start
    if not heeds:
        parser.EndElementHandler = lambda tag: hearer.end(_local(tag))
        parser.CharacterDataHandler = hearer.data
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Refused(Refusal.BROKEN, "xml") from error
    return hearer


def _refuse_document_type(*_: object) -> NoReturn:
    raise Refused(Refusal.TOO_COMPLEX, "document type")


@lru_cache(maxsize=2048)  # a part has thousands of elements and a few dozen names
def _local(tag: str) -> str:
    return tag.rpartition(":")[2]
