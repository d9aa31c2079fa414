# rasoat. `make help` lists the targets.
#
#   BUILD=dir       where to build (build)        DEVELOPER=1   warnings are errors
#   PREFIX=/usr/local, DESTDIR=                   where `make install` puts things
#   CC, CFLAGS, LDFLAGS                           as everywhere
#   V=1                                           show the commands

BUILD ?= build
PREFIX ?= /usr/local
CFLAGS ?= -O2 -g
PKG_CONFIG ?= pkg-config
ifeq ($(origin CC),default)
CC = gcc
endif

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 \
	-Wno-format-nonliteral
ifdef DEVELOPER
WARNINGS += -Werror
endif

# $(call say,WORD) prints one short line per file instead of the command.
ifdef V
say =
else
say = @echo "  $(1)	$@";
endif

bindir := $(PREFIX)/bin
datadir := $(PREFIX)/share/rasoat
mandir := $(PREFIX)/share/man/man1
compdir := $(PREFIX)/share/bash-completion/completions

# Only targets that compile ask for the libraries, so that `make setup` runs on a bare machine.
# Debian's libhpdf has no .pc file.
PACKAGES := xlsxwriter sqlite3 libxml-2.0 libpcre2-8 libutf8proc libmd libisal libpq
PKG_CFLAGS = $(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null)
PKG_LIBS = $(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null) -lhpdf -lpthread -lm

# The calls that libxlsxwriter and libharu make to compress are the program's own (rasoat/deflate.h):
# taken from the archive although no object asks for them.
DEFLATE_LINK := -Wl,-u,deflate

compile_flags = -std=gnu17 -D_GNU_SOURCE -Iinclude \
	$(PKG_CFLAGS) $(WARNINGS) $(CFLAGS) $(CPPFLAGS)
link_libs = $(LDFLAGS) $(DEFLATE_LINK) $(PKG_LIBS)

