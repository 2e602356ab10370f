# docker build -t finnews . && docker run --rm -v finnews:/data finnews crawl news -a limit=20
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml requirements.txt README.md LICENSE ./
COPY finnews finnews
RUN python -m venv --without-pip /opt/finnews
RUN python -m pip --python /opt/finnews/bin/python install --no-cache-dir --constraint requirements.txt ".[sql]"

FROM python:3.13-slim
COPY --from=build /opt/finnews /opt/finnews
RUN install --directory --owner=65534 --group=65534 /data
USER 65534:65534
WORKDIR /data
VOLUME /data
ENTRYPOINT ["/opt/finnews/bin/finnews", "--set=OUTPUT_DIR=/data", "--set=PACE_DIR=/data"]
CMD ["--help"]
