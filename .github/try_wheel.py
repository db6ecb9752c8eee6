"""Installs the wheel of a folder that fits this Python into an environment of its own, and uses it.

The bundled articles must be answered as everywhere: `tests/python/answers.py` keeps a digest.

python .github/try_wheel.py FOLDER
"""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ANSWERS = Path(__file__).resolve().parents[1] / "tests" / "python" / "answers.py"
TRY = """
import json, onrecord, pickle, sys
article = onrecord.extract("“We will not go,” said Maria Souza. She opposes the dam.")
assert [q.speaker.name for q in article.quotes] == ["Maria Souza"] * 2, article.quotes
assert pickle.loads(pickle.dumps(article)) == article
assert onrecord.Article.from_json(article.to_json()) == article
many = list(onrecord.extract_many([article.text] * 99, threads=4))
assert all(a.quotes == article.quotes for a in many)
assert getattr(sys, "_is_gil_enabled", lambda: True)() == GIL, "the wheel switched the lock on"
print(sys.version, onrecord.__version__, onrecord.__file__)
"""


def main() -> None:
    """Installs and uses."""
    folder = Path(sys.argv[1]).resolve()
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        venv.create(home, with_pip=True)
        python = Path(home, "Scripts" if os.name == "nt" else "bin", "python")
        install = ["install", "--no-index", "--find-links", str(folder), "--only-binary", ":all:", "onrecord"]
        environment = os.environ | {"PYTHONUTF8": "1"}
        uses = (["-c", f"GIL = {gil}{TRY}"], ["-m", "onrecord", "demo"], [ANSWERS])
        for words in (["-m", "pip", *install], *uses):
            subprocess.run([python, *words], check=True, cwd=home, env=environment)


if __name__ == "__main__":
    main()
