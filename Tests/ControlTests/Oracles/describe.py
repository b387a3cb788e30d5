"""Reads an interface in the Varlink language with the Varlink project's own parser and says what it declares, as JSON."""

import json
import sys

from varlink.scanner import Interface, _Alias, _Error, _Method

interface = Interface(sys.stdin.read())
fields = lambda struct: sorted(struct.fields)
json.dump(
    {
        "name": interface.name,
        "methods": {
            name: {"in": fields(member.in_type), "out": fields(member.out_type)}
            for name, member in interface.members.items()
            if isinstance(member, _Method)
        },
        "types": {n: fields(m.type) for n, m in interface.members.items() if isinstance(m, _Alias)},
        "errors": [n for n, m in interface.members.items() if isinstance(m, _Error)],
    },
    sys.stdout,
)
