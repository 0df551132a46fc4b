"""`python -m bot` is the console script `jiannuo`."""

from bot.cli import main

main()
