"""The figures as text: a line for each row while it is measured, and the table at the end."""

import datetime
import os
import platform
import subprocess

TITLES = {"rust": "This SDK", "javascript": "JavaScript SDK", "python": "Python SDK", "bare": "Bare"}


def line(row):
    """The median of each column, and the quartiles."""
    lines = [row.title]
    for column in row.samples:
        low, middle, high = (value(row, quartile) for quartile in row.quartiles(column))
        lines.append(f"  {TITLES[column]:<16}{middle:>12}  ({low} to {high})")
    return "\n".join(lines)


def text(rows, versions):
    """As GitHub's Markdown, so that a run can be put into a document as it is."""
    columns = [column for column in TITLES if column in versions or column == "bare"]
    lines = ["", "| Work | " + " | ".join(TITLES[column] for column in columns) + " |"]
    lines.append("|---|" + "--:|" * len(columns))
    for row in rows:
        lines.append(f"| {row.title} | " + " | ".join(cell(row, column) for column in columns) + " |")
    lines += ["", machine()]
    lines += [f"{TITLES[name]}: {', '.join(said)}" for name, said in versions.items()]
    return "\n".join(lines)


def cell(row, column):
    if column not in row.samples:
        return ""
    middle = value(row, row.quartiles(column)[1])
    if column == "rust":
        return middle
    of = f" {row.bare}" if column == "bare" else ""
    return f"{middle} ({row.ratio(column):.2f} x){of}"


def value(row, number):
    if row.is_rate:
        return f"{number:,.0f}/s"
    for unit, size in (("ns", 1), ("µs", 1e3), ("ms", 1e6)):
        if number < 1000 * size or unit == "ms":
            return f"{number / size:.{0 if unit == 'ns' else 1}f} {unit}"


def machine():
    today = datetime.date.today().isoformat()
    parts = [processor(), f"{os.cpu_count()} cores", platform.system(), rustc()]
    return f"Measured on {today}: " + ", ".join(parts)


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as about:
            models = [line.partition(":")[2].strip() for line in about if line.startswith("model name")]
    except OSError:
        models = []
    return models[0] if models else platform.processor() or platform.machine()


def rustc():
    return subprocess.run(["rustc", "--version"], stdout=subprocess.PIPE, text=True).stdout.strip()
