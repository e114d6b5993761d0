; Text in another language: fenced code, and what stands before the first line.
((fenced_code_block (info_string (language) @injection.language) (code_fence_content) @injection.content)
 (#set! injection.include-children) (#set! cq.lenient))
((html_block) @injection.content
 (#set! injection.language "html") (#set! injection.include-children) (#set! cq.lenient))
