//! A show on a stage of Amazon IVS.

pub mod cast;
pub mod recording;
pub mod stage;
