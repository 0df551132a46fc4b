"""What the terminal commands do, a file a command."""

from bot.terminal.asking import ask as ask
from bot.terminal.doctor import examine as examine
from bot.terminal.extracting import extract as extract
from bot.terminal.loading import load as load
from bot.terminal.reminding import reminders as reminders
from bot.terminal.running import CannotRun as CannotRun
from bot.terminal.running import run_bot as run_bot
from bot.terminal.writing import write_config as write_config
