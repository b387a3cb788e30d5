"""Holds documents against a published schema: one document a line, one line for each with what is wrong, or "valid"."""

import json
import sys

from jsonschema import Draft202012Validator

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
for line in sys.stdin:
    errors = sorted(validator.iter_errors(json.loads(line)), key=lambda error: list(map(str, error.absolute_path)))
    print("; ".join(f"{error.json_path}: {error.message[:300]}" for error in errors).replace("\n", " ") or "valid")
