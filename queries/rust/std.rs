// What resolution knows of the standard library: the shapes of the types that most code goes through, so that the
// receiver behind `.iter().map(..)?` is still known. Never shown; names that are missing here are external all the same.
// `core` and `alloc` are this, too.

pub mod primitive {
    use crate::prelude::*; use crate::fmt::Display; use crate::str::FromStr;
    pub struct bool; pub struct char; pub struct str; pub struct u8; pub struct u16; pub struct u32; pub struct u64;
    pub struct u128; pub struct usize; pub struct i8; pub struct i16; pub struct i32; pub struct i64; pub struct i128;
    pub struct isize; pub struct f32; pub struct f64;
    pub struct slice<T>;
    pub struct array<T>;

    impl<T> slice<T> {
        pub fn len(&self) -> usize;
        pub fn is_empty(&self) -> bool;
        pub fn first(&self) -> Option<&T>;
        pub fn first_mut(&mut self) -> Option<&mut T>;
        pub fn last(&self) -> Option<&T>;
        pub fn last_mut(&mut self) -> Option<&mut T>;
        pub fn split_first(&self) -> Option<(&T, &slice<T>)>;
        pub fn split_last(&self) -> Option<(&T, &slice<T>)>;
        pub fn get(&self, index: usize) -> Option<&T>;
        pub fn get_mut(&mut self, index: usize) -> Option<&mut T>;
        pub unsafe fn get_unchecked(&self, index: usize) -> &T;
        pub unsafe fn get_unchecked_mut(&mut self, index: usize) -> &mut T;
        pub fn iter(&self) -> crate::slice::Iter<T>;
        pub fn iter_mut(&mut self) -> crate::slice::Iter<T>;
        pub fn windows(&self, size: usize) -> crate::slice::Iter<slice<T>>;
        pub fn chunks(&self, size: usize) -> crate::slice::Iter<slice<T>>;
        pub fn chunks_exact(&self, size: usize) -> crate::slice::Iter<slice<T>>;
        pub fn split_at(&self, mid: usize) -> (&slice<T>, &slice<T>);
        pub fn split_at_mut(&mut self, mid: usize) -> (&mut slice<T>, &mut slice<T>);
        pub fn contains(&self, x: &T) -> bool;
        pub fn starts_with(&self, x: &slice<T>) -> bool;
        pub fn ends_with(&self, x: &slice<T>) -> bool;
        pub fn to_vec(&self) -> Vec<T>;
        pub fn into_vec(self) -> Vec<T>;
        pub fn to_owned(&self) -> Vec<T>;
        pub fn swap(&mut self, a: usize, b: usize);
        pub fn reverse(&mut self);
        pub fn sort(&mut self);
        pub fn sort_unstable(&mut self);
        pub fn sort_by<F: FnMut(&T, &T) -> crate::cmp::Ordering>(&mut self, f: F);
        pub fn sort_unstable_by<F: FnMut(&T, &T) -> crate::cmp::Ordering>(&mut self, f: F);
        pub fn sort_by_key<K, F: FnMut(&T) -> K>(&mut self, f: F);
        pub fn binary_search(&self, x: &T) -> Result<usize, usize>;
        pub fn binary_search_by<F: FnMut(&T) -> crate::cmp::Ordering>(&self, f: F) -> Result<usize, usize>;
        pub fn binary_search_by_key<B, F: FnMut(&T) -> B>(&self, b: &B, f: F) -> Result<usize, usize>;
        pub fn copy_from_slice(&mut self, other: &slice<T>);
        pub fn clone_from_slice(&mut self, other: &slice<T>);
        pub fn fill(&mut self, value: T);
        pub fn as_ptr(&self) -> *const T;
        pub fn as_mut_ptr(&mut self) -> *mut T;
        pub fn join(&self, separator: &str) -> String;
        pub fn concat(&self) -> T;
        pub fn iter_bytes(&self);
        pub fn to_ascii_lowercase(&self) -> Vec<u8>;
        pub fn eq_ignore_ascii_case(&self, other: &slice<u8>) -> bool;
        pub fn partition_point<P: FnMut(&T) -> bool>(&self, p: P) -> usize;
    }
    impl<T> IntoIterator for slice<T> { type Item = T; type IntoIter = crate::slice::Iter<T>; fn into_iter(self) -> crate::slice::Iter<T>; }
    impl<T> IntoIterator for array<T> { type Item = T; type IntoIter = crate::slice::Iter<T>; fn into_iter(self) -> crate::slice::Iter<T>; }
    impl<T> array<T> {
        pub fn map<U, F: FnMut(T) -> U>(self, f: F) -> array<U>;
        pub fn as_slice(&self) -> &slice<T>;
    }
    impl<T> Clone for slice<T> { fn clone(&self) -> Self; }
    impl<T> Clone for array<T> { fn clone(&self) -> Self; }

    impl str {
        pub fn len(&self) -> usize;
        pub fn is_empty(&self) -> bool;
        pub fn as_bytes(&self) -> &slice<u8>;
        pub fn as_str(&self) -> &str;
        pub fn chars(&self) -> crate::slice::Iter<char>;
        pub fn char_indices(&self) -> crate::slice::Iter<(usize, char)>;
        pub fn bytes(&self) -> crate::slice::Iter<u8>;
        pub fn lines(&self) -> crate::slice::Iter<str>;
        pub fn split<P>(&self, p: P) -> crate::slice::Iter<str>;
        pub fn rsplit<P>(&self, p: P) -> crate::slice::Iter<str>;
        pub fn splitn<P>(&self, n: usize, p: P) -> crate::slice::Iter<str>;
        pub fn rsplitn<P>(&self, n: usize, p: P) -> crate::slice::Iter<str>;
        pub fn split_terminator<P>(&self, p: P) -> crate::slice::Iter<str>;
        pub fn split_whitespace(&self) -> crate::slice::Iter<str>;
        pub fn split_ascii_whitespace(&self) -> crate::slice::Iter<str>;
        pub fn split_inclusive<P>(&self, p: P) -> crate::slice::Iter<str>;
        pub fn split_once<P>(&self, p: P) -> Option<(&str, &str)>;
        pub fn rsplit_once<P>(&self, p: P) -> Option<(&str, &str)>;
        pub fn split_at(&self, mid: usize) -> (&str, &str);
        pub fn trim(&self) -> &str;
        pub fn trim_start(&self) -> &str;
        pub fn trim_end(&self) -> &str;
        pub fn trim_matches<P>(&self, p: P) -> &str;
        pub fn trim_start_matches<P>(&self, p: P) -> &str;
        pub fn trim_end_matches<P>(&self, p: P) -> &str;
        pub fn strip_prefix<P>(&self, p: P) -> Option<&str>;
        pub fn strip_suffix<P>(&self, p: P) -> Option<&str>;
        pub fn starts_with<P>(&self, p: P) -> bool;
        pub fn ends_with<P>(&self, p: P) -> bool;
        pub fn contains<P>(&self, p: P) -> bool;
        pub fn find<P>(&self, p: P) -> Option<usize>;
        pub fn rfind<P>(&self, p: P) -> Option<usize>;
        pub fn get<I>(&self, i: I) -> Option<&str>;
        pub fn parse<F: FromStr>(&self) -> Result<F, F::Err>;
        pub fn replace<P>(&self, from: P, to: &str) -> String;
        pub fn to_lowercase(&self) -> String;
        pub fn to_uppercase(&self) -> String;
        pub fn to_ascii_lowercase(&self) -> String;
        pub fn to_ascii_uppercase(&self) -> String;
        pub fn eq_ignore_ascii_case(&self, other: &str) -> bool;
        pub fn repeat(&self, n: usize) -> String;
        pub fn to_string(&self) -> String;
        pub fn to_owned(&self) -> String;
        pub fn into_string(self) -> String;
        pub fn is_char_boundary(&self, index: usize) -> bool;
        pub fn matches<P>(&self, p: P) -> crate::slice::Iter<str>;
    }
    impl Display for str {}

