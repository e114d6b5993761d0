// complete for: definition
// Préface of it
//         ^ comment
fn plain() {
// ^ definition.function
    let s = "naïve one";
    //             ^ string
}
