"""What the program counts of itself, for Prometheus: sends by result, ticks by room, seconds from a tap to its reply.

Of people there is nothing in it: labels are channels, lanes, rooms and results, each from a short list of ours.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.wire import Declined, Flooded, NotReached, Sent, Unanswered, Wire
from jobs.ground.runner import Run
from models.delivery.backlog import Backlog
from models.delivery.claims import Claimed
from models.delivery.inbox import Received
from models.delivery.message import Lane, Method
from models.ground.channel import Address, Channel
from models.ground.sealing import made_at

# seconds: where people notice a difference, then how long nobody would wait
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 3, 5, 10, 30, 60, 300)
_CHATS = 5_000  # whose replies are waited for; a reply that never leaves must not be kept for ever
_RESULTS = {
    Flooded: "flood_control",
    NotReached: "not_reached",
    Unanswered: "unanswered",
    Declined: "declined",
}


class Metrics:
    """Counters of one process; what the database knows is given with each scrape."""

    def __init__(self, channels: Collection[Channel]) -> None:
        self.registry = CollectorRegistry()
        self._sends = Counter(
            "xanha_sends", "Messages put on the wire", ["channel", "lane", "result"], registry=self.registry
        )
        self._ticks = Counter("xanha_ticks", "Runs of jobs", ["room", "result"], registry=self.registry)
        self._items = Counter("xanha_items", "Items that jobs have done", ["room"], registry=self.registry)
        self._replies = Histogram(
            "xanha_reply_seconds",
            "From an update's arrival here until its first reply was taken",
            ["channel"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._leads = Gauge("xanha_leads", "1: this process leads, 0: it stands by", registry=self.registry)
        self._seen = _Seen()
        self.registry.register(self._seen)
        ProcessCollector(registry=self.registry)
        self._channels = frozenset(channels)
        self._asked: dict[Address, float] = {}

    def answers(self, item: Received) -> None:
        """Note that an update's step has left a reply, which is about to be sent."""
        if item.address.channel in self._channels and item.address not in self._asked:
            self._asked[item.address] = made_at(item.id)
            if len(self._asked) > _CHATS:
                del self._asked[next(iter(self._asked))]

    def sent(self, item: Claimed, result: str) -> None:
        """Count one message that was put on the wire, or was not."""
        self._sends.labels(item.address.channel.value, item.lane.name.lower(), result).inc()
        if item.lane is not Lane.REPLY or item.method is Method.COMMANDS or result == "not_reached":
            return
        asked = self._asked.pop(item.address, None) if result == "sent" else None
        if asked is not None:
            self._replies.labels(item.address.channel.value).observe(max(0.0, time.time() - asked))

    def after(self, run: Run) -> None:
        """Count one run of a job."""
        room = run.job.partition(".")[0]
        self._ticks.labels(room, "failed" if run.errors else "well").inc()
        self._items.labels(room).inc(run.items)

    def page(self, backlog: Backlog | None, *, now: datetime, leads: bool) -> bytes:
        """Return everything in Prometheus' text format; `backlog` None: the database does not answer."""
        self._seen.backlog, self._seen.now = backlog, now
        self._leads.set(leads)
        return generate_latest(self.registry)


class CountedWire:
    """A channel's way out, with what became of each message counted."""

    def __init__(self, wire: Wire, metrics: Metrics) -> None:
        self.channel = wire.channel
        self._wire, self._metrics = wire, metrics

    async def send(self, item: Claimed) -> Sent:
        """Send one row of the outbox, as the wire itself does."""
        try:
            sent = await self._wire.send(item)
        except Exception as error:
            self._metrics.sent(item, _RESULTS.get(type(error), "failed"))
            raise
        self._metrics.sent(item, "sent")
        return sent

    async def probe(self) -> None:
        await self._wire.probe()


class _Seen(Collector):
    """What the database said at this scrape."""

    backlog: Backlog | None = None
    now: datetime | None = None

    def describe(self) -> list[GaugeMetricFamily]:
        return []  # else registering would collect

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield GaugeMetricFamily("xanha_database_up", "1: the database answers", self.backlog is not None)
        if self.backlog is None or self.now is None:
            return
        depth = GaugeMetricFamily("xanha_inbox_depth", "Updates stored and not stepped", labels=["channel"])
        age = GaugeMetricFamily(
            "xanha_inbox_age_seconds", "Since the oldest of them came", labels=["channel"]
        )
        for channel in Channel:
            waiting = self.backlog.inbox.get(channel)
            depth.add_metric([channel.value], waiting.count if waiting else 0)
            age.add_metric([channel.value], waiting.age(self.now).total_seconds() if waiting else 0)
        yield from (depth, age)
        depth = GaugeMetricFamily(
            "xanha_outbox_depth", "Messages due and not sent", labels=["channel", "lane"]
        )
        age = GaugeMetricFamily(
            "xanha_outbox_age_seconds", "Since the oldest of them was due", labels=["channel", "lane"]
        )
        for (channel, lane), waiting in self.backlog.outbox.items():
            depth.add_metric([channel.value, lane.name.lower()], waiting.count)
            age.add_metric([channel.value, lane.name.lower()], waiting.age(self.now).total_seconds())
        yield from (depth, age)
        beat_at = self.backlog.beat_at
        silence = max(0.0, (self.now - beat_at).total_seconds()) if beat_at else float("nan")
        yield GaugeMetricFamily("xanha_beat_age_seconds", "Since the timetable's last minute", silence)