    // Of all integers, and of all floating point numbers.
    pub trait integer {} pub trait float {}
    pub struct pointer<T>;
    impl<T: integer> T {
        pub const MIN: Self = 0; pub const MAX: Self = 0; pub const BITS: u32 = 0;
        pub fn count_ones(self) -> u32; pub fn count_zeros(self) -> u32; pub fn leading_zeros(self) -> u32;
        pub fn trailing_zeros(self) -> u32; pub fn leading_ones(self) -> u32; pub fn trailing_ones(self) -> u32;
        pub fn cast_signed(self) -> _; pub fn rotate_left(self) -> Self; pub fn rotate_right(self) -> Self;
        pub fn swap_bytes(self) -> Self; pub fn reverse_bits(self) -> Self; pub fn from_be() -> Self;
        pub fn from_le() -> Self; pub fn to_be(self) -> Self; pub fn to_le(self) -> Self;
        pub fn checked_add(self) -> Option<Self>; pub fn strict_add(self) -> Self;
        pub fn unchecked_add(self) -> Self; pub fn checked_add_signed(self) -> Option<Self>;
        pub fn strict_add_signed(self) -> Self; pub fn checked_sub(self) -> Option<Self>;
        pub fn strict_sub(self) -> Self; pub fn unchecked_sub(self) -> Self;
        pub fn checked_sub_signed(self) -> Option<Self>; pub fn strict_sub_signed(self) -> Self;
        pub fn checked_signed_diff(self) -> _; pub fn checked_mul(self) -> Option<Self>;
        pub fn strict_mul(self) -> Self; pub fn unchecked_mul(self) -> Self;
        pub fn checked_div(self) -> Option<Self>; pub fn strict_div(self) -> Self;
        pub fn checked_div_euclid(self) -> Option<Self>; pub fn strict_div_euclid(self) -> Self;
        pub fn checked_rem(self) -> Option<Self>; pub fn strict_rem(self) -> Self;
        pub fn checked_rem_euclid(self) -> Option<Self>; pub fn strict_rem_euclid(self) -> Self;
        pub fn ilog(self) -> u32; pub fn ilog2(self) -> u32; pub fn ilog10(self) -> u32;
        pub fn checked_ilog(self) -> Option<u32>; pub fn checked_ilog2(self) -> Option<u32>;
        pub fn checked_ilog10(self) -> Option<u32>; pub fn checked_neg(self) -> Option<Self>;
        pub fn strict_neg(self) -> Self; pub fn checked_shl(self) -> Option<Self>; pub fn strict_shl(self) -> Self;
        pub fn unchecked_shl(self) -> Self; pub fn unbounded_shl(self) -> Self;
        pub fn checked_shr(self) -> Option<Self>; pub fn strict_shr(self) -> Self;
        pub fn unchecked_shr(self) -> Self; pub fn unbounded_shr(self) -> Self;
        pub fn checked_pow(self) -> Option<Self>; pub fn strict_pow(self) -> Self;
        pub fn saturating_add(self) -> Self; pub fn saturating_add_signed(self) -> Self;
        pub fn saturating_sub(self) -> Self; pub fn saturating_sub_signed(self) -> Self;
        pub fn saturating_mul(self) -> Self; pub fn saturating_div(self) -> Self;
        pub fn saturating_pow(self) -> Self; pub fn wrapping_add(self) -> Self;
        pub fn wrapping_add_signed(self) -> Self; pub fn wrapping_sub(self) -> Self;
        pub fn wrapping_sub_signed(self) -> Self; pub fn wrapping_mul(self) -> Self;
        pub fn wrapping_div(self) -> Self; pub fn wrapping_div_euclid(self) -> Self;
        pub fn wrapping_rem(self) -> Self; pub fn wrapping_rem_euclid(self) -> Self;
        pub fn wrapping_neg(self) -> Self; pub fn wrapping_shl(self) -> Self; pub fn wrapping_shr(self) -> Self;
        pub fn wrapping_pow(self) -> Self; pub fn overflowing_add(self) -> (Self, bool);
        pub fn carrying_add(self) -> (Self, bool); pub fn overflowing_add_signed(self) -> (Self, bool);
        pub fn overflowing_sub(self) -> (Self, bool); pub fn borrowing_sub(self) -> (Self, bool);
        pub fn overflowing_sub_signed(self) -> (Self, bool); pub fn abs_diff(self) -> Self;
        pub fn overflowing_mul(self) -> (Self, bool); pub fn carrying_mul(self) -> (Self, Self);
        pub fn carrying_mul_add(self) -> (Self, Self); pub fn overflowing_div(self) -> (Self, bool);
        pub fn overflowing_div_euclid(self) -> (Self, bool); pub fn overflowing_rem(self) -> (Self, bool);
        pub fn overflowing_rem_euclid(self) -> (Self, bool); pub fn overflowing_neg(self) -> (Self, bool);
        pub fn overflowing_shl(self) -> (Self, bool); pub fn overflowing_shr(self) -> (Self, bool);
        pub fn overflowing_pow(self) -> (Self, bool); pub fn pow(self) -> Self; pub fn isqrt(self) -> Self;
        pub fn div_euclid(self) -> Self; pub fn rem_euclid(self) -> Self; pub fn div_ceil(self) -> Self;
        pub fn next_multiple_of(self) -> Self; pub fn checked_next_multiple_of(self) -> Option<Self>;
        pub fn is_multiple_of(self) -> bool; pub fn is_power_of_two(self) -> bool;
        pub fn next_power_of_two(self) -> Self; pub fn checked_next_power_of_two(self) -> Option<Self>;
        pub fn to_be_bytes(self) -> _; pub fn to_le_bytes(self) -> _; pub fn to_ne_bytes(self) -> _;
        pub fn from_be_bytes() -> Self; pub fn from_le_bytes() -> Self; pub fn from_ne_bytes() -> Self;
        pub fn min_value() -> Self; pub fn max_value() -> Self; pub fn midpoint(self) -> Self;
        pub fn from_str_radix(s: &str, radix: u32) -> Result<Self, crate::num::ParseIntError>; pub fn cast_unsigned(self) -> _;
        pub fn checked_add_unsigned(self) -> Option<Self>; pub fn strict_add_unsigned(self) -> Self;
        pub fn checked_sub_unsigned(self) -> Option<Self>; pub fn strict_sub_unsigned(self) -> Self;
        pub fn unchecked_neg(self) -> Self; pub fn checked_abs(self) -> Option<Self>;
        pub fn strict_abs(self) -> Self; pub fn checked_isqrt(self) -> Option<Self>;
        pub fn saturating_add_unsigned(self) -> Self; pub fn saturating_sub_unsigned(self) -> Self;
        pub fn saturating_neg(self) -> Self; pub fn saturating_abs(self) -> Self;
        pub fn wrapping_add_unsigned(self) -> Self; pub fn wrapping_sub_unsigned(self) -> Self;
        pub fn wrapping_abs(self) -> Self; pub fn unsigned_abs(self) -> _;
        pub fn overflowing_add_unsigned(self) -> (Self, bool);
        pub fn overflowing_sub_unsigned(self) -> (Self, bool); pub fn overflowing_abs(self) -> (Self, bool);
        pub fn abs(self) -> Self; pub fn signum(self) -> Self; pub fn is_positive(self) -> bool;
        pub fn is_negative(self) -> bool;
    }
    impl<T: float> T {
        pub const MIN: Self = 0; pub const MAX: Self = 0; pub const EPSILON: Self = 0; pub const INFINITY: Self = 0;
        pub const NEG_INFINITY: Self = 0; pub const NAN: Self = 0; pub const MIN_POSITIVE: Self = 0; pub const DIGITS: u32 = 0;
        pub const MANTISSA_DIGITS: u32 = 0; pub const RADIX: u32 = 0; pub const MAX_EXP: i32 = 0; pub const MIN_EXP: i32 = 0;
        pub fn floor(self) -> Self; pub fn ceil(self) -> Self; pub fn round(self) -> Self;
        pub fn round_ties_even(self) -> Self; pub fn trunc(self) -> Self; pub fn fract(self) -> Self;
        pub fn mul_add(self) -> Self; pub fn div_euclid(self) -> Self; pub fn rem_euclid(self) -> Self;
        pub fn powi(self) -> Self; pub fn powf(self) -> Self; pub fn sqrt(self) -> Self; pub fn exp(self) -> Self;
        pub fn exp2(self) -> Self; pub fn ln(self) -> Self; pub fn log(self) -> Self; pub fn log2(self) -> Self;
        pub fn log10(self) -> Self; pub fn abs_sub(self) -> Self; pub fn cbrt(self) -> Self;
        pub fn hypot(self) -> Self; pub fn sin(self) -> Self; pub fn cos(self) -> Self; pub fn tan(self) -> Self;
        pub fn asin(self) -> Self; pub fn acos(self) -> Self; pub fn atan(self) -> Self; pub fn atan2(self) -> Self;
        pub fn sin_cos(self) -> (Self, Self); pub fn exp_m1(self) -> Self; pub fn ln_1p(self) -> Self;
        pub fn sinh(self) -> Self; pub fn cosh(self) -> Self; pub fn tanh(self) -> Self; pub fn asinh(self) -> Self;
        pub fn acosh(self) -> Self; pub fn atanh(self) -> Self; pub fn is_nan(self) -> bool;
        pub fn is_infinite(self) -> bool; pub fn is_finite(self) -> bool; pub fn is_subnormal(self) -> bool;
        pub fn is_normal(self) -> bool; pub fn classify(self) -> _; pub fn is_sign_positive(self) -> bool;
        pub fn is_sign_negative(self) -> bool; pub fn next_up(self) -> Self; pub fn next_down(self) -> Self;
        pub fn recip(self) -> Self; pub fn to_degrees(self) -> Self; pub fn to_radians(self) -> Self;
        pub fn max(self, o: Self) -> Self; pub fn min(self, o: Self) -> Self; pub fn midpoint(self) -> Self;
        pub fn to_int_unchecked(self) -> _; pub fn to_bits(self) -> _; pub fn from_bits() -> Self;
        pub fn to_be_bytes(self) -> _; pub fn to_le_bytes(self) -> _; pub fn to_ne_bytes(self) -> _;
        pub fn from_be_bytes() -> Self; pub fn from_le_bytes() -> Self; pub fn from_ne_bytes() -> Self;
        pub fn total_cmp(&self) -> crate::cmp::Ordering; pub fn clamp(self) -> Self; pub fn abs(self) -> Self;
        pub fn signum(self) -> Self; pub fn copysign(self) -> Self;
    }
    impl char {
        pub const MAX: char = 0; pub const REPLACEMENT_CHARACTER: char = 0;
        pub fn from_u32() -> Option<Self>; pub fn from_u32_unchecked() -> Self;
        pub fn from_digit() -> Option<Self>; pub fn is_digit(self) -> bool; pub fn to_digit(self) -> Option<u32>;
        pub fn escape_debug(self) -> _; pub fn escape_default(self) -> _;
        pub fn len_utf8(self) -> usize; pub fn len_utf16(self) -> usize; pub fn encode_utf8(self) -> &str;
        pub fn encode_utf16(self) -> _; pub fn is_alphabetic(self) -> bool; pub fn is_lowercase(self) -> bool;
        pub fn is_uppercase(self) -> bool; pub fn is_whitespace(self) -> bool; pub fn is_alphanumeric(self) -> bool;
        pub fn is_control(self) -> bool; pub fn is_numeric(self) -> bool; pub fn to_lowercase(self) -> _;
        pub fn to_uppercase(self) -> _; pub fn is_ascii(&self) -> bool; pub fn to_ascii_uppercase(&self) -> Self;
        pub fn to_ascii_lowercase(&self) -> Self; pub fn eq_ignore_ascii_case(&self) -> bool;
        pub fn make_ascii_uppercase(&mut self); pub fn make_ascii_lowercase(&mut self);
        pub fn is_ascii_alphabetic(&self) -> bool; pub fn is_ascii_uppercase(&self) -> bool;
        pub fn is_ascii_lowercase(&self) -> bool; pub fn is_ascii_alphanumeric(&self) -> bool;
        pub fn is_ascii_digit(&self) -> bool; pub fn is_ascii_hexdigit(&self) -> bool;
        pub fn is_ascii_punctuation(&self) -> bool; pub fn is_ascii_graphic(&self) -> bool;
        pub fn is_ascii_whitespace(&self) -> bool; pub fn is_ascii_control(&self) -> bool;
    }
    impl bool {
        pub fn then_some<T>(self, value: T) -> Option<T>; pub fn then<T, F: FnOnce() -> T>(self, f: F) -> Option<T>;
    }
    impl str {
        pub fn from_utf8() -> _; pub fn from_utf8_mut() -> _; pub fn from_utf8_unchecked() -> &str;
        pub fn floor_char_boundary(&self) -> usize;
        pub fn ceil_char_boundary(&self) -> usize; pub fn as_bytes_mut(&mut self) -> _; pub fn as_ptr(&self) -> *const u8;
        pub fn as_mut_ptr(&mut self) -> *mut u8; pub fn get_mut(&mut self) -> Option<&str>; pub fn get_unchecked(&self) -> &str;
        pub fn get_unchecked_mut(&mut self) -> _; 
        pub fn split_at_mut(&mut self) -> _;
        pub fn split_at_checked(&self) -> _; pub fn split_at_mut_checked(&mut self) -> _;
        pub fn encode_utf16(&self) -> _; pub fn rsplit_terminator(&self) -> crate::slice::Iter<str>;
        pub fn rmatches(&self) -> crate::slice::Iter<str>; pub fn match_indices(&self) -> crate::slice::Iter<(usize, &str)>; pub fn rmatch_indices(&self) -> crate::slice::Iter<(usize, &str)>;
        pub fn trim_left(&self) -> &str; pub fn trim_right(&self) -> &str; pub fn trim_left_matches(&self) -> &str;
        pub fn trim_right_matches(&self) -> &str; pub fn is_ascii(&self) -> bool;
        pub fn make_ascii_uppercase(&mut self); pub fn make_ascii_lowercase(&mut self);
        pub fn trim_ascii_start(&self) -> &str; pub fn trim_ascii_end(&self) -> &str;
        pub fn trim_ascii(&self) -> &str; pub fn escape_debug(&self) -> _; pub fn escape_default(&self) -> _;
        pub fn replacen(&self) -> String;
    }
    impl<T> slice<T> {
        
        
        
        pub fn is_ascii(&self) -> bool;
        pub fn make_ascii_uppercase(&mut self); pub fn make_ascii_lowercase(&mut self);
        pub fn escape_ascii(&self) -> _; pub fn trim_ascii_start(&self) -> &slice<u8>; pub fn trim_ascii_end(&self) -> &slice<u8>;
        pub fn trim_ascii(&self) -> &slice<u8>; pub fn split_first_mut(&mut self) -> _;
        pub fn split_last_mut(&mut self) -> _; pub fn first_chunk(&self) -> _;
        pub fn first_chunk_mut(&mut self) -> _; pub fn split_first_chunk(&self) -> _;
        pub fn split_first_chunk_mut(&mut self) -> _; pub fn split_last_chunk(&self) -> _;
        pub fn split_last_chunk_mut(&mut self) -> _; pub fn last_chunk(&self) -> _;
        pub fn last_chunk_mut(&mut self) -> _; pub fn as_ptr_range(&self) -> _;
        pub fn as_mut_ptr_range(&mut self) -> _; pub fn as_array(&self) -> _; pub fn as_mut_array(&mut self) -> _;
        pub fn chunks_mut(&mut self) -> crate::slice::Iter<slice<T>>; pub fn chunks_exact_mut(&mut self) -> crate::slice::Iter<slice<T>>;
        pub fn as_chunks(&self) -> _; pub fn as_rchunks(&self) -> _;
        pub fn as_chunks_mut(&mut self) -> _;
        pub fn as_rchunks_mut(&mut self) -> _; pub fn array_windows(&self) -> crate::slice::Iter<slice<T>>; pub fn rchunks(&self) -> crate::slice::Iter<slice<T>>;
        pub fn rchunks_mut(&mut self) -> crate::slice::Iter<slice<T>>; pub fn rchunks_exact(&self) -> crate::slice::Iter<slice<T>>;
        pub fn rchunks_exact_mut(&mut self) -> crate::slice::Iter<slice<T>>; pub fn chunk_by(&self) -> crate::slice::Iter<slice<T>>; pub fn chunk_by_mut(&mut self) -> crate::slice::Iter<slice<T>>;
        pub fn split_at_unchecked(&self) -> _; 
        pub fn split_at_checked(&self) -> _; pub fn split_at_mut_checked(&mut self) -> _; pub fn split(&self) -> crate::slice::Iter<slice<T>>;
        pub fn split_mut(&mut self) -> crate::slice::Iter<slice<T>>; pub fn split_inclusive(&self) -> crate::slice::Iter<slice<T>>;
        pub fn split_inclusive_mut(&mut self) -> crate::slice::Iter<slice<T>>; pub fn rsplit(&self) -> crate::slice::Iter<slice<T>>; pub fn rsplit_mut(&mut self) -> crate::slice::Iter<slice<T>>;
        pub fn splitn(&self) -> crate::slice::Iter<slice<T>>; pub fn splitn_mut(&mut self) -> crate::slice::Iter<slice<T>>; pub fn rsplitn(&self) -> crate::slice::Iter<slice<T>>;
        pub fn rsplitn_mut(&mut self) -> crate::slice::Iter<slice<T>>; pub fn strip_prefix(&self) -> _; pub fn strip_suffix(&self) -> _;
        pub fn sort_unstable_by_key(&mut self) -> _; pub fn select_nth_unstable(&mut self) -> _;
        pub fn select_nth_unstable_by(&mut self) -> _; pub fn select_nth_unstable_by_key(&mut self) -> _;
        pub fn rotate_left(&mut self); pub fn rotate_right(&mut self); pub fn fill_with(&mut self) -> _;
        pub fn copy_within(&mut self); pub fn swap_with_slice(&mut self); pub fn align_to(&self) -> _;
        pub fn align_to_mut(&mut self) -> _; pub fn is_sorted(&self) -> _; pub fn is_sorted_by(&self) -> _;
        pub fn is_sorted_by_key(&self) -> _; pub fn split_off(self) -> _; pub fn split_off_mut(self) -> _;
        pub fn split_off_first(self) -> Option<&T>; 
        pub fn split_off_last(self) -> Option<&T>; 
        pub fn get_disjoint_mut(&mut self) -> _;
        pub fn element_offset(&self) -> Option<usize>; pub fn as_flattened(&self) -> &slice<T>;
        pub fn as_flattened_mut(&mut self) -> &slice<T>; pub fn utf8_chunks(&self) -> _;
        pub fn sort_by_cached_key(&mut self) -> _; pub fn repeat(&self) -> Vec<T>; 
        pub fn to_ascii_uppercase(&self) -> Vec<u8>;
    }
    impl<T> array<T> {
        pub fn as_mut_slice(&mut self) -> &slice<T>; pub fn each_ref(&self) -> _; pub fn each_mut(&mut self) -> _;
    }
    impl<T> pointer<T> {
        pub fn is_null(self) -> bool; pub fn cast<U>(self) -> *mut U; pub fn cast_mut(self) -> *mut T; pub fn cast_const(self) -> *const T;
        pub fn addr(self) -> usize; pub unsafe fn as_ref(self) -> Option<&T>; pub unsafe fn as_mut(self) -> Option<&mut T>;
        pub unsafe fn add(self, n: usize) -> Self; pub unsafe fn sub(self, n: usize) -> Self; pub unsafe fn offset(self, n: isize) -> Self;
        pub fn wrapping_add(self, n: usize) -> Self; pub fn wrapping_sub(self, n: usize) -> Self; pub fn wrapping_offset(self, n: isize) -> Self;
        pub unsafe fn offset_from(self, o: Self) -> isize; pub unsafe fn read(self) -> T; pub unsafe fn read_volatile(self) -> T;
        pub unsafe fn read_unaligned(self) -> T; pub unsafe fn write(self, value: T); pub unsafe fn write_volatile(self, value: T);
        pub unsafe fn write_unaligned(self, value: T); pub unsafe fn write_bytes(self, b: u8, n: usize); pub unsafe fn replace(self, value: T) -> T;
        pub unsafe fn swap(self, o: Self); pub unsafe fn drop_in_place(self); pub unsafe fn copy_from(self, o: Self, n: usize);
        pub unsafe fn copy_to(self, o: Self, n: usize); pub unsafe fn copy_from_nonoverlapping(self, o: Self, n: usize);
        pub unsafe fn copy_to_nonoverlapping(self, o: Self, n: usize); pub fn align_offset(self, n: usize) -> usize; pub fn is_aligned(self) -> bool;
        pub fn byte_add(self, n: usize) -> Self; pub fn byte_sub(self, n: usize) -> Self; pub fn byte_offset(self, n: isize) -> Self;
        pub fn len(self) -> usize; pub fn with_addr(self, n: usize) -> Self; pub fn expose_provenance(self) -> usize;
    }
    impl<T> Clone for pointer<T> { fn clone(&self) -> Self; }
}

