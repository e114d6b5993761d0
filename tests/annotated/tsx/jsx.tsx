// complete for: call, reference, attribute, string, definition, parameter, type
import * as React from "react";
interface Props<T> { item: T; onOpen?: (item: T) => void }
//        ^ definition.interface        ^ parameter
//              ^ parameter.type              ^ type
//                   ^ definition.field
//                         ^ type
//                            ^ definition.field
const List = <T,>({ item, onOpen = open }: Props<T>) => <Item<T> value={item} onOpen={onOpen}>Some text {item}&amp;</Item>;
//    ^ definition.function        ^ reference   ^ type  ^ call.element ^ reference   ^ reference  ^ string    ^ string
//            ^ parameter.type             ^ type             ^ type          ^ attribute.jsx ^ string   ^ reference ^ reference.element
//                  ^ parameter                                  ^ attribute.jsx
//                        ^ parameter
export function Panel(props: Props<string>): JSX.Element { return <ui.Box {...props}><p>It is</p></ui.Box>; }
//              ^ definition.function        ^ reference           ^ reference        ^ reference.element
//                    ^ parameter                ^ type               ^ call.element    ^ string   ^ reference
//                           ^ type                                           ^ reference  ^ string   ^ attribute.element
//                                                                                             ^ reference.element
const Typed = React.memo<Props<number>>(Panel);
//    ^ definition.variable             ^ reference
//            ^ reference
//                  ^ call.method
//                       ^ type
const ns = <a:b c:d="1"></a:b>;
//    ^ definition.variable ^ reference.element
//          ^ reference.element
//            ^ reference.element
//              ^ attribute.jsx
//                ^ attribute.jsx
//                   ^ string
//                        ^ reference.element
const short = <a:b/>;
//    ^ definition.variable
//             ^ reference.element
//               ^ reference.element
const box = <ui.Box/>;
//    ^ definition.variable
//           ^ reference
//              ^ call.element
const shut = <_Hidden></_Hidden>;
//    ^ definition.variable
//            ^ call.element
//                      ^ reference.element
interface Chain { next(): this }
//        ^ definition.interface
//                ^ definition.method
