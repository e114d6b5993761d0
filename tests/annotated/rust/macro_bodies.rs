// complete for: definition, macro, call
cfg_rt! {
// <- macro
    pub mod task;
    //      ^ definition.module

    impl Runtime {
        pub fn spawn<F>(&self, future: F) -> JoinHandle<F::Output> {
        //     ^ definition.method
            self.handle.spawn(future)
            //          ^ call.method
        }
    }
    cfg_unstable! {
    // <- macro
        pub fn nested() {
        //     ^ definition.function
            inner_call();
            // <- call
        }
    }
}

cfg_net_unix!(
// <- macro
    impl ReadyEvent {
        pub(crate) fn with_ready(&self, ready: Ready) -> Self {
        //            ^ definition.method
            Self { ready, tick: self.tick }
        }
    }
);

cfg_metrics_variant! {
// <- macro
    stable: {
        pub(crate) fn about_to_park(&mut self) {
        //            ^ definition.function
            self.park_count += 1;
        }
    },
    unstable: {
        pub(crate) fn returned(&mut self) {}
        //            ^ definition.function
    }
}

pin_project! {
// <- macro
    #[must_use = "futures do nothing"]
    pub struct Join<R, W> {
    //         ^ definition.struct
        #[pin]
        reader: R,
        // <- definition.field
        writer: W,
        // <- definition.field
    }
}

thread_local!(static CURRENT: Cell<u32> = Cell::new(3));
// <- macro          ^ definition.static        ^ call.path
lazy_static! {
// <- macro
    pub static ref NAMES: Vec<String> = load(1);
    //             ^ definition.static  ^ call
}
bitflags! {
// <- macro
    pub struct Flags: u32 {
    //         ^ definition.struct
        const READ = 1;
        //    ^ definition.constant
    }
}

macro_rules! numbers {
//           ^ definition.macro
    ($name:ident, $($t:ty),* $(,)?) => {
        pub struct Wrapper;
        //         ^ definition.struct
        impl<R> $name<R> {
            pub(crate) fn wrap(src: R) -> Self {
            //            ^ definition.function
                $name { src, buf: [0; 8], len: size(src) }
            }
        }
        $(
            impl Number for $t {
                const BITS: u32 = <$t>::BITS;
                //    ^ definition.constant
                fn zero() -> Self {
                // ^ definition.method
                    make(0)
                    // <- call
                }
            }
        )*
        pub fn $name() {}
    };
}

fn run(mut x: u8, poll: u8) {
// ^ definition.function
    assert_eq!(add(1, 2), Some(3), "text {}", x.len());
    // <- macro ^ call    ^ call                ^ call.method
    assert_eq!(x * (x - 1), 90);
    // <- macro
    assert_ready_eq!(poll, ());
    // <- macro
    println!("{}", vec![first(x); 2].iter().collect::<Vec<_>>());
    // <- macro    ^ macro ^ call    ^ call.method
    //                                      ^ call.method
    std::println!("{x}");
    //   ^ macro
    let v = crate::log::debug!(target: "a", "b {}", ident(x));
    //                  ^ macro                     ^ call
    matches!(x, Some(y) if y > 1);
    // <- macro ^ call
    tokio::select! {
    //     ^ macro
        Some(msg) = rx.recv() => {
        // <- call     ^ call.method
            handle(msg).await;
            // <- call
            match msg {
                Err(e) => report(e),
                //        ^ call
                Ok(n) if ok(n) => return,
                //       ^ call
                _ => {}
            }
        }
        _ = sleep(1) => {}
        //  ^ call
    }
    tokio::join!(async move { one().await }, two::<u8>());
    //     ^ macro            ^ call         ^ call
    quote! { impl #name { fn #method(&self) { call(#x) } } };
    // <- macro               ^ definition.method
    //                                        ^ call
    try!(open("f"));
    //   ^ call
    let shuffled = simd_shuffle!(x, x, <const LANE: i32> [LANE as u32, 1]);
    //             ^ macro
}

macro_rules! defaults {
//           ^ definition.macro
    ($($t:ty),*) => { $( impl Default for $t { fn default() -> $t { Default::default() } } )* };
    //                                            ^ definition.method        ^ call.path
}
fn late() {
// ^ definition.function
    tokio::select! {
    //     ^ macro
        data = reader.read(&mut buffer) => {
        //            ^ call.method
            if let Err(e) = data.check() {
            //                   ^ call.method
                fail(e);
                // <- call
            }
        }
    }
}
