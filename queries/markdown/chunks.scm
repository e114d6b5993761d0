; Definitions to keep whole. @body is what a signature ends at.

(section . (atx_heading heading_content: (inline) @name)) @definition.section
