//! The files of the crate: where they stand, by their path below its folder, and what each defines.
//!
//! After a file is emitted its definitions are compared with those that the plan asks for, so that text of a model could
//! not add one.

use std::collections::BTreeSet;

use super::Plan;
use super::names::bare;
use super::operation::Operation;
use super::structure::Structure;
use super::type_module::TypeModule;
use super::waiter::Waiter;
use crate::options::Emit;

impl TypeModule {
    /// The file of its types.
    pub(crate) fn file(&self) -> String {
        format!("src/types/{}.rs", bare(&self.module))
    }

    /// The types that it defines: `struct Stage`.
    pub(crate) fn definitions(&self) -> BTreeSet<String> {
        let unions = self.unions.iter().map(|union| &union.definition);
        let enums = unions.chain(self.enums.iter().map(|enumeration| &enumeration.definition));
        self.structures.iter().map(definition).chain(enums.map(|name| format!("enum {name}"))).collect()
    }
}

impl Operation {
    /// The file of the operation.
    pub(crate) fn file(&self) -> String {
        format!("src/operation/{}.rs", bare(&self.names.module))
    }

    /// The file of its paginator.
    pub(crate) fn paginator_file(&self) -> String {
        format!("src/operation/{}/paginator.rs", bare(&self.names.module))
    }

    /// The types and modules that its files define; those of waiters define none.
    pub(crate) fn definitions(&self, emit: Emit) -> BTreeSet<String> {
        let mut definitions = BTreeSet::from([definition(&self.input), definition(&self.output)]);
        definitions.insert("mod builders".to_owned());
        if emit == Emit::Client {
            definitions.insert(format!("enum {}", self.names.error));
            definitions.extend(self.paginated.as_ref().map(|_| "mod paginator".to_owned()));
        }
        definitions
    }
}

impl Waiter {
    /// The file of the waiter.
    pub(crate) fn file(&self) -> String {
        format!("src/waiters/{}.rs", bare(&self.names.module))
    }
}

impl Plan {
    /// The types and modules that the files of the exceptions define.
    pub(crate) fn definitions_of_exceptions(&self) -> BTreeSet<String> {
        let streams =
            self.event_streams.iter().filter(|_| self.has_events()).map(|stream| format!("enum {}", stream.error));
        let of_streams = self.has_events().then(|| "mod event_streams".to_owned());
        let modules: &[&str] = match self.exceptions.as_slice() {
            [] => &[],
            _ if self.exceptions_have_own_names() => &["builders"],
            _ => &["builders", "exceptions"],
        };
        let modules = modules.iter().map(|name| format!("mod {name}"));
        self.exceptions.iter().map(definition).chain(modules).chain(streams).chain(of_streams).collect()
    }
}

fn definition(structure: &Structure) -> String {
    format!("struct {}", structure.definition)
}
