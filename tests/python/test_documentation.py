"""The examples in the documentation run."""

from __future__ import annotations

import doctest
import functools
import importlib
import importlib.util
import itertools
import pkgutil
import re
import shutil
import sys
import types
import typing
from collections.abc import Iterator
from pathlib import Path

import onrecord
import pytest
from onrecord import _native

API = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")

# What a module's examples need and the module itself does not.
_NEEDED = {"onrecord.dask": "dask", "onrecord.plot": "altair", "onrecord.ray": "ray"}
MODULES = [f"onrecord.{module.name}" for module in pkgutil.iter_modules(onrecord.__path__)]


# The engines' own modules warn of much.
_LOUD = pytest.mark.filterwarnings("ignore")
_ENGINES = {"onrecord.dask", "onrecord.ray", "onrecord.spark"}


@pytest.mark.parametrize(
    "name", [pytest.param(m, marks=_LOUD if m in _ENGINES else ()) for m in ["onrecord", *MODULES]]
)
def test_examples(name: str) -> None:
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as missing:
        if str(missing.name).startswith("onrecord"):
            raise
        pytest.skip(f"{name} needs {missing.name}, which is not installed")
    if (needed := _NEEDED.get(name)) and not importlib.util.find_spec(needed):
        pytest.skip(f"the examples of {name} need {needed}, which is not installed")
    if name == "onrecord.spark" and not shutil.which("java"):
        pytest.skip("Spark needs Java, which is not installed")
    failed, _ = doctest.testmod(module, extraglobs={"onrecord": onrecord})
    assert failed == 0


# What users import: the package, and of its modules those that the API's page shows.
PUBLIC = ["onrecord", *re.findall(r"automodule:: (onrecord\.\w+)", API)]


def members(name: str) -> Iterator[tuple[str, object]]:
    """The public functions and classes of a module; of the classes, and of their bases here, the members."""
    module = importlib.import_module(name)
    for key in getattr(module, "__all__", None) or vars(module):
        value = getattr(module, key)
        own = getattr(value, "__module__", "").startswith("onrecord")
        at_home = name == "onrecord" or getattr(value, "__module__", name) == name
        if key.startswith("_") or not (own and at_home and callable(value)) or typing.get_origin(value):
            continue
        yield f"{name}.{key}", value
        bases = value.__mro__ if isinstance(value, type) else ()
        for member, made in itertools.chain(*(vars(base).items() for base in bases if at(base))):
            # Methods, properties, cached ones: whatever answers when it is asked for.
            if hasattr(made, "__get__") and not member.startswith("_"):
                yield f"{name}.{key}.{member}", made


def at(base: type) -> bool:
    return base.__module__.startswith("onrecord")


def test_no_kind_of_member_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    class Base:
        @functools.cached_property
        def kept(self) -> int:
            return 1

    class Sample(Base):
        __slots__ = ("field",)

        asked = property(len)
        of_none = staticmethod(len)
        part = functools.partialmethod(len)

        @classmethod
        def of_class(cls) -> None: ...

        def method(self) -> None: ...

    module = types.ModuleType("onrecord_sample")
    Base.__module__ = Sample.__module__ = module.__name__
    vars(module)["Sample"] = Sample
    monkeypatch.setitem(sys.modules, module.__name__, module)
    told = {key.rpartition(".")[2] for key, _ in members(module.__name__)}
    assert told == {"Sample", "field", "asked", "of_class", "of_none", "part", "method", "kept"}


@pytest.mark.parametrize("name", PUBLIC)
def test_all_that_is_public_has_an_example(name: str) -> None:
    try:
        found = dict(members(name))
    except ModuleNotFoundError as missing:
        pytest.skip(f"{name} needs {missing.name}, which is not installed")
    assert found
    # A dict of options is shown where it is used, and the slots of a class are told in its own words.
    slots = {key for key, value in found.items() if isinstance(value, types.MemberDescriptorType)}
    shown = {
        key: value for key, value in found.items() if key not in slots and not typing.is_typeddict(value)
    }
    assert [key for key, value in shown.items() if ">>>" not in doc(value)] == []
    classes = {key: key.rpartition(".")[::2] for key in slots}
    assert [k for k, (home, field) in classes.items() if f"\n        {field}: " not in doc(found[home])] == []


def test_all_that_is_public_is_on_the_page_of_the_api() -> None:
    listed = {*re.findall(r"auto\w+:: (?:onrecord\.)?(?:records\.)?(\w+)$", API, re.MULTILINE)}
    listed |= {*re.findall(r"data:: onrecord\.(\w+)$|^[ .]+(?:function::)? *(\w+)\(", API, re.MULTILINE)}
    named = {name for found in listed for name in ([found] if isinstance(found, str) else found)}
    assert [name for name in onrecord.__all__ if name not in named] == []


def doc(value: object) -> str:
    return value.__doc__ or ""


def test_the_core_is_documented() -> None:
    names = [key for key in vars(_native) if not key.startswith("_")]
    assert [key for key in names if callable(getattr(_native, key)) and not doc(getattr(_native, key))] == []
