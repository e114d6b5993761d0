; What is shown, and code in it.

[(jsx_text) (html_character_reference)] @within.string
