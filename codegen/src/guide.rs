//! The documentation that shows code: the first page of the crate, and the examples of each operation.
//!
//! It is written when everything else is planned, because an example calls the methods that the plan has named. Its
//! code is a doctest of the emitted crate, so that it is proven to compile: [`example`] decides what is shown,
//! [`answer`] how the answer is looked at, [`layout`] formats it, and [`front_page`] puts the first page together.

mod answer;
mod example;
mod front_page;
mod layout;

use crate::model::Model;
use crate::options::Emit;
use crate::plan::Plan;

/// Adds to a plan the documentation that shows code, and warns of examples of the model that are of no use.
pub(crate) fn add(plan: &mut Plan, model: &Model) {
    if plan.package.emit == Emit::Client {
        example::add(plan, &model.operations);
    }
    plan.front_page = front_page::lines(plan, &model.operations);
}
