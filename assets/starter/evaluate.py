"""Held-out evaluation of the starter, through the app's own engine: `python -m assets.starter.evaluate [--json]`.

Each line of `heldout.jsonl` is a request by hand that the generator never yields: {"category", "ask", "history"?, and
"calls" (the tool calls that are right, in order) or "reply" (the kind of spoken answer)}. History entries have "user"
and "assistant" (words) or "calls". How answers are judged:
- calls: the same tools in the same order with the same arguments; text regardless of case, sums by their value;
- spoken: one of the sentences of that kind, word for word (generate/small_talk.py, app_help.py);
- out of scope, honest: no call, and one of the refusals of generate/refusals.py word for word, so that nothing can be
  invented; "kind" counts those where it is also the refusal of the right kind;
- malformed: neither a word nor a call that fits its tool's schema.
Prints a table, then one JSON line.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engines.cancel import CancelToken
from engines.llm.llama_cpp import LlamaCppModel
from engines.types import Message, ToolCall, ToolSpec

from .generate import app_help, refusals, small_talk

HERE = Path(__file__).parent
HELD_OUT = HERE / "heldout.jsonl"
SETS = {"first": HELD_OUT, "second": HERE / "heldout_second.jsonl"}
MODEL = HERE / "starter.gguf"
HONEST = frozenset(refusals.REFUSALS.values())
TOOLS_BAR, HONEST_BAR = 0.90, 0.95


@dataclass(frozen=True)
class Outcome:
    case: dict[str, Any]
    text: str
    calls: tuple[ToolCall, ...]
    right: bool
    kind_right: bool
    malformed: bool
    first: float  # seconds to the first word or call


def tool_specs() -> tuple[ToolSpec, ...]:
    """The schemas of the app's tools."""
    from app.store import Store
    from app.tools import FakeHost, build_toolbox
    from app.tools.clock import SystemClock

    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "evaluate.sqlite3")
        toolbox = build_toolbox(store, FakeHost(), SystemClock(), lambda _: None)
        specs = toolbox.specs
        toolbox.close()
        store.close()
    return specs


def messages(case: dict[str, Any]) -> list[Message]:
    """The conversation up to the request, as the app keeps it: a tool's sentence follows its call."""
    out: list[Message] = []
    for turn in case.get("history", ()):
        out.append(Message("user", turn["user"]))
        if calls := turn.get("calls"):
            made = tuple(ToolCall(c["name"], c["arguments"], f"call_{i}") for i, c in enumerate(calls))
            out.append(Message("assistant", tool_calls=made))
            out += [Message("tool", "Done.", tool_call_id=c.id) for c in made]
        else:
            out.append(Message("assistant", turn["assistant"]))
    return [*out, Message("user", case["ask"])]


def same_value(name: str, key: str, wanted: object, got: object) -> bool:
    """Whether an argument is right."""
    if isinstance(wanted, str) and isinstance(got, str):
        if name == "calculate" and wanted != got:
            return worth(wanted) is not None and worth(wanted) == worth(got)
        return " ".join(wanted.lower().split()) == " ".join(got.lower().split())
    return wanted == got


def worth(expression: str) -> object:
    from app.tools.arithmetic import compute
    from app.tools.sum_tokens import CannotCompute

    try:
        return compute(expression).number
    except CannotCompute:
        return None


def same_call(wanted: dict[str, Any], got: ToolCall) -> bool:
    if wanted["name"] != got.name:
        return False
    a, b = dict(wanted["arguments"]), dict(got.arguments)
    for arguments in (a, b):
        if arguments.get("list") == "shopping":  # the default
            del arguments["list"]
    return a.keys() == b.keys() and all(same_value(got.name, k, v, b[k]) for k, v in a.items())


def judge(
    case: dict[str, Any], text: str, calls: Sequence[ToolCall], specs: dict[str, ToolSpec], first: float
) -> Outcome:
    malformed = (not text and not calls) or any(not fits(c, specs) for c in calls) or "<" in text
    kind_right = True
    if case["category"] == "out_of_scope":
        right = not calls and text in HONEST
        kind_right = right and text in {refusals.REFUSALS[k] for k in case["reply"].split(",")}
    elif wanted := case.get("calls"):
        right = not text and len(calls) == len(wanted) and all(map(same_call, wanted, calls))
    else:
        kind = case["reply"]
        right = not calls and text in (*small_talk.REPLIES.get(kind, ()), app_help.ANSWERS.get(kind))
    return Outcome(case, text, tuple(calls), right, kind_right, malformed, first)


