"""The examples in the documentation run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import onrecord
import pytest

MODULES = [f"onrecord.{module.name}" for module in pkgutil.iter_modules(onrecord.__path__)]


@pytest.mark.parametrize("name", ["onrecord", *MODULES])
def test_examples(name: str) -> None:
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as missing:
        if str(missing.name).startswith("onrecord"):
            raise
        pytest.skip(f"{name} needs {missing.name}, which is not installed")
    failed, _ = doctest.testmod(module, extraglobs={"onrecord": onrecord})
    assert failed == 0


def test_every_public_name_is_documented() -> None:
    for name in onrecord.__all__:
        value = getattr(onrecord, name)
        if callable(value) and not hasattr(value, "__origin__"):
            assert value.__doc__, name
