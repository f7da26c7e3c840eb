"""Makes calls with botocore, without a network, and tells what it would send and what it makes of the answers.

Usage: python3 calls.py CALLS SERVICE

CALLS is a file with a JSON object in each line: `operation`, `input`, and the answer: `status`, `headers` (pairs), `body`
(text). SERVICE is a folder with botocore's description of the service: `service-2.json` and the files beside it. In this
order, a line of JSON is printed for each call: `method`, `origin`, `path`, `query` (pairs, decoded), `type` (of the
content), `body` (text), and `output`, or `error` with code, message and request id, or `failed` with what botocore says.
"""

import json
import math
import shutil
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import botocore.handlers
import botocore.session
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.loaders import Loader

SERVICE = "ivs-realtime"
REGION = "eu-central-1"
TOKEN = "00000000-0000-4000-8000-000000000000"


def client(description, folder):
    """A client of the service that sends every call once, and checks no input."""
    session = botocore.session.get_session()
    session.set_credentials("key", "secret")
    shutil.copytree(description, Path(folder) / SERVICE / "2020-07-14")
    session.register_component("data_loader", Loader(extra_search_paths=[folder]))
    config = Config(parameter_validation=False, retries={"total_max_attempts": 1})
    return session.create_client(SERVICE, region_name=REGION, config=config)


def plain(value):
    """A parsed value as JSON has it: timestamps as text, numbers that JSON does not have as strings."""
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [plain(element) for element in value]
    if isinstance(value, datetime):
        return moment(value.astimezone(timezone.utc))
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def typed(shape, value):
    """An input as Python has it: numbers that JSON has as strings are numbers."""
    if shape.type_name == "structure":
        return {name: typed(shape.members[name], member) for name, member in value.items()}
    if shape.type_name == "list":
        return [typed(shape.member, element) for element in value]
    return float(value) if shape.type_name == "float" else value


def moment(at):
    """A moment as text, with as many decimals as it needs."""
    text = f"{at.year:04}-{at.month:02}-{at.day:02}T{at.hour:02}:{at.minute:02}:{at.second:02}"
    decimals = f".{at.microsecond:06}".rstrip("0").rstrip(".")
    return f"{text}{decimals}Z"


def sent(request):
    """What a request is, taken apart."""
    url = urlsplit(request.url)
    body = request.body or b""
    kind = request.headers.get("Content-Type")
    return {
        "method": request.method,
        "origin": f"{url.scheme}://{url.netloc}",
        "path": url.path,
        "query": parse_qsl(url.query, keep_blank_values=True),
        "type": kind.decode() if isinstance(kind, bytes) else kind,
        "body": body.decode() if isinstance(body, bytes) else body,
    }


def told(error):
    """What an error of the service is known by."""
    said = error.response["Error"]
    return {
        "code": said.get("Code"),
        "message": said.get("Message") or error.response.get("exceptionMessage") or "",
        "request_id": error.response["ResponseMetadata"].get("RequestId"),
    }


def make(service, call):
    """One call: what is sent, and what becomes of the answer."""
    methods = {name: method for method, name in service.meta.method_to_api_mapping.items()}
    seen = {}

    def answer(request, **_):
        seen.update(sent(request))
        body = call["body"].encode()
        return AWSResponse(request.url, call["status"], dict(call["headers"]), SimpleNamespace(stream=lambda: iter([body])))

    event = f"before-send.{SERVICE}"
    service.meta.events.register(event, answer)
    try:
        operation = service.meta.service_model.operation_model(call["operation"])
        output = getattr(service, methods[call["operation"]])(**typed(operation.input_shape, call["input"]))
        output.pop("ResponseMetadata")
        seen["output"] = plain(output)
    except ClientError as error:
        seen["error"] = told(error)
    except Exception as error:
        seen["failed"] = f"{type(error).__name__}: {error}"
    finally:
        service.meta.events.unregister(event, answer)
    return seen


def main():
    """Reads the calls and prints what became of each."""
    botocore.handlers.uuid = SimpleNamespace(uuid4=lambda: TOKEN)
    with tempfile.TemporaryDirectory() as folder:
        service = client(sys.argv[2], folder)
        for line in Path(sys.argv[1]).read_text(encoding="utf-8").split("\n"):
            if line:
                print(json.dumps(make(service, json.loads(line))))


main()
