"""Calls that python-telegram-bot would not let through."""

from __future__ import annotations

import json
from dataclasses import dataclass

import httpx


@dataclass(frozen=True, slots=True)
class RawClient:
    client: httpx.AsyncClient
    address: str

    async def refusal(self, method: str, **parameters: object) -> str:
        """The sentence with which the call is refused, empty when it is not; values that are not text go as JSON."""
        values = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
        answer = (await self.client.post(f"{self.address}/{method}", data=values)).json()
        return str(answer.get("description", ""))