pub mod prelude {
    pub use crate::option::Option::{self, None, Some};
    pub use crate::result::Result::{self, Err, Ok};
    pub use crate::boxed::Box;
    pub use crate::string::{String, ToString};
    pub use crate::vec::Vec;
    pub use crate::borrow::ToOwned;
    pub use crate::clone::Clone;
    pub use crate::cmp::{Eq, Ord, PartialEq, PartialOrd};
    pub use crate::convert::{AsMut, AsRef, From, Into, TryFrom, TryInto};
    pub use crate::default::Default;
    pub use crate::iter::{DoubleEndedIterator, ExactSizeIterator, Extend, FromIterator, IntoIterator, Iterator};
    pub use crate::marker::{Copy, Send, Sized, Sync, Unpin};
    pub use crate::mem::drop;
    pub use crate::ops::{Drop, Fn, FnMut, FnOnce};
    pub mod v1 { pub use super::*; }
    pub mod rust_2018 { pub use super::*; }
    pub mod rust_2021 { pub use super::*; }
}
use prelude::*;
use fmt::{Debug, Display};
use str::FromStr;

pub mod option {
    use crate::result::Result;
    pub enum Option<T> { None, Some(T) }
    use Option::*;
    impl<T> Option<T> {
        pub fn is_some(&self) -> bool;
        pub fn is_none(&self) -> bool;
        pub fn is_some_and<F: FnOnce(T) -> bool>(self, f: F) -> bool;
        pub fn is_none_or<F: FnOnce(T) -> bool>(self, f: F) -> bool;
        pub fn as_ref(&self) -> Option<&T>;
        pub fn as_mut(&mut self) -> Option<&mut T>;
        pub fn as_pin_mut(&mut self) -> Option<&mut T>;
        pub fn as_deref(&self) -> Option<<T as crate::ops::Deref>::Target>;
        pub fn as_deref_mut(&mut self) -> Option<<T as crate::ops::Deref>::Target>;
        pub fn as_slice(&self) -> &crate::primitive::slice<T>;
        pub fn expect(self, message: &str) -> T;
        pub fn unwrap(self) -> T;
        pub fn unwrap_or(self, default: T) -> T;
        pub fn unwrap_or_else<F: FnOnce() -> T>(self, f: F) -> T;
        pub fn unwrap_or_default(self) -> T;
        pub unsafe fn unwrap_unchecked(self) -> T;
        pub fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Option<U>;
        pub fn inspect<F: FnOnce(&T)>(self, f: F) -> Option<T>;
        pub fn map_or<U, F: FnOnce(T) -> U>(self, default: U, f: F) -> U;
        pub fn map_or_else<U, D: FnOnce() -> U, F: FnOnce(T) -> U>(self, default: D, f: F) -> U;
        pub fn ok_or<E>(self, error: E) -> Result<T, E>;
        pub fn ok_or_else<E, F: FnOnce() -> E>(self, error: F) -> Result<T, E>;
        pub fn iter(&self) -> crate::slice::Iter<T>;
        pub fn iter_mut(&mut self) -> crate::slice::Iter<T>;
        pub fn and<U>(self, other: Option<U>) -> Option<U>;
        pub fn and_then<U, F: FnOnce(T) -> Option<U>>(self, f: F) -> Option<U>;
        pub fn filter<P: FnOnce(&T) -> bool>(self, p: P) -> Option<T>;
        pub fn or(self, other: Option<T>) -> Option<T>;
        pub fn or_else<F: FnOnce() -> Option<T>>(self, f: F) -> Option<T>;
        pub fn xor(self, other: Option<T>) -> Option<T>;
        pub fn insert(&mut self, value: T) -> &mut T;
        pub fn get_or_insert(&mut self, value: T) -> &mut T;
        pub fn get_or_insert_with<F: FnOnce() -> T>(&mut self, f: F) -> &mut T;
        pub fn take(&mut self) -> Option<T>;
        pub fn replace(&mut self, value: T) -> Option<T>;
        pub fn zip<U>(self, other: Option<U>) -> Option<(T, U)>;
        pub fn copied(self) -> Option<T>;
        pub fn cloned(self) -> Option<T>;
        pub fn transpose(self) -> Result<Option<T>, crate::primitive::bool>;
        pub fn flatten(self) -> T;
        pub fn ok(self) -> Option<T>;
    }
    impl<T> IntoIterator for Option<T> { type Item = T; type IntoIter = crate::slice::Iter<T>; fn into_iter(self) -> crate::slice::Iter<T>; }
    impl<T> Clone for Option<T> { fn clone(&self) -> Self; }
    impl<T> Default for Option<T> { fn default() -> Self; }
}

pub mod result {
    use crate::option::Option;
    pub enum Result<T, E> { Ok(T), Err(E) }
    impl<T, E> Result<T, E> {
        pub fn is_ok(&self) -> bool;
        pub fn is_err(&self) -> bool;
        pub fn is_ok_and<F: FnOnce(T) -> bool>(self, f: F) -> bool;
        pub fn is_err_and<F: FnOnce(E) -> bool>(self, f: F) -> bool;
        pub fn ok(self) -> Option<T>;
        pub fn err(self) -> Option<E>;
        pub fn as_ref(&self) -> Result<&T, &E>;
        pub fn as_mut(&mut self) -> Result<&mut T, &mut E>;
        pub fn as_deref(&self) -> Result<<T as crate::ops::Deref>::Target, &E>;
        pub fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Result<U, E>;
        pub fn map_or<U, F: FnOnce(T) -> U>(self, default: U, f: F) -> U;
        pub fn map_or_else<U, D: FnOnce(E) -> U, F: FnOnce(T) -> U>(self, default: D, f: F) -> U;
        pub fn map_err<O, F: FnOnce(E) -> O>(self, f: F) -> Result<T, O>;
        pub fn inspect<F: FnOnce(&T)>(self, f: F) -> Result<T, E>;
        pub fn inspect_err<F: FnOnce(&E)>(self, f: F) -> Result<T, E>;
        pub fn iter(&self) -> crate::slice::Iter<T>;
        pub fn and<U>(self, other: Result<U, E>) -> Result<U, E>;
        pub fn and_then<U, F: FnOnce(T) -> Result<U, E>>(self, f: F) -> Result<U, E>;
        pub fn or<O>(self, other: Result<T, O>) -> Result<T, O>;
        pub fn or_else<O, F: FnOnce(E) -> Result<T, O>>(self, f: F) -> Result<T, O>;
        pub fn unwrap(self) -> T;
        pub fn expect(self, message: &str) -> T;
        pub fn unwrap_err(self) -> E;
        pub fn expect_err(self, message: &str) -> E;
        pub fn unwrap_or(self, default: T) -> T;
        pub fn unwrap_or_else<F: FnOnce(E) -> T>(self, f: F) -> T;
        pub fn unwrap_or_default(self) -> T;
        pub unsafe fn unwrap_unchecked(self) -> T;
        pub fn copied(self) -> Result<T, E>;
        pub fn cloned(self) -> Result<T, E>;
        pub fn transpose(self) -> Option<T>;
    }
    impl<T, E> IntoIterator for Result<T, E> { type Item = T; type IntoIter = crate::slice::Iter<T>; fn into_iter(self) -> crate::slice::Iter<T>; }
    impl<T, E> Clone for Result<T, E> { fn clone(&self) -> Self; }
}

pub mod ops {
    pub trait Deref { type Target; fn deref(&self) -> &Self::Target; }
    pub trait DerefMut: Deref { fn deref_mut(&mut self) -> &mut Self::Target; }
    pub trait Drop { fn drop(&mut self); }
    pub trait Fn<A> { type Output; }
    pub trait FnMut<A> { type Output; }
    pub trait FnOnce<A> { type Output; }
    pub trait AsyncFn<A> { type Output; }
    pub trait AsyncFnMut<A> { type Output; }
    pub trait AsyncFnOnce<A> { type Output; }
    pub trait Index<I> { type Output; fn index(&self, index: I) -> &Self::Output; }
    pub trait IndexMut<I>: Index<I> { fn index_mut(&mut self, index: I) -> &mut Self::Output; }
    pub trait Add<R> { type Output; fn add(self, other: R) -> Self::Output; }
    pub trait Sub<R> { type Output; fn sub(self, other: R) -> Self::Output; }
    pub trait Mul<R> { type Output; fn mul(self, other: R) -> Self::Output; }
    pub trait Div<R> { type Output; fn div(self, other: R) -> Self::Output; }
    pub trait Rem<R> { type Output; fn rem(self, other: R) -> Self::Output; }
    pub trait BitAnd<R> { type Output; fn bitand(self, other: R) -> Self::Output; }
    pub trait BitOr<R> { type Output; fn bitor(self, other: R) -> Self::Output; }
    pub trait BitXor<R> { type Output; fn bitxor(self, other: R) -> Self::Output; }
    pub trait Shl<R> { type Output; fn shl(self, other: R) -> Self::Output; }
    pub trait Shr<R> { type Output; fn shr(self, other: R) -> Self::Output; }
    pub trait Not { type Output; fn not(self) -> Self::Output; }
    pub trait Neg { type Output; fn neg(self) -> Self::Output; }
    pub trait AddAssign<R> { fn add_assign(&mut self, other: R); }
    pub trait SubAssign<R> { fn sub_assign(&mut self, other: R); }
    pub trait MulAssign<R> { fn mul_assign(&mut self, other: R); } pub trait DivAssign<R> { fn div_assign(&mut self, other: R); }
    pub trait RemAssign<R> { fn rem_assign(&mut self, other: R); } pub trait ShlAssign<R> { fn shl_assign(&mut self, other: R); }
    pub trait ShrAssign<R> { fn shr_assign(&mut self, other: R); } pub trait BitOrAssign<R> { fn bitor_assign(&mut self, other: R); }
    pub trait BitAndAssign<R> { fn bitand_assign(&mut self, other: R); } pub trait BitXorAssign<R> { fn bitxor_assign(&mut self, other: R); }
    pub trait RangeBounds<T> { fn contains(&self, item: &T) -> bool; }
    pub struct Range<T> { pub start: T, pub end: T }
    pub struct RangeInclusive<T>;
    impl<T> Range<T> { pub fn contains(&self, item: &T) -> bool; pub fn is_empty(&self) -> bool; }
    impl<T> RangeInclusive<T> { pub fn start(&self) -> &T; pub fn end(&self) -> &T; }
    impl<T> Iterator for Range<T> { type Item = T; }
    impl<T> Iterator for RangeInclusive<T> { type Item = T; }
    impl<T> DoubleEndedIterator for Range<T> {} impl<T> ExactSizeIterator for Range<T> {} impl<T> DoubleEndedIterator for RangeInclusive<T> {}
    impl<T> Clone for Range<T> { fn clone(&self) -> Self; }
    pub enum ControlFlow<B, C> { Continue(C), Break(B) }
    pub enum Bound<T> { Included(T), Excluded(T), Unbounded }
}

pub mod boxed {
    pub struct Box<T>;
    impl<T> Box<T> {
        pub fn new(value: T) -> Box<T>;
        pub fn pin(value: T) -> crate::pin::Pin<Box<T>>;
        pub fn into_raw(b: Box<T>) -> *mut T;
        pub unsafe fn from_raw(raw: *mut T) -> Box<T>;
        pub fn leak(b: Box<T>) -> &mut T;
    }
    impl<T> crate::ops::Deref for Box<T> { type Target = T; }
    impl<T> AsRef<T> for Box<T> { fn as_ref(&self) -> &T; }
    impl<T> AsMut<T> for Box<T> { fn as_mut(&mut self) -> &mut T; }
    impl<T> Clone for Box<T> { fn clone(&self) -> Self; }
}

