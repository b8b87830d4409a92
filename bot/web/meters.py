"""What the web counts for whoever runs the bot; no label holds anything of a person."""

from __future__ import annotations

from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Histogram

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)


class Meters:
    """Webhook requests and events by channel and outcome, and seconds to acknowledge."""

    def __init__(self, registry: CollectorRegistry) -> None:
        labels = ("channel", "outcome")
        self.requests = Counter(
            "cityvoice_webhook_requests", "Webhook requests answered.", labels, registry=registry
        )
        self.events = Counter(
            "cityvoice_webhook_events", "Events in genuine requests.", labels, registry=registry
        )
        self.seconds = Histogram(
            "cityvoice_webhook_acknowledge_seconds",
            "From the request's start to its durable acknowledgement.",
            ("channel",),
            buckets=_SECONDS,
            registry=registry,
        )

    def of(self, channel: str) -> ChannelMeters:
        """The meters of one channel, looked up once: labels cost time on the hot path."""
        outcomes = ("stored", "forged", "malformed", "too_large", "too_slow", "failed")
        return ChannelMeters(
            {o: self.requests.labels(channel, o) for o in outcomes},
            {o: self.events.labels(channel, o) for o in ("stored", "failed")},
            self.seconds.labels(channel),
        )


@dataclass(frozen=True, slots=True)
class ChannelMeters:
    """One channel's counters by outcome, and its histogram."""

    requests: dict[str, Counter]
    events: dict[str, Counter]
    seconds: Histogram
