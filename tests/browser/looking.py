"""What the browser tests look with: axe, the addresses of the site, and what has the focus."""

from pathlib import Path

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE_RUN = """async ([tags, only]) => {
    const { violations } = await axe.run(document, {
        runOnly: only ? { type: "rule", values: only } : { type: "tag", values: tags },
        rules: only ? {} : { "target-size": { enabled: true } },
        resultTypes: ["violations"],
        preload: false, // axe would copy our style sheets into the page, which the CSP stops
    });
    return violations.flatMap(({ id, nodes }) => nodes.map(
        (node) => `${id}: ${node.target.join(" ")} ${node.any.map((check) => check.message).join("; ")}`));
}"""
#: The admin's own style fades from one colour to the next: a colour on its way is no colour to judge.
SETTLED = "Promise.all(document.getAnimations().map((animation) => animation.finished))"
WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")
LINKS = "[...document.links].map((link) => link.getAttribute('href'))"
FOCUS = (
    "(document.activeElement.getAttribute('aria-label') || document.activeElement.innerText).trim()"
)


def violations(window, only=None):
    """What axe finds wrong with what stands in ``window`` now. Runs under the site's own CSP.

    ``only``: the rules to ask, where the others have been asked already.
    """
    if window.evaluate("typeof axe") == "undefined":
        window.evaluate(AXE + "\n;0")
    return window.evaluate(AXE_RUN, [AXE_TAGS, only])


def violations_everywhere(window, widths=WIDTHS, schemes=SCHEMES):
    """The same in every width and colour scheme, and sideways scrolling where the window is narrow."""
    found = []
    for width in widths:
        window.set_viewport_size({"width": width, "height": 800})
        for scheme in schemes:
            window.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            window.evaluate(SETTLED)
            found += [f"{window.url} {width} {scheme} {problem}" for problem in violations(window)]
        if overflow := scrolls_sideways(window):
            found.append(f"{window.url} {width} scrolls sideways: {overflow}")
    return found


def violations_on_desk_and_phone(window):
    """On a desk in light and dark, and on a phone. In the dark only the colours are others."""
    found = violations_everywhere(window, [320], ["light"])
    found += violations_everywhere(window, [1280], ["light"])
    window.emulate_media(color_scheme="dark", reduced_motion="reduce")
    window.evaluate(SETTLED)
    colours = violations(window, only=["color-contrast", "link-in-text-block"])
    return found + [f"{window.url} 1280 dark {problem}" for problem in colours]


def scrolls_sideways(window):
    """The elements that reach outside the window, when the page can be scrolled sideways."""
    return window.evaluate("""() => {
        const root = document.documentElement;
        if (root.scrollWidth <= root.clientWidth) return [];
        return [...document.body.querySelectorAll("*")]
            .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
            .slice(0, 5)
            .map((element) => element.tagName + "." + element.className)
            .concat([`${root.scrollWidth} > ${root.clientWidth}`]);
    }""")


def focused(window):
    """The name of what has the focus."""
    return window.evaluate(FOCUS)


def find_public_addresses(window):
    found, waiting = [], ["/"]
    while waiting:
        address = waiting.pop(0)
        if address in found:
            continue
        window.goto(address)
        found.append(address)
        waiting += [
            link.partition("#")[0]
            for link in window.evaluate(LINKS)
            if link.startswith("/") and not link.startswith(("/tyck-till/", "/admin/"))
        ]
    return found
