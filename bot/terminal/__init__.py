"""What the terminal commands do, a file a command; each is imported when it is called, so that none waits for all."""


class CannotRun(Exception):
    """A command cannot do its work; the text is the Chinese sentence that says what to do."""
