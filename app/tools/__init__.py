"""What any model can call: timers, sums, notes, the app itself. Each call is answered by a sentence to speak.

`build_toolbox` is the way in. Importing this loads no library beyond the standard one and numpy's types.
"""

from app.tools.clock import Clock, FakeClock, SystemClock
from app.tools.host import FakeHost, ToolHost
from app.tools.result import ToolResult
from app.tools.timers import Due, Timers
from app.tools.toolbox import Toolbox, build_toolbox

__all__ = [
    "Clock",
    "Due",
    "FakeClock",
    "FakeHost",
    "SystemClock",
    "Timers",
    "ToolHost",
    "ToolResult",
    "Toolbox",
    "build_toolbox",
]
