// complete for: parameter, assignment, attribute, type
struct Point<T> {
//           ^ parameter.type
    x: T,
    // ^ type
    y: Vec<std::io::Result<T>>,
    // ^ type       ^ type ^ type
}

impl<'a, T: Clone + ?Sized, const N: usize> fmt::Display for Point<T>
//    ^ parameter.lifetime        ^ parameter.const ^ type   ^ type
//       ^ parameter.type            ^ type                        ^ type
//          ^ type   ^ type
where
    T: for<'b> From<&'b str> + 'a,
    // <- type ^ type   ^ type
    //      ^ parameter.lifetime
    Vec<T>: Iterator<Item = u8>,
    // <- type ^ type ^ type ^ type
    //  ^ type
{
    fn fmt(&self, mut f: &mut Formatter<'_>) -> fmt::Result {
    //      ^ parameter.self  ^ type                 ^ type
    //                ^ parameter
        self.x.y = Self::LIMIT;
        //   ^ attribute
        //     ^ assignment.attribute
        //         ^ type.path
        f.width += 1;
        // ^ assignment.attribute
        let dynamic: Box<dyn Fn(u8) -> T> = f;
        //  ^ assignment     ^ type    ^ type
        //           ^ type     ^ type
    }
    fn own(self: Box<Self>, (a, [b, _]): (u8, [u8; N]), &c: &u8, Point { x, y: z }: Point<u8>) {}
    //     ^ parameter.self  ^ parameter  ^ type         ^ parameter ^ type ^ attribute.pattern
    //           ^ type ^ type   ^ parameter   ^ type        ^ type      ^ parameter ^ type
    //                                                                         ^ parameter ^ type
}

fn patterns(value: Option<u8>) {
//          ^ parameter ^ type
//                        ^ type
    let plain = 1;
    //  ^ assignment
    let mut changed: u32 = 2;
    //      ^ assignment
    //               ^ type
    let (left, (mut right, _)) = pair;
    //   ^ assignment ^ assignment
    let Some(inside) = value else { return };
    //       ^ assignment
    let Point { x, y: renamed, ref z, .. } = point;
    //  ^ type  ^ assignment       ^ assignment
    //             ^ attribute.pattern
    //                ^ assignment
    if let Some(ref first @ 1..=9) | Err(first) = value {}
    //              ^ assignment         ^ assignment
    if let None = value {}
    while let Some(mut top) = stack.pop() {}
    //                 ^ assignment
    for (index, &item) in list {}
    //   ^ assignment
    //           ^ assignment
    match value {
        None => {}
        Some(&None) => {}
        Some(n) if n > LIMIT => {}
        //   ^ assignment
        LIMIT => {}
        Color::Red | Color::Blue => {}
        // <- type.path ^ type.path
        shape::Kind::Round(size) => {}
        //     ^ type.path ^ assignment
        Point { x: 1, y } => {}
        // <- type    ^ assignment
        //      ^ attribute.pattern
        [head, .., tail] => {}
        // ^ assignment
        //         ^ assignment
        whole @ Some(_) => {}
        // <- assignment
        other => {}
        // <- assignment
    }
    changed = 3;
    // <- assignment
    changed <<= 1;
    // <- assignment
    (left, right) = (right, left);
    // ^ assignment
    //     ^ assignment
    point.x = 4;
    //    ^ assignment.attribute
    point.inner.y -= 1;
    //    ^ attribute
    //          ^ assignment.attribute
    list[0].z = 5;
    //      ^ assignment.attribute
    *left = 6;
    let literal = Point { x: 1, y: plain, left, ..base };
    //  ^ assignment ^ type.struct-literal
    //                    ^ attribute.initializer
    //                          ^ attribute.initializer
    let closure = |a, mut b: u8, &c, (d, e), Some(f), Point { x, y: g }| a;
    //  ^ assignment      ^ parameter ^ parameter ^ parameter ^ parameter
    //             ^ parameter    ^ parameter         ^ type     ^ attribute.pattern
    //                       ^ type      ^ parameter                ^ parameter
    let other = move |_: &str| -> u8 { 1 };
    //  ^ assignment      ^ type  ^ type
    let path = std::sync::Arc::<u8>::new(LIMIT);
    //  ^ assignment            ^ type
    let shape: shape::Kind::Round = <Point<u8> as Default>::default();
    //  ^ assignment  ^ type.path    ^ type ^ type ^ type
    //                      ^ type
    let unit = Unit;
    //  ^ assignment
    'outer: loop {
        break 'outer;
    }
    let raw = r#type.r#match;
    //  ^ assignment ^ attribute
    //                 ^ attribute
    let cast = plain as usize + &raw const changed as *const u8 as usize;
    //  ^ assignment    ^ type                               ^ type ^ type
}

macro_rules! make {
    ($name:ident : $kind:ty) => {
    // ^ parameter.macro
    //              ^ parameter.macro
        $name
    };
}
