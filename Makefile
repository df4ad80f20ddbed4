# One word for each thing that one does here; `make help` lists them. Set-up is .ci/setup, whatever is wanted.

PREFIX ?= /usr/local
DESTDIR ?=

# One way to build a release, so that run, bench and install share it: programs that need no Swift where they run and
# do not say in which folder they were built.
RELEASE = -c release --static-swift-stdlib -Xlinker -s -Xcc '-ffile-prefix-map=$(CURDIR)=.'
LOGGIST = .build/release/loggist

.PHONY: run test torture cluster fuzz program build install deb deb-test deb-twice pictures bench bench-sync format lint clean help

run: program ## open the sample, a pharmacy outage, in a throw-away copy
	@.ci/sample $(LOGGIST)

test: ## run every test
	@.ci/setup test
	@.ci/test

torture: ## what make test does at random, for an hour or so (docs/reliability.md)
	@.ci/setup test
	@.ci/torture

cluster: ## three NATS servers and three desks, killed, cut off and wiped for a quarter of an hour (docs/reliability.md)
	@.ci/setup test
	@.ci/cluster

fuzz: ## libFuzzer at everything that reads foreign bytes, half an hour a target (docs/reliability.md)
	@.ci/setup
	@.ci/fuzz

program:
	@.ci/setup
	@.ci/build Loggist $(RELEASE) --product loggist

build: program ## build the release programs, .build/release/loggist and loggist-sync
	@.ci/build loggist-sync $(RELEASE) --product loggist-sync

# Without a dependency on `build`: `make build && sudo make install` must not build as root.
$(LOGGIST):
	@$(MAKE) --no-print-directory build

install: $(LOGGIST) ## install what was built, under PREFIX (/usr/local) and DESTDIR
	install -D -m 755 $(LOGGIST) "$(DESTDIR)$(PREFIX)/bin/loggist"
	install -D -m 755 $(LOGGIST)-sync "$(DESTDIR)$(PREFIX)/bin/loggist-sync"
	install -D -m 644 docs/loggist-sync.1 "$(DESTDIR)$(PREFIX)/share/man/man1/loggist-sync.1"
	install -D -m 644 docs/loggist.1 "$(DESTDIR)$(PREFIX)/share/man/man1/loggist.1"
	install -d "$(DESTDIR)$(PREFIX)/share/bash-completion/completions"
	install -d "$(DESTDIR)$(PREFIX)/share/zsh/site-functions"
	install -d "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	$(LOGGIST) --generate-completion-script bash > "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/loggist"
	$(LOGGIST) --generate-completion-script zsh > "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_loggist"
	$(LOGGIST) --generate-completion-script fish > "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/loggist.fish"

deb: build ## make the packages of what was built: .deb and tarball, in .build/package
	@.ci/setup package
	@.ci/package/make

deb-twice: ## build and package the last commit in two folders, and compare: one hash (some ten minutes)
	@.ci/setup package
	@.ci/package/twice

deb-test: deb ## install, use, upgrade and remove the packages on bare machines (root, some minutes)
	@.ci/setup package-test
	@unshare --mount --propagation private python3 -m unittest -v Tests.Package.test_package

pictures: build ## draw the pictures of README and guide anew
	@docs/images/draw $(LOGGIST)

# As many entries as are named, one store after another: make bench ENTRIES=10000000.
ENTRIES ?= 10000 100000 1000000

bench: build ## measure the release program beside others (docs/benchmarks.md); ENTRIES="10000 1000000"
	@.ci/setup bench
	@python3 Tests/Benchmarks/beside.py "$(CURDIR)/$(LOGGIST)" $(ENTRIES)
	@python3 Tests/Benchmarks/appends.py "$(CURDIR)/$(LOGGIST)" .build
	@python3 Tests/Benchmarks/imports.py "$(CURDIR)/$(LOGGIST)" 530
	@python3 Tests/Benchmarks/bench.py "$(CURDIR)/$(LOGGIST)" 10000
	@python3 Tests/Benchmarks/bench.py "$(CURDIR)/$(LOGGIST)" 1000000
	@python3 Tests/Benchmarks/others.py "$(CURDIR)/$(LOGGIST)"
	@LOGGIST_RANDOM_INCIDENTS=100000 swift test -c release -Xswiftc -enable-testing --scratch-path .build/torture --filter DefinitionPropertyTests

bench-sync: build ## measure what goes through three NATS servers, and Enter where the network is gone (docs/benchmarks.md)
	@.ci/setup test
	@LOGGIST="$(CURDIR)/$(LOGGIST)" python3 -m Tests.Sync.throughput
	@LOGGIST="$(CURDIR)/$(LOGGIST)" python3 -m Tests.Sync.enter

format: ## format the source in place
	swift format -i -r Sources Tests Package.swift

lint: ## check format, imports and the arrows between targets
	@.ci/setup
	@.ci/lint
	@.ci/build Loggist --explicit-target-dependency-import-check error

clean: ## remove what was built
	rm -rf .build

help: ## list these words
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20
