"""The cache is a convenience: a Redis that is away means a miss, never an error page."""

from __future__ import annotations

import logging
from typing import Any

import redis
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache

log = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, whose reads miss and whose writes do nothing while Redis cannot be reached."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except redis.RedisError:
            log.warning("cache: Redis cannot be reached")
            return default

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        try:
            super().set(key, value, timeout, version)
        except redis.RedisError:
            log.warning("cache: Redis cannot be reached")

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        try:
            return bool(super().add(key, value, timeout, version))
        except redis.RedisError:
            log.warning("cache: Redis cannot be reached")
            return False

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """As Django's: ValueError for a key that is not there, or cannot be reached."""
        try:
            return int(super().incr(key, delta, version))
        except redis.RedisError as error:
            raise ValueError(f"{key} cannot be reached") from error
