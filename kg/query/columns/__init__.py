"""SPARQL over columns: the same questions, for answers that read much of the graph.

The store finds a trial or a drug at once, and takes long where a question touches every trial. Here
each property is a table of two columns in DuckDB, and a query becomes SQL over these tables.
`tables` makes them from the store, `patterns` and `expressions` turn the algebra into SQL, `answer`
runs it. What is not covered (a variable as property, CONSTRUCT, some functions) is refused by name.
"""