def fits(call: ToolCall, specs: dict[str, ToolSpec]) -> bool:
    """Whether a call names a tool and has only its arguments, and all that it must have."""
    spec = specs.get(call.name)
    if spec is None:
        return False
    properties, required = spec.parameters["properties"], spec.parameters["required"]
    kinds: dict[str, Any] = {"integer": int, "number": (int, float), "string": str}
    return set(required) <= set(call.arguments) <= set(properties) and all(
        isinstance(v, kinds[properties[k]["type"]]) for k, v in call.arguments.items()
    )


def run(model: Path, requests: Path = HELD_OUT) -> list[Outcome]:
    specs = tool_specs()
    by_name = {s.name: s for s in specs}
    engine = LlamaCppModel(model=str(model), temperature=0.0, context=1024, max_tokens=200, seed=1)
    engine.start()
    outcomes = []
    for line in requests.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        text, calls, first = "", [], 0.0
        began = time.perf_counter()
        for item in engine.reply(messages(case), specs, CancelToken()):
            first = first or time.perf_counter() - began
            if isinstance(item, str):
                text += item
            else:
                calls.append(item)
        outcomes.append(judge(case, text.strip(), calls, by_name, first))
    engine.close()
    return outcomes


FOOTPRINT = """
import json, sys, time
import psutil
from engines.cancel import CancelToken
from engines.llm.llama_cpp import LlamaCppModel
from engines.types import Message
began = time.perf_counter()
engine = LlamaCppModel(model=sys.argv[1], temperature=0.0, context=2048, max_tokens=400, seed=1)
engine.start()
load = time.perf_counter() - began
talk = [Message("user", "set a timer"), Message("assistant", "For how long?"), Message("user", "who wrote that book")]
first = []
for _ in range(20):
    began = time.perf_counter()
    stream = engine.reply(talk, (), CancelToken())
    next(stream)
    first.append(time.perf_counter() - began)
    stream.close()
    talk += [Message("assistant", "I don't know that."), Message("user", "and what is the capital of that country")]
native = engine._loaded.native
cache = engine._loaded.cache
began = time.perf_counter()
for token in range(400, 700):
    cache.append(token)
speed = 300 / (time.perf_counter() - began)
first.sort()
print(json.dumps({
    "load_s": round(load, 3),
    "ttft_ms": round(first[len(first) // 2] * 1000, 1), "ttft_worst_ms": round(first[-1] * 1000, 1),
    "tokens_per_s": round(speed), "rss_mb": round(psutil.Process().memory_info().rss / 1e6),
}))
"""


def footprint(model: Path) -> dict[str, float]:
    """Load time, first token, decoding speed and memory, in a process of its own as in the app."""
    done = subprocess.run(
        [sys.executable, "-c", FOOTPRINT, str(model)], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def table(outcomes: Sequence[Outcome]) -> str:
    total, right = (
        Counter(o.case["category"] for o in outcomes),
        Counter(o.case["category"] for o in outcomes if o.right),
    )
    rows = [
        f"{name:<16}{right[name]:>4} of {count:>3}{right[name] / count:>8.1%}"
        for name, count in total.items()
    ]
    return "\n".join(rows)


def summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    def share(chosen: list[Outcome]) -> float:
        return round(sum(o.right for o in chosen) / max(1, len(chosen)), 4)

    with_calls = [o for o in outcomes if o.case.get("calls")]
    outside = [o for o in outcomes if o.case["category"] == "out_of_scope"]
    return {
        "requests": len(outcomes),
        "all": share(list(outcomes)),
        "tools": share(with_calls),
        "multi_turn": share([o for o in outcomes if o.case["category"] == "multi_turn"]),
        "out_of_scope_honest": share(outside),
        "out_of_scope_kind": round(sum(o.kind_right for o in outside) / len(outside), 4),
        "spoken": share([o for o in outcomes if o.case["category"] in ("small_talk", "app")]),
        "malformed": sum(o.malformed for o in outcomes),
        "spoken_requests_tools": share([o for o in with_calls if o.case.get("speak")]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--set", choices=tuple(SETS), default="first", help="which held-out requests")
    parser.add_argument("--json", action="store_true", help="only the JSON line")
    parser.add_argument("--wrong", action="store_true", help="list what went wrong")
    a = parser.parse_args()
    outcomes = run(a.model, SETS[a.set])
    report = {"set": a.set, **summary(outcomes), **footprint(a.model)}
    if not a.json:
        print(table(outcomes))
        for o in outcomes if a.wrong else ():
            if not (o.right and o.kind_right):
                got = o.text or " ".join(
                    f"{c.name}{json.dumps(dict(c.arguments), ensure_ascii=False)}" for c in o.calls
                )
                print(f"  [{o.case['category']}] {o.case['ask']}\n      -> {got}")
        print()
    print(json.dumps(report))
    sys.exit(
        0
        if report["tools"] >= TOOLS_BAR
        and report["out_of_scope_honest"] >= HONEST_BAR
        and not report["malformed"]
        else 1
    )


if __name__ == "__main__":
    main()