pub mod rc {
    pub struct Rc<T>;
    pub struct Weak<T>;
    impl<T> Rc<T> {
        pub fn new(value: T) -> Rc<T>;
        pub fn new_cyclic<F: FnOnce(&Weak<T>) -> T>(f: F) -> Rc<T>;
        pub fn clone(this: &Rc<T>) -> Rc<T>;
        pub fn downgrade(this: &Rc<T>) -> Weak<T>;
        pub fn try_unwrap(this: Rc<T>) -> Result<T, Rc<T>>;
        pub fn get_mut(this: &mut Rc<T>) -> Option<&mut T>;
        pub fn make_mut(this: &mut Rc<T>) -> &mut T;
        pub fn ptr_eq(this: &Rc<T>, other: &Rc<T>) -> bool;
        pub fn strong_count(this: &Rc<T>) -> usize;
    }
    impl<T> crate::ops::Deref for Rc<T> { type Target = T; }
    impl<T> AsRef<T> for Rc<T> { fn as_ref(&self) -> &T; }
    impl<T> Weak<T> { pub fn upgrade(&self) -> Option<Rc<T>>; pub fn new() -> Weak<T>; }
    impl<T> Clone for Weak<T> { fn clone(&self) -> Self; } impl<T> Clone for Rc<T> { fn clone(&self) -> Self; }
    impl<T> Default for Rc<T> { fn default() -> Self; }
}

pub mod sync {
    pub struct Arc<T>;
    pub struct Weak<T>;
    impl<T> Arc<T> {
        pub fn new(value: T) -> Arc<T>;
        pub fn pin(value: T) -> crate::pin::Pin<Arc<T>>;
        pub fn new_cyclic<F: FnOnce(&Weak<T>) -> T>(f: F) -> Arc<T>;
        pub fn clone(this: &Arc<T>) -> Arc<T>;
        pub fn downgrade(this: &Arc<T>) -> Weak<T>;
        pub fn try_unwrap(this: Arc<T>) -> Result<T, Arc<T>>;
        pub fn into_inner(this: Arc<T>) -> Option<T>;
        pub fn get_mut(this: &mut Arc<T>) -> Option<&mut T>;
        pub fn make_mut(this: &mut Arc<T>) -> &mut T;
        pub fn ptr_eq(this: &Arc<T>, other: &Arc<T>) -> bool;
        pub fn strong_count(this: &Arc<T>) -> usize;
        pub fn as_ptr(this: &Arc<T>) -> *const T;
        pub fn into_raw(this: Arc<T>) -> *const T;
        pub unsafe fn from_raw(raw: *const T) -> Arc<T>;
    }
    impl<T> crate::ops::Deref for Arc<T> { type Target = T; }
    impl<T> AsRef<T> for Arc<T> { fn as_ref(&self) -> &T; }
    impl<T> Default for Arc<T> { fn default() -> Self; }
    impl<T> Weak<T> { pub fn upgrade(&self) -> Option<Arc<T>>; pub fn new() -> Weak<T>; }
    impl<T> Clone for Weak<T> { fn clone(&self) -> Self; } impl<T> Clone for Arc<T> { fn clone(&self) -> Self; }
    pub struct PoisonError<T>;
    impl<T> PoisonError<T> { pub fn into_inner(self) -> T; }
    pub type LockResult<T> = Result<T, PoisonError<T>>;
    pub struct Mutex<T>;
    pub struct MutexGuard<T>;
    impl<T> Mutex<T> {
        pub const fn new(value: T) -> Mutex<T>;
        pub fn lock(&self) -> LockResult<MutexGuard<T>>;
        pub fn try_lock(&self) -> LockResult<MutexGuard<T>>;
        pub fn into_inner(self) -> LockResult<T>;
        pub fn get_mut(&mut self) -> LockResult<&mut T>;
        pub fn is_poisoned(&self) -> bool;
    }
    impl<T> Default for Mutex<T> { fn default() -> Self; }
    impl<T> crate::ops::Deref for MutexGuard<T> { type Target = T; }
    pub struct RwLock<T>;
    pub struct RwLockReadGuard<T>;
    pub struct RwLockWriteGuard<T>;
    impl<T> RwLock<T> {
        pub const fn new(value: T) -> RwLock<T>;
        pub fn read(&self) -> LockResult<RwLockReadGuard<T>>;
        pub fn write(&self) -> LockResult<RwLockWriteGuard<T>>;
        pub fn into_inner(self) -> LockResult<T>;
    }
    impl<T> crate::ops::Deref for RwLockReadGuard<T> { type Target = T; }
    impl<T> crate::ops::Deref for RwLockWriteGuard<T> { type Target = T; }
    pub struct Condvar;
    impl Condvar { pub fn new() -> Condvar; pub fn notify_one(&self); pub fn notify_all(&self); pub fn wait<T>(&self, guard: MutexGuard<T>) -> LockResult<MutexGuard<T>>; }
    pub struct Barrier;
    impl Barrier { pub fn new(n: usize) -> Barrier; pub fn wait(&self); }
    pub struct Once;
    impl Once { pub const fn new() -> Once; pub fn call_once<F: FnOnce()>(&self, f: F); }
    pub struct OnceLock<T>;
    impl<T> OnceLock<T> { pub const fn new() -> OnceLock<T>; pub fn get(&self) -> Option<&T>; pub fn set(&self, value: T) -> Result<(), T>; pub fn get_or_init<F: FnOnce() -> T>(&self, f: F) -> &T; }
    pub struct LazyLock<T>;
    impl<T> LazyLock<T> { pub const fn new<F: FnOnce() -> T>(f: F) -> LazyLock<T>; pub fn force(this: &LazyLock<T>) -> &T; }
    impl<T> crate::ops::Deref for LazyLock<T> { type Target = T; }
    pub mod atomic {
        pub enum Ordering { Relaxed, Release, Acquire, AcqRel, SeqCst }
        pub struct AtomicUsize; pub struct AtomicU64; pub struct AtomicU32; pub struct AtomicU16; pub struct AtomicU8;
        pub struct AtomicIsize; pub struct AtomicI64; pub struct AtomicI32; pub struct AtomicBool;
        pub struct AtomicPtr<T>;
        impl AtomicUsize { pub const fn new(v: usize) -> AtomicUsize; pub fn load(&self, o: Ordering) -> usize; pub fn store(&self, v: usize, o: Ordering); pub fn swap(&self, v: usize, o: Ordering) -> usize; pub fn fetch_add(&self, v: usize, o: Ordering) -> usize; pub fn fetch_sub(&self, v: usize, o: Ordering) -> usize; pub fn fetch_or(&self, v: usize, o: Ordering) -> usize; pub fn fetch_and(&self, v: usize, o: Ordering) -> usize; pub fn compare_exchange(&self, a: usize, b: usize, o: Ordering, p: Ordering) -> Result<usize, usize>; pub fn compare_exchange_weak(&self, a: usize, b: usize, o: Ordering, p: Ordering) -> Result<usize, usize>; pub fn get_mut(&mut self) -> &mut usize; }
        impl AtomicBool { pub const fn new(v: bool) -> AtomicBool; pub fn load(&self, o: Ordering) -> bool; pub fn store(&self, v: bool, o: Ordering); pub fn swap(&self, v: bool, o: Ordering) -> bool; pub fn compare_exchange(&self, a: bool, b: bool, o: Ordering, p: Ordering) -> Result<bool, bool>; }
        impl AtomicU64 { pub const fn new(v: u64) -> AtomicU64; pub fn load(&self, o: Ordering) -> u64; pub fn store(&self, v: u64, o: Ordering); pub fn fetch_add(&self, v: u64, o: Ordering) -> u64; pub fn fetch_sub(&self, v: u64, o: Ordering) -> u64; }
        impl AtomicU32 { pub const fn new(v: u32) -> AtomicU32; pub fn load(&self, o: Ordering) -> u32; pub fn store(&self, v: u32, o: Ordering); pub fn fetch_add(&self, v: u32, o: Ordering) -> u32; }
        impl<T> AtomicPtr<T> { pub fn get_mut(&mut self) -> &mut *mut T; pub const fn new(v: *mut T) -> AtomicPtr<T>; pub fn load(&self, o: Ordering) -> *mut T; pub fn store(&self, v: *mut T, o: Ordering); pub fn swap(&self, v: *mut T, o: Ordering) -> *mut T; }
        pub fn fence(o: Ordering);
    }
    pub mod mpsc {
        pub struct Sender<T>; pub struct SyncSender<T>; pub struct Receiver<T>; pub struct SendError<T>; pub struct RecvError; pub enum TryRecvError { Empty, Disconnected }
        pub fn channel<T>() -> (Sender<T>, Receiver<T>);
        pub fn sync_channel<T>(n: usize) -> (SyncSender<T>, Receiver<T>);
        impl<T> Sender<T> { pub fn send(&self, value: T) -> Result<(), SendError<T>>; }
        impl<T> SyncSender<T> { pub fn send(&self, value: T) -> Result<(), SendError<T>>; }
        impl<T> Receiver<T> { pub fn recv(&self) -> Result<T, RecvError>; pub fn try_recv(&self) -> Result<T, TryRecvError>; pub fn recv_timeout(&self, d: crate::time::Duration) -> Result<T, RecvError>; pub fn iter(&self) -> crate::slice::Iter<T>; pub fn try_iter(&self) -> crate::slice::Iter<T>; }
        impl<T> IntoIterator for Receiver<T> { type Item = T; }
        impl<T> Clone for Sender<T> { fn clone(&self) -> Self; }
        impl<T> Clone for SyncSender<T> { fn clone(&self) -> Self; }
    }
}

pub mod cell {
    pub struct Cell<T>; pub struct RefCell<T>; pub struct Ref<T>; pub struct RefMut<T>; pub struct UnsafeCell<T>; pub struct OnceCell<T>; pub struct LazyCell<T>;
    impl<T> Cell<T> { pub const fn new(value: T) -> Cell<T>; pub fn get(&self) -> T; pub fn set(&self, value: T); pub fn replace(&self, value: T) -> T; pub fn take(&self) -> T; pub fn into_inner(self) -> T; pub fn get_mut(&mut self) -> &mut T; }
    impl<T> RefCell<T> { pub const fn new(value: T) -> RefCell<T>; pub fn borrow(&self) -> Ref<T>; pub fn borrow_mut(&self) -> RefMut<T>; pub fn into_inner(self) -> T; pub fn replace(&self, value: T) -> T; pub fn take(&self) -> T; pub fn get_mut(&mut self) -> &mut T; pub fn try_borrow(&self) -> Result<Ref<T>, bool>; pub fn try_borrow_mut(&self) -> Result<RefMut<T>, bool>; }
    impl<T> UnsafeCell<T> { pub const fn new(value: T) -> UnsafeCell<T>; pub fn get(&self) -> *mut T; pub fn into_inner(self) -> T; pub fn get_mut(&mut self) -> &mut T; }
    impl<T> OnceCell<T> { pub const fn new() -> OnceCell<T>; pub fn get(&self) -> Option<&T>; pub fn set(&self, value: T) -> Result<(), T>; pub fn get_or_init<F: FnOnce() -> T>(&self, f: F) -> &T; }
    impl<T> crate::ops::Deref for Ref<T> { type Target = T; }
    impl<T> crate::ops::Deref for RefMut<T> { type Target = T; }
    impl<T> crate::ops::Deref for LazyCell<T> { type Target = T; }
    impl<T> Default for Cell<T> { fn default() -> Self; }
    impl<T> Default for RefCell<T> { fn default() -> Self; }
}

pub mod pin {
    pub struct Pin<T>;
    impl<T> Pin<T> {
        pub fn new(value: T) -> Pin<T>;
        pub unsafe fn new_unchecked(value: T) -> Pin<T>;
        pub fn as_mut(&mut self) -> Pin<T>;
        pub fn as_ref(&self) -> Pin<T>;
        pub fn get_mut(self) -> T;
        pub fn get_ref(self) -> T;
        pub unsafe fn get_unchecked_mut(self) -> T;
        pub fn into_inner(self) -> T;
        pub unsafe fn map_unchecked_mut<U, F: FnOnce(T) -> U>(self, f: F) -> Pin<U>;
        pub fn set(&mut self, value: T);
    }
    impl<T> crate::ops::Deref for Pin<T> { type Target = T; }
}

pub mod future {
    use crate::task::{Context, Poll};
    pub trait Future { type Output; fn poll(self: crate::pin::Pin<&mut Self>, context: &mut Context) -> Poll<Self::Output>; }
    pub trait IntoFuture { type Output; type IntoFuture; fn into_future(self) -> Self::IntoFuture; }
    pub struct Ready<T>; pub struct Pending<T>; pub struct PollFn<T>;
    pub fn ready<T>(value: T) -> Ready<T>;
    pub fn pending<T>() -> Pending<T>;
    pub fn poll_fn<T, F: FnMut(&mut Context) -> Poll<T>>(f: F) -> PollFn<T>;
    impl<T> Future for Ready<T> { type Output = T; }
    impl<T> Future for PollFn<T> { type Output = T; }
    impl<T> Future for Pending<T> { type Output = T; }
}

pub mod task {
    pub enum Poll<T> { Ready(T), Pending }
    pub struct Context; pub struct Waker; pub struct RawWaker; pub struct RawWakerVTable;
    pub trait Wake { fn wake(self: crate::sync::Arc<Self>); fn wake_by_ref(self: &crate::sync::Arc<Self>); }
    impl<T> Poll<T> { pub fn is_ready(&self) -> bool; pub fn is_pending(&self) -> bool; pub fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Poll<U>; pub fn map_ok<U, F>(self, f: F) -> Poll<T>; pub fn map_err<F>(self, f: F) -> Poll<T>; }
    impl Context { pub fn waker(&self) -> &Waker; pub fn from_waker(waker: &Waker) -> Context; }
    impl Waker { pub fn wake(self); pub fn wake_by_ref(&self); pub fn will_wake(&self, other: &Waker) -> bool; pub unsafe fn from_raw(raw: RawWaker) -> Waker; pub fn noop() -> Waker; }
    impl Clone for Waker { fn clone(&self) -> Self; }
    impl RawWaker { pub const fn new(data: *const (), table: &RawWakerVTable) -> RawWaker; }
    impl RawWakerVTable { pub const fn new() -> RawWakerVTable; }
}

