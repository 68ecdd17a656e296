"""Planner (เหลืออีกเท่าไรจะถึงเกณฑ์) and comparison over years of a unit's result.

What is missing to a level, what each item is worth, what would be if, and the cheapest set of mends;
what moved a total between two years. Arithmetic: engine/planner and engine/comparison.py.
Start with queries.py, then views.py. Pages: templates/assessments/planner.
"""
