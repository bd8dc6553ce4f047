# pmsite in an image of nothing else: docker run --rm -v "$PWD":/site ghcr.io/pmsite/pmsite build
FROM rust:1-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /source
COPY Cargo.toml Cargo.lock build.rs ./
COPY src src
COPY data data
COPY themes themes
COPY tests/it/main.rs tests/it/main.rs
COPY README.md ./
RUN cargo build --release --locked

FROM scratch
COPY --from=build /source/target/release/pmsite /pmsite
WORKDIR /site
EXPOSE 4000
ENTRYPOINT ["/pmsite"]
CMD ["build"]