pub mod slice {
    pub struct Iter<T>;
    pub type IterMut<T> = Iter<T>;
    pub type Chunks<T> = Iter<crate::primitive::slice<T>>;
    impl<T> Iter<T> { pub fn as_slice(&self) -> &crate::primitive::slice<T>; }
    impl<T> Iterator for Iter<T> { type Item = T; }
    impl<T> DoubleEndedIterator for Iter<T> {}
    impl<T> ExactSizeIterator for Iter<T> {}
    impl<T> Clone for Iter<T> { fn clone(&self) -> Self; }
    pub fn from_ref<T>(value: &T) -> &crate::primitive::slice<T>;
    pub unsafe fn from_raw_parts<T>(data: *const T, len: usize) -> &crate::primitive::slice<T>;
    pub unsafe fn from_raw_parts_mut<T>(data: *mut T, len: usize) -> &mut crate::primitive::slice<T>;
}

pub mod iter {
    pub trait IntoIterator { type Item; type IntoIter; fn into_iter(self) -> Self::IntoIter; }
    impl<I: Iterator> IntoIterator for I { type Item = I::Item; type IntoIter = I; fn into_iter(self) -> I; }
    pub trait FromIterator<A> { fn from_iter<T: IntoIterator<Item = A>>(iter: T) -> Self; }
    pub trait Extend<A> { fn extend<T: IntoIterator<Item = A>>(&mut self, iter: T); }
    pub trait ExactSizeIterator: Iterator { fn len(&self) -> usize; }
    pub trait FusedIterator: Iterator {}
    pub trait DoubleEndedIterator: Iterator {
        fn next_back(&mut self) -> Option<Self::Item>;
        fn rev(self) -> Rev<Self>;
        fn rfind<P: FnMut(&Self::Item) -> bool>(&mut self, p: P) -> Option<Self::Item>;
        fn rposition<P: FnMut(Self::Item) -> bool>(&mut self, p: P) -> Option<usize>;
        fn nth_back(&mut self, n: usize) -> Option<Self::Item>;
        fn rfold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, f: F) -> B;
    }
    pub trait Sum<A> {}
    pub trait Product<A> {}
    pub trait Iterator {
        type Item;
        fn next(&mut self) -> Option<Self::Item>;
        fn size_hint(&self) -> (usize, Option<usize>);
        fn count(self) -> usize;
        fn last(self) -> Option<Self::Item>;
        fn nth(&mut self, n: usize) -> Option<Self::Item>;
        fn step_by(self, n: usize) -> Rev<Self>;
        fn chain<U>(self, other: U) -> Rev<Self>;
        fn zip<U: IntoIterator>(self, other: U) -> Zip<Self, U>;
        fn map<B, F: FnMut(Self::Item) -> B>(self, f: F) -> Map<B>;
        fn for_each<F: FnMut(Self::Item)>(self, f: F);
        fn filter<P: FnMut(&Self::Item) -> bool>(self, p: P) -> Rev<Self>;
        fn filter_map<B, F: FnMut(Self::Item) -> Option<B>>(self, f: F) -> Map<B>;
        fn enumerate(self) -> Map<(usize, Self::Item)>;
        fn peekable(self) -> Peekable<Self>;
        fn skip_while<P: FnMut(&Self::Item) -> bool>(self, p: P) -> Rev<Self>;
        fn take_while<P: FnMut(&Self::Item) -> bool>(self, p: P) -> Rev<Self>;
        fn map_while<B, P: FnMut(Self::Item) -> Option<B>>(self, p: P) -> Map<B>;
        fn skip(self, n: usize) -> Rev<Self>;
        fn take(self, n: usize) -> Rev<Self>;
        fn scan<S, B, F: FnMut(&mut S, Self::Item) -> Option<B>>(self, state: S, f: F) -> Map<B>;
        fn flat_map<U: IntoIterator, F: FnMut(Self::Item) -> U>(self, f: F) -> Map<U::Item>;
        fn flatten(self) -> Map<<Self::Item as IntoIterator>::Item>;
        fn fuse(self) -> Rev<Self>;
        fn inspect<F: FnMut(&Self::Item)>(self, f: F) -> Rev<Self>;
        fn by_ref(&mut self) -> &mut Self;
        fn collect<B: FromIterator<Self::Item>>(self) -> B;
        fn partition<B, F: FnMut(&Self::Item) -> bool>(self, f: F) -> (B, B);
        fn try_fold<B, R, F: FnMut(B, Self::Item) -> R>(&mut self, init: B, f: F) -> R;
        fn try_for_each<R, F: FnMut(Self::Item) -> R>(&mut self, f: F) -> R;
        fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, f: F) -> B;
        fn reduce<F: FnMut(Self::Item, Self::Item) -> Self::Item>(self, f: F) -> Option<Self::Item>;
        fn all<F: FnMut(Self::Item) -> bool>(&mut self, f: F) -> bool;
        fn any<F: FnMut(Self::Item) -> bool>(&mut self, f: F) -> bool;
        fn find<P: FnMut(&Self::Item) -> bool>(&mut self, p: P) -> Option<Self::Item>;
        fn find_map<B, F: FnMut(Self::Item) -> Option<B>>(&mut self, f: F) -> Option<B>;
        fn position<P: FnMut(Self::Item) -> bool>(&mut self, p: P) -> Option<usize>;
        fn max(self) -> Option<Self::Item>;
        fn min(self) -> Option<Self::Item>;
        fn max_by_key<B, F: FnMut(&Self::Item) -> B>(self, f: F) -> Option<Self::Item>;
        fn max_by<F: FnMut(&Self::Item, &Self::Item) -> crate::cmp::Ordering>(self, f: F) -> Option<Self::Item>;
        fn min_by_key<B, F: FnMut(&Self::Item) -> B>(self, f: F) -> Option<Self::Item>;
        fn min_by<F: FnMut(&Self::Item, &Self::Item) -> crate::cmp::Ordering>(self, f: F) -> Option<Self::Item>;
        fn unzip<A, B>(self) -> (A, B);
        fn copied(self) -> Rev<Self>;
        fn cloned(self) -> Rev<Self>;
        fn cycle(self) -> Rev<Self>;
        fn sum<S>(self) -> S;
        fn product<S>(self) -> S;
        fn cmp<I>(self, other: I) -> crate::cmp::Ordering;
        fn eq<I>(self, other: I) -> bool;
    }
    pub struct Rev<I>; pub struct Map<B>; pub struct Zip<A, B>; pub struct Peekable<I>;
    pub struct Repeat<T>; pub struct Once<T>; pub struct Empty<T>; pub struct FromFn<T>;
    impl<I> Clone for Rev<I> { fn clone(&self) -> Self; } impl<B> Clone for Map<B> { fn clone(&self) -> Self; }
    impl<A, B> Clone for Zip<A, B> { fn clone(&self) -> Self; } impl<I> Clone for Peekable<I> { fn clone(&self) -> Self; }
    impl<T> Clone for Repeat<T> { fn clone(&self) -> Self; }
    impl<I: Iterator> Iterator for Rev<I> { type Item = I::Item; }
    impl<I: Iterator> DoubleEndedIterator for Rev<I> {}
    impl<I: Iterator> ExactSizeIterator for Rev<I> {}
    impl<B> Iterator for Map<B> { type Item = B; }
    impl<B> DoubleEndedIterator for Map<B> {}
    impl<B> ExactSizeIterator for Map<B> {}
    impl<A: Iterator, B: IntoIterator> Iterator for Zip<A, B> { type Item = (A::Item, B::Item); }
    impl<A: Iterator, B: IntoIterator> DoubleEndedIterator for Zip<A, B> {}
    impl<I: Iterator> Iterator for Peekable<I> { type Item = I::Item; }
    impl<I: Iterator> Peekable<I> { pub fn peek(&mut self) -> Option<&I::Item>; pub fn peek_mut(&mut self) -> Option<&mut I::Item>; pub fn next_if<F: FnOnce(&I::Item) -> bool>(&mut self, f: F) -> Option<I::Item>; }
    impl<T> Iterator for Repeat<T> { type Item = T; }
    impl<T> Iterator for Once<T> { type Item = T; }
    impl<T> Iterator for Empty<T> { type Item = T; }
    impl<T> Iterator for FromFn<T> { type Item = T; }
    pub fn repeat<T>(value: T) -> Repeat<T>;
    pub fn once<T>(value: T) -> Once<T>;
    pub fn empty<T>() -> Empty<T>;
    pub fn from_fn<T, F: FnMut() -> Option<T>>(f: F) -> FromFn<T>;
    pub fn repeat_with<T, F: FnMut() -> T>(f: F) -> FromFn<T>;
    pub fn successors<T, F: FnMut(&T) -> Option<T>>(first: Option<T>, f: F) -> FromFn<T>;
    pub fn zip<A: IntoIterator, B: IntoIterator>(a: A, b: B) -> Map<(A::Item, B::Item)>;
}

pub mod vec {
    use crate::primitive::slice;
    pub struct Vec<T>;
    pub struct IntoIter<T>; pub struct Drain<T>;
    impl<T> Vec<T> {
        pub const fn new() -> Vec<T>;
        pub fn with_capacity(n: usize) -> Vec<T>;
        pub fn push(&mut self, value: T);
        pub fn pop(&mut self) -> Option<T>;
        pub fn insert(&mut self, index: usize, value: T);
        pub fn remove(&mut self, index: usize) -> T;
        pub fn swap_remove(&mut self, index: usize) -> T;
        pub fn truncate(&mut self, n: usize);
        pub fn clear(&mut self);
        pub fn len(&self) -> usize;
        pub fn is_empty(&self) -> bool;
        pub fn capacity(&self) -> usize;
        pub fn reserve(&mut self, n: usize);
        pub fn append(&mut self, other: &mut Vec<T>);
        pub fn drain<R>(&mut self, range: R) -> Drain<T>;
        pub fn splice<R, I>(&mut self, range: R, with: I) -> Drain<T>;
        pub fn split_off(&mut self, at: usize) -> Vec<T>;
        pub fn retain<F: FnMut(&T) -> bool>(&mut self, f: F);
        pub fn retain_mut<F: FnMut(&mut T) -> bool>(&mut self, f: F);
        pub fn dedup(&mut self);
        pub fn dedup_by_key<K, F: FnMut(&mut T) -> K>(&mut self, f: F);
        pub fn dedup_by<F: FnMut(&mut T, &mut T) -> bool>(&mut self, f: F);
        pub fn resize(&mut self, n: usize, value: T);
        pub fn resize_with<F: FnMut() -> T>(&mut self, n: usize, f: F);
        pub fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I);
        pub fn extend_from_slice(&mut self, other: &slice<T>);
        pub fn as_slice(&self) -> &slice<T>;
        pub fn as_mut_slice(&mut self) -> &mut slice<T>;
        pub fn into_boxed_slice(self) -> Box<slice<T>>;
        pub fn shrink_to_fit(&mut self);
        pub fn iter(&self) -> crate::slice::Iter<T>;
        pub fn iter_mut(&mut self) -> crate::slice::Iter<T>;
    }
    impl<T> crate::ops::Deref for Vec<T> { type Target = slice<T>; }
    impl<T> IntoIterator for Vec<T> { type Item = T; type IntoIter = IntoIter<T>; fn into_iter(self) -> IntoIter<T>; }
    impl<T> FromIterator<T> for Vec<T> {}
    impl<T> Clone for IntoIter<T> { fn clone(&self) -> Self; }
    impl<T> Iterator for IntoIter<T> { type Item = T; }
    impl<T> DoubleEndedIterator for IntoIter<T> {}
    impl<T> ExactSizeIterator for IntoIter<T> {}
    impl<T> Iterator for Drain<T> { type Item = T; }
    impl<T> DoubleEndedIterator for Drain<T> {}
    impl<T> Clone for Vec<T> { fn clone(&self) -> Self; }
    impl<T> Default for Vec<T> { fn default() -> Self; }
    impl<T> From<slice<T>> for Vec<T> { fn from(value: slice<T>) -> Self; }
    impl<T> AsRef<slice<T>> for Vec<T> { fn as_ref(&self) -> &slice<T>; }
}

pub mod string {
    pub struct String;
    pub struct FromUtf8Error;
    pub trait ToString { fn to_string(&self) -> String; }
    impl<T: crate::fmt::Display> ToString for T { fn to_string(&self) -> String; }
    impl String {
        pub const fn new() -> String;
        pub fn with_capacity(n: usize) -> String;
        pub fn from_utf8(bytes: Vec<u8>) -> Result<String, FromUtf8Error>;
        pub fn from_utf8_lossy(bytes: &[u8]) -> crate::borrow::Cow<str>;
        pub fn push(&mut self, c: char);
        pub fn push_str(&mut self, s: &str);
        pub fn pop(&mut self) -> Option<char>;
        pub fn insert(&mut self, index: usize, c: char);
        pub fn insert_str(&mut self, index: usize, s: &str);
        pub fn remove(&mut self, index: usize) -> char;
        pub fn truncate(&mut self, n: usize);
        pub fn clear(&mut self);
        pub fn len(&self) -> usize;
        pub fn is_empty(&self) -> bool;
        pub fn capacity(&self) -> usize;
        pub fn as_str(&self) -> &str;
        pub fn as_mut_str(&mut self) -> &mut str;
        pub fn into_bytes(self) -> Vec<u8>;
        pub fn into_boxed_str(self) -> Box<str>;
        pub fn reserve(&mut self, n: usize);
        pub fn drain<R>(&mut self, range: R) -> crate::slice::Iter<char>;
        pub fn extend<I>(&mut self, iter: I);
        pub fn retain<F: FnMut(char) -> bool>(&mut self, f: F);
        pub fn split_off(&mut self, at: usize) -> String;
        pub fn replace_range<R>(&mut self, range: R, with: &str);
        pub fn write_str(&mut self, s: &str) -> crate::fmt::Result;
    }
    impl crate::ops::Deref for String { type Target = str; }
    impl Clone for String { fn clone(&self) -> Self; }
    impl Default for String { fn default() -> Self; }
    impl crate::fmt::Display for String {}
    impl From<str> for String { fn from(value: &str) -> Self; }
    impl FromIterator<char> for String {}
}
pub mod str {
    pub trait FromStr { type Err; fn from_str(s: &str) -> Result<Self, Self::Err>; }
    pub struct Utf8Error;
    pub fn from_utf8(bytes: &[u8]) -> Result<&str, Utf8Error>;
    pub unsafe fn from_utf8_unchecked(bytes: &[u8]) -> &str;
    pub type Chars = crate::slice::Iter<char>;
    pub type CharIndices = crate::slice::Iter<(usize, char)>;
    pub type Bytes = crate::slice::Iter<u8>;
    pub type Lines = crate::slice::Iter<str>;
    pub type SplitWhitespace = crate::slice::Iter<str>;
}

