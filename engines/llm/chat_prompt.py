"""From a conversation to a prompt: the model's own chat template, and a conversation that always fits the context.

Prompts are append-only as long as the conversation is, so the cache can be used again. When the oldest exchanges
have to go, more go than must, and they stay away: the next turns append again.
"""

from __future__ import annotations

import itertools
import json
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import jinja2
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from engines.llm.chat_messages import as_dicts, tool_dicts
from engines.llm.reply_text import OPEN
from engines.types import Message, ToolSpec

log = logging.getLogger("repartee.llm.prompt")

CHATML = (  # with tools as Hermes and Qwen read them
    "{%- if tools %}<|im_start|>system\nYou may call these tools:\n<tools>"
    "{% for tool in tools %}\n{{ tool | tojson }}{% endfor %}\n</tools>\n"
    'Call one with <tool_call>{"name": ..., "arguments": {...}}</tool_call><|im_end|>\n{% endif %}'
    "{%- for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}"
    "{%- for call in message.tool_calls or [] %}<tool_call>"
    '{"name": {{ call.function.name | tojson }}, "arguments": {{ call.function.arguments | tojson }}}'
    "</tool_call>{% endfor %}<|im_end|>\n{% endfor %}"
    "{%- if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
ROOM_AFTER_DROPPING = 0.6  # of the prompt's limit is filled once exchanges had to be dropped
SHORTEST = 64  # characters that a message is not cut below

Tokenize = Callable[[str], list[int]]


_MAY_BE_SPECIAL = re.compile(r"<[^<>\s]{1,60}>|\[/?[A-Z_]{1,40}\]")


@dataclass(frozen=True)
class Prompt:
    """`stable` tokens begin the next prompt too; `thinking` if the template has opened a thought already."""

    tokens: list[int]
    stable: int
    thinking: bool


@dataclass(frozen=True)
class Words:
    """What a prompt needs to know of a model's vocabulary. `tokenize` recognises special tokens."""

    tokenize: Callable[[str], list[int]]
    is_special: Callable[[str], bool]
    bos: int | None = None  # the token that every prompt begins with
    bos_text: str = ""
    eos_text: str = ""


class ChatPrompt:
    """One model's prompts. Remembers only which exchanges it has dropped from the conversation."""

    def __init__(self, template: str | None, words: Words) -> None:
        self._words = words
        self._chatml = self._compile(CHATML)
        self._formatter = self._chatml
        if template:
            try:
                self._formatter = self._compile(template)
            except jinja2.TemplateError as error:
                log.warning("the model's chat template is not valid (%s); ChatML is used", error)
        self._dropped: tuple[Message, Message, int] | None = None  # first message, first kept one, how many

    def build(self, messages: Sequence[Message], tools: Sequence[ToolSpec], limit: int) -> Prompt:
        """The prompt, of at most `limit` tokens: of all messages, or the system's and the latest ones."""
        cleaned = [self._clean(message) for message in messages]
        system = list(itertools.takewhile(lambda message: message.role == "system", cleaned))
        said = cleaned[len(system) :]
        start = self._dropped_from(said)
        prompt = self._prompt(system + said[start:], tools)
        if len(prompt.tokens) <= limit:
            return prompt
        for later in [i for i in range(start + 1, len(said)) if said[i].role == "user"]:
            start = later
            prompt = self._prompt(system + said[start:], tools)
            self._dropped = (said[0], said[start], start)
            if len(prompt.tokens) <= limit * ROOM_AFTER_DROPPING:
                return prompt
        return self._shortened(system + said[start:], tools, limit, prompt)

    def _shortened(
        self, messages: list[Message], tools: Sequence[ToolSpec], limit: int, prompt: Prompt
    ) -> Prompt:
        """The last exchange alone is too long: cut the middle out of its longest messages, then the tools."""
        while len(prompt.tokens) > limit:
            if _cut_longest(messages):
                prompt = self._prompt(messages, tools)
            elif tools:
                tools = ()
                prompt = self._prompt(messages, tools)
            else:
                return Prompt(prompt.tokens[-limit:], 0, False)
        return prompt

    def _dropped_from(self, said: Sequence[Message]) -> int:
        """Where this conversation begins by now, if it is the one whose beginning was dropped."""
        if self._dropped is not None:
            first, kept, start = self._dropped
            if start < len(said) and said[0] == first and said[start] == kept:
                return start
        self._dropped = None
        return 0

    def _prompt(self, messages: Sequence[Message], tools: Sequence[ToolSpec]) -> Prompt:
        text = self._render(messages, tools, add_generation_prompt=True)
        before = self._render(messages, tools, add_generation_prompt=False)
        tokens = self._encode(text)
        stable = 0
        if text.startswith(before):  # then what follows is the invitation to answer: short, at the end
            stable = max(0, len(tokens) - len(self._words.tokenize(text[len(before) :])))
        return Prompt(tokens, stable, thinking=text.rstrip().endswith(OPEN))

    def _encode(self, text: str) -> list[int]:
        tokens = self._words.tokenize(text)
        if self._words.bos is not None and tokens[:1] != [self._words.bos]:
            tokens.insert(0, self._words.bos)
        return tokens

    def _render(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], *, add_generation_prompt: bool
    ) -> str:
        attempts = (
            (self._formatter, messages),
            (self._formatter, _plain(messages)),  # some templates refuse system or tool messages
            (self._chatml, messages),
        )
        for formatter, form in attempts:
            formatter.add_generation_prompt = add_generation_prompt
            try:
                response = formatter(
                    messages=as_dicts(form, arguments_as_text=False),
                    tools=tool_dicts(tools) or None,
                    enable_thinking=False,
                )
            except (jinja2.TemplateError, ValueError, TypeError, LookupError) as error:
                log.debug("the chat template refused the conversation: %s", error)
            else:
                return str(response.prompt)
        raise AssertionError("ChatML takes every conversation")

    def _compile(self, template: str) -> Any:
        return Jinja2ChatFormatter(
            template=template, eos_token=self._words.eos_text, bos_token=self._words.bos_text
        )

    def _clean(self, message: Message) -> Message:
        """Without special tokens written out: nobody may end the user's turn and speak as the system."""
        text = message.content
        while True:
            cleaned = _MAY_BE_SPECIAL.sub(
                lambda found: "" if self._words.is_special(found[0]) else found[0], text
            )
            if cleaned == text:
                return message if text == message.content else replace(message, content=text)
            text = cleaned


def _cut_longest(messages: list[Message]) -> bool:
    """Cut the middle half out of the longest message; False if none is long."""
    index = max(range(len(messages)), key=lambda i: len(messages[i].content), default=-1)
    if index < 0 or len(messages[index].content) <= SHORTEST:
        return False
    text = messages[index].content
    quarter = len(text) // 4
    messages[index] = replace(messages[index], content=f"{text[:quarter]} … {text[-quarter:]}")
    return True


def _plain(messages: Sequence[Message]) -> list[Message]:
    """The same said by a user and an assistant in turn: system and tool messages become the user's."""
    plain: list[Message] = []
    for message in messages:
        role: Literal["user", "assistant"] = "assistant" if message.role == "assistant" else "user"
        calls = [f"{call.name}({json.dumps(dict(call.arguments))})" for call in message.tool_calls]
        text = "\n".join(filter(None, [message.content, *calls]))
        if plain and plain[-1].role == role:
            plain[-1] = Message(role, f"{plain[-1].content}\n\n{text}")
        else:
            plain.append(Message(role, text))
    return plain
