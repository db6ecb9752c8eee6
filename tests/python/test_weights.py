"""An extractor with weights of the user's own."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import onrecord
import pytest
from onrecord import Extractor

RELEASED = Path(__file__).resolve().parents[2] / "weights" / "onrecord-en.bin"
TEXT = "“We will not go,” said Maria Souza. The mayor rejected the plan."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "my.bin"
    path.write_bytes(RELEASED.read_bytes())
    return path


def test_a_file_reads_as_the_same_weights_in_the_package_do(file: Path) -> None:
    extractor = Extractor(weights=file, topics={"plan": ["the plan"]})
    assert repr(extractor) == f"Extractor(topics={{'plan': ['the plan']}}, weights={str(file)!r})"
    plain = Extractor(weights=str(file)).extract(TEXT)
    assert plain == onrecord.extract(TEXT)
    assert [s.topic for s in extractor.extract(TEXT).stances] == [None, "plan"]


def test_it_pickles_with_the_path_and_refuses_another_file_there(file: Path) -> None:
    extractor = Extractor(weights=file)
    packed = pickle.dumps(extractor)
    assert len(packed) < 1000
    assert pickle.loads(packed).extract(TEXT) == copy.deepcopy(extractor).extract(TEXT)
    file.write_bytes(b"ONRECORD")
    with pytest.raises(ValueError, match=r"my\.bin: has changed since the extractor was made"):
        pickle.loads(packed)


def test_what_is_no_weights_file_is_refused_by_name(file: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"none\.bin"):
        Extractor(weights=tmp_path / "none.bin")
    released = RELEASED.read_bytes()
    damaged = bytearray(released)
    damaged[len(damaged) // 2] ^= 1
    for data, fault in (
        (b"PK\x03\x04", "it is no weights file"),
        (released[:999], "cut short"),
        (damaged, "its digest does not fit"),
    ):
        file.write_bytes(data)
        with pytest.raises(ValueError, match=rf"my\.bin: the model's weights cannot be read: .*{fault}"):
            Extractor(weights=file)


def test_faults_of_people_and_of_a_config_are_not_the_weights(file: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^people\[0\]: "):
        Extractor(people=[{"name": " "}], weights=file)
    config = tmp_path / "debate.toml"
    config.write_text('topics.plan = ["the plan"]', encoding="utf-8")
    assert Extractor.from_file(config, weights=file).topics == {"plan": ["the plan"]}
    with pytest.raises(FileNotFoundError, match=r"none\.bin"):
        Extractor.from_file(config, weights=tmp_path / "none.bin")
