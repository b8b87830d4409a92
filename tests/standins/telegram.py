"""A stand-in of the Bot API, as strict as the published description (Bot API 10.1).

`TelegramPlatform().app` answers /bot<token>/<method> and /file/bot<token>/<path>. What was
sent and refused can be read from the object; `hears` puts an update where getUpdates finds
it. With `strict=False` parameters are not checked, which benchmarks may want.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Any

import orjson
from standins.telegram_parameters import STRUCTURED, faults
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Json = dict[str, Any]

ME = {"id": 4242, "is_bot": True, "first_name": "CityVoice", "username": "CityVoiceBot"}
DATE = 1_760_000_000
BLOCKED = "Forbidden: bot was blocked by the user"
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
HOOKED = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"


@dataclass(frozen=True)
class Sent:
    """An accepted call."""

    method: str
    parameters: Json


@dataclass
class Failure:
    """An answer given instead of the right one, after `passed` calls that are let through.

    `heeded`: the call takes effect all the same.
    """

    status: int
    description: str = "Internal Server Error"
    times: int = 1
    passed: int = 0
    method: str = ""
    retry_after: int | None = None
    heeded: bool = False


class Refusal(Exception):
    """An answer other than 200."""

    def __init__(self, status: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after


class TelegramPlatform:
    """Its state is public: tests set it and assert on it."""

    def __init__(self, token: str = "4242:token", strict: bool = True) -> None:
        self.token = token
        self.strict = strict
        self.sent: list[Sent] = []
        self.refused: list[tuple[str, int, str]] = []
        self.calls: Counter[str] = Counter()
        self.blocked: set[int] = set()
        self.answered: set[str] = set()
        self.expired: set[str] = set()
        self.files: dict[str, bytes] = {}
        self.updates: list[Json] = []
        self.webhook: Json = {}
        self.menus: dict[str, list[Json]] = {}
        self.failures: list[Failure] = []
        self._news = asyncio.Event()
        self._messages = 0
        self._heard = 1000
        calls = Route("/bot{token}/{method}", self._method, methods=["GET", "POST"])
        self.app = Starlette(routes=[calls, Route("/file/bot{token}/{path:path}", self._file)])

    def fail(self, status: int, **more: Any) -> None:
        """Answer the next call (or `times` calls, of `method`) with `status`."""
        self.failures.append(Failure(status, **more))

    def hears(self, **happened: Any) -> Json:
        """A new update; an `update_id` of its own may be given."""
        update = {"update_id": self._heard + 1, **happened}
        self._heard = update["update_id"]
        self.updates.append(update)
        self._news.set()
        return update

    def wake(self) -> None:
        """End a long poll that waits, so that the server can stop."""
        self._news.set()

    def texts(self) -> list[str]:
        """The texts sent so far, in order."""
        return [s.parameters["text"] for s in self.sent if s.method == "sendMessage"]

    def of(self, method: str) -> list[Json]:
        """The parameters of each accepted call of `method`, in order."""
        return [s.parameters for s in self.sent if s.method == method]

    async def _method(self, request: Request) -> Response:
        method = request.path_params["method"]
        self.calls[method] += 1
        try:
            if request.path_params["token"] != self.token:
                raise Refusal(401, "Unauthorized")
            result = await self._answer(method, await _parameters(request))
        except Refusal as refusal:
            self.refused.append((method, refusal.status, refusal.description))
            return _refused(refusal)
        return _json({"ok": True, "result": result})

    async def _answer(self, method: str, parameters: Json) -> Any:
        act = getattr(self, f"_{method}", None)
        if act is None or not method.isalpha():
            raise Refusal(404, "Not Found")
        failure = self._failing(method)
        if failure is not None and not failure.heeded:
            raise _as_refusal(failure)
        wrong = faults(method, parameters) if self.strict else ()
        if wrong:
            raise Refusal(400, f"Bad Request: {'; '.join(wrong)}")
        result = await act(parameters)
        if method != "getUpdates":
            self.sent.append(Sent(method, parameters))
        if failure is not None:
            raise _as_refusal(failure)
        return result

    def _failing(self, method: str) -> Failure | None:
        for failure in self.failures:
            if failure.times == 0 or failure.method not in ("", method):
                continue
            if failure.passed == 0:
                failure.times -= 1
                return failure
            failure.passed -= 1
        return None

    async def _getMe(self, parameters: Json) -> Json:  # noqa: N802
        return {**ME, "can_join_groups": False, "supports_inline_queries": False}

    async def _getUpdates(self, parameters: Json) -> list[Json]:  # noqa: N802
        if self.webhook:
            raise Refusal(409, HOOKED)
        offset = int(parameters.get("offset", 0))
        self.updates = [u for u in self.updates if u["update_id"] >= offset]
        if not self.updates:
            await self._wait(float(parameters.get("timeout", 0)))
        return self.updates[: int(parameters.get("limit", 100))]

    async def _wait(self, seconds: float) -> None:
        self._news.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return

    async def _setWebhook(self, parameters: Json) -> bool:  # noqa: N802
        self.webhook = parameters if parameters["url"] else {}
        return True

    async def _deleteWebhook(self, parameters: Json) -> bool:  # noqa: N802
        self.webhook = {}
        return True

    async def _setMyCommands(self, parameters: Json) -> bool:  # noqa: N802
        self.menus[parameters.get("language_code", "")] = parameters["commands"]
        return True

    async def _sendMessage(self, parameters: Json) -> Json:  # noqa: N802
        return self._message(parameters, {"text": parameters["text"]})

    async def _sendPhoto(self, parameters: Json) -> Json:  # noqa: N802
        size = {"file_id": "sent", "file_unique_id": "s", "width": 90, "height": 90}
        return self._message(parameters, {"photo": [size]})

    async def _editMessageReplyMarkup(self, parameters: Json) -> Json:  # noqa: N802
        return self._message(parameters, {"text": "edited"})

    async def _sendChatAction(self, parameters: Json) -> bool:  # noqa: N802
        self._reach(parameters)
        return True

    async def _answerCallbackQuery(self, parameters: Json) -> bool:  # noqa: N802
        query = parameters["callback_query_id"]
        if query in self.answered or query in self.expired:
            raise Refusal(400, TOO_OLD)
        self.answered.add(query)
        return True

    async def _getFile(self, parameters: Json) -> Json:  # noqa: N802
        name = parameters["file_id"]
        if name not in self.files:
            raise Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        size = len(self.files[name])
        if size > 20 * 1024 * 1024:
            raise Refusal(400, "Bad Request: file is too big")
        path = f"photos/{name}"
        return {"file_id": name, "file_unique_id": name, "file_size": size, "file_path": path}

    async def _file(self, request: Request) -> Response:
        name = request.path_params["path"].removeprefix("photos/")
        if request.path_params["token"] != self.token or name not in self.files:
            return _refused(Refusal(404, "Not Found"))
        return Response(self.files[name], media_type="application/octet-stream")

    def _message(self, parameters: Json, content: Json) -> Json:
        self._reach(parameters)
        self._messages += 1
        chat = {"id": int(parameters["chat_id"]), "type": "private", "first_name": "A"}
        return {"message_id": self._messages, "from": ME, "date": DATE, "chat": chat, **content}

    def _reach(self, parameters: Json) -> None:
        if int(parameters["chat_id"]) in self.blocked:
            raise Refusal(403, BLOCKED)


async def _parameters(request: Request) -> Json:
    """From the address, a JSON body or a form; structured values of the latter are JSON."""
    found: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        return found | orjson.loads(await request.body())
    if kind:
        found |= dict(await request.form())
    return {k: orjson.loads(v) if k in STRUCTURED else v for k, v in found.items()}


def _as_refusal(failure: Failure) -> Refusal:
    return Refusal(failure.status, failure.description, failure.retry_after)


def _refused(refusal: Refusal) -> Response:
    body: Json = {
        "ok": False,
        "error_code": refusal.status,
        "description": refusal.description,
    }
    if refusal.retry_after is not None:
        body["parameters"] = {"retry_after": refusal.retry_after}
    return _json(body, refusal.status)


def _json(body: Json, status: int = 200) -> Response:
    return Response(orjson.dumps(body), status, media_type="application/json")
