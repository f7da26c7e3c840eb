//! What building takes in seconds of processor time: of debug builds from nothing, with cargo's own defaults, and clients of
//! ours as `[profile.dev.package]` has them, without incremental state.
//!
//! Measured in November 2026 with rustc 1.95 on two virtual processors that had much other work: a program on DynamoDB, SQS
//! and Secrets Manager with `aws-config`, once with official crates and once taken over. Slices of 1,543 to 6,102 lines
//! took from 0.36 to 1.12 s, which is [`OF_CRATE`] and [`OURS`] a line within a tenth. Official crates of
//! 10,581 to 135,233 lines took from 0.20 to 0.26 ms a line. So the seconds of clients are right by a quarter, and where
//! lines of official crates are estimated as well, by half. A whole client, which was not measured here, may take less:
//! that of IVS RealTime took half of it on a machine that was not busy. What is shared was measured with those programs
//! and is right by a tenth, as long as the program compiles none of it for other reasons; with ring it is what was measured
//! with aws-lc, less the 36 s of that and the 6 s of the clients for IAM Identity Center, and 4 s more for ring.

/// Seconds of any crate of ours.
pub const OF_CRATE: f64 = 0.1;

/// Seconds of a line of ours, beside.
pub const OURS: f64 = 0.000_17;

/// Seconds of a line of an official crate.
pub const OFFICIAL: f64 = 0.000_22;

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
    Shared { what: "ours, rustls with ring, config::load_from_env", word: "ring", crates: 148, seconds: 107.0 };

/// The same with aws-lc, which `aws-config` brings by its own defaults.
pub const AWS_LC: Shared =
    Shared { what: "ours, aws-lc, aws-config's defaults", word: "aws-lc", crates: 159, seconds: 145.0 };

/// AWS's engine and `aws-config` with what official crates have by default, two HTTP clients.
pub const BOTH: Shared = Shared { what: "official, their defaults", word: "official", crates: 167, seconds: 163.0 };
