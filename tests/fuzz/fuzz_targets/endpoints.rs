//! See [`fuzz::endpoints`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::endpoints::check(data));
