"""How Sphinx builds one language of the site; build-docs.sh says which (`-D language=ja`).

Nothing is loaded from elsewhere, and everything works from a folder (file://).
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

project = "Omote"
html_title = "Omote"
extensions = ["myst_parser", "search_data"]
myst_heading_anchors = 3
myst_enable_extensions = ["attrs_inline"]
templates_path = [str(HERE / "templates")]
html_static_path = [str(HERE / "static")]
html_theme = "furo"
html_css_files = ["omote.css"]
html_js_files = [("pictures.js", {"defer": "defer"})]
html_additional_pages = {"search": "search.html"}
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "language.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
html_use_index = False
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_last_updated_fmt = None
highlight_language = "none"
smartquotes = False  # commands stand in sentences, too
_FONTS = '"Hiragino Sans", "Yu Gothic UI", Meiryo, "Noto Sans CJK JP", "Noto Sans JP", sans-serif'
_COMMON = {"font-stack": f'-apple-system, "Segoe UI", {_FONTS}', "sidebar-tree-space-above": "1px"}
html_theme_options = {
    "light_css_variables": {
        **_COMMON,
        "color-brand-primary": "#1f5fd0",
        "color-brand-content": "#1f5fd0",
        "color-brand-visited": "#1f5fd0",
        "color-foreground-primary": "#1b1f26",
        "color-foreground-secondary": "#566072",
        "color-background-primary": "#ffffff",
        "color-background-secondary": "#f5f6f8",
        "color-background-border": "#dde1e8",
    },
    "dark_css_variables": {
        "color-brand-primary": "#8db4ff",
        "color-brand-content": "#8db4ff",
        "color-brand-visited": "#8db4ff",
        "color-foreground-primary": "#e9ecf2",
        "color-foreground-secondary": "#a3adbd",
        "color-background-primary": "#1d2129",
        "color-background-secondary": "#14171c",
        "color-background-border": "#323845",
    },
}
