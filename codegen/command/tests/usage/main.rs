//! What is read from programs: which operations and types they use, who asked, and that what is sliced by it compiles.

mod calls;
mod packages;
mod programs;
mod service;
mod slices;
mod sources;
mod speed;
mod why;
