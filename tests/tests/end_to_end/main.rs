//! The generated client against a server on loopback: what it sends, how it reads answers, and how it behaves between the two.

mod calls;
mod configuration;
mod customization;
mod debug_text;
mod errors;
mod idempotency;
mod pagination;
mod predicates;
mod presigning;
mod query_compatible;
mod recursion;
mod requests;
mod responses;
mod retries;
mod signatures;
mod spans;
mod tags;
mod time;
mod unreadable;
mod verdicts;
