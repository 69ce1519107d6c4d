FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --profile dist --locked --bin thidua \
    && cp target/dist/thidua /thidua \
    && mkdir /data

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /thidua /usr/local/bin/thidua
# A volume takes the owner of the folder it covers.
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
ENV THIDUA_BIND=0.0.0.0:8080 \
    DATABASE_URL=sqlite:///data/thidua.db \
    THIDUA_FILES=/data/files
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=15s CMD ["/usr/local/bin/thidua", "health"]
ENTRYPOINT ["/usr/local/bin/thidua"]
CMD ["serve"]
