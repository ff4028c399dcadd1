"""All tools in one box: what a model may call, and the one place where a call is run. A call never raises."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from app.store import Store
from app.tools.calculate import calculate
from app.tools.clock import Clock
from app.tools.convert import convert, warm_up
from app.tools.host import ToolHost
from app.tools.host_tools import host_tools
from app.tools.note_tools import note_tools
from app.tools.result import ToolResult, sorry
from app.tools.sum_tokens import MAX_CHARACTERS, TOO_LONG
from app.tools.timer_tools import timer_tools
from app.tools.timers import Due, Timers
from app.tools.tool import Argument, BadArgument, Tool, checked, text
from engines.errors import ReparteeError
from engines.types import ToolCall, ToolSpec

log = logging.getLogger(__name__)

LARGEST = 10**15  # a larger amount comes from a slip of the model, and could not be said in digits


def build_toolbox(store: Store, host: ToolHost, clock: Clock, on_due: Callable[[Due], None]) -> Toolbox:
    """The tools of Repartee. Nothing runs yet: see `Toolbox.start`."""
    timers = Timers(store, clock, host.clock_style, on_due)
    tools = (
        *host_tools(host, clock),
        *timer_tools(timers, host, clock),
        *sum_tools(),
        *note_tools(store),
    )
    return Toolbox(tools, timers)


class Toolbox:
    """`specs` for the model, `run` for its calls; `timers` for the window's cards."""

    def __init__(self, tools: Sequence[Tool], timers: Timers) -> None:
        self._tools = {tool.name: tool for tool in tools}
        self.specs: tuple[ToolSpec, ...] = tuple(tool.spec for tool in tools)
        self.timers = timers

    def start(self) -> None:
        """Announce timers from now on, first those that ended meanwhile; load the units on the side."""
        self.timers.start()
        self.warm_up()

    def warm_up(self) -> None:
        """Load the units on the side, so that the first conversion doesn't wait for them."""
        warm_up()

    def close(self) -> None:
        """Announce nothing more. The store is its owner's to close, after this."""
        self.timers.close()

    def run(self, call: ToolCall) -> ToolResult:
        """What came of it, as a sentence; also for a call that makes no sense."""
        tool = self._tools.get(str(call.name))
        if tool is None:
            return sorry("I can't do that.", error=f"unknown tool: {str(call.name)[:80]}")
        try:
            return tool.action(**checked(tool.arguments, call.arguments))
        except BadArgument as problem:
            return sorry(str(problem), error=problem.detail)
        except ReparteeError as problem:
            return sorry(str(problem), error=str(problem))
        except Exception:
            log.exception("tool %s failed on %r", call.name, call.arguments)
            return sorry("Something went wrong there. The log says what.", error="internal error")


def sum_tools() -> tuple[Tool, ...]:
    amount = {"type": "number", "description": "How much", "minimum": -LARGEST, "maximum": LARGEST}
    expression = text("The sum, such as 15% of 80 or sqrt(2) * 3", MAX_CHARACTERS)
    too_big = "That number is too big for me."
    unit = "I don't know that unit."
    return (
        Tool(
            "calculate",
            "Work out arithmetic and percentages.",
            calculate,
            (Argument("expression", expression, TOO_LONG, "What should I work out?"),),
        ),
        Tool(
            "convert",
            "Convert an amount from one unit to another.",
            convert,
            (
                Argument("value", amount, too_big, "How much should I convert?"),
                Argument("from_unit", text("Unit it is in", 60), unit, "From which unit?"),
                Argument("to_unit", text("Unit wanted", 60), unit, "Into which unit?"),
            ),
        ),
    )
