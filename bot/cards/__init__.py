"""Messages with buttons as people see them, a file a feature: functions from the ledger's data to a card."""

from bot.cards.base import Card as Card
