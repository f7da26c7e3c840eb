//! Members of structures: fields and accessors, and what the builders call them.

use std::collections::BTreeSet;

use super::words::{bare, escape, snake};
use crate::plan::structure::Role;

/// Methods of builders and structures beside those of members. A member of this name is called `*_value`, as in AWS's
/// crates, which have the same list.
const METHODS: [&str; 8] = ["build", "builder", "customize", "default", "make_operation", "meta", "presigned", "send"];

/// Methods that builders of inputs have here, or in AWS's crates without a way out for members of the same name.
const METHODS_OF_INPUTS: [&str; 6] = ["as_input", "into_paginator", "into_parts", "send_with", "wait", "with_input"];

/// What builders of exceptions have.
const METHODS_OF_EXCEPTIONS: [&str; 1] = ["set_meta"];

/// What a member is called in Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MemberNames {
    /// The field, its accessor and its setter, raw where the word is a keyword.
    pub(crate) field: String,
    /// The setter that takes an option.
    pub(crate) set: String,
    /// What a builder holds so far.
    pub(crate) get: String,
}

/// The names of the members of a structure, in their order. Two members may still have the same field.
pub(crate) fn members(role: Role, members: &[&str]) -> Vec<MemberNames> {
    let of_role = match role {
        Role::Input => &METHODS_OF_INPUTS[..],
        Role::Exception => &METHODS_OF_EXCEPTIONS,
        Role::Data | Role::Output => &[],
    };
    let words: Vec<String> = members.iter().map(|member| snake(member)).collect();
    let setters = words.iter().flat_map(|word| ["set", "get"].map(|prefix| prefixed(prefix, word)));
    let taken: BTreeSet<String> = setters.chain(METHODS.iter().chain(of_role).map(|&name| name.to_owned())).collect();
    let method = |prefix: &str, word: &str| {
        let name = prefixed(prefix, word);
        if of_role.contains(&name.as_str()) { name + "_value" } else { name }
    };
    let named = words.iter().map(|word| MemberNames {
        field: if taken.contains(word) { format!("{word}_value") } else { escape(word.clone()) },
        set: method("set", word),
        get: method("get", word),
    });
    named.collect()
}

/// The field of a member by itself, where what else a structure has does not matter.
pub fn field(member: &str) -> String {
    members(Role::Data, &[member]).swap_remove(0).field
}

/// A method name made of a prefix and a field: `set_type` needs no escape.
pub(crate) fn prefixed(prefix: &str, field: &str) -> String {
    format!("{prefix}_{}", bare(field).trim_start_matches('_'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn told(role: Role, names: &[&str]) -> String {
        let named = names.iter().zip(members(role, names));
        named.map(|(member, MemberNames { field, set, get })| format!("{member} -> {field}, {set}, {get}\n")).collect()
    }

    #[test]
    fn setters_have_the_word_that_the_model_has() {
        assert_snapshot!(told(Role::Data, &["webACLs", "type", "Self", "crate", "match", "2fa"]), @r"
        webACLs -> web_acls, set_web_acls, get_web_acls
        type -> r#type, set_type, get_type
        Self -> self_, set_self, get_self
        crate -> crate_, set_crate, get_crate
        match -> r#match, set_match, get_match
        2fa -> _2_fa, set_2_fa, get_2_fa
        ");
    }

    #[test]
    fn members_with_the_name_of_a_method_are_values() {
        assert_snapshot!(told(Role::Data, &["default", "meta", "asInput", "send"]), @r"
        default -> default_value, set_default, get_default
        meta -> meta_value, set_meta, get_meta
        asInput -> as_input, set_as_input, get_as_input
        send -> send_value, set_send, get_send
        ");
        assert_snapshot!(told(Role::Input, &["asInput", "withInput", "intoParts", "sendWith", "intoPaginator"]), @r"
        asInput -> as_input_value, set_as_input, get_as_input
        withInput -> with_input_value, set_with_input, get_with_input
        intoParts -> into_parts_value, set_into_parts, get_into_parts
        sendWith -> send_with_value, set_send_with, get_send_with
        intoPaginator -> into_paginator_value, set_into_paginator, get_into_paginator
        ");
        assert_snapshot!(told(Role::Exception, &["meta", "code"]), @r"
        meta -> meta_value, set_meta_value, get_meta
        code -> code, set_code, get_code
        ");
    }

    #[test]
    fn a_member_with_the_name_of_the_setter_of_another_is_a_value() {
        assert_snapshot!(told(Role::Data, &["setSize", "size", "getSize"]), @r"
        setSize -> set_size_value, set_set_size, get_set_size
        size -> size, set_size, get_size
        getSize -> get_size_value, set_get_size, get_get_size
        ");
    }
}
