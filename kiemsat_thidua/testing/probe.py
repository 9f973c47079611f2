"""Asks a server who it is: the answer proves that it can be used, and stands in the report."""

import psycopg
import redis as redis_client

WAIT = 3  # seconds to connect


def postgres(address: str) -> str | None:
    """The version of the PostgreSQL at `address` ("15.19"), or None when it does not let us in."""
    try:
        with psycopg.connect(address, connect_timeout=WAIT) as connection:
            # "15.19 (Debian 15.19-0+deb12u1)": the packager's part says nothing to a reader of tests.
            return str(connection.info.parameter_status("server_version")).split()[0]
    except psycopg.OperationalError:
        return None


def redis(address: str) -> str | None:
    """Name and version of the Redis or Valkey at `address`, or None when it does not let us in."""
    try:
        with redis_client.Redis.from_url(address, socket_connect_timeout=WAIT, socket_timeout=WAIT) as client:
            told = client.info("server")
    except redis_client.RedisError:
        return None
    if "valkey_version" in told:
        return f"Valkey {told['valkey_version']}"
    return f"Redis {told['redis_version']}"
