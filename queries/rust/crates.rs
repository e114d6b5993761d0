// What much-used crates have, in as far as it tells what a value is: one module for each, read only where a manifest
// asks for it. Names that are missing here are taken for names of the crate all the same.
pub mod anyhow {
    pub struct Error;
    pub type Result<T, E = Error> = std::result::Result<T, E>;
    pub trait Context<T, E> { fn context<C>(self, context: C) -> std::result::Result<T, Error>; fn with_context<C, F: FnOnce() -> C>(self, f: F) -> std::result::Result<T, Error>; }
    impl<T, E> Context<T, E> for std::result::Result<T, E> {}
    impl<T> Context<T, Error> for std::option::Option<T> {}
}
pub mod eyre {
    pub struct Report;
    pub type Result<T, E = Report> = std::result::Result<T, E>;
    pub trait WrapErr<T, E> { fn wrap_err<D>(self, message: D) -> std::result::Result<T, Report>; fn wrap_err_with<D, F: FnOnce() -> D>(self, f: F) -> std::result::Result<T, Report>; }
    impl<T, E> WrapErr<T, E> for std::result::Result<T, E> {}
    pub trait ContextCompat<T> { fn context<D>(self, message: D) -> std::result::Result<T, Report>; }
    impl<T> ContextCompat<T> for std::option::Option<T> {}
}
pub mod once_cell {
    pub mod sync {
        pub struct Lazy<T>; pub struct OnceCell<T>; pub struct OnceBox<T>;
        impl<T> Lazy<T> { pub const fn new<F: FnOnce() -> T>(f: F) -> Lazy<T>; pub fn force(this: &Lazy<T>) -> &T; }
        impl<T> std::ops::Deref for Lazy<T> { type Target = T; }
        impl<T> OnceCell<T> { pub const fn new() -> OnceCell<T>; pub fn get(&self) -> Option<&T>; pub fn get_mut(&mut self) -> Option<&mut T>; pub fn get_or_init<F: FnOnce() -> T>(&self, f: F) -> &T; pub fn get_or_try_init<F, E>(&self, f: F) -> std::result::Result<&T, E>; pub fn set(&self, value: T) -> std::result::Result<(), T>; pub fn into_inner(self) -> Option<T>; pub fn take(&mut self) -> Option<T>; pub fn wait(&self) -> &T; }
    }
    pub mod unsync {
        pub struct Lazy<T>; pub struct OnceCell<T>;
        impl<T> Lazy<T> { pub const fn new<F: FnOnce() -> T>(f: F) -> Lazy<T>; pub fn force(this: &Lazy<T>) -> &T; }
        impl<T> std::ops::Deref for Lazy<T> { type Target = T; }
        impl<T> OnceCell<T> { pub const fn new() -> OnceCell<T>; pub fn get(&self) -> Option<&T>; pub fn get_mut(&mut self) -> Option<&mut T>; pub fn get_or_init<F: FnOnce() -> T>(&self, f: F) -> &T; pub fn get_or_try_init<F, E>(&self, f: F) -> std::result::Result<&T, E>; pub fn set(&self, value: T) -> std::result::Result<(), T>; pub fn into_inner(self) -> Option<T>; pub fn take(&mut self) -> Option<T>; }
    }
}
pub mod parking_lot {
    pub struct Mutex<T>; pub struct RwLock<T>; pub struct ReentrantMutex<T>; pub struct MutexGuard<T>; pub struct RwLockReadGuard<T>; pub struct RwLockWriteGuard<T>; pub struct Condvar; pub struct Once;
    impl<T> Mutex<T> { pub const fn new(value: T) -> Mutex<T>; pub fn lock(&self) -> MutexGuard<T>; pub fn try_lock(&self) -> Option<MutexGuard<T>>; pub fn get_mut(&mut self) -> &mut T; pub fn into_inner(self) -> T; }
    impl<T> ReentrantMutex<T> { pub const fn new(value: T) -> ReentrantMutex<T>; pub fn lock(&self) -> MutexGuard<T>; }
    impl<T> RwLock<T> { pub const fn new(value: T) -> RwLock<T>; pub fn read(&self) -> RwLockReadGuard<T>; pub fn write(&self) -> RwLockWriteGuard<T>; pub fn upgradable_read(&self) -> RwLockReadGuard<T>; pub fn try_read(&self) -> Option<RwLockReadGuard<T>>; pub fn try_write(&self) -> Option<RwLockWriteGuard<T>>; pub fn get_mut(&mut self) -> &mut T; pub fn into_inner(self) -> T; }
    impl<T> std::ops::Deref for MutexGuard<T> { type Target = T; }
    impl<T> std::ops::Deref for RwLockReadGuard<T> { type Target = T; }
    impl<T> std::ops::Deref for RwLockWriteGuard<T> { type Target = T; }
}
pub mod tokio {
    pub mod task {
        pub struct JoinHandle<T>; pub struct JoinError;
        impl<T> std::future::Future for JoinHandle<T> { type Output = std::result::Result<T, JoinError>; }
        impl<T> JoinHandle<T> { pub fn abort(&self); pub fn is_finished(&self) -> bool; }
        pub fn spawn<T, F: std::future::Future<Output = T>>(future: F) -> JoinHandle<T>;
        pub fn spawn_local<T, F: std::future::Future<Output = T>>(future: F) -> JoinHandle<T>;
        pub fn spawn_blocking<R, F: FnOnce() -> R>(f: F) -> JoinHandle<R>;
        pub fn block_in_place<R, F: FnOnce() -> R>(f: F) -> R;
    }
    pub use task::spawn;
    pub mod time {
        pub struct Elapsed;
        pub async fn timeout<T, F: std::future::Future<Output = T>>(duration: std::time::Duration, future: F) -> std::result::Result<T, Elapsed>;
    }
    pub mod sync {
        pub struct Mutex<T>; pub struct MutexGuard<T>; pub struct OwnedMutexGuard<T>; pub struct RwLock<T>; pub struct RwLockReadGuard<T>; pub struct RwLockWriteGuard<T>; pub struct OnceCell<T>;
        impl<T> Mutex<T> { pub const fn new(value: T) -> Mutex<T>; pub async fn lock(&self) -> MutexGuard<T>; pub fn blocking_lock(&self) -> MutexGuard<T>; pub async fn lock_owned(self) -> OwnedMutexGuard<T>; pub fn try_lock(&self) -> std::result::Result<MutexGuard<T>, TryLockError>; pub fn get_mut(&mut self) -> &mut T; pub fn into_inner(self) -> T; }
        impl<T> RwLock<T> { pub const fn new(value: T) -> RwLock<T>; pub async fn read(&self) -> RwLockReadGuard<T>; pub async fn write(&self) -> RwLockWriteGuard<T>; pub fn blocking_read(&self) -> RwLockReadGuard<T>; pub fn blocking_write(&self) -> RwLockWriteGuard<T>; pub fn get_mut(&mut self) -> &mut T; pub fn into_inner(self) -> T; }
        impl<T> OnceCell<T> { pub const fn new() -> OnceCell<T>; pub fn get(&self) -> Option<&T>; pub async fn get_or_init<F>(&self, f: F) -> &T; }
        impl<T> std::ops::Deref for MutexGuard<T> { type Target = T; }
        impl<T> std::ops::Deref for OwnedMutexGuard<T> { type Target = T; }
        impl<T> std::ops::Deref for RwLockReadGuard<T> { type Target = T; }
        impl<T> std::ops::Deref for RwLockWriteGuard<T> { type Target = T; }
        pub struct TryLockError;
        pub mod mpsc {
            pub struct Sender<T>; pub struct Receiver<T>; pub struct UnboundedSender<T>; pub struct UnboundedReceiver<T>;
            pub fn channel<T>(n: usize) -> (Sender<T>, Receiver<T>);
            pub fn unbounded_channel<T>() -> (UnboundedSender<T>, UnboundedReceiver<T>);
            impl<T> Receiver<T> { pub async fn recv(&mut self) -> Option<T>; pub fn blocking_recv(&mut self) -> Option<T>; }
            impl<T> UnboundedReceiver<T> { pub async fn recv(&mut self) -> Option<T>; pub fn blocking_recv(&mut self) -> Option<T>; }
            impl<T> Clone for Sender<T> { fn clone(&self) -> Self; }
            impl<T> Clone for UnboundedSender<T> { fn clone(&self) -> Self; }
        }
        pub mod oneshot {
            pub struct Sender<T>; pub struct Receiver<T>; pub struct RecvError;
            pub fn channel<T>() -> (Sender<T>, Receiver<T>);
            impl<T> std::future::Future for Receiver<T> { type Output = std::result::Result<T, RecvError>; }
        }
    }
}
pub mod indexmap {
    pub mod map { pub struct Iter<K, V>; impl<K, V> Iterator for Iter<K, V> { type Item = (K, V); } }
    pub struct IndexMap<K, V, S = RandomState>; pub struct IndexSet<T, S = RandomState>; pub struct RandomState;
    impl<K, V, S> IndexMap<K, V, S> {
        pub fn new() -> IndexMap<K, V>; pub fn with_capacity(n: usize) -> IndexMap<K, V>; pub fn get<Q>(&self, k: &Q) -> Option<&V>; pub fn get_mut<Q>(&mut self, k: &Q) -> Option<&mut V>; pub fn get_index(&self, i: usize) -> Option<(&K, &V)>; pub fn get_full<Q>(&self, k: &Q) -> Option<(usize, &K, &V)>; pub fn insert(&mut self, k: K, v: V) -> Option<V>; pub fn shift_remove<Q>(&mut self, k: &Q) -> Option<V>; pub fn swap_remove<Q>(&mut self, k: &Q) -> Option<V>;
        pub fn iter(&self) -> map::Iter<K, V>; pub fn iter_mut(&mut self) -> map::Iter<K, V>; pub fn keys(&self) -> std::slice::Iter<K>; pub fn values(&self) -> std::slice::Iter<V>; pub fn values_mut(&mut self) -> std::slice::Iter<V>; pub fn into_values(self) -> std::slice::Iter<V>; pub fn into_keys(self) -> std::slice::Iter<K>; pub fn first(&self) -> Option<(&K, &V)>; pub fn last(&self) -> Option<(&K, &V)>;
    }
    impl<K, V, S> IntoIterator for IndexMap<K, V, S> { type Item = (K, V); type IntoIter = map::Iter<K, V>; fn into_iter(self) -> map::Iter<K, V>; }
    impl<T, S> IndexSet<T, S> { pub fn new() -> IndexSet<T>; pub fn iter(&self) -> std::slice::Iter<T>; pub fn get<Q>(&self, k: &Q) -> Option<&T>; pub fn get_index(&self, i: usize) -> Option<&T>; pub fn first(&self) -> Option<&T>; pub fn last(&self) -> Option<&T>; }
    impl<T, S> IntoIterator for IndexSet<T, S> { type Item = T; type IntoIter = std::slice::Iter<T>; fn into_iter(self) -> std::slice::Iter<T>; }
}
pub mod hashbrown {
    pub mod hash_map { pub struct Iter<K, V>; impl<K, V> Iterator for Iter<K, V> { type Item = (K, V); } }
    pub struct HashMap<K, V, S = DefaultHashBuilder>; pub struct HashSet<T, S = DefaultHashBuilder>; pub struct DefaultHashBuilder;
    impl<K, V, S> HashMap<K, V, S> {
        pub fn new() -> HashMap<K, V>; pub fn with_capacity(n: usize) -> HashMap<K, V>; pub fn get<Q>(&self, k: &Q) -> Option<&V>; pub fn get_mut<Q>(&mut self, k: &Q) -> Option<&mut V>; pub fn insert(&mut self, k: K, v: V) -> Option<V>; pub fn remove<Q>(&mut self, k: &Q) -> Option<V>;
        pub fn iter(&self) -> hash_map::Iter<K, V>; pub fn iter_mut(&mut self) -> hash_map::Iter<K, V>; pub fn drain(&mut self) -> hash_map::Iter<K, V>; pub fn keys(&self) -> std::slice::Iter<K>; pub fn values(&self) -> std::slice::Iter<V>; pub fn values_mut(&mut self) -> std::slice::Iter<V>; pub fn into_values(self) -> std::slice::Iter<V>; pub fn into_keys(self) -> std::slice::Iter<K>;
    }
    impl<K, V, S> IntoIterator for HashMap<K, V, S> { type Item = (K, V); type IntoIter = hash_map::Iter<K, V>; fn into_iter(self) -> hash_map::Iter<K, V>; }
    impl<T, S> HashSet<T, S> { pub fn new() -> HashSet<T>; pub fn iter(&self) -> std::slice::Iter<T>; pub fn get<Q>(&self, k: &Q) -> Option<&T>; }
    impl<T, S> IntoIterator for HashSet<T, S> { type Item = T; type IntoIter = std::slice::Iter<T>; fn into_iter(self) -> std::slice::Iter<T>; }
}
pub mod rustc_hash {
    pub struct FxHasher; pub struct FxBuildHasher;
    pub type FxHashMap<K, V> = std::collections::HashMap<K, V>;
    pub type FxHashSet<T> = std::collections::HashSet<T>;
}
pub mod fxhash {
    pub struct FxHasher; pub struct FxBuildHasher;
    pub type FxHashMap<K, V> = std::collections::HashMap<K, V>;
    pub type FxHashSet<T> = std::collections::HashSet<T>;
}
pub mod smallvec {
    pub struct SmallVec<A>;
    impl<A> SmallVec<A> { pub fn new() -> SmallVec<A>; pub fn with_capacity(n: usize) -> SmallVec<A>; }
    impl<A> std::ops::Deref for SmallVec<A> { type Target = A; }
    impl<A: IntoIterator> IntoIterator for SmallVec<A> { type Item = A::Item; type IntoIter = std::slice::Iter<A::Item>; fn into_iter(self) -> std::slice::Iter<A::Item>; }
}
pub mod arrayvec {
    pub struct ArrayVec<T>;
    impl<T> ArrayVec<T> { pub fn new() -> ArrayVec<T>; pub fn pop(&mut self) -> Option<T>; pub fn remove(&mut self, i: usize) -> T; }
    impl<T> std::ops::Deref for ArrayVec<T> { type Target = std::primitive::slice<T>; }
    impl<T> IntoIterator for ArrayVec<T> { type Item = T; type IntoIter = std::slice::Iter<T>; fn into_iter(self) -> std::slice::Iter<T>; }
}
pub mod arc_swap {
    pub struct ArcSwap<T>; pub struct ArcSwapOption<T>; pub struct Guard<T>;
    impl<T> ArcSwap<T> { pub fn new(value: std::sync::Arc<T>) -> ArcSwap<T>; pub fn from_pointee(value: T) -> ArcSwap<T>; pub fn load(&self) -> Guard<std::sync::Arc<T>>; pub fn load_full(&self) -> std::sync::Arc<T>; pub fn swap(&self, value: std::sync::Arc<T>) -> std::sync::Arc<T>; }
    impl<T> std::ops::Deref for Guard<T> { type Target = T; }
}
pub mod dashmap {
    pub struct DashMap<K, V, S = RandomState>; pub struct RandomState; pub struct Ref<K, V>; pub struct RefMut<K, V>; pub struct RefMulti<K, V>;
    impl<K, V, S> DashMap<K, V, S> { pub fn new() -> DashMap<K, V>; pub fn get<Q>(&self, k: &Q) -> Option<Ref<K, V>>; pub fn get_mut<Q>(&self, k: &Q) -> Option<RefMut<K, V>>; pub fn insert(&self, k: K, v: V) -> Option<V>; pub fn remove<Q>(&self, k: &Q) -> Option<(K, V)>; pub fn iter(&self) -> std::slice::Iter<RefMulti<K, V>>; pub fn iter_mut(&self) -> std::slice::Iter<RefMulti<K, V>>; }
    impl<K, V> Ref<K, V> { pub fn key(&self) -> &K; pub fn value(&self) -> &V; }
    impl<K, V> RefMut<K, V> { pub fn key(&self) -> &K; pub fn value(&self) -> &V; pub fn value_mut(&mut self) -> &mut V; }
    impl<K, V> RefMulti<K, V> { pub fn key(&self) -> &K; pub fn value(&self) -> &V; }
    impl<K, V> std::ops::Deref for Ref<K, V> { type Target = V; }
    impl<K, V> std::ops::Deref for RefMut<K, V> { type Target = V; }
    impl<K, V> std::ops::Deref for RefMulti<K, V> { type Target = V; }
}
pub mod crossbeam_channel {
    pub struct Sender<T>; pub struct Receiver<T>; pub struct SendError<T>; pub struct RecvError;
    pub fn unbounded<T>() -> (Sender<T>, Receiver<T>);
    pub fn bounded<T>(n: usize) -> (Sender<T>, Receiver<T>);
    impl<T> Receiver<T> { pub fn recv(&self) -> std::result::Result<T, RecvError>; pub fn try_recv(&self) -> std::result::Result<T, RecvError>; pub fn iter(&self) -> std::slice::Iter<T>; pub fn try_iter(&self) -> std::slice::Iter<T>; }
    impl<T> IntoIterator for Receiver<T> { type Item = T; }
    impl<T> Clone for Sender<T> { fn clone(&self) -> Self; }
    impl<T> Clone for Receiver<T> { fn clone(&self) -> Self; }
}
pub mod itertools {
    pub trait Itertools: Iterator {
        fn sorted(self) -> std::vec::IntoIter<Self::Item>; fn sorted_unstable(self) -> std::vec::IntoIter<Self::Item>; fn sorted_by<F: FnMut(&Self::Item, &Self::Item) -> std::cmp::Ordering>(self, f: F) -> std::vec::IntoIter<Self::Item>; fn sorted_by_key<K, F: FnMut(&Self::Item) -> K>(self, f: F) -> std::vec::IntoIter<Self::Item>; fn sorted_unstable_by_key<K, F: FnMut(&Self::Item) -> K>(self, f: F) -> std::vec::IntoIter<Self::Item>;
        fn unique(self) -> Self; fn unique_by<V, F: FnMut(&Self::Item) -> V>(self, f: F) -> Self; fn dedup(self) -> Self; fn collect_vec(self) -> Vec<Self::Item>; fn join(&mut self, separator: &str) -> String; fn exactly_one(self) -> std::result::Result<Self::Item, bool>; fn find_position<P: FnMut(&Self::Item) -> bool>(&mut self, p: P) -> Option<(usize, Self::Item)>;
    }
    impl<I: Iterator> Itertools for I {}
}
pub mod rayon {
    pub mod iter {
        pub struct Iter<T>;
        pub trait ParallelIterator {
            type Item;
            fn map<B, F: Fn(Self::Item) -> B>(self, f: F) -> Iter<B>; fn for_each<F: Fn(Self::Item)>(self, f: F); fn filter<P: Fn(&Self::Item) -> bool>(self, p: P) -> Self; fn filter_map<B, F: Fn(Self::Item) -> Option<B>>(self, f: F) -> Iter<B>; fn any<P: Fn(Self::Item) -> bool>(self, p: P) -> bool; fn all<P: Fn(Self::Item) -> bool>(self, p: P) -> bool; fn enumerate(self) -> Iter<(usize, Self::Item)>; fn flat_map_iter<U: IntoIterator, F: Fn(Self::Item) -> U>(self, f: F) -> Iter<U::Item>; fn find_any<P: Fn(&Self::Item) -> bool>(self, p: P) -> Option<Self::Item>; fn try_for_each<R, F: Fn(Self::Item) -> R>(self, f: F) -> R;
        }
        impl<T> ParallelIterator for Iter<T> { type Item = T; }
        pub trait IndexedParallelIterator {}
        pub trait IntoParallelRefIterator { fn par_iter(&self) -> Iter<bool>; }
        impl<T> IntoParallelRefIterator for Vec<T> { fn par_iter(&self) -> Iter<T>; }
        impl<T> IntoParallelRefIterator for std::primitive::slice<T> { fn par_iter(&self) -> Iter<T>; }
        pub trait IntoParallelRefMutIterator { fn par_iter_mut(&mut self) -> Iter<bool>; }
        impl<T> IntoParallelRefMutIterator for Vec<T> { fn par_iter_mut(&mut self) -> Iter<T>; }
        impl<T> IntoParallelRefMutIterator for std::primitive::slice<T> { fn par_iter_mut(&mut self) -> Iter<T>; }
        pub trait IntoParallelIterator { fn into_par_iter(self) -> Iter<bool>; }
        impl<T> IntoParallelIterator for Vec<T> { fn into_par_iter(self) -> Iter<T>; }
    }
    pub mod prelude { pub use crate::iter::*; }
}
