"""The chat, and the program around it."""
