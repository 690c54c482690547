"""What the served page says and does differently from simcord's own: plain edits of its files, each checked at import.

simcord's page is a workbench for whoever writes a bot; a fan wants the channel alone.
"""

from collections.abc import Mapping
from typing import Final

ENDED: Final = "This playground has ended; open the address of the new one."

EDITS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "index.html": (
        ("<title>SimCord Preview</title>", "<title>Adlib playground</title>"),
        (
            '<span class="brand-mark" aria-hidden="true">S</span>',
            '<span class="brand-mark" aria-hidden="true">A</span>',
        ),
        ("<strong>SimCord</strong><small>Preview</small>", "<strong>Adlib</strong><small>playground</small>"),
        ('aria-label="SimCord preview"', 'aria-label="Adlib playground"'),
        ("Viewing as\n", "You are\n"),
        ('aria-label="Viewing as"', 'aria-label="You are"'),
    ),
    # The line at the top speaks up when something is wrong, and is silent otherwise.
    "actions.js": (
        ('return labels[kind || ""] || "Action completed";', 'return "";'),
        ('if (pending) return pendingLabels[pending.kind] || "Completing action…";', 'if (pending) return "";'),
        ('Object.keys(pages).length) return "Updating preview…";', 'Object.keys(pages).length) return "";'),
        ('ready ? "Preview ready" : "Loading preview…"', 'ready ? "" : "Loading…"'),
        ("Preview session is unavailable. Reload the active Preview URL.", ENDED),
        (
            "Action outcome uncertain. It will not be retried.",
            "Not sure that this arrived; is the playground still running?",
        ),
    ),
    "app.js": (("Preview session is unavailable. Reload the active Preview URL.", ENDED),),
    "composer.js": (
        ("`Message ${channel.glyph}${channel.name}`", "`Message ${channel.glyph}${channel.name}, or / for commands`"),
    ),
    "selects.js": (
        ('"SimCord selection draft actions"', '"Your choice"'),
        ('"SimCord selection draft"', '"Your choice"'),
    ),
    # Every member reads the clock on her own wall.
    "presentation.js": (
        (
            'timezone: configured.timezone || state.profile.timezone || "UTC",',
            "timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,",
        ),
    ),
    # "in 20 seconds" counts down, as on Discord; simcord draws it once.
    "text.js": (
        ("const basis = new Date(options.presentationTime || 0);", "const basis = new Date();"),
        (
            'const time = node("time", "discord-timestamp", rendered);',
            'const time = node("time", "discord-timestamp", rendered);\n'
            '  if (valid && style === "R" && !options.still) keepRelative(time, token, options);',
        ),
    ),
    # Within a few lines of the newest message counts as reading it, so that the page follows.
    "timeline.js": (("ui.timeline.clientHeight <= 1", "ui.timeline.clientHeight <= 96"),),
}
"""By file: what is replaced, by what."""

ADDED: Final[Mapping[str, str]] = {
    "text.js": """
/** Redraw a relative time each second for as long as it is on the page; quietly, for screen readers. */
function keepRelative(time, token, options) {
  time.setAttribute("aria-live", "off");
  const timer = setInterval(() => {
    if (!time.isConnected) return clearInterval(timer);
    const drawn = document.createElement("span");
    renderTimestamp(drawn, token, { ...options, onDiagnostic: undefined, still: true });
    if (time.textContent !== drawn.textContent) time.textContent = drawn.textContent;
  }, 1000);
}
""",
    "preview.css": """
#messages-toggle, #messages-sidebar, #refresh, #capture-open, #inspector-toggle, .session-menu { display: none; }
#view-action-output, #back-activity, #action-status:empty, .message-context-actions { display: none; }
@media (max-width: 760px) {
  .preview-shell { --toolbar-height: 52px; }
  .preview-toolbar { height: auto; }
  #action-status { justify-content: flex-start; height: auto; white-space: normal; }
}
""",
}
"""By file: what stands at its end."""


def edited(filename: str, text: str) -> str:
    """Return a file of simcord's page as the playground serves it."""
    for old, new in EDITS.get(filename, ()):
        text = text.replace(old, new)
    return text + ADDED.get(filename, "")


def missing_anchors(filename: str, text: str) -> list[str]:
    """Return what an edit of this file looks for and does not find."""
    return [f"{filename}: {old}" for old, _ in EDITS.get(filename, ()) if old not in text]
