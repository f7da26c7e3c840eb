//! Archives as they may come.

mod archives;
