"""The yardstick: a minimal bot as its SDK's documentation has it: no storage, no understanding."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, HTTPException, Request
from linebot.v3 import WebhookParser
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.messaging import (
    AsyncApiClient,
    AsyncMessagingApi,
    Configuration,
    ReplyMessageRequest,
    TextMessage,
)
from linebot.v3.webhooks import MessageEvent, TextMessageContent

parser = WebhookParser(os.environ["CITYVOICE_LINE__CHANNEL_SECRET"])
configuration = Configuration(
    host=os.environ["CITYVOICE_LINE__API_BASE"],
    access_token=os.environ["CITYVOICE_LINE__CHANNEL_ACCESS_TOKEN"],
)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with AsyncApiClient(configuration) as client:
        app.state.api = AsyncMessagingApi(client)
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/readyz")
async def ready() -> dict[str, bool]:
    return {"ready": True}


@app.post("/webhooks/line")
async def webhook(request: Request) -> str:
    body = (await request.body()).decode()
    try:
        events = parser.parse(body, request.headers["x-line-signature"])
    except InvalidSignatureError as fault:
        raise HTTPException(401) from fault
    for event in events:
        if isinstance(event, MessageEvent) and isinstance(event.message, TextMessageContent):
            await app.state.api.reply_message(
                ReplyMessageRequest(
                    reply_token=event.reply_token, messages=[TextMessage(text=event.message.text)]
                )
            )
    return "OK"
