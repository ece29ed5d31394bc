"""Token buckets: so many at once, then so many a second, for each key. No clock here: `now` is seconds."""

from collections import OrderedDict

MOST_KEYS = 1024


class Buckets:
    """One bucket per key, full at first. Beyond `most` the key that was used longest ago begins anew."""

    def __init__(self, burst: float, per_second: float, most: int = MOST_KEYS) -> None:
        self._burst, self._per_second, self._most = burst, per_second, most
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._levels)

    def has(self, key: str, now: float) -> bool:
        """Whether `take` may follow."""
        return self._level(key, now) >= 1.0

    def take(self, key: str, now: float) -> None:
        """One token fewer, if there is one."""
        level = self._level(key, now)
        self._levels[key] = (level - 1.0 if level >= 1.0 else level, now)
        self._levels.move_to_end(key)
        if len(self._levels) > self._most:
            self._levels.popitem(last=False)

    def _level(self, key: str, now: float) -> float:
        level, at = self._levels.get(key, (self._burst, now))
        return min(self._burst, level + (now - at) * self._per_second)
