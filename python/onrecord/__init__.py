"""Who is on record, saying what, and where they stand: quotes, speakers and stances from news text.

>>> article = onrecord.extract("“We will not go,” said Maria Souza.")
>>> for quote in article.quotes:
...     print(quote.speaker.name, quote.kind, quote.text)
Maria Souza direct “We will not go,”
"""

from onrecord._native import SCHEMA_VERSION, Error, InternalError, __version__
from onrecord.article import Article
from onrecord.extractor import Extractor, Polarity, Unreadable
from onrecord.frames import Table, to_pandas
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

__all__ = [
    "SCHEMA_VERSION",
    "Act",
    "Article",
    "Error",
    "Extractor",
    "Gender",
    "InternalError",
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
    "stance_toward",
    "to_pandas",
]

_shared = Extractor()
extract = _shared.extract
extract_many = _shared.extract_many
extract_table = _shared.extract_table
stance_toward = _shared.stance_toward
