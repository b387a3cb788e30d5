# Speaks to the server at the given socket as any Varlink program would, and prints what it got as JSON.
import json
import sys

import varlink

address = "unix:" + sys.argv[1]
seen = {}
with varlink.Client.new_with_address(address) as client:
    with client.open("org.varlink.service") as service:
        seen["info"] = service.GetInfo()
        seen["description"] = service.GetInterfaceDescription("io.dutyd.Test")["description"]
        seen["own"] = service.GetInterfaceDescription("org.varlink.service")["description"]
        try:
            service.GetInterfaceDescription("io.dutyd.Nothing")
        except varlink.InterfaceNotFound as error:
            seen["notFound"] = error.parameters()["interface"]
    with client.open("io.dutyd.Test") as test:
        seen["echo"] = test.Echo(text="河 \"quoted\"\n", number=7)
        seen["stream"] = [reply["number"] for reply in test.Count(upto=4, _more=True)]
        seen["afterStream"] = test.Echo(text="again", number=1)
        test.Note(text="one way", _oneway=True)
        try:
            test.Refuse(reason="no")
        except varlink.VarlinkError as error:
            seen["error"] = [error.error(), error.parameters()]
        seen["afterErrors"] = test.Echo(text="still", number=2)
print(json.dumps(seen))