main_source := src/cli/main.c
lib_sources := $(filter-out $(main_source),$(sort $(wildcard src/*/*.c)))
lib_objects := $(lib_sources:%.c=$(BUILD)/%.o)
sample_sources := $(sort $(wildcard samples/generate*.c))
sample_objects := $(sample_sources:%.c=$(BUILD)/%.o)
unit_sources := $(sort $(wildcard tests/unit/test_*.c))
unit_programs := $(unit_sources:%.c=$(BUILD)/%)
# The bare programs of the benchmark are linked with the foreign libraries alone.
bench_ours := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/bench/our_*.c)))
bench_bare := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/bench/bare_*.c tests/bench/run.c)))

# What of the project exists already.
programs := $(if $(wildcard $(main_source)),$(BUILD)/rasoat) \
	$(if $(sample_sources),$(BUILD)/rasoat-samples)

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:

all: $(BUILD)/librasoat.a $(programs) ## build everything into build/ (the default)

help: ## list the targets
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 16

# --- building -------------------------------------------------------------------------------

# A missing compiler or library must be one clear line, not a page of compiler errors. The libraries
# are linked once to nothing: their .pc files also name libraries (zlib) that Debian does not bring.
compiling := $(filter-out setup help clean uninstall layers check demo test test-asan lint \
	lint-compilers lint-analysers lint-files big-samples bench,$(or $(MAKECMDGOALS),all))
ifneq ($(compiling),)
missing := $(shell for c in $(firstword $(CC)) $(PKG_CONFIG); do \
		command -v $$c >/dev/null 2>&1 || echo $$c; done; \
	$(PKG_CONFIG) --exists $(PACKAGES) 2>/dev/null || for p in $(PACKAGES); do \
		$(PKG_CONFIG) --exists $$p 2>/dev/null || echo $$p; done; \
	printf '\043include <hpdf.h>\n' | $(CC) $(CPPFLAGS) -E - >/dev/null 2>&1 || echo libhpdf; \
	echo 'int main(void) { return 0; }' | LC_ALL=C $(CC) -x c - -o /dev/null $(link_libs) 2>&1 | \
		sed -n 's/.*cannot find -l\([a-z0-9]*\).*/lib\1/p' | grep -v '^libhpdf$$')
ifneq ($(missing),)
$(error missing: $(missing); run 'make setup')
endif
PKG_CFLAGS := $(PKG_CFLAGS)
PKG_LIBS := $(PKG_LIBS)
endif

# Changes only when a flag does, and every object depends on it.
$(BUILD)/flags: FORCE
	@mkdir -p $(BUILD)
	@printf '%s\n' '$(subst ','\'',$(CC) $(compile_flags) $(link_libs))' >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

$(BUILD)/%.o: %.c Makefile $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(compile_flags) -MMD -MP -c -o $@ $<

$(BUILD)/librasoat.a: $(lib_objects)
	@rm -f $@
	$(call say,AR)$(AR) rcs $@ $^

$(BUILD)/rasoat: $(BUILD)/src/cli/main.o $(BUILD)/librasoat.a
	$(call say,LINK)$(CC) -o $@ $^ $(link_libs)

$(BUILD)/rasoat-samples: $(sample_objects) $(BUILD)/librasoat.a
	$(call say,LINK)$(CC) -o $@ $^ $(link_libs)

$(unit_programs): %: %.o $(BUILD)/librasoat.a
	$(call say,LINK)$(CC) -o $@ $^ -lcmocka $(link_libs)

unit-programs: $(unit_programs)

$(bench_ours): %: %.o $(BUILD)/librasoat.a
	$(call say,LINK)$(CC) -o $@ $^ $(link_libs)

$(bench_bare): %: %.o
	$(call say,LINK)$(CC) -o $@ $^ $(LDFLAGS) $(PKG_LIBS)

bench-programs: all $(bench_ours) $(bench_bare)

# What `make test` and `make test-asan` need, in a make of its own so that setup comes first.
test-programs: all unit-programs bench-programs

-include $(lib_objects:.o=.d) $(sample_objects:.o=.d) $(BUILD)/src/cli/main.d \
	$(unit_programs:=.d) $(bench_ours:=.d) $(bench_bare:=.d)

# --- for people ----------------------------------------------------------------------------

# These build with all processors, unless the caller has said -j.
jobs = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))

setup: ## install the Debian packages that building and running need
	@sh tests/setup.sh build run

demo: setup ## build, audit the sample extracts and write the sample reports
	@$(MAKE) --no-print-directory $(jobs) all
	@RASOAT=$(BUILD)/rasoat sh samples/demo.sh

test: ## all tests; the last line is "N passed, N failed"
	@sh tests/setup.sh build run test
	@$(MAKE) --no-print-directory $(jobs) test-programs
	@BUILD=$(BUILD) sh tests/run.sh

bench: ## times and memory against bare programs: ROWS="import audit …", BENCH_RUNS=5, BENCH_SCALE=1
	@sh tests/setup.sh build run bench
	@$(MAKE) --no-print-directory $(jobs) bench-programs
	@BUILD=$(BUILD) sh tests/bench/bench.sh $(ROWS)

sanitize := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

test-asan: ## the tests again with address, leak and undefined-behaviour sanitizers
	@sh tests/setup.sh build run test
	@$(MAKE) --no-print-directory $(jobs) BUILD=$(BUILD)/asan CFLAGS='-O1 -g $(sanitize)' \
		LDFLAGS='$(sanitize)' test-programs
	@BUILD=$(BUILD)/asan ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 \
		sh tests/run.sh

check: layers ## the rooms' order and the one-file rule for foreign headers
layers:
	@sh tests/check-layers.sh

lint: ## two compilers, four analysers, no warning
	@sh tests/setup.sh build run test lint
	@$(MAKE) --no-print-directory layers lint-compilers lint-analysers lint-files

