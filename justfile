# Names for the commands of CONTRIBUTING.md.

# The site of this repository, into public/
build:
    cargo run --release -- build

# All tests, in browsers too, as continuous integration runs them
test:
    tests/run

# Before a commit: formatting, lints, tests
gate:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    cargo test

# Writes what the tests expect anew; read the difference
update:
    UPDATE=1 TRYCMD=overwrite cargo test

# Scores extraction over a folder of documents with labels
score LABELS FOLDER:
    cargo run --release --example score -- {{LABELS}} {{FOLDER}}

# Our build beside Hugo and Pagefind, into docs/performance.md
bench *COUNTS:
    node benches/build/compare.mjs {{COUNTS}}

# How long a save takes to be shown, for a folder that holds `content`
reload SITE:
    cargo build --release
    cd tests/browser && node reload.mjs {{SITE}}
