"""Asks maplib, in memory, the questions that come as JSON; tells the cost of each."""

import json
import resource
import sys
import time

from maplib import Model

if __name__ == "__main__":
    begun = time.process_time()
    model = Model()
    model.read(sys.argv[1], format="ntriples")
    told = {"load": time.process_time() - begun, "asked": {}}
    for name, text in json.load(sys.stdin).items():
        spent = []
        try:
            for _ in range(3):
                begun = time.process_time()
                rows = model.query(text).height
                spent.append((time.process_time() - begun) * 1000)
            told["asked"][name] = [sorted(spent)[1], rows]
        except Exception as error:
            print(f"{name}: {error}"[:300], file=sys.stderr)
            told["asked"][name] = [None, None]
    told["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump(told, sys.stdout)
