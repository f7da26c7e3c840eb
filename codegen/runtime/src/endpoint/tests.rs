//! Tests of the files that the generator compiles too, which have none of their own for that.

mod functions;
mod partition;
