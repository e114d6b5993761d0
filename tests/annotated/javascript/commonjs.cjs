// complete for: import, definition, call, string
"use strict";
 // <- string
//   ^ string
const fs = require("fs");
//    ^ import.namespace
//         ^ call   ^ import.module
const { join, sep: slash, cwd = fs } = require("path");
//      ^ import.name     ^ import.name         ^ import.module
//            ^ import.name            ^ call
//                 ^ import.alias
let util, late = require("./late").late;
//  ^ definition.variable   ^ import.module
//        ^ definition.variable
//               ^ call
var other = require(fs.name), parsed = parse("fs");
//  ^ import.namespace        ^ definition.variable
//          ^ call                     ^ call ^ string
util = require("util");
//     ^ call   ^ import.module
module.exports = { fs, join };
