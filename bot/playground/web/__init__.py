"""The page of the playground: chats side by side, a clock to be moved, a guided tour; served on loopback only."""
