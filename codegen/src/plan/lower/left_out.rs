//! What a crate says of the operations of its service that it does not have.

use std::collections::BTreeSet;

use crate::model::Model;
use crate::model::selection::Choice;
use crate::options::Options;
use crate::plan::Record;
use crate::plan::docs::{self, Line, Lines};
use crate::unsupported::Chosen;

/// What the manifest records of the choice.
pub(super) fn record(model: &Model, options: &Options, chosen: &Chosen) -> Record {
    let left_out: Vec<String> = chosen.left_out.iter().map(|left| left.operation.clone()).collect();
    let names = |wanted: Choice| {
        let selection = options.operations.as_ref().filter(|selection| selection.choice == wanted)?;
        Some(selection.names.iter().cloned().collect::<BTreeSet<String>>().into_iter().collect())
    };
    Record {
        service: model.service.id.as_str().to_owned(),
        protocol: options.protocol.as_ref().map(|_| model.service.protocol.name().to_owned()),
        only: names(Choice::Only),
        shapes: Vec::new(),
        except: names(Choice::AllBut).unwrap_or_default(),
        skip_unsupported: options.skip_unsupported,
        left_out,
    }
}

/// The lines for the root of the crate, where operations were left out one by one.
pub(super) fn told(model: &Model, chosen: &Chosen) -> Lines {
    let gone: BTreeSet<&str> = chosen.left_out.iter().map(|left| left.operation.as_str()).collect();
    let unwanted = chosen.selection.iter().filter(|selection| selection.choice == Choice::AllBut);
    let unwanted: BTreeSet<&str> = unwanted
        .flat_map(|selection| &selection.names)
        .map(String::as_str)
        .filter(|name| !gone.contains(name))
        .collect();
    if gone.is_empty() && unwanted.is_empty() {
        return Lines::default();
    }
    let (here, all) = (model.operations.len(), model.service_operations);
    let mut lines = Lines::from(Line::prose("# Operations left out"));
    lines.push_paragraph(&format!("The crate has {here} of the {all} operations of its service."));
    if !unwanted.is_empty() {
        let names: Vec<String> = unwanted.iter().map(|name| docs::code(name)).collect();
        lines.push_paragraph(&format!("Not wanted by whoever had it generated: {}.", names.join(", ")));
    }
    if !gone.is_empty() {
        lines.push_paragraph("Not supported by the generator:");
        lines.push(Line::default());
        for left in &chosen.left_out {
            let (name, reason) = (docs::code(&left.operation), docs::plain(&left.reason));
            lines.push(Line::prose(&format!("- {name}: {reason}.")));
        }
    }
    lines
}
