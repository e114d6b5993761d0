// complete for: definition
// What the grammar gives up on, as when a bracket is never closed: the heads of items are still there.
macro_rules! first {
    (((
pub unsafe trait BoxMeUp {
//               ^ definition.trait
    ((
pub mod arch {
//      ^ definition.module
    ((
pub enum MaybeDone {
//       ^ definition.enum
    ((
