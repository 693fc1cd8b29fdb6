# Everything a developer runs. No target touches a cloud account.

.DEFAULT_GOAL := help
.PHONY: help setup run up test check format format-check lint types template bench eval eval-images letter-net fx-replay build build-test requirements clean

# ---- What is used ----------------------------------------------------------------------------------------------------------

BIN := .venv/bin
SAM := .cache/sam/bin/sam
UV_VERSION := 0.13.9
JOBS ?= 2
OUT ?= out

# The first interpreter that is new enough and runs: a pyenv shim of a version that is not active stands on PATH but does not.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	"$$python" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v "$$python" && break; done)

# uv of the machine, else the project's own.
UV = $(shell command -v uv || echo $(BIN)/uv)

# A real 3.13, which is what Lambda runs: on PATH, of a pyenv whose shims are on PATH, or one that uv fetched. Else .venv's.
PYTHON_313 = $(shell IFS=:; for folder in $$PATH; do \
	for python in "$$folder"/python3.13 "$$folder"/../versions/3.13*/bin/python3.13 .cache/python/*/bin/python3.13; do \
	"$$python" -c 'import pip' 2>/dev/null && "$$python" -c 'import sys; print(sys.executable)' && break 2; done; done)
BUILD_PYTHON = $(or $(PYTHON_313),$(abspath $(BIN)/python))
BUILD_RUNTIME = $(shell "$(BUILD_PYTHON)" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
HOST_ARCH = $(shell uname -m | sed 's/aarch64/arm64/')

export SAM_CLI_TELEMETRY := 0
export AWS_DEFAULT_REGION ?= ap-northeast-2
# Nothing here may reach an account by accident.
export AWS_ACCESS_KEY_ID := testing
export AWS_SECRET_ACCESS_KEY := testing
export AWS_EC2_METADATA_DISABLED := true

# ---- Targets ---------------------------------------------------------------------------------------------------------------

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.ready .cache/imaging/.ready ## Make .venv with exactly what uv.lock says, fetch fonts (done by every other target when needed)

.venv/.ready: pyproject.toml uv.lock
	@test -n "$(PYTHON)" || { echo "onestop needs Python 3.11 or newer with its venv module (Debian: apt install python3-venv)" >&2; exit 1; }
	@echo "Setting up .venv with $(PYTHON) ..."
	@command -v uv >/dev/null || test -x $(BIN)/uv || { $(PYTHON) -m venv .venv && $(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION); }
	@test -x $(BIN)/python || $(UV) venv -q --python "$(PYTHON)" .venv
	@$(UV) sync -q --frozen --python $(BIN)/python
	@touch $@

# Fonts and recogniser data, from npm packages whose archives are pinned by their SHA-256.
.cache/imaging/.ready: .venv/.ready local/imaging_assets.json local/imaging_assets.py
	@echo "Fetching fonts and Korean reading data ..."
	@$(BIN)/python -m local.imaging_assets .cache/imaging always tests > /dev/null
	@touch $@

run: setup ## Play the demo; or your file: make run CATALOG=file.xlsx MARKETS=SG,MY [SELLER=id] [RATES=file] [OUT=folder]
	@if [ -z "$$CATALOG" ]; then set -- demo; else set -- run "$$CATALOG"; fi; \
	[ -z "$$MARKETS" ] || set -- "$$@" --markets "$$MARKETS"; \
	[ -z "$$SELLER" ] || set -- "$$@" --seller "$$SELLER"; \
	[ -z "$$RATES" ] || set -- "$$@" --rates "$$RATES"; \
	$(BIN)/onestop "$$@" --out "$(OUT)"

up: setup ## Keep the stack running: a folder is the bucket, webhooks listen on a local port
	@$(BIN)/onestop up

test: setup ## Pass every test (narrow it: make test ARGS='-k price')
	@command -v chromium chromium-browser google-chrome >/dev/null || echo "No Chromium here: the browser tests are skipped (Debian: apt install chromium)"
	$(BIN)/pytest -q -n $(JOBS) --dist worksteal $(ARGS)

check: format-check lint types template test ## Format, lint, types, template, tests: what has to pass before a commit

format: setup ## Put the code into its one format
	@$(BIN)/ruff format -q .
	@$(BIN)/ruff check -q --fix-only .

format-check: setup
	@$(BIN)/ruff format --check -q . || { echo "make format puts this right" >&2; exit 1; }

lint: setup
	@$(BIN)/ruff check -q .

types: setup
	@$(BIN)/mypy

template: setup
	@$(BIN)/cfn-lint -r $(AWS_DEFAULT_REGION) -- template.yaml
	$(BIN)/pytest -q tests/template

bench: setup ## Measure throughput, AWS calls, import time and memory; writes out/bench.json
	@$(UV) sync -q --frozen --group bench --python $(BIN)/python
	@$(BIN)/python -m tests.bench

eval: setup ## Measure the titles in every locale: coverage, facts, checks, likeness to references; writes out/eval.json
	@$(BIN)/python -m tests.eval

eval-images: setup ## Measure how the Korean in pictures is read, erased and replaced; writes out/eval_images.json
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.eval_images $(ARGS)

letter-net: setup ## Train the network that sees letters anew: MINUTES=60 FROM=...weights.h5; needs Debian's Korean fonts; leaves it in out/
	@$(BIN)/python -m local.imaging_assets .cache/imaging training > /dev/null
	@PYTHONPATH=.:layers/common $(UV) run -q --no-project --python $(BIN)/python --with tensorflow-cpu==2.21.0 --with fonttools --with pillow --with pydantic \
		python -m local.letter_training .cache/imaging/training-fonts out $(or $(MINUTES),60) $(FROM)

fx-replay: setup ## Replay the ECB's rates since 2020 over 1,000 products: price changes a year, floors; writes out/fx_replay.html
	@$(BIN)/python -m local.fx_replay --out "$(OUT)"

# SAM CLI pins other versions of what we use, so it has an environment of its own.
.cache/sam/.ready: .venv/.ready
	@echo "Setting up SAM CLI in .cache/sam ..."
	@UV_PROJECT_ENVIRONMENT=.cache/sam $(UV) sync -q --frozen --only-group build --python $(BIN)/python
	@test -n "$(PYTHON_313)" || UV_PYTHON_INSTALL_DIR=.cache/python $(UV) python install -q --no-bin 3.13 2>/dev/null || true
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@touch $@

# $(call sam_build,architecture,folder): the template as it is but for the runtime and the architecture.
define sam_build
@mkdir -p .cache/build && sed -e 's/python3\.13/$(BUILD_RUNTIME)/g' -e 's/arm64/$(1)/g' template.yaml > .cache/build/$(2).yaml
@PATH="$$(dirname "$(BUILD_PYTHON)"):$$PATH" $(SAM) build --config-file $(abspath samconfig.toml) --template-file .cache/build/$(2).yaml --base-dir . \
	--build-dir .aws-sam/$(2) --cache-dir .aws-sam/cache-$(2) > .cache/build/$(2).log 2>&1 || { cat .cache/build/$(2).log >&2; exit 1; }
@cp -r .cache/imaging-layer .aws-sam/$(2)/ImagingLayer/imaging
@find .aws-sam/$(2)/ImagingLayer/python \( -type d -name tests -o -name f2py -o -name '*avif*' -o -name '*.pyi' -o -name '*.h' -o -name '*.a' -o -name '*.pxd' -o -name '_simd.*' \) -prune -exec rm -r {} +
@du -sh .aws-sam/$(2)/*Layer
endef

build: .cache/sam/.ready ## Build what `sam deploy` takes, without Docker, into .aws-sam/build
	@test -n "$(PYTHON_313)" || echo "No Python 3.13 here, and none could be fetched: building for $(BUILD_RUNTIME), and the built template says so"
	@test $(BUILD_RUNTIME) != python3.11 || { echo "Lambda's python3.11 has a C library too old for libvips: make build needs Python 3.12 or newer" >&2; exit 1; }
	@$(BIN)/python -m local.imaging_assets .cache/imaging-layer always build > /dev/null
	$(call sam_build,arm64,build)

build-test: build ## Build for this machine too, and import every built function with only its layers beside it
	$(call sam_build,$(HOST_ARCH),native)
	@echo "$(BUILD_PYTHON)" > .aws-sam/native/.python
	$(BIN)/pytest -q -m build tests/template

requirements: setup ## Write the layers' requirements from uv.lock
	@$(UV) export -q --frozen --no-default-groups --no-emit-project --no-header --no-annotate -o layers/deps/requirements.txt
	@$(UV) export -q --frozen --only-group imaging --no-header --no-annotate -o layers/imaging/requirements.txt

clean: ## Remove everything that the other targets made
	@rm -rf .venv .cache .aws-sam out .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
