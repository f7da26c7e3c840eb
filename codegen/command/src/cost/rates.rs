//! What building takes in seconds of processor time: of debug builds from nothing, with cargo's own defaults.
//!
//! Measured in November 2026 with rustc 1.95 on two virtual processors. A line of a client is what a client differs by:
//! of ours, slices and whole clients of several services took from 0.07 to 0.11 ms a line; of official crates, six from
//! 10,581 to 135,233 lines took from 0.16 to 0.25 ms. So the seconds of clients are right by a quarter, and where lines of
//! official crates are estimated as well, by half. What is shared was measured whole, in programs with nothing else but
//! tokio, and is right by a tenth, as long as the program compiles none of it for other reasons.

/// Seconds of a line of ours.
pub const OURS: f64 = 0.000_09;

/// Seconds of a line of an official crate.
pub const OFFICIAL: f64 = 0.000_2;

/// What all clients of a program share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shared {
    /// What it is, for a person.
    pub what: &'static str,
    /// One word, for a program.
    pub word: &'static str,
    /// How many crates.
    pub crates: usize,
    /// Seconds of processor time.
    pub seconds: f64,
}

/// Our runtime, AWS's engine and `aws-config`, with rustls on ring: where configuration is loaded by a client's `config`.
pub const RING: Shared =
    Shared { what: "ours, rustls with ring, config::load_from_env", word: "ring", crates: 123, seconds: 91.0 };

/// The same with aws-lc, which `aws-config` brings by its own defaults.
pub const AWS_LC: Shared =
    Shared { what: "ours, aws-lc, aws-config's defaults", word: "aws-lc", crates: 140, seconds: 127.0 };

/// AWS's engine and `aws-config` with what official crates have by default, two HTTP clients.
pub const BOTH: Shared = Shared { what: "official, their defaults", word: "official", crates: 169, seconds: 156.0 };
