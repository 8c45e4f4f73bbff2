"""The local web app: pages over the same results that the command line prints.

No science lives here. A page reads the plain data of a result, a check, a verdict or a record, and
shows it; what it says in sentences comes from `report`.
"""
