"""What the pages hold that onrecord makes itself: articles with their quotes, the columns of its tables."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import onrecord
import pyarrow as pa
from docutils import nodes
from docutils.parsers.rst import Directive, directives
from onrecord.html_article import article_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

_COLUMNS = Path(__file__).parent / "columns.tsv"


def meanings() -> dict[tuple[str, str], str]:
    """What each column means, by its table and name."""
    with _COLUMNS.open(encoding="utf-8", newline="") as file:
        return {(row["table"], row["column"]): row["meaning"] for row in csv.DictReader(file, delimiter="\t")}


def columns(table: Any) -> list[tuple[str, str, bool]]:  # noqa: ANN401  (a name that may be wrong)
    """Name, type and whether it may be missing, of each column of a table as the package makes it."""
    schema = pa.schema(onrecord.extract_table([], table))
    return [(field.name, _type(field.type), field.nullable) for field in schema]


def words(table: Any) -> dict[str, list[str]]:  # noqa: ANN401
    """The fixed words of the columns that have such."""
    frame = onrecord.extract_table([], table).to_pandas()
    return {name: [*frame[name].cat.categories] for name in frame if frame[name].dtype == "category"}


def _type(kind: pa.DataType) -> str:
    if pa.types.is_dictionary(kind):
        return "word"
    if pa.types.is_list(kind):
        return "list of spans"
    plain = {pa.int64(): "integer", pa.float64(): "number", pa.bool_(): "true or false", pa.string(): "text"}
    return plain[kind]


class ArticleDirective(Directive):
    """``{article}``: its text as `onrecord` shows it, read when the page is built."""

    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]] | None] = {"name": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """The article's own HTML."""
        article = onrecord.extract("\n".join(self.content), id=self.options.get("name"))
        return [nodes.raw("", article_html(article), format="html")]


class ColumnsDirective(Directive):
    """``{columns} quotes``: the columns of a table, as the package has them."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """One table: name, type, meaning."""
        table = self.arguments[0]
        told, fixed = meanings(), words(table)
        rows = [(("Column",), ("Type",), ("Meaning",))]
        cells = []
        for name, kind, optional in columns(table):
            values = ", ".join(fixed.get(name, ()))
            missing = " May be missing." if optional else ""
            cells.append((name, kind, told[table, name] + missing, values))
        return [_table(rows[0], cells)]


def _table(head: tuple[tuple[str], ...], cells: list[tuple[str, str, str, str]]) -> nodes.table:
    group = nodes.tgroup(cols=len(head))
    group += [nodes.colspec(colwidth=width) for width in (20, 15, 65)]
    group += nodes.thead("", nodes.row("", *(_entry(nodes.Text(word)) for (word,) in head)))
    body = nodes.tbody()
    for name, kind, meaning, values in cells:
        about: list[nodes.Node] = [nodes.Text(meaning)]
        if values:
            about += [nodes.Text(" One of "), nodes.emphasis("", values), nodes.Text(".")]
        body += nodes.row("", _entry(nodes.literal("", name)), _entry(nodes.Text(kind)), _entry(*about))
    group += body
    return nodes.table("", group)


def _entry(*content: nodes.Node) -> nodes.entry:
    return nodes.entry("", nodes.paragraph("", "", *content))


def setup(app: Sphinx) -> dict[str, bool]:
    """Tells Sphinx of the directives."""
    app.add_directive("article", ArticleDirective)
    app.add_directive("columns", ColumnsDirective)
    return {"parallel_read_safe": True}
