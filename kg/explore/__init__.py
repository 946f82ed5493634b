"""The graph as a network to walk: views for networkx, paths, communities, repurposing, timelines.

Ranking lives elsewhere; here a person looks around. Whatever starts from one thing reads only
what lies near it, and says what it left out.
"""
