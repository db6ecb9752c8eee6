from collections.abc import Sequence
from typing import Final, Literal, TypeAlias, final

from onrecord.records import Quote, Speaker

__all__ = [
    "SCHEMA_VERSION",
    "Error",
    "Extractor",
    "Found",
    "InternalError",
    "Lists",
    "Table",
    "Topics",
    "Trained",
    "__profile__",
    "__version__",
    "_panic",
    "processors",
    "read",
    "table_of",
    "terms",
]

__version__: Final[str]
__profile__: Final[Literal["debug", "release"]]
SCHEMA_VERSION: Final[int]

class Error(Exception): ...
class InternalError(Error): ...

@final
class Extractor:
    def __new__(
        cls,
        people: list[tuple[str, list[str], str | None]],
        topics: Topics | None = None,
        weights: bytes | None = None,
        /,
    ) -> Extractor: ...
    def extract(self, text: object, least: float, /) -> Found: ...
    def stance_toward(
        self, text: object, start: int, end: int, /
    ) -> tuple[Literal["support", "oppose", "neutral"], float, float]: ...
    def extract_batch(
        self, texts: object, threads: int, least: float, /
    ) -> list[Found | Exception | None]: ...
    def table(
        self,
        texts: object,
        table: str,
        threads: int,
        least: float,
        *,
        marks: bool = False,
        ids: Sequence[int] | Sequence[str] | None = None,
        labels: object = None,
    ) -> Table: ...

@final
class Found:
    def records(self) -> tuple[tuple[Quote, ...], tuple[Speaker, ...]]: ...

# Name, type, values, and the mask or the words.
_Column: TypeAlias = (
    tuple[str, Literal["text"], list[str | None], None]
    | tuple[str, Literal["category"], bytearray, list[str]]
    | tuple[str, Literal["int64", "Int64", "float64", "bool", "boolean"], bytearray, bytearray]
)

@final
class Table:
    @property
    def names(self) -> list[str]: ...
    def __len__(self) -> int: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def columns(self) -> list[_Column]: ...
    def lists(self, rows: int) -> Lists: ...

@final
class Lists:
    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]: ...

@final
class Topics:
    def __new__(cls, topics: list[tuple[str, list[str]]], /) -> Topics: ...
    def matching(self, targets: list[tuple[str, str, str]], /) -> list[float]: ...

def table_of(articles: list[tuple[int, str]], table: str, /) -> Table: ...
def processors() -> int: ...
def _panic(texts: object, threads: int) -> list[str | Exception | None]: ...
def read(text: str, /) -> tuple[bytes, bytes, list[int], list[int]]: ...
def terms(text: str, /) -> list[tuple[str, int]]: ...

@final
class Trained:
    def __new__(cls, weights: bytes) -> Trained: ...
    def extract(self, text: str, /) -> Found: ...
    def stance_toward(
        self, text: str, start: int, end: int, /
    ) -> tuple[Literal["support", "oppose", "neutral"], float, float]: ...
    def signals(self, text: str, /) -> list[list[float]]: ...
