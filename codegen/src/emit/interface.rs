//! The number by which an emitted crate and its runtime know whether they fit.

/// The interface of `smithy-client-runtime` that crates are emitted for. The first page of the runtime tells what the number
/// means and when it is raised; a runtime that does not serve it refuses the crate with one sentence.
pub const RUNTIME_INTERFACE: u32 = 7;

/// The root of a crate within the macro of the runtime that compares the number: its items, behind its documentation and the
/// attributes of the crate.
pub(super) fn within(root: &str) -> String {
    let is_of_the_crate = |line: &str| line.is_empty() || line.starts_with("//!") || line.starts_with("#![");
    let head: usize =
        root.split_inclusive('\n').take_while(|line| is_of_the_crate(line.trim_end())).map(str::len).sum();
    let (head, items) = root.split_at(head);
    let mut text = format!("{head}smithy_client_runtime::emitted! {{\n    interface {RUNTIME_INTERFACE};\n\n");
    for line in items.lines() {
        text.push_str(if line.is_empty() { "" } else { "    " });
        text.push_str(line);
        text.push('\n');
    }
    text + "}\n"
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn documentation_and_attributes_of_the_crate_stand_before_its_items() {
        let root = "//! About.\n//!\n//! More.\n\n#![forbid(unsafe_code)]\n\npub mod a;\n\n/// B.\npub mod b {\n    //! C.\n}\n";
        insta::assert_snapshot!(within(root), @r"
        //! About.
        //!
        //! More.

        #![forbid(unsafe_code)]

        smithy_client_runtime::emitted! {
            interface 7;

            pub mod a;

            /// B.
            pub mod b {
                //! C.
            }
        }
        ");
    }
}
