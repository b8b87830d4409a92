"""A stand-in of LINE's two hosts, as strict as LINE's published description.

`LinePlatform().app` answers for both api.line.me and api-data.line.me; `api` and `data`
answer for one of them. What was sent, asked and refused can be read from the object. With
`strict=False` bodies are not checked, which benchmarks may want.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from standins.line_bodies import body_faults
from standins.line_menus import Menus
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Json = dict[str, Any]
Answering = Callable[[Request], Awaitable[Response]]

NO_TOKEN = (
    "Authentication failed. Confirm that the access token in the authorization header is valid."
)


@dataclass(frozen=True)
class Sent:
    """An accepted call. `kind` is reply, push or multicast; `to` user ids or the token."""

    kind: str
    to: tuple[str, ...]
    messages: tuple[Json, ...]
    retry_key: str = ""


@dataclass
class Failure:
    """An answer given instead of the right one. `heeded`: the call takes effect all the same."""

    status: int
    message: str = "Internal Server Error"
    times: int = 1
    path: str = ""
    heeded: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


class LinePlatform:
    """Its state is public: tests set it and assert on it."""

    def __init__(self, token: str = "channel-token", strict: bool = True) -> None:
        self.token = token
        self.strict = strict
        self.sent: list[Sent] = []
        self.refused: list[tuple[str, int, Json]] = []
        self.calls: Counter[str] = Counter()
        self.used_tokens: set[str] = set()
        self.expired_tokens: set[str] = set()
        self.unknown_users: set[str] = set()
        self.accepted_keys: dict[str, str] = {}
        self.loading: list[Json] = []
        self.read_tokens: list[str] = []
        self.content: dict[str, bytes] = {}
        self.preparing: set[str] = set()
        self.failures: list[Failure] = []
        self.menus = Menus()
        self.webhook = ""
        self.limit: int | None = None
        self.consumed = 0
        self.app = Starlette(routes=[*self._api_routes(), *self._data_routes()])
        self.api = Starlette(routes=self._api_routes())
        self.data = Starlette(routes=self._data_routes())

    def fail(self, status: int, **more: Any) -> None:
        """Answer the next call (or `times` calls, to `path`) with `status`."""
        self.failures.append(Failure(status, **more))

    def texts(self) -> list[str]:
        """Every text and alternative text shown so far, in order."""
        return [m.get("text") or m["altText"] for sent in self.sent for m in sent.messages]

    def _api_routes(self) -> list[Route]:
        return [
            self._route("/v2/bot/message/reply", self._reply, "POST"),
            self._route("/v2/bot/message/push", self._push, "POST"),
            self._route("/v2/bot/message/multicast", self._multicast, "POST"),
            self._route("/v2/bot/chat/loading/start", self._loading, "POST"),
            self._route("/v2/bot/chat/markAsRead", self._mark_as_read, "POST"),
            self._route("/v2/bot/info", self._info, "GET"),
            self._route("/v2/bot/message/quota", self._quota, "GET"),
            self._route("/v2/bot/message/quota/consumption", self._consumption, "GET"),
            self._route("/v2/bot/channel/webhook/endpoint", self._webhook, "PUT"),
            *self._menu_routes(self.menus.API),
        ]

    def _menu_routes(self, paths: Mapping[tuple[str, str], str]) -> list[Route]:
        """Rich menus, which answer with a status and a body of their own."""

        def answering(name: str) -> Answering:
            async def answer(request: Request) -> Response:
                status, body = await getattr(self.menus, name)(request)
                if status == 200:
                    return self._answer(body)
                return self._refuse(request, status, **body)

            return answer

        return [self._route(p, answering(name), method) for (method, p), name in paths.items()]

    def _data_routes(self) -> list[Route]:
        return [
            self._route("/v2/bot/message/{id}/content", self._content, "GET"),
            *self._menu_routes(self.menus.DATA),
        ]

    def _route(self, path: str, answering: Answering, method: str) -> Route:
        async def answer(request: Request) -> Response:
            self.calls[request.url.path] += 1
            if request.headers.get("authorization") != f"Bearer {self.token}":
                return self._refuse(request, 401, NO_TOKEN)
            failure = self._failure(request.url.path)
            if failure is None:
                return await answering(request)
            if failure.heeded:
                await answering(request)
            return self._refuse(request, failure.status, failure.message, headers=failure.headers)

        return Route(path, answer, methods=[method])

    def _failure(self, path: str) -> Failure | None:
        for failure in self.failures:
            if failure.path in path:
                failure.times -= 1
                if failure.times == 0:
                    self.failures.remove(failure)
                return failure
        return None

    def _refuse(
        self,
        request: Request,
        status: int,
        message: str,
        details: list[Json] | None = None,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Response:
        body: Json = {"message": message, **({"details": details} if details else {}), **more}
        self.refused.append((request.url.path, status, body))
        return self._answer(body, status, headers)

    def _answer(
        self, body: Json, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> Response:
        told = {"x-line-request-id": f"request-{self.calls.total()}"}
        return Response(
            orjson.dumps(body),
            status,
            {"content-type": "application/json", **told, **(headers or {})},
        )

    def _invalid(self, request: Request, details: list[Json]) -> Response:
        message = f"The request body has {len(details)} error(s)"
        return self._refuse(request, 400, message, details)

    async def _body(self, request: Request, kind: str) -> tuple[Json, list[Json]]:
        body = orjson.loads(await request.body())
        return body, body_faults(kind, body) if self.strict else []

    async def _reply(self, request: Request) -> Response:
        body, faults = await self._body(request, "reply")
        if "x-line-retry-key" in request.headers:
            return self._refuse(request, 400, "The retry key is not supported for this API")
        if faults:
            return self._invalid(request, faults)
        token = body["replyToken"]
        if token in self.used_tokens or token in self.expired_tokens:
            return self._refuse(request, 400, "Invalid reply token")
        self.used_tokens.add(token)
        return self._accept(Sent("reply", (token,), tuple(body["messages"])))

    async def _push(self, request: Request) -> Response:
        body, faults = await self._body(request, "push")
        if body.get("to") in self.unknown_users:
            faults = [*faults, {"message": "May not be unknown", "property": "to"}]
        return self._paid(request, "push", body, (str(body.get("to")),), faults)

    async def _multicast(self, request: Request) -> Response:
        body, faults = await self._body(request, "multicast")
        return self._paid(request, "multicast", body, tuple(body.get("to", ())), faults)

    def _paid(
        self, request: Request, kind: str, body: Json, to: tuple[str, ...], faults: list[Json]
    ) -> Response:
        key = request.headers.get("x-line-retry-key", "")
        if key and not _uuid(key):
            return self._refuse(request, 400, "The retry key is invalid")
        if key in self.accepted_keys:
            first = {"x-line-accepted-request-id": self.accepted_keys[key]}
            return self._refuse(request, 409, "The retry key is already accepted", headers=first)
        if faults:
            return self._invalid(request, faults)
        if self.limit is not None and self.consumed + len(to) > self.limit:
            return self._refuse(request, 429, "You have reached your monthly limit.")
        self.consumed += len(to)
        if key:
            self.accepted_keys[key] = f"request-{self.calls.total()}"
        return self._accept(Sent(kind, to, tuple(body["messages"]), key))

    def _accept(self, sent: Sent) -> Response:
        self.sent.append(sent)
        if sent.kind == "multicast":
            return self._answer({})
        ids = [f"{len(self.sent)}{number:02}" for number in range(len(sent.messages))]
        return self._answer({"sentMessages": [{"id": i} for i in ids]})

    async def _loading(self, request: Request) -> Response:
        body, faults = await self._body(request, "loading")
        if faults:
            return self._invalid(request, faults)
        self.loading.append(body)
        return self._answer({}, 202)

    async def _mark_as_read(self, request: Request) -> Response:
        body, faults = await self._body(request, "markAsRead")
        if faults:
            return self._invalid(request, faults)
        self.read_tokens.append(body["markAsReadToken"])
        return self._answer({})

    async def _info(self, request: Request) -> Response:
        return self._answer(
            {
                "userId": "U" + "0" * 32,
                "basicId": "@216ru",
                "displayName": "城市之聲",
                "chatMode": "bot",
                "markAsReadMode": "auto",
            }
        )

    async def _quota(self, request: Request) -> Response:
        if self.limit is None:
            return self._answer({"type": "none"})
        return self._answer({"type": "limited", "value": self.limit})

    async def _consumption(self, request: Request) -> Response:
        return self._answer({"totalUsage": self.consumed})

    async def _webhook(self, request: Request) -> Response:
        self.webhook = orjson.loads(await request.body())["endpoint"]
        return self._answer({})

    async def _content(self, request: Request) -> Response:
        ref = request.path_params["id"]
        if ref in self.preparing:
            return self._answer({}, 202)
        if ref not in self.content:
            return self._refuse(request, 404, "Not found")
        return Response(self.content[ref], media_type="image/jpeg")


def _uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
