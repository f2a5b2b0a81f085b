"""How fast and how large, against a baseline measured in the same run. docs/decisions/0008-measuring.md says why.

`make bench`, or `python -m benchmarks`. Everything happens in a database and a folder that are thrown away.
"""
