"""The command ``sucharit``: Django's management commands under one friendly name."""

from __future__ import annotations

import os
import sys

OUR_COMMANDS = {
    "demo": "fill the demo ministry (fiscal year 2567, synthetic answers)",
    "run": "serve the pages (takes the next port when the port is taken)",
    "worker": "work off background jobs",
    "score": "score a file of answers, no database needed",
    "import-units": "bring a register of units in from CSV, XLSX or JSON",
    "import-results": "bring published results in from a file",
    "load-calendar": "fill the civil service's days off and the clocks of law",
    "load-frameworks": "load assessment frameworks from their YAML files",
    "load-strategies": "load the master plan with its goals, indicators and targets",
    "shuffle-answers": "mix the stored answers of open rounds (a timer runs it)",
    "sweep-evidence": "remove stored files that never got their row",
    "verify-ledger": "check the chain and the signed heads of the ledger",
    "sign-ledger": "sign the ledger's present head, to be published outside",
    "load-budget-rules": "load rates and spending targets",
    "check-budget": "compare the sums of budget lines with their transactions",
    "rebuild-search": "fill the search index anew",
    "deliver-webhooks": "send the webhook messages that are due",
    "notify": "make the day's digests and reminders, send the notices that are due",
    "count-measures": "count the figures of indicators the platform counts itself",
    "messages": "collect page texts for translation and compile catalogues",
}


def _help() -> str:
    width = max(map(len, OUR_COMMANDS)) + 2
    rows = "\n".join(f"  {name:<{width}}{text}" for name, text in OUR_COMMANDS.items())
    return (
        "usage: sucharit COMMAND [options]\n\n"
        f"{rows}\n\n"
        "sucharit COMMAND --help tells more about each.\n"
        "Every Django command works too (sucharit migrate, sucharit shell, …).\n"
    )


def main() -> None:
    """Run one command; the exit code is the command's."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sucharit.settings")
    if len(sys.argv) < 2 or sys.argv[1] in {"-h", "--help", "help"}:
        sys.stdout.write(_help())
        return
    if sys.argv[1] == "--version":
        from sucharit import __version__

        sys.stdout.write(f"sucharit {__version__}\n")
        return
    if sys.argv[1] == "score":
        # Without Django: a data scientist's command must not fail over a page or a database.
        from sucharit.assessments.scorefile.cli import main as score

        sys.exit(score(sys.argv[2:]))
    # Command modules are Python files, so a dash in the name becomes an underscore.
    sys.argv[1] = sys.argv[1].replace("-", "_")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["sucharit", *sys.argv[1:]])


if __name__ == "__main__":
    main()
