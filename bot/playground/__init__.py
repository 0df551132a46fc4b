"""A local stand-in for Telegram: the bot is tried, shown and tested against it with no token and no network."""