pub mod borrow {
    pub trait ToOwned { type Owned; fn to_owned(&self) -> Self::Owned; }
    impl<T: Clone> ToOwned for T { type Owned = T; fn to_owned(&self) -> T; }
    pub trait Borrow<T> { fn borrow(&self) -> &T; }
    pub trait BorrowMut<T> { fn borrow_mut(&mut self) -> &mut T; }
    pub enum Cow<B> { Borrowed(B), Owned(B) }
    impl<B> Cow<B> { pub fn into_owned(self) -> <B as ToOwned>::Owned; pub fn to_mut(&mut self) -> &mut B; pub fn is_borrowed(&self) -> bool; }
    impl<B> crate::ops::Deref for Cow<B> { type Target = B; }
    impl<B> Clone for Cow<B> { fn clone(&self) -> Self; }
}

pub mod clone { pub trait Clone { fn clone(&self) -> Self; fn clone_from(&mut self, other: &Self); } }
pub mod default { pub trait Default { fn default() -> Self; } }
pub mod marker { pub trait Copy: Clone {} pub trait Send {} pub trait Sized {} pub trait Sync {} pub trait Unpin {} pub struct PhantomData<T>; pub struct PhantomPinned; }
pub mod mem {
    pub fn drop<T>(value: T);
    pub fn forget<T>(value: T);
    pub fn swap<T>(a: &mut T, b: &mut T);
    pub fn replace<T>(a: &mut T, b: T) -> T;
    pub fn take<T>(a: &mut T) -> T;
    pub fn size_of<T>() -> usize;
    pub fn size_of_val<T>(value: &T) -> usize;
    pub fn align_of<T>() -> usize;
    pub unsafe fn zeroed<T>() -> T;
    pub unsafe fn transmute<A, B>(value: A) -> B;
    pub struct MaybeUninit<T>; pub struct ManuallyDrop<T>; pub struct Discriminant<T>;
    impl<T> MaybeUninit<T> { pub const fn uninit() -> MaybeUninit<T>; pub const fn new(value: T) -> MaybeUninit<T>; pub unsafe fn assume_init(self) -> T; pub fn write(&mut self, value: T) -> &mut T; pub fn as_ptr(&self) -> *const T; pub fn as_mut_ptr(&mut self) -> *mut T; pub unsafe fn assume_init_ref(&self) -> &T; pub unsafe fn assume_init_mut(&mut self) -> &mut T; }
    impl<T> ManuallyDrop<T> { pub const fn new(value: T) -> ManuallyDrop<T>; pub fn into_inner(slot: ManuallyDrop<T>) -> T; }
    impl<T> crate::ops::Deref for ManuallyDrop<T> { type Target = T; }
}
pub mod ptr {
    pub struct NonNull<T>;
    impl<T> NonNull<T> { pub fn new(p: *mut T) -> Option<NonNull<T>>; pub unsafe fn new_unchecked(p: *mut T) -> NonNull<T>; pub const fn dangling() -> NonNull<T>; pub fn as_ptr(self) -> *mut T; pub unsafe fn as_ref(&self) -> &T; pub unsafe fn as_mut(&mut self) -> &mut T; }
    impl<T> From<T> for NonNull<T> { fn from(value: &T) -> Self; }
    impl<T> Clone for NonNull<T> { fn clone(&self) -> Self; }
    pub const fn null<T>() -> *const T;
    pub const fn null_mut<T>() -> *mut T;
    pub unsafe fn read<T>(p: *const T) -> T;
    pub unsafe fn write<T>(p: *mut T, value: T);
    pub fn eq<T>(a: *const T, b: *const T) -> bool;
}
pub mod cmp {
    pub enum Ordering { Less, Equal, Greater }
    impl Ordering { pub fn reverse(self) -> Ordering; pub fn then(self, other: Ordering) -> Ordering; pub fn then_with<F: FnOnce() -> Ordering>(self, f: F) -> Ordering; pub fn is_eq(self) -> bool; pub fn is_lt(self) -> bool; }
    pub trait PartialEq<R> { fn eq(&self, other: &R) -> bool; fn ne(&self, other: &R) -> bool; }
    pub trait Eq: PartialEq<Self> {}
    pub trait PartialOrd<R> { fn partial_cmp(&self, other: &R) -> Option<Ordering>; fn lt(&self, other: &R) -> bool; fn le(&self, other: &R) -> bool; fn gt(&self, other: &R) -> bool; fn ge(&self, other: &R) -> bool; }
    pub trait Ord: Eq { fn cmp(&self, other: &Self) -> Ordering; fn max(self, other: Self) -> Self; fn min(self, other: Self) -> Self; fn clamp(self, min: Self, max: Self) -> Self; }
    pub struct Reverse<T>(pub T);
    pub fn min<T>(a: T, b: T) -> T;
    pub fn max<T>(a: T, b: T) -> T;
}
pub mod convert {
    pub trait AsRef<T> { fn as_ref(&self) -> &T; }
    pub trait AsMut<T> { fn as_mut(&mut self) -> &mut T; }
    pub trait From<T> { fn from(value: T) -> Self; }
    pub trait Into<T> { fn into(self) -> T; }
    impl<T> Into<U> for T { fn into(self) -> U; }
    pub trait TryFrom<T> { type Error; fn try_from(value: T) -> Result<Self, Self::Error>; }
    pub trait TryInto<T> { type Error; fn try_into(self) -> Result<T, Self::Error>; }
    impl<T> TryInto<U> for T { fn try_into(self) -> Result<U, E>; }
    pub enum Infallible {}
    pub fn identity<T>(value: T) -> T;
}
pub mod hash {
    pub trait Hash { fn hash<H: Hasher>(&self, state: &mut H); }
    pub trait Hasher { fn finish(&self) -> u64; fn write(&mut self, bytes: &[u8]); fn write_u8(&mut self, i: u8); fn write_u64(&mut self, i: u64); fn write_usize(&mut self, i: usize); }
    pub trait BuildHasher { type Hasher; fn build_hasher(&self) -> Self::Hasher; }
}
pub mod fmt {
    pub struct Formatter; pub struct Error; pub struct Arguments; pub struct DebugStruct; pub struct DebugTuple; pub struct DebugList; pub struct DebugMap;
    pub type Result<T = (), E = Error> = crate::result::Result<T, E>;
    pub trait Debug { fn fmt(&self, f: &mut Formatter) -> Result; }
    pub trait Display { fn fmt(&self, f: &mut Formatter) -> Result; }
    pub trait LowerHex { fn fmt(&self, f: &mut Formatter) -> Result; }
    pub trait UpperHex { fn fmt(&self, f: &mut Formatter) -> Result; }
    pub trait Pointer { fn fmt(&self, f: &mut Formatter) -> Result; }
    pub trait Write { fn write_str(&mut self, s: &str) -> Result; fn write_char(&mut self, c: char) -> Result; fn write_fmt(&mut self, a: Arguments) -> Result; }
    impl Formatter {
        pub fn write_str(&mut self, s: &str) -> Result; pub fn write_char(&mut self, c: char) -> Result; pub fn write_fmt(&mut self, a: Arguments) -> Result;
        pub fn debug_struct(&mut self, name: &str) -> DebugStruct; pub fn debug_tuple(&mut self, name: &str) -> DebugTuple; pub fn debug_list(&mut self) -> DebugList; pub fn debug_map(&mut self) -> DebugMap; pub fn debug_set(&mut self) -> DebugList;
        pub fn pad(&mut self, s: &str) -> Result; pub fn alternate(&self) -> bool; pub fn width(&self) -> Option<usize>; pub fn precision(&self) -> Option<usize>;
    }
    impl DebugStruct { pub fn field<T>(&mut self, name: &str, value: T) -> &mut Self; pub fn finish(&mut self) -> Result; pub fn finish_non_exhaustive(&mut self) -> Result; }
    impl DebugTuple { pub fn field<T>(&mut self, value: T) -> &mut Self; pub fn finish(&mut self) -> Result; }
    impl DebugList { pub fn entry<T>(&mut self, value: T) -> &mut Self; pub fn entries<T>(&mut self, values: T) -> &mut Self; pub fn finish(&mut self) -> Result; }
    impl DebugMap { pub fn entry<K, T>(&mut self, key: K, value: T) -> &mut Self; pub fn entries<T>(&mut self, values: T) -> &mut Self; pub fn finish(&mut self) -> Result; }
}
pub mod error { pub trait Error: crate::fmt::Debug + crate::fmt::Display { fn source(&self) -> Option<&(dyn Error + 'static)>; fn description(&self) -> &str; fn cause(&self) -> Option<&dyn Error>; } }
pub mod any { pub trait Any { fn type_id(&self) -> TypeId; } pub struct TypeId; pub fn type_name<T>() -> &str; }

pub mod collections {
    pub use self::hash_map::HashMap;
    pub use self::btree_map::BTreeMap;
    pub use self::hash_set::HashSet;
    pub use self::btree_set::BTreeSet;
    pub use self::vec_deque::VecDeque;
    pub use self::binary_heap::BinaryHeap;
    pub mod hash_map {
        pub struct HashMap<K, V, S = RandomState>; pub struct RandomState; pub struct Iter<K, V>; pub struct DefaultHasher;
        pub enum Entry<K, V> { Occupied(OccupiedEntry<K, V>), Vacant(VacantEntry<K, V>) }
        pub struct OccupiedEntry<K, V>; pub struct VacantEntry<K, V>;
        impl<K, V, S> HashMap<K, V, S> {
            pub fn new() -> HashMap<K, V>; pub fn with_capacity(n: usize) -> HashMap<K, V>; pub fn with_hasher(s: S) -> HashMap<K, V, S>; pub fn with_capacity_and_hasher(n: usize, s: S) -> HashMap<K, V, S>;
            pub fn len(&self) -> usize; pub fn is_empty(&self) -> bool; pub fn clear(&mut self);
            pub fn get<Q>(&self, k: &Q) -> Option<&V>; pub fn get_mut<Q>(&mut self, k: &Q) -> Option<&mut V>; pub fn get_key_value<Q>(&self, k: &Q) -> Option<(&K, &V)>;
            pub fn insert(&mut self, k: K, v: V) -> Option<V>; pub fn remove<Q>(&mut self, k: &Q) -> Option<V>; pub fn remove_entry<Q>(&mut self, k: &Q) -> Option<(K, V)>;
            pub fn contains_key<Q>(&self, k: &Q) -> bool; pub fn entry(&mut self, k: K) -> Entry<K, V>;
            pub fn iter(&self) -> Iter<K, V>; pub fn iter_mut(&mut self) -> Iter<K, V>; pub fn drain(&mut self) -> Iter<K, V>;
            pub fn keys(&self) -> crate::slice::Iter<K>; pub fn values(&self) -> crate::slice::Iter<V>; pub fn values_mut(&mut self) -> crate::slice::Iter<V>; pub fn into_keys(self) -> crate::slice::Iter<K>; pub fn into_values(self) -> crate::slice::Iter<V>;
            pub fn retain<F: FnMut(&K, &mut V) -> bool>(&mut self, f: F); pub fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, iter: I); pub fn reserve(&mut self, n: usize);
        }
        impl<K, V, S> IntoIterator for HashMap<K, V, S> { type Item = (K, V); type IntoIter = Iter<K, V>; fn into_iter(self) -> Iter<K, V>; }
        impl<K, V> Iterator for Iter<K, V> { type Item = (K, V); }
        impl<K, V, S> Clone for HashMap<K, V, S> { fn clone(&self) -> Self; }
        impl<K, V, S> Default for HashMap<K, V, S> { fn default() -> Self; }
        impl<K, V> Entry<K, V> { pub fn or_insert(self, v: V) -> &mut V; pub fn or_insert_with<F: FnOnce() -> V>(self, f: F) -> &mut V; pub fn or_insert_with_key<F: FnOnce(&K) -> V>(self, f: F) -> &mut V; pub fn or_default(self) -> &mut V; pub fn and_modify<F: FnOnce(&mut V)>(self, f: F) -> Entry<K, V>; pub fn key(&self) -> &K; }
        impl<K, V> OccupiedEntry<K, V> { pub fn get(&self) -> &V; pub fn get_mut(&mut self) -> &mut V; pub fn into_mut(self) -> &mut V; pub fn insert(&mut self, v: V) -> V; pub fn remove(self) -> V; pub fn remove_entry(self) -> (K, V); pub fn key(&self) -> &K; }
        impl<K, V> VacantEntry<K, V> { pub fn insert(self, v: V) -> &mut V; pub fn key(&self) -> &K; pub fn into_key(self) -> K; }
    }
    pub mod btree_map {
        pub use super::hash_map::{Entry, OccupiedEntry, VacantEntry};
        pub struct BTreeMap<K, V>;
        impl<K, V> BTreeMap<K, V> {
            pub const fn new() -> BTreeMap<K, V>; pub fn len(&self) -> usize; pub fn is_empty(&self) -> bool; pub fn clear(&mut self);
            pub fn get<Q>(&self, k: &Q) -> Option<&V>; pub fn get_mut<Q>(&mut self, k: &Q) -> Option<&mut V>; pub fn get_key_value<Q>(&self, k: &Q) -> Option<(&K, &V)>;
            pub fn insert(&mut self, k: K, v: V) -> Option<V>; pub fn remove<Q>(&mut self, k: &Q) -> Option<V>; pub fn contains_key<Q>(&self, k: &Q) -> bool; pub fn entry(&mut self, k: K) -> Entry<K, V>;
            pub fn iter(&self) -> super::hash_map::Iter<K, V>; pub fn iter_mut(&mut self) -> super::hash_map::Iter<K, V>; pub fn range<R>(&self, r: R) -> super::hash_map::Iter<K, V>; pub fn range_mut<R>(&mut self, r: R) -> super::hash_map::Iter<K, V>;
            pub fn keys(&self) -> crate::slice::Iter<K>; pub fn values(&self) -> crate::slice::Iter<V>; pub fn values_mut(&mut self) -> crate::slice::Iter<V>; pub fn into_values(self) -> crate::slice::Iter<V>; pub fn into_keys(self) -> crate::slice::Iter<K>;
            pub fn first_key_value(&self) -> Option<(&K, &V)>; pub fn last_key_value(&self) -> Option<(&K, &V)>; pub fn pop_first(&mut self) -> Option<(K, V)>; pub fn pop_last(&mut self) -> Option<(K, V)>;
            pub fn retain<F: FnMut(&K, &mut V) -> bool>(&mut self, f: F); pub fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, iter: I);
        }
        impl<K, V> IntoIterator for BTreeMap<K, V> { type Item = (K, V); type IntoIter = super::hash_map::Iter<K, V>; fn into_iter(self) -> super::hash_map::Iter<K, V>; }
        impl<K, V> Clone for BTreeMap<K, V> { fn clone(&self) -> Self; }
        impl<K, V> Default for BTreeMap<K, V> { fn default() -> Self; }
    }
    pub mod hash_set {
        pub struct HashSet<T, S = super::hash_map::RandomState>;
        impl<T, S> HashSet<T, S> { pub fn new() -> HashSet<T>; pub fn with_capacity(n: usize) -> HashSet<T>; pub fn len(&self) -> usize; pub fn is_empty(&self) -> bool; pub fn clear(&mut self); pub fn insert(&mut self, v: T) -> bool; pub fn remove<Q>(&mut self, v: &Q) -> bool; pub fn take<Q>(&mut self, v: &Q) -> Option<T>; pub fn get<Q>(&self, v: &Q) -> Option<&T>; pub fn contains<Q>(&self, v: &Q) -> bool; pub fn iter(&self) -> crate::slice::Iter<T>; pub fn drain(&mut self) -> crate::slice::Iter<T>; pub fn retain<F: FnMut(&T) -> bool>(&mut self, f: F); pub fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I); pub fn union(&self, other: &HashSet<T, S>) -> crate::slice::Iter<T>; pub fn intersection(&self, other: &HashSet<T, S>) -> crate::slice::Iter<T>; pub fn difference(&self, other: &HashSet<T, S>) -> crate::slice::Iter<T>; pub fn is_subset(&self, other: &HashSet<T, S>) -> bool; }
        impl<T, S> IntoIterator for HashSet<T, S> { type Item = T; type IntoIter = crate::slice::Iter<T>; fn into_iter(self) -> crate::slice::Iter<T>; }
        impl<T, S> Clone for HashSet<T, S> { fn clone(&self) -> Self; }
        impl<T, S> Default for HashSet<T, S> { fn default() -> Self; }
    }
    pub mod btree_set {
        pub struct BTreeSet<T>;
        impl<T> BTreeSet<T> { pub const fn new() -> BTreeSet<T>; pub fn len(&self) -> usize; pub fn is_empty(&self) -> bool; pub fn clear(&mut self); pub fn insert(&mut self, v: T) -> bool; pub fn remove<Q>(&mut self, v: &Q) -> bool; pub fn contains<Q>(&self, v: &Q) -> bool; pub fn iter(&self) -> crate::slice::Iter<T>; pub fn first(&self) -> Option<&T>; pub fn last(&self) -> Option<&T>; pub fn pop_first(&mut self) -> Option<T>; pub fn pop_last(&mut self) -> Option<T>; pub fn range<R>(&self, r: R) -> crate::slice::Iter<T>; pub fn retain<F: FnMut(&T) -> bool>(&mut self, f: F); pub fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I); }
        impl<T> IntoIterator for BTreeSet<T> { type Item = T; type IntoIter = crate::slice::Iter<T>; fn into_iter(self) -> crate::slice::Iter<T>; }
        impl<T> Clone for BTreeSet<T> { fn clone(&self) -> Self; }
        impl<T> Default for BTreeSet<T> { fn default() -> Self; }
    }
    pub mod vec_deque {
        pub struct VecDeque<T>;
        impl<T> VecDeque<T> { pub const fn new() -> VecDeque<T>; pub fn with_capacity(n: usize) -> VecDeque<T>; pub fn len(&self) -> usize; pub fn is_empty(&self) -> bool; pub fn clear(&mut self); pub fn push_back(&mut self, v: T); pub fn push_front(&mut self, v: T); pub fn pop_back(&mut self) -> Option<T>; pub fn pop_front(&mut self) -> Option<T>; pub fn front(&self) -> Option<&T>; pub fn front_mut(&mut self) -> Option<&mut T>; pub fn back(&self) -> Option<&T>; pub fn back_mut(&mut self) -> Option<&mut T>; pub fn get(&self, i: usize) -> Option<&T>; pub fn get_mut(&mut self, i: usize) -> Option<&mut T>; pub fn iter(&self) -> crate::slice::Iter<T>; pub fn iter_mut(&mut self) -> crate::slice::Iter<T>; pub fn drain<R>(&mut self, r: R) -> crate::slice::Iter<T>; pub fn retain<F: FnMut(&T) -> bool>(&mut self, f: F); pub fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I); pub fn remove(&mut self, i: usize) -> Option<T>; pub fn contains(&self, v: &T) -> bool; pub fn append(&mut self, other: &mut VecDeque<T>); pub fn truncate(&mut self, n: usize); }
        impl<T> IntoIterator for VecDeque<T> { type Item = T; type IntoIter = crate::slice::Iter<T>; fn into_iter(self) -> crate::slice::Iter<T>; }
        impl<T> Clone for VecDeque<T> { fn clone(&self) -> Self; }
        impl<T> Default for VecDeque<T> { fn default() -> Self; }
    }
    pub mod binary_heap {
        pub struct BinaryHeap<T>; pub struct PeekMut<T>;
        impl<T> BinaryHeap<T> { pub fn new() -> BinaryHeap<T>; pub fn with_capacity(n: usize) -> BinaryHeap<T>; pub fn len(&self) -> usize; pub fn is_empty(&self) -> bool; pub fn push(&mut self, v: T); pub fn pop(&mut self) -> Option<T>; pub fn peek(&self) -> Option<&T>; pub fn clear(&mut self); pub fn iter(&self) -> crate::slice::Iter<T>; pub fn into_sorted_vec(self) -> Vec<T>; pub fn into_vec(self) -> Vec<T>; pub fn drain(&mut self) -> crate::slice::Iter<T>; }
        impl<T> IntoIterator for BinaryHeap<T> { type Item = T; type IntoIter = crate::slice::Iter<T>; fn into_iter(self) -> crate::slice::Iter<T>; }
    }
}

