"""The rules of the trade: value types, states, ladder, lights, working days. Pure: no database, no chat, no clock."""
