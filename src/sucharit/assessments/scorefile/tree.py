"""An explanation as indented text for a terminal."""

from sucharit.assessments.engine import Explanation


def tree_text(unit: str, tree: Explanation) -> str:
    """One line a node: code, title, displayed value, share, n; the rule and notes below it."""
    level = f"  {tree['level']['th']} ({tree['level']['en']})" if tree["level"] else ""
    lines = [f"{unit}: {tree['display'] or '-'}{level}", *_lines(tree, 0)]
    return "\n".join(lines) + "\n"


def _lines(node: Explanation, depth: int) -> list[str]:
    pad = "  " * depth
    figures = [node["display"] or f"({node['status']})", f"weight {node['weight']}"]
    if node["n"] is not None:
        figures.append(f"n {node['n']}")
    if node["exact"]:
        figures.append(f"= {node['exact']}" if len(node["exact"]) <= 24 else f"~ {node['value']}")
    head = f"{pad}{node['code']}  {node['title']['th']}"
    lines = [f"{head}  {'  '.join(figures)}", f"{pad}    {node['rule']['en']}"]
    lines.extend(
        f"{pad}    part {part['part']}: {part['display'] or '-'} (n {part['n']})"
        for part in node["parts"]
    )
    lines.extend(f"{pad}    note: {note['en']}" for note in node["notes"])
    for child in node["children"]:
        lines.extend(_lines(child, depth + 1))
    return lines
