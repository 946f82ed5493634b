"""Which trials are like a trial, why, how strongly, and how they differ.

A trial becomes words and shared things (drugs, targets, conditions, people, places), each with a
weight that falls with how common it is. The score of two trials is a sum over what they share, so
every result explains itself: its reasons *are* the summands.
"""
