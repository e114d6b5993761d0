// complete for: call, reference, attribute, string, definition, parameter
const app = <Shelf title="Books here" onOpen={open} {...rest} data-row="1">Books {count} left<br/></Shelf>;
//    ^ definition.variable     ^ string      ^ reference     ^ attribute.jsx     ^ reference ^ reference.element
//           ^ call.element           ^ attribute.jsx   ^ reference     ^ string         ^ string   ^ reference.element
//                 ^ attribute.jsx                                 ^ attribute.jsx
//                        ^ string                                         ^ string
const other = <library.Shelf.Row key={app} aria:label="x" disabled/>;
//    ^ definition.variable  ^ call.element     ^ attribute.jsx
//             ^ reference       ^ attribute.jsx       ^ string
//                     ^ attribute    ^ reference         ^ attribute.jsx
//                                         ^ attribute.jsx
const none = <></>;
//    ^ definition.variable
const entity = <b>&nbsp;and</b>;
//    ^ definition.variable  ^ reference.element
//              ^ reference.element
//                 ^ string
//                      ^ string
const svg = <svg:rect width={1}></svg:rect>;
//    ^ definition.variable  ^ string ^ reference.element
//           ^ reference.element  ^ reference.element
//               ^ reference.element
//                    ^ attribute.jsx
const nested = <library.Panel>{items.map(item => <Item {...item}/>)}</library.Panel>;
//    ^ definition.variable    ^ reference        ^ call.element      ^ reference
//              ^ reference          ^ call.method         ^ reference        ^ attribute.element
//                      ^ call.element   ^ parameter
const Lazy = () => <div className={`a ${none}`}>if (this) return text</div>;
//    ^ definition.function         ^ string    ^ string  ^ string     ^ reference.element
//                  ^ reference.element ^ reference ^ string     ^ string
//                      ^ attribute.jsx
const $Dollar = <$Lazy _x/>;
//     ^ definition.variable
//                ^ call.element
//                     ^ attribute.jsx
const shut = <_Hidden></_Hidden>;
//    ^ definition.variable
//            ^ call.element
//                      ^ reference.element
