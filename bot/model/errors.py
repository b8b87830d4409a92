"""Faults that the project names. Each message says whose fault, what, and what next."""

from __future__ import annotations

from dataclasses import dataclass


class CityvoiceError(Exception):
    """A fault that is explained to whoever runs cityvoice, in one line."""


class Forged(CityvoiceError):
    """The signature or secret does not match: not sent by the platform it claims."""


class Malformed(CityvoiceError):
    """The request is not what the platform's description promises."""


class Undeliverable(CityvoiceError):
    """The platform will never take this: the person is gone or the content is refused."""


class TryLater(CityvoiceError):
    """The platform could not take it this time. `after` is seconds to wait, None if not told."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class NotAPhoto(CityvoiceError):
    """The bytes are no photo that can be kept: another kind of file, broken, or too large."""


class QuotaSpent(TryLater):
    """The month's paid messages are used up; free replies still go."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a setting or definition: where, what, and what to do."""

    file: str
    line: int
    fault: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.fault} → {self.remedy}"


class SurveyChanged(CityvoiceError):
    """A survey was sent in this version with other questions."""

    def __init__(self, survey: str, version: int) -> None:
        super().__init__(
            f"version {version} of {survey} was sent with other questions: "
            f"count its version up to {version + 1}"
        )


class OverQuota(CityvoiceError):
    """A round has more people than the month has messages, and is not to be spread."""

    def __init__(self, survey: str, people: int, beyond: int) -> None:
        super().__init__(
            f"{survey} has {people} people, and this month's messages do not reach {beyond} of "
            "them: buy more, ask fewer (audience: most), or write over_quota: spread"
        )


class Misconfigured(CityvoiceError):
    """Settings or definitions have faults; all of them are told at once."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(f) for f in faults))
        self.faults = faults
