"""The fake service as a Python program sees it: botocore's client of it, and its administration."""

import json
import os
import urllib.request

import botocore.config
import botocore.exceptions
import botocore.session

URL = os.environ["AWS_ENDPOINT_URL_IVS_REALTIME"]


def client():
    """A client configured by nothing but the environment, that makes each call once."""
    once = botocore.config.Config(retries={"total_max_attempts": 1})
    return botocore.session.get_session().create_client("ivs-realtime", config=once)


def administer(action, **members):
    """POST /_fake/{action}: the answer, or the message of the refusal as a RuntimeError."""
    request = urllib.request.Request(f"{URL}/_fake/{action}", json.dumps(members).encode(), method="POST")
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        raise RuntimeError(refused.read().decode()) from refused


def code_of(call):
    """The code of the error that a call meets; None where it succeeds."""
    try:
        call()
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
    return None
