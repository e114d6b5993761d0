; `use` trees nest, so the whole declaration is a region: every name in it is imported.

((use_declaration) @within.import (#set! cq.over "reference type attribute"))
((extern_crate_declaration) @within.import (#set! cq.over "reference type attribute"))
