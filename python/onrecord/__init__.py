"""Who is on record, saying what, and where they stand: quotes, speakers and stances from news text.

>>> article = onrecord.extract("“We will not go,” said Maria Souza.")
>>> for quote in article.quotes:
...     print(quote.speaker.name, quote.kind, quote.text)
Maria Souza direct “We will not go,”
"""

from importlib import import_module
from typing import TYPE_CHECKING

from onrecord._native import SCHEMA_VERSION, Error, InternalError, __version__
from onrecord.answers import Polarity, Unreadable
from onrecord.article import Article
from onrecord.extractor import Extractor
from onrecord.frames import Table, to_pandas
from onrecord.interrupted import Interrupted
from onrecord.positions import Position
from onrecord.records import (
    Act,
    Gender,
    Kind,
    Label,
    Modality,
    Quote,
    Span,
    Speaker,
    SpeakerType,
    Stance,
    Voice,
)

if TYPE_CHECKING:
    from onrecord import plot
    from onrecord.html_report import report
    from onrecord.networks import to_dna, to_edges

__all__ = [
    "SCHEMA_VERSION",
    "Act",
    "Article",
    "Error",
    "Extractor",
    "Gender",
    "InternalError",
    "Interrupted",
    "Kind",
    "Label",
    "Modality",
    "Polarity",
    "Position",
    "Quote",
    "Span",
    "Speaker",
    "SpeakerType",
    "Stance",
    "Table",
    "Unreadable",
    "Voice",
    "__version__",
    "extract",
    "extract_many",
    "extract_table",
    "plot",
    "report",
    "stance_toward",
    "to_dna",
    "to_edges",
    "to_pandas",
]

_shared = Extractor()
extract = _shared.extract
extract_many = _shared.extract_many
extract_table = _shared.extract_table
stance_toward = _shared.stance_toward

# Imported when they are asked for: whoever only extracts does not pay for them.
_LATER = {"report": "html_report", "to_dna": "networks", "to_edges": "networks"}


def __getattr__(name: str) -> object:
    if name == "plot":
        return import_module("onrecord.plot")
    if name in _LATER:
        return getattr(import_module(f"onrecord.{_LATER[name]}"), name)
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
