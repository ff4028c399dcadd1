"""What went wrong with a server, in one sentence that says what to do next, and never with a key in it. Pure."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from engines.errors import ServerError

QUOTE_CHARACTERS = 160  # of what a server said


@dataclass(frozen=True)
class ServerAddress:
    """A checked base URL. `shown` is without user name, password and query: fit for a person and a log."""

    url: str
    host: str
    shown: str

    @property
    def is_loopback(self) -> bool:
        if self.host == "localhost" or self.host.endswith(".localhost"):
            return True
        address = _ip(self.host)
        return address is not None and (address.is_loopback or address.is_unspecified)

    @property
    def is_local(self) -> bool:
        """Whether what is said stays in this house: loopback, private addresses, mDNS names. Else unknown."""
        address = _ip(self.host)
        if address is not None and address.is_private:
            return True
        return self.is_loopback or self.host.endswith(".local")


def parse_address(base_url: str) -> ServerAddress:
    """Raises ServerError if it is no address of a web server."""
    text = base_url.strip().rstrip("/").removesuffix("/chat/completions")
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or re.search(r"\s", text):
        raise ServerError(
            "llm.base_url is not the address of a server. Write it like http://127.0.0.1:8080/v1."
        )
    written = f"[{host}]" if ":" in host else host
    shown = f"{parts.scheme}://{written}{f':{port}' if port else ''}{parts.path}"
    return ServerAddress(text, host, shown)


def describe(
    error: BaseException, address: ServerAddress, model: str, secret: str, *, answering: bool
) -> ServerError:
    """The sentence for an exception of the `openai` package; `answering` once something of a reply had come."""
    import openai

    server = f"The server at {address.shown}"
    if isinstance(error, openai.APITimeoutError):
        if "ConnectTimeout" in type(error.__cause__).__name__:
            return ServerError(f"No server answers at {address.shown}. Start it or change llm.base_url.")
        return ServerError(f"{server} stopped answering. Ask again or restart it.")
    if isinstance(error, openai.APIConnectionError):
        return _connection_error(error, address, answering)
    if isinstance(error, openai.APIStatusError):
        return ServerError(_status_sentence(error, address, model, secret))
    if isinstance(error, openai.APIError):  # an error sent inside the stream
        return ServerError(f"{server} gave up{_quote(error, secret)}. Ask again or look at its log.")
    return ServerError(
        f"{server} sent what is no chat answer. Check that llm.base_url is an OpenAI-compatible address."
    )


def broke_off(address: ServerAddress) -> ServerError:
    return ServerError(f"The server at {address.shown} broke off in the middle of its answer. Ask again.")


def bad_arguments(address: ServerAddress, tool: str) -> ServerError:
    return ServerError(
        f"The model at {address.shown} called {tool or 'a tool'} with arguments that can't be read. Ask again."
    )


def _connection_error(error: BaseException, address: ServerAddress, answering: bool) -> ServerError:
    said = " ".join(str(cause) for cause in _causes(error))
    if "CERTIFICATE_VERIFY_FAILED" in said:
        return ServerError(f"The certificate of {address.shown} is not trusted. Check llm.base_url.")
    if re.search(r"Name or service not known|nodename nor servname|getaddrinfo|name resolution", said):
        return ServerError(
            f"The server name {address.host} is not known. Check llm.base_url and the network."
        )
    if answering or "peer closed connection" in said:
        return broke_off(address)
    return ServerError(f"No server answers at {address.shown}. Start it or change llm.base_url.")


def _status_sentence(error: Any, address: ServerAddress, model: str, secret: str) -> str:
    server, status, quote = f"The server at {address.shown}", int(error.status_code), _quote(error, secret)
    if status in (401, 403):
        return f"{server} refused the API key ({status}). Enter a valid key in the settings."
    if status == 404 and re.search(r"model", str(error.body or ""), re.IGNORECASE):
        return f"{server} does not have the model {model}. Change llm.model."
    if status == 404:
        return f"There is no chat service at {address.shown} (404). llm.base_url usually ends in /v1."
    if status == 429:
        return (
            f"{server} says that there were too many requests or the quota is used up (429). Wait a little."
        )
    if status >= 500:
        return f"{server} failed{quote} ({status}). Ask again or look at its log."
    return f"{server} did not accept the request{quote} ({status}). Check llm.model and the server's log."


def _quote(error: Any, secret: str) -> str:
    """What the server itself said, shortened, on one line, without the key (some servers repeat it)."""
    body = error.body
    message = body.get("message") if isinstance(body, dict) else None
    if not isinstance(message, str) or not message.strip():
        return ""
    text = re.sub(r"\s+", " ", message).strip().rstrip(".")
    if secret:
        text = text.replace(secret, "…")
    text = re.sub(r"\b(sk|key|Bearer)[-_ ][\w*.-]{4,}", "…", text)
    return f": “{text[:QUOTE_CHARACTERS]}”"


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
