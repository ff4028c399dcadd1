"""Chat with any OpenAI-compatible server, streamed; a cancel closes the connection at once, so the server stops too.

Works in the main process: it only waits, on a private thread. The API key is sent to the server and nowhere else.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import queue
import re
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, Any

from engines.cancel import CancelToken
from engines.errors import EngineError, ServerError
from engines.llm import server_errors
from engines.llm.call_assembler import BadArguments, CallAssembler
from engines.llm.chat_messages import as_dicts, tool_dicts
from engines.llm.loop_thread import LoopThread
from engines.llm.reply_text import ThinkFilter
from engines.llm.tool_grammar import ToolCallSplitter
from engines.types import EngineInfo, Message, ToolCall, ToolSpec

if TYPE_CHECKING:
    from openai import AsyncOpenAI

log = logging.getLogger("repartee.llm.server")

NO_KEY = "not-needed"  # local servers want some key, no matter which
_NO_TOOLS = re.compile(r"not support tools|requires --jinja|enable-auto-tool-choice|tools? (is|are) not supp")

_Put = Callable[[str | ToolCall | EngineError | None], None]


class OpenAICompatibleModel:
    """A LanguageModel. `model=""` takes the first that the server names. Times out in seconds; `read_timeout` is
    the longest silence of a server, before the first token too. Errors are ServerError."""

    def __init__(
        self,
        *,
        base_url: str,
        model: str = "",
        api_key: str = "",
        temperature: float = 0.7,
        max_tokens: int = 512,
        connect_timeout: float = 10.0,
        read_timeout: float = 120.0,
    ) -> None:
        self._base_url = base_url
        self._model = model
        self._key = api_key.strip()
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._limits: dict[str, Any] = {"max_tokens": max_tokens, "temperature": temperature}
        self._offers_tools = True
        self._client: AsyncOpenAI | None = None
        self._loop: LoopThread | None = None

    def start(self) -> EngineInfo:
        """Without a model's name the server is asked for one; else nothing is sent before the first reply."""
        self._address = server_errors.parse_address(self._base_url)
        if not self._key.isascii():
            raise ServerError("The API key has characters that no key has. Enter it again in the settings.")
        self._client = self._open_client()
        self._loop = LoopThread("llm-server")
        if not self._model:
            try:
                self._model = self._ask_for_model()
            except BaseException:
                self.close()
                raise
        details = {"server": self._address.shown}
        return EngineInfo("openai-compatible", self._model, self._address.is_local, details)

    def close(self) -> None:
        loop, client = self._loop, self._client
        self._loop = self._client = None
        if loop is not None and client is not None:
            loop.close(client.close)

    def reply(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], cancel: CancelToken
    ) -> Generator[str | ToolCall]:
        """Yield text and calls as they come. What came before an error is kept: the error is raised after it."""
        if self._loop is None:
            raise EngineError("The connection to the text model's server is closed. Start it first.")
        if cancel.cancelled:
            return
        results: queue.SimpleQueue[str | ToolCall | EngineError | None] = queue.SimpleQueue()
        answering = self._loop.submit(self._answer(messages, tools, results.put))
        answering.add_done_callback(lambda _: results.put(None))
        withdraw = cancel.on_cancel(lambda: _stop(answering))
        try:
            while (item := results.get()) is not None and not cancel.cancelled:
                if isinstance(item, EngineError):
                    raise item
                yield item
        finally:
            withdraw()
            answering.cancel()

    async def _answer(self, messages: Sequence[Message], tools: Sequence[ToolSpec], put: _Put) -> None:
        """The whole of a reply into `put`, an error as its last item; on the private thread."""
        spoken = False

        def note(item: str | ToolCall | EngineError | None) -> None:
            nonlocal spoken
            spoken = True
            put(item)

        try:
            stream = await self._open_stream(messages, tools)
            try:
                await self._read(stream, note)
            finally:
                await stream.close()
        except asyncio.CancelledError:
            raise
        except EngineError as error:
            put(error)
        except BadArguments as error:
            put(server_errors.bad_arguments(self._address, error.name))
        except Exception as error:
            log.debug("reply failed: %s", type(error).__name__)  # no more: some texts repeat what was sent
            put(server_errors.describe(error, self._address, self._model, self._key, answering=spoken))

    async def _open_stream(self, messages: Sequence[Message], tools: Sequence[ToolSpec]) -> Any:
        """Send the request; once more after a lost connection, and with less for a server that takes less."""
        import openai

        assert self._client is not None
        lost = 0
        while True:
            request: dict[str, Any] = {"model": self._model, "stream": True, **self._limits}
            request["messages"] = as_dicts(messages, arguments_as_text=True)
            if tools and self._offers_tools:
                request["tools"] = tool_dicts(tools)
            try:
                return await self._client.chat.completions.create(**request)
            except openai.APITimeoutError:
                raise
            except openai.APIConnectionError:
                lost += 1
                if lost > 1:
                    raise
            except openai.APIStatusError as error:
                if not self._asks_less(error, "tools" in request):
                    raise

    def _asks_less(self, error: Any, sent_tools: bool) -> bool:
        """Change what later requests say, if that is what this server did not accept."""
        said = str(error.body)
        if error.status_code not in (400, 422, 500, 501):
            return False
        if "max_tokens" in self._limits and "max_completion_tokens" in said:  # OpenAI's reasoning models
            self._limits["max_completion_tokens"] = self._limits.pop("max_tokens")
        elif "temperature" in self._limits and "temperature" in said:
            del self._limits["temperature"]
        elif sent_tools and _NO_TOOLS.search(said):
            log.warning("%s takes no tools: the model can't set timers or keep notes", self._address.shown)
            self._offers_tools = False
        else:
            return False
        return True

    async def _read(self, stream: Any, put: _Put) -> None:
        thoughts, calls, written = ThinkFilter(), CallAssembler(), ToolCallSplitter()

        def take(text: str) -> None:
            for item in written.feed(text):  # some servers leave the calls of a model in its text
                put(item)

        chunks, finished = 0, False
        async for chunk in stream:
            chunks += 1
            for choice in chunk.choices or ()[:1]:
                finished = finished or choice.finish_reason is not None
                take(thoughts.feed(_text(choice.delta)))
                for part in getattr(choice.delta, "tool_calls", None) or ():
                    calls.feed(part.index, part.id, *_function(part))
        take(thoughts.finish())
        for item in written.finish():
            put(item)
        if not chunks:
            raise ValueError("no event in the stream")
        if not finished and "transfer-encoding" not in stream.response.headers:
            raise server_errors.broke_off(self._address)  # only closed: that may be the end or a cut
        for call in calls.finish():
            put(call)

    def _ask_for_model(self) -> str:
        assert self._loop is not None
        asking = self._loop.submit(self._first_model())
        try:
            return asking.result()
        except EngineError as error:
            raise error from None
        except Exception as error:
            described = server_errors.describe(error, self._address, "", self._key, answering=False)
        raise described

    async def _first_model(self) -> str:
        assert self._client is not None
        page = await self._client.models.list(timeout=self._connect_timeout)
        names = [model.id for model in page.data or ()]
        if not names:
            raise ServerError(f"The server at {self._address.shown} offers no model. Set llm.model.")
        return names[0]

    def _open_client(self) -> AsyncOpenAI:
        import openai

        key = self._key or NO_KEY
        timeout = openai.Timeout(self._read_timeout, connect=self._connect_timeout)
        client = openai.AsyncOpenAI(
            api_key=key,
            base_url=self._address.url,
            max_retries=0,
            timeout=timeout,
            default_headers={"Authorization": f"Bearer {key}"},  # else the environment may set another
            http_client=openai.DefaultAsyncHttpxClient(
                timeout=timeout, trust_env=not self._address.is_loopback
            ),
        )
        if not self._address.host.endswith("openai.com"):  # what the environment says is for OpenAI alone
            client.organization = client.project = client.admin_api_key = None
        return client


def _stop(answering: concurrent.futures.Future[None]) -> None:
    answering.cancel()


def _text(delta: Any) -> str:
    content = getattr(delta, "content", None) or getattr(delta, "refusal", None)
    return content if isinstance(content, str) else ""


def _function(part: Any) -> tuple[str | None, str | None]:
    function = part.function
    return (function.name, function.arguments) if function is not None else (None, None)