pub mod time {
    pub struct Duration; pub struct Instant; pub struct SystemTime;
    impl Duration { pub const ZERO: Duration = 0; pub const MAX: Duration = 0; pub const fn new(s: u64, n: u32) -> Duration; pub const fn from_secs(s: u64) -> Duration; pub const fn from_millis(s: u64) -> Duration; pub const fn from_micros(s: u64) -> Duration; pub const fn from_nanos(s: u64) -> Duration; pub fn from_secs_f64(s: f64) -> Duration; pub fn as_secs(&self) -> u64; pub fn as_millis(&self) -> u128; pub fn as_micros(&self) -> u128; pub fn as_nanos(&self) -> u128; pub fn as_secs_f64(&self) -> f64; pub fn subsec_nanos(&self) -> u32; pub fn checked_add(self, d: Duration) -> Option<Duration>; pub fn checked_sub(self, d: Duration) -> Option<Duration>; pub fn saturating_sub(self, d: Duration) -> Duration; pub fn is_zero(&self) -> bool; }
    impl Instant { pub fn now() -> Instant; pub fn elapsed(&self) -> Duration; pub fn duration_since(&self, other: Instant) -> Duration; pub fn checked_add(&self, d: Duration) -> Option<Instant>; pub fn checked_sub(&self, d: Duration) -> Option<Instant>; pub fn saturating_duration_since(&self, other: Instant) -> Duration; }
    impl SystemTime { pub const UNIX_EPOCH: SystemTime = 0; pub fn now() -> SystemTime; pub fn elapsed(&self) -> Result<Duration, bool>; pub fn duration_since(&self, other: SystemTime) -> Result<Duration, bool>; }
}
pub mod thread {
    pub struct JoinHandle<T>; pub struct Thread; pub struct Builder; pub struct LocalKey<T>; pub struct Scope; pub struct ThreadId;
    pub fn spawn<T, F: FnOnce() -> T>(f: F) -> JoinHandle<T>; pub fn sleep(d: crate::time::Duration); pub fn current() -> Thread; pub fn yield_now(); pub fn park(); pub fn panicking() -> bool;
    pub fn scope<T, F: FnOnce(&Scope) -> T>(f: F) -> T;
    impl<T> JoinHandle<T> { pub fn join(self) -> Result<T, Box<bool>>; pub fn thread(&self) -> &Thread; pub fn is_finished(&self) -> bool; }
    impl Scope { pub fn spawn<T, F: FnOnce() -> T>(&self, f: F) -> JoinHandle<T>; }
    impl Thread { pub fn unpark(&self); pub fn name(&self) -> Option<&str>; pub fn id(&self) -> ThreadId; }
    impl Builder { pub fn new() -> Builder; pub fn name(self, n: String) -> Builder; pub fn stack_size(self, n: usize) -> Builder; pub fn spawn<T, F: FnOnce() -> T>(self, f: F) -> Result<JoinHandle<T>, crate::io::Error>; }
    impl<T> LocalKey<T> { pub fn with<R, F: FnOnce(&T) -> R>(&self, f: F) -> R; pub fn try_with<R, F: FnOnce(&T) -> R>(&self, f: F) -> Result<R, bool>; }
}
pub mod path {
    pub struct Path; pub struct PathBuf; pub struct Display; pub enum Component { Normal(crate::ffi::OsStr), RootDir, CurDir, ParentDir, Prefix(bool) } pub struct StripPrefixError;
    impl Path { pub fn new<S>(s: &S) -> &Path; pub fn join<P>(&self, p: P) -> PathBuf; pub fn parent(&self) -> Option<&Path>; pub fn file_name(&self) -> Option<&crate::ffi::OsStr>; pub fn file_stem(&self) -> Option<&crate::ffi::OsStr>; pub fn extension(&self) -> Option<&crate::ffi::OsStr>; pub fn to_path_buf(&self) -> PathBuf; pub fn to_owned(&self) -> PathBuf; pub fn to_str(&self) -> Option<&str>; pub fn to_string_lossy(&self) -> crate::borrow::Cow<str>; pub fn as_os_str(&self) -> &crate::ffi::OsStr; pub fn as_path(&self) -> &Path; pub fn display(&self) -> Display; pub fn exists(&self) -> bool; pub fn is_file(&self) -> bool; pub fn is_dir(&self) -> bool; pub fn is_absolute(&self) -> bool; pub fn is_relative(&self) -> bool; pub fn with_extension<S>(&self, s: S) -> PathBuf; pub fn with_file_name<S>(&self, s: S) -> PathBuf; pub fn strip_prefix<P>(&self, p: P) -> Result<&Path, StripPrefixError>; pub fn starts_with<P>(&self, p: P) -> bool; pub fn ends_with<P>(&self, p: P) -> bool; pub fn components(&self) -> crate::slice::Iter<Component>; pub fn iter(&self) -> crate::slice::Iter<crate::ffi::OsStr>; pub fn ancestors(&self) -> crate::slice::Iter<Path>; pub fn metadata(&self) -> crate::io::Result<crate::fs::Metadata>; pub fn symlink_metadata(&self) -> crate::io::Result<crate::fs::Metadata>; pub fn canonicalize(&self) -> crate::io::Result<PathBuf>; pub fn read_dir(&self) -> crate::io::Result<crate::fs::ReadDir>; pub fn has_root(&self) -> bool; }
    impl PathBuf { pub fn new() -> PathBuf; pub fn push<P>(&mut self, p: P); pub fn pop(&mut self) -> bool; pub fn set_extension<S>(&mut self, s: S) -> bool; pub fn set_file_name<S>(&mut self, s: S); pub fn into_os_string(self) -> crate::ffi::OsString; pub fn as_path(&self) -> &Path; }
    impl crate::ops::Deref for PathBuf { type Target = Path; }
    impl Clone for PathBuf { fn clone(&self) -> Self; }
    impl Default for PathBuf { fn default() -> Self; }
    impl<T> From<T> for PathBuf { fn from(value: T) -> Self; }
    impl crate::fmt::Display for Display {}
}
pub mod ffi {
    pub struct OsStr; pub struct OsString; pub struct CStr; pub struct CString;
    impl OsStr { pub fn new<S>(s: &S) -> &OsStr; pub fn to_str(&self) -> Option<&str>; pub fn to_string_lossy(&self) -> crate::borrow::Cow<str>; pub fn to_os_string(&self) -> OsString; pub fn to_owned(&self) -> OsString; pub fn len(&self) -> usize; pub fn is_empty(&self) -> bool; pub fn as_bytes(&self) -> &[u8]; pub fn as_encoded_bytes(&self) -> &[u8]; }
    impl OsString { pub fn new() -> OsString; pub fn push<S>(&mut self, s: S); pub fn into_string(self) -> Result<String, OsString>; pub fn as_os_str(&self) -> &OsStr; }
    impl crate::ops::Deref for OsString { type Target = OsStr; }
    impl Clone for OsString { fn clone(&self) -> Self; }
    impl<T> From<T> for OsString { fn from(value: T) -> Self; }
}
pub mod io {
    pub struct Error; pub enum ErrorKind { NotFound, PermissionDenied, ConnectionRefused, ConnectionReset, ConnectionAborted, NotConnected, AddrInUse, BrokenPipe, AlreadyExists, WouldBlock, InvalidInput, InvalidData, TimedOut, WriteZero, Interrupted, Unsupported, UnexpectedEof, OutOfMemory, Other }
    pub type Result<T> = crate::result::Result<T, Error>;
    impl Error { pub fn new<E>(kind: ErrorKind, error: E) -> Error; pub fn other<E>(error: E) -> Error; pub fn last_os_error() -> Error; pub fn from_raw_os_error(code: i32) -> Error; pub fn kind(&self) -> ErrorKind; pub fn raw_os_error(&self) -> Option<i32>; }
    impl crate::fmt::Display for Error {}
    pub trait Read { fn read(&mut self, buf: &mut [u8]) -> Result<usize>; fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize>; fn read_to_string(&mut self, buf: &mut String) -> Result<usize>; fn read_exact(&mut self, buf: &mut [u8]) -> Result<()>; fn bytes(self) -> crate::iter::Map<Result<u8>>; fn take(self, n: u64) -> Take<Self>; fn by_ref(&mut self) -> &mut Self; fn chain<R>(self, other: R) -> Self; }
    pub trait Write { fn write(&mut self, buf: &[u8]) -> Result<usize>; fn flush(&mut self) -> Result<()>; fn write_all(&mut self, buf: &[u8]) -> Result<()>; fn write_fmt(&mut self, a: crate::fmt::Arguments) -> Result<()>; fn by_ref(&mut self) -> &mut Self; }
    pub trait Seek { fn seek(&mut self, pos: SeekFrom) -> Result<u64>; }
    pub trait BufRead: Read { fn fill_buf(&mut self) -> Result<&[u8]>; fn consume(&mut self, n: usize); fn read_until(&mut self, b: u8, buf: &mut Vec<u8>) -> Result<usize>; fn read_line(&mut self, buf: &mut String) -> Result<usize>; fn lines(self) -> crate::iter::Map<Result<String>>; fn split(self, b: u8) -> crate::iter::Map<Result<Vec<u8>>>; }
    pub enum SeekFrom { Start(u64), End(i64), Current(i64) }
    pub struct Take<R>; pub struct Stdin; pub struct StdinLock; pub struct Stdout; pub struct StdoutLock; pub struct Stderr; pub struct BufReader<R>; pub struct BufWriter<W>; pub struct LineWriter<W>; pub struct Cursor<T>; pub struct Empty; pub struct IoSlice; pub struct IoSliceMut;
    pub mod prelude { pub use super::{BufRead, Read, Seek, Write}; }
    pub fn stdin() -> Stdin; pub fn stdout() -> Stdout; pub fn stderr() -> Stderr; pub fn sink() -> Empty; pub fn empty() -> Empty; pub fn copy<R, W>(r: &mut R, w: &mut W) -> Result<u64>; pub fn read_to_string<R>(r: R) -> Result<String>;
    impl Stdin { pub fn lock(&self) -> StdinLock; pub fn read_line(&self, buf: &mut String) -> Result<usize>; pub fn lines(self) -> crate::iter::Map<Result<String>>; }
    impl Stdout { pub fn lock(&self) -> StdoutLock; }
    impl Stderr { pub fn lock(&self) -> StdoutLock; }
    impl Read for Stdin {} impl BufRead for StdinLock {} impl Read for StdinLock {} impl Write for Stdout {} impl Write for StdoutLock {} impl Write for Stderr {} impl Write for Vec<u8> {} impl Write for Empty {} impl Read for Empty {}
    impl<R> BufReader<R> { pub fn new(r: R) -> BufReader<R>; pub fn with_capacity(n: usize, r: R) -> BufReader<R>; pub fn get_ref(&self) -> &R; pub fn get_mut(&mut self) -> &mut R; pub fn into_inner(self) -> R; pub fn buffer(&self) -> &[u8]; }
    impl<R> Read for BufReader<R> {} impl<R> BufRead for BufReader<R> {} impl<R> Read for Take<R> {}
    impl<W> BufWriter<W> { pub fn new(w: W) -> BufWriter<W>; pub fn with_capacity(n: usize, w: W) -> BufWriter<W>; pub fn get_ref(&self) -> &W; pub fn get_mut(&mut self) -> &mut W; pub fn into_inner(self) -> crate::result::Result<W, bool>; }
    impl<W> Write for BufWriter<W> {} impl<W> Write for LineWriter<W> {}
    impl<W> LineWriter<W> { pub fn new(w: W) -> LineWriter<W>; }
    impl<T> Cursor<T> { pub const fn new(t: T) -> Cursor<T>; pub fn position(&self) -> u64; pub fn set_position(&mut self, p: u64); pub fn get_ref(&self) -> &T; pub fn get_mut(&mut self) -> &mut T; pub fn into_inner(self) -> T; }
    impl<T> Read for Cursor<T> {} impl<T> Write for Cursor<T> {} impl<T> BufRead for Cursor<T> {} impl<T> Seek for Cursor<T> {}
}
pub mod fs {
    pub struct File; pub struct Metadata; pub struct ReadDir; pub struct DirEntry; pub struct FileType; pub struct OpenOptions; pub struct Permissions;
    impl File { pub fn open<P>(p: P) -> crate::io::Result<File>; pub fn create<P>(p: P) -> crate::io::Result<File>; pub fn metadata(&self) -> crate::io::Result<Metadata>; pub fn sync_all(&self) -> crate::io::Result<()>; pub fn set_len(&self, n: u64) -> crate::io::Result<()>; pub fn try_clone(&self) -> crate::io::Result<File>; pub fn options() -> OpenOptions; }
    impl crate::io::Read for File {} impl crate::io::Write for File {} impl crate::io::Seek for File {}
    impl Metadata { pub fn len(&self) -> u64; pub fn is_dir(&self) -> bool; pub fn is_file(&self) -> bool; pub fn file_type(&self) -> FileType; pub fn modified(&self) -> crate::io::Result<crate::time::SystemTime>; pub fn permissions(&self) -> Permissions; }
    impl FileType { pub fn is_dir(&self) -> bool; pub fn is_file(&self) -> bool; pub fn is_symlink(&self) -> bool; }
    impl Iterator for ReadDir { type Item = crate::io::Result<DirEntry>; }
    impl DirEntry { pub fn path(&self) -> crate::path::PathBuf; pub fn file_name(&self) -> crate::ffi::OsString; pub fn file_type(&self) -> crate::io::Result<FileType>; pub fn metadata(&self) -> crate::io::Result<Metadata>; }
    impl OpenOptions { pub fn new() -> OpenOptions; pub fn read(&mut self, b: bool) -> &mut Self; pub fn write(&mut self, b: bool) -> &mut Self; pub fn append(&mut self, b: bool) -> &mut Self; pub fn create(&mut self, b: bool) -> &mut Self; pub fn create_new(&mut self, b: bool) -> &mut Self; pub fn truncate(&mut self, b: bool) -> &mut Self; pub fn open<P>(&self, p: P) -> crate::io::Result<File>; }
    pub fn read<P>(p: P) -> crate::io::Result<Vec<u8>>; pub fn read_to_string<P>(p: P) -> crate::io::Result<String>; pub fn write<P, C>(p: P, c: C) -> crate::io::Result<()>; pub fn read_dir<P>(p: P) -> crate::io::Result<ReadDir>; pub fn metadata<P>(p: P) -> crate::io::Result<Metadata>; pub fn canonicalize<P>(p: P) -> crate::io::Result<crate::path::PathBuf>; pub fn create_dir_all<P>(p: P) -> crate::io::Result<()>; pub fn remove_file<P>(p: P) -> crate::io::Result<()>;
}
pub mod process {
    pub struct Command; pub struct Child; pub struct Output { pub status: ExitStatus, pub stdout: Vec<u8>, pub stderr: Vec<u8> } pub struct ExitStatus; pub struct ExitCode; pub struct Stdio;
    pub fn exit(code: i32) -> !; pub fn abort() -> !; pub fn id() -> u32;
    impl Command { pub fn new<S>(s: S) -> Command; pub fn arg<S>(&mut self, s: S) -> &mut Command; pub fn args<S>(&mut self, s: S) -> &mut Command; pub fn env<K, V>(&mut self, k: K, v: V) -> &mut Command; pub fn env_remove<K>(&mut self, k: K) -> &mut Command; pub fn env_clear(&mut self) -> &mut Command; pub fn current_dir<P>(&mut self, p: P) -> &mut Command; pub fn stdin<T>(&mut self, t: T) -> &mut Command; pub fn stdout<T>(&mut self, t: T) -> &mut Command; pub fn stderr<T>(&mut self, t: T) -> &mut Command; pub fn spawn(&mut self) -> crate::io::Result<Child>; pub fn output(&mut self) -> crate::io::Result<Output>; pub fn status(&mut self) -> crate::io::Result<ExitStatus>; }
    impl Child { pub fn wait(&mut self) -> crate::io::Result<ExitStatus>; pub fn kill(&mut self) -> crate::io::Result<()>; pub fn wait_with_output(self) -> crate::io::Result<Output>; pub fn id(&self) -> u32; pub fn try_wait(&mut self) -> crate::io::Result<Option<ExitStatus>>; }
    impl ExitStatus { pub fn success(&self) -> bool; pub fn code(&self) -> Option<i32>; }
    impl Stdio { pub fn piped() -> Stdio; pub fn null() -> Stdio; pub fn inherit() -> Stdio; }
}
pub mod env { pub struct Args; pub fn args() -> crate::slice::Iter<String>; pub fn args_os() -> crate::slice::Iter<crate::ffi::OsString>; pub fn var<K>(k: K) -> Result<String, bool>; pub fn var_os<K>(k: K) -> Option<crate::ffi::OsString>; pub fn current_dir() -> crate::io::Result<crate::path::PathBuf>; pub fn current_exe() -> crate::io::Result<crate::path::PathBuf>; pub fn vars() -> crate::slice::Iter<(String, String)>; }
pub mod num { pub struct NonZeroUsize; pub struct NonZeroU64; pub struct NonZeroU32; pub struct NonZeroU8; pub struct ParseIntError; pub struct Wrapping<T>(pub T); }
pub mod net {
    pub struct TcpListener; pub struct TcpStream; pub struct UdpSocket; pub enum SocketAddr { V4(SocketAddrV4), V6(SocketAddrV6) } pub struct SocketAddrV4; pub struct SocketAddrV6; pub enum IpAddr { V4(Ipv4Addr), V6(Ipv6Addr) } pub struct Ipv4Addr; pub struct Ipv6Addr; pub enum Shutdown { Read, Write, Both }
    impl SocketAddr { pub fn port(&self) -> u16; pub fn ip(&self) -> IpAddr; pub fn new(ip: IpAddr, port: u16) -> SocketAddr; }
    impl TcpListener { pub fn bind<A>(a: A) -> crate::io::Result<TcpListener>; pub fn accept(&self) -> crate::io::Result<(TcpStream, SocketAddr)>; pub fn local_addr(&self) -> crate::io::Result<SocketAddr>; }
    impl TcpStream { pub fn connect<A>(a: A) -> crate::io::Result<TcpStream>; pub fn peer_addr(&self) -> crate::io::Result<SocketAddr>; pub fn local_addr(&self) -> crate::io::Result<SocketAddr>; pub fn set_nonblocking(&self, b: bool) -> crate::io::Result<()>; }
    impl crate::io::Read for TcpStream {} impl crate::io::Write for TcpStream {}
    pub trait ToSocketAddrs { type Iter; fn to_socket_addrs(&self) -> crate::io::Result<Self::Iter>; }
}

