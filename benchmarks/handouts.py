"""How long handouts take to print, and whether each of them fits on its one side of A4.

    python -m benchmarks.handouts [--day 2019-06-30] [--rounds 40]

Goals: every ward of London in under 20 s on two processors, one ward in under 100 ms when warm. Both are given as
ratios to the same typesetter's time for a document of one line as well, and as seconds of processor time, which a
busy machine lengthens less than the clock's.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pypdf
import typst
from benchmarks.figures import Figure, keep

from transparency.core.vocabulary import today
from transparency.outlets.handouts import borough_handouts, print_wards, ward_handout
from transparency.store.current import shared_store
from transparency.store.roots import store_root
from transparency.wards.standing import standings_on

SITE = "https://wards.example"
CAMDEN = "E09000007"
ONE_LINE = b'#set document(title: "One line")\n#set text(lang: "en")\nOne line.'


def one_line_ms(rounds: int) -> float:
    """The median time to set one line as PDF/UA-1, in milliseconds."""
    times = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one_line.typ"
        path.write_bytes(ONE_LINE)
        compiler = typst.Compiler(path)
        for place in range(rounds):
            start = time.perf_counter()
            compiler.compile(format="pdf", pdf_standards="ua-1", sys_inputs={"place": str(place)})
            times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def warm_ms(wards: list[str], day: date) -> list[float]:
    """The time each ward's handout takes once another ward of the day has been printed, in milliseconds."""
    store = shared_store()
    ward_handout(store, wards[0], day, today(), SITE)
    times = []
    for code in wards[1:]:
        start = time.perf_counter()
        ward_handout(store, code, day, today(), SITE)
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--day", type=date.fromisoformat, default=today())
    parser.add_argument("--rounds", type=int, default=40)
    asked = parser.parse_args()

    wards = [standing.ward for standing in standings_on(shared_store(), asked.day)]
    step = max(1, len(wards) // asked.rounds)
    line_ms = one_line_ms(asked.rounds)
    times = warm_ms([ward.ward_code for ward in wards[::step]], asked.day)
    median = statistics.median(times)
    p95 = times[int(0.95 * (len(times) - 1))]
    print(f"one line of Typst: median {line_ms:.1f} ms")
    print(
        f"one ward, warm: median {median:.1f} ms, p95 {p95:.1f} ms, {median / line_ms:.1f} times one line (goal 100 ms)"
    )

    start = time.perf_counter()
    pack = borough_handouts(shared_store(), CAMDEN, asked.day, today(), SITE).content
    pack_s = time.perf_counter() - start
    print(f"a borough in one file: {pack_s:.2f} s, {len(pack) / 1000:,.0f} kB")

    with tempfile.TemporaryDirectory() as folder:
        out, before = Path(folder), resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        print_wards(store_root(), wards, asked.day, today(), SITE, out)
        took, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        processor_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        files = sorted(out.rglob("*.pdf"))
        print(
            f"{len(files)} wards: {took:.1f} s on {os.cpu_count()} processors, {processor_s:.1f} s of processor time, "
            f"{1000 * took / len(files) / line_ms:.1f} times one line each (goal 20 s); "
            f"load average {os.getloadavg()[0]:.1f}"
        )
        pages = Counter(len(pypdf.PdfReader(file).pages) for file in files)
        size = sum(file.stat().st_size for file in files)
    keep(
        "handouts",
        [
            Figure("one line of Typst", line_ms, "ms"),
            Figure("one ward, warm", median, "ms", at_most=100),
            Figure("one ward, warm: p95", p95, "ms"),
            Figure("a borough in one file", pack_s, "s"),
            Figure(f"all {len(files)} wards", took, "s", at_most=20),
            Figure(f"all {len(files)} wards: time of the processors", processor_s, "s"),
            Figure("files that take more than one page", sum(pages.values()) - pages[1], "files", at_most=0),
        ],
    )
    print(f"files by their number of pages: {dict(pages)}; {size / len(files) / 1000:.0f} kB each")


if __name__ == "__main__":
    main()
