"""Prints what JMESPath's own implementation makes of expressions: a line of JSON for each expression and value.

Expressions are those of the waiters and of the endpoint parameters that botocore has, and those of the file that is the
first argument, one a line. Values are made for each expression: what it names is there, mostly, and sometimes null, of
another type or missing.
"""

import json
import os
import random
import sys

import botocore
import jmespath
from jmespath.exceptions import JMESPathError

VALUES = 12
SERVICES_WITH_PATHS = ["dynamodb/2012-08-10", "s3/2006-03-01", "kinesis/2013-12-02"]


def expressions(path):
    with open(path, encoding="utf-8") as lines:
        found = {line.rstrip("\n") for line in lines if line.strip()}
    data = os.path.join(os.path.dirname(botocore.__file__), "data")
    for folder, _, files in os.walk(data):
        if "waiters-2.json" in files:
            for waiter in load(os.path.join(folder, "waiters-2.json"))["waiters"].values():
                for acceptor in waiter["acceptors"]:
                    if acceptor["matcher"].startswith("path"):
                        found.add(acceptor["argument"])
    for service in SERVICES_WITH_PATHS:
        for name in ("service-2.json", "service-2.json.gz"):
            file = os.path.join(data, service, name)
            if os.path.exists(file):
                for operation in load(file)["operations"].values():
                    found.update(one["path"] for one in operation.get("operationContextParams", {}).values())
    return sorted(found)


def load(file):
    if file.endswith(".gz"):
        import gzip

        with gzip.open(file, "rt", encoding="utf-8") as text:
            return json.load(text)
    with open(file, encoding="utf-8") as text:
        return json.load(text)


class Shape:
    """What an expression expects of a value: members, elements, and constants that it may be."""

    def __init__(self):
        self.members, self.element, self.constants, self.is_map = {}, None, [], False

    def member(self, name):
        return self.members.setdefault(name, Shape())

    def elements(self):
        self.element = self.element or Shape()
        return self.element

    def any_member(self):
        self.is_map = True
        return self.member("some")


def expect(node, shape):
    """Notes what an expression expects of a shape; the shape of what it comes to."""
    kind, children = node["type"], node["children"]
    if kind == "field":
        return shape.member(node["value"])
    if kind == "index":
        return shape.elements()
    if kind in ("subexpression", "index_expression", "pipe"):
        for child in children:
            shape = expect(child, shape)
        return shape
    if kind == "flatten":
        list_of = expect(children[0], shape)
        return list_of
    if kind in ("projection", "filter_projection"):
        element = expect(children[0], shape).elements()
        if kind == "filter_projection":
            expect(children[2], element)
        expect(children[1], element)
        return Shape()
    if kind == "value_projection":
        expect(children[1], expect(children[0], shape).any_member())
        return Shape()
    if kind == "literal":
        result = Shape()
        result.constants.append(node["value"])
        return result
    results = [expect(child, shape) for child in children]
    constants = [constant for result in results for constant in result.constants]
    for result in results:
        result.constants.extend(constants)
        if kind == "function_expression" and node["value"] in ("contains", "length"):
            result.elements().constants.extend(constants)
    return Shape() if kind not in ("current", "identity") else shape


def value(shape, luck):
    chance = luck.random()
    if chance < 0.05:
        # Python holds 0 for false and 1 for true, and so does its `contains`.
        numbers = [] if any(isinstance(constant, bool) for constant in shape.constants) else [0, 1]
        return luck.choice([None, "", [], {}, False, True, "other", *numbers])
    kinds = [kind for kind, has in (("object", shape.members), ("list", shape.element)) if has]
    if shape.constants and (not kinds or chance < 0.5):
        constant = luck.choice(shape.constants)
        return constant + luck.choice([-1, 0, 1]) if type(constant) in (int, float) else constant
    if not kinds:
        return luck.choice([None, "some", "other", "", 0, 1, 2, 2.5, True, False, ["some"], [], {"a": 1}])
    if luck.choice(kinds) == "list":
        return [value(shape.element, luck) for _ in range(luck.randrange(4))]
    # Members of an object have no order, so that of several nobody knows which comes first.
    names = [luck.choice([*shape.members, "more"])] if shape.is_map else list(shape.members)
    made = {}
    for name in names:
        if luck.random() < 0.9:
            made[name] = value(shape.members.get(name) or shape.members["some"], luck)
    return made


def main():
    luck = random.Random(7)
    for expression in expressions(sys.argv[1]):
        compiled = jmespath.compile(expression)
        shape = Shape()
        expect(compiled.parsed, shape)
        for _ in range(VALUES):
            of = value(shape, luck)
            line = {"expression": expression, "of": of}
            try:
                line["found"] = compiled.search(of)
            except JMESPathError:
                line["refused"] = True
            print(json.dumps(line))


main()