macro_rules! println { () => {} } macro_rules! print { () => {} } macro_rules! eprintln { () => {} } macro_rules! eprint { () => {} }
macro_rules! format { () => {} } macro_rules! write { () => {} } macro_rules! writeln { () => {} } macro_rules! format_args { () => {} }
macro_rules! vec { () => {} } macro_rules! panic { () => {} } macro_rules! unreachable { () => {} } macro_rules! todo { () => {} }
macro_rules! unimplemented { () => {} } macro_rules! assert { () => {} } macro_rules! assert_eq { () => {} } macro_rules! assert_ne { () => {} }
macro_rules! debug_assert { () => {} } macro_rules! debug_assert_eq { () => {} } macro_rules! debug_assert_ne { () => {} }
macro_rules! matches { () => {} } macro_rules! dbg { () => {} } macro_rules! try { () => {} } macro_rules! include { () => {} }
macro_rules! include_str { () => {} } macro_rules! include_bytes { () => {} } macro_rules! concat { () => {} } macro_rules! stringify { () => {} }
macro_rules! env { () => {} } macro_rules! option_env { () => {} } macro_rules! cfg { () => {} } macro_rules! line { () => {} }
macro_rules! column { () => {} } macro_rules! file { () => {} } macro_rules! module_path { () => {} } macro_rules! compile_error { () => {} }
macro_rules! thread_local { () => {} } macro_rules! addr_of { () => {} } macro_rules! addr_of_mut { () => {} }
