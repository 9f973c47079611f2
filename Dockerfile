# syntax=docker/dockerfile:1
# The product as one image; web, worker and beat differ only by the command (docker-compose.yml).
FROM docker.io/library/python:3.13-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 UV_LINK_MODE=copy UV_NO_CACHE=1
RUN python3 -m venv /opt/venv
COPY kiemsat_thidua/bootstrap/uv.txt requirements.txt /build/
RUN python3 -m venv /opt/uv \
 && /opt/uv/bin/pip install --require-hashes -r /build/uv.txt \
 && /opt/uv/bin/uv pip install --python /opt/venv/bin/python3 --compile-bytecode --require-hashes -r /build/requirements.txt

FROM docker.io/library/python:3.13-slim-trixie
# What WeasyPrint loads (kiemsat_thidua/bootstrap/systemlibs.py names the same).
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin app \
 && install -d -o app -g app /var/lib/kiemsat-thidua
COPY --from=build /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/tmp/cache \
    APP_BOOTSTRAP=0 \
    APP_VAR=/var/lib/kiemsat-thidua \
    STATIC_ROOT=/opt/static \
    PRODUCTION=1
WORKDIR /app
COPY . /app/
# Collecting needs no secret; the value lives in this step only.
RUN APP_VAR=/tmp/build SECRET_KEY=collecting-static-files-needs-no-secret-at-all python3 manage.py collectstatic --noinput \
 && rm -rf /tmp/build
USER app
EXPOSE 8000
CMD ["gunicorn", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--workers=3", "--threads=4", "--no-control-socket", "--worker-tmp-dir=/dev/shm", "--max-requests=5000", "--max-requests-jitter=500", "--access-logfile=-", "kiemsat_thidua.wsgi"]
