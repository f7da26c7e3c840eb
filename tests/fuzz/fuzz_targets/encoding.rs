//! See [`fuzz::encoding`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::encoding::check(data));
