"""Cargo.toml has the version, CHANGELOG.md its section, and the tag, if there is one, tells it too.

python .github/check_version.py [TAG]
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def fault(version: str, changelog: str, tag: str) -> str | None:
    """What is wrong with a release of this version, or None."""
    if tag and tag != f"v{version}":
        return f"the tag is {tag}, and Cargo.toml tells {version}"
    title = rf"^## \[{re.escape(version)}\] - \d{{4}}-\d{{2}}-\d{{2}}\n(.*?)(?=^## |\Z)"
    section = re.search(title, changelog, re.MULTILINE | re.DOTALL)
    if section is None:
        return f"CHANGELOG.md has no section [{version}] with its day"
    if not re.search(r"^- ", section[1], re.MULTILINE):
        return f"the section [{version}] of CHANGELOG.md is empty"
    return None


def main() -> None:
    """Checks the files of the repository; without a tag, an unreleased version may have no section yet."""
    version = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    tag = sys.argv[1] if len(sys.argv) > 1 else ""
    wrong = fault(version, changelog, tag)
    if wrong and (tag or "## [Unreleased]" not in changelog):
        sys.exit(wrong)


if __name__ == "__main__":
    main()
