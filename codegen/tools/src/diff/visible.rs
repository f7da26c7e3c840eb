//! The texts of a difference as a person may read them, wherever they are put: a model can hold anything.

use super::{Change, Difference, Method};
use smithy_client_codegen::visible::{line, lines};

impl Difference {
    /// The same without characters that act instead of being seen.
    pub(super) fn visible(mut self) -> Self {
        for text in [&mut self.service, &mut self.bump.reason] {
            show(text);
        }
        for texts in [&mut self.quiet, &mut self.new_shapes, &mut self.removed_shapes, &mut self.notes] {
            texts.iter_mut().for_each(show);
        }
        self.changes.iter_mut().for_each(Change::show);
        self.methods.iter_mut().for_each(Method::show);
        self
    }
}

impl Change {
    fn show(&mut self) {
        for text in [&mut self.name, &mut self.sentence] {
            show(text);
        }
        let optional = [
            &mut self.path,
            &mut self.shape,
            &mut self.member,
            &mut self.target,
            &mut self.before,
            &mut self.after,
            &mut self.hint,
        ];
        optional.into_iter().flatten().for_each(show);
        self.operations.iter_mut().for_each(show);
    }
}

impl Method {
    fn show(&mut self) {
        for text in [&mut self.operation, &mut self.name, &mut self.route] {
            show(text);
        }
        if let Some(text) = &mut self.documentation {
            *text = lines(text).into_owned();
        }
        for line in self.request.iter_mut().chain(&mut self.response).chain(&mut self.errors) {
            show(&mut line.text);
        }
    }
}

fn show(text: &mut String) {
    *text = line(text).into_owned();
}
