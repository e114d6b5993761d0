// complete for: string, comment, keyword
/* shelf */ const one = 'shelf', two = "it's shelf";
// ^ comment             ^ string       ^ string
//          ^ keyword                      ^ string
//                                           ^ string
const three = `shelf ${one + `${two} deep`} shelf`;
// <- keyword  ^ string              ^ string
//                                          ^ string
const four = /shelf[a-z]+/gi, five = 0xBEEF, six = 1e6, seven = 10n;
// <- keyword ^ string    ^ string   ^ string      ^ string     ^ string
//                  ^ string
//                    ^ string
const eight = [this, null, true, false, undefined, new.target, import.meta];
// <- keyword  ^ keyword   ^ keyword    ^ keyword  ^ keyword   ^ keyword
//                   ^ keyword   ^ keyword             ^ keyword      ^ keyword
const nine = { if: one, class: two, "key": three };
// <- keyword                        ^ string
nine.if = nine.class; debugger;
//                    ^ keyword
const async = 1, of = async, get = of, from = get, as = from, type = as;
// <- keyword ^ string
function ten({ a = false, b = null, c = "text", d = `x` }) { if (a) return c; }
// <- keyword      ^ keyword  ^ keyword  ^ string    ^ string       ^ keyword
//                                                           ^ keyword
