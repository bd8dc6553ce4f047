# pmsite in an image of nothing else: docker run --rm --user "$(id -u)" -v "$PWD":/site ghcr.io/pmsite/pmsite build
FROM rust:1-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /source
COPY . .
ARG BUILD_COMMIT
RUN cargo build --release --locked

FROM scratch
COPY --from=build /source/target/release/pmsite /pmsite
WORKDIR /site
EXPOSE 4000
ENTRYPOINT ["/pmsite"]
CMD ["build"]
