"""How Sphinx builds these pages: `make docs`."""

from __future__ import annotations

import sys
from pathlib import Path

import onrecord

sys.path.insert(0, str(Path(__file__).parent))

project = "onrecord"
author = "The onrecord developers"
copyright = author  # noqa: A001  (Sphinx's name for it)
version = release = onrecord.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "made"]
exclude_patterns = ["*.py", "*.ipynb", "columns.tsv"]
nitpicky = True
# A name in single backquotes of a docstring is a link where it names something of the API, and else code.
default_role = "py:obj"
_OTHERS = r"(collections\.abc|os|onrecord\._native|pandas|pd|polars|pyarrow|pa)\..+"
_NAMES = r"DataFrame|Dataset|DuckDBPyConnection|Id|IntSeries|ArrowColumn|TableName|DtypeBackend"
nitpick_ignore_regex = [
    ("py:obj", r"[\w.]+"),
    # The types of other makers, those of our own that only signatures name, and the words of a Literal.
    ("py:class", f"{_OTHERS}|{_NAMES}|'.+'"),
]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True}
# The engines of other makers need not be here: of what they lack the pages need only the names.
autodoc_mock_imports = ["pyspark", "ray", "dask"]
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
python_use_unqualified_type_names = True
python_display_short_literal_types = True

html_theme = "furo"
html_title = f"onrecord {release}"
html_static_path = ["look"]
html_css_files = ["pages.css"]
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
linkcheck_anchors = False
