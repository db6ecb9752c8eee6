from typing import Final, Literal, final

__all__ = [
    "SCHEMA_VERSION",
    "Error",
    "Extractor",
    "InternalError",
    "Trained",
    "__profile__",
    "__version__",
    "_panic",
    "processors",
    "read",
]

__version__: Final[str]
__profile__: Final[Literal["debug", "release"]]
SCHEMA_VERSION: Final[int]

class Error(Exception): ...
class InternalError(Error): ...

@final
class Extractor:
    def __new__(cls, people: list[tuple[str, list[str], str | None]], /) -> Extractor: ...
    def extract(self, text: str, least: float, /) -> str: ...
    def extract_batch(self, texts: list[str], threads: int, least: float, /) -> list[str | Exception]: ...

def processors() -> int: ...
def _panic() -> None: ...
def read(text: str, /) -> tuple[bytes, bytes, list[int], list[int]]: ...

@final
class Trained:
    def __new__(cls, weights: bytes) -> Trained: ...
    def extract(self, text: str, /) -> str: ...
    def signals(self, text: str, /) -> list[list[float]]: ...