lint-compilers:
	@$(MAKE) --no-print-directory $(jobs) -s BUILD=$(BUILD)/lint-gcc CC=gcc DEVELOPER=1 test-programs
	@$(MAKE) --no-print-directory $(jobs) -s BUILD=$(BUILD)/lint-clang CC=clang DEVELOPER=1 test-programs
	@echo "ok gcc, clang"

# All program sources; the tests are compiled strictly but not analysed: cmocka's macros cast
# everything to integers.
lint_sources = $(lib_sources) $(wildcard $(main_source)) $(sample_sources)

# cppcheck: "style" is left out, it wants const where call-backs have fixed signatures and
# narrower scopes where C17 style here declares at the top; missingIncludeSystem only says that
# cppcheck does without system headers.
lint-analysers:
	@printf '%s\n' $(lint_sources) | xargs -P 2 -n 4 sh -c 'clang-tidy --quiet "$$@" -- \
		-std=gnu17 -D_GNU_SOURCE -Iinclude \
		$(PKG_CFLAGS) 2>/dev/null' clang-tidy
	@echo "ok clang-tidy"
	@cppcheck -q -j 2 --std=c11 -D_GNU_SOURCE -Iinclude \
		--enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
		--suppress=missingIncludeSystem $(lint_sources)
	@echo "ok cppcheck"

shell_scripts = .ci/run $(wildcard tests/*.sh tests/bench/*.sh tests/cli/*.sh samples/*.sh)

lint-files:
	@shellcheck $(shell_scripts) && echo "ok shellcheck"
	@if [ -f docs/rasoat.1 ]; then mandoc -T lint -W warning docs/rasoat.1 && echo "ok mandoc"; fi
	@for file in rules/*.xml templates/*.xml; do \
		name=$$(sed -n 's/.*xmlns="urn:rasoat:\([a-z]*\):1".*/\1/p;T;q' $$file); \
		message=$$(xmllint --nonet --noout --schema schemas/$$name.xsd $$file 2>&1) || \
			{ echo "$$message" >&2; exit 1; }; \
	done; echo "ok xmllint"

UNITS ?= 700
ACCOUNTS ?= 100000
CASES ?= 50000
SEED ?= 1
OUT ?= $(BUILD)/big-samples

big-samples: ## extracts of any size: UNITS= ACCOUNTS= CASES= SEED= OUT=
	@$(MAKE) --no-print-directory all
	$(BUILD)/rasoat-samples --units $(UNITS) --accounts $(ACCOUNTS) --cases $(CASES) \
		--seed $(SEED) --out $(OUT)

install: all ## install under PREFIX (/usr/local), below DESTDIR if given
	install -d $(DESTDIR)$(bindir) $(DESTDIR)$(mandir) $(DESTDIR)$(compdir)
	install -m 755 $(BUILD)/rasoat $(DESTDIR)$(bindir)/rasoat
	install -m 644 docs/rasoat.1 $(DESTDIR)$(mandir)/rasoat.1
	@for d in rules templates schemas; do \
		install -d $(DESTDIR)$(datadir)/$$d && \
		(cd $$d && find . -type f) | while read -r f; do \
			install -D -m 644 "$$d/$$f" "$(DESTDIR)$(datadir)/$$d/$$f" || exit 1; \
		done || exit 1; \
	done
	$(BUILD)/rasoat completion bash >$(BUILD)/completion
	install -m 644 $(BUILD)/completion $(DESTDIR)$(compdir)/rasoat

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(bindir)/rasoat $(DESTDIR)$(mandir)/rasoat.1 $(DESTDIR)$(compdir)/rasoat
	rm -rf $(DESTDIR)$(datadir)

clean: ## remove the build folder
	rm -rf $(BUILD)

FORCE:
.PHONY: all help unit-programs bench-programs test-programs setup demo test bench test-asan check \
	layers lint lint-compilers lint-analysers lint-files big-samples install uninstall clean FORCE
