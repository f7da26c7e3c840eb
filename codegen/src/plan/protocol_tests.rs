//! What becomes of the cases of a service's protocol tests: calls of its client, with values made of their `params`.

use serde_json::Value;
use std::collections::BTreeSet;

mod events;

pub(crate) use events::{Failure, Item, Received, Sent, Streamed};

use super::names;
use super::value::{Built, Setter, Types};
use super::{Operation, Plan, Structure};
use crate::protocol_tests::{AppliesTo, Case, Fate, Kind, Message};
use crate::unsupported::LeftOut;

/// A case as a function of the test program.
#[derive(Debug)]
pub(crate) struct Test {
    /// Name of the function.
    pub(crate) function: String,
    /// What is called: the client's method.
    pub(crate) method: String,
    /// The input.
    pub(crate) setters: Vec<Setter>,
    /// The events of the input.
    pub(crate) sent: Option<Sent>,
    pub(crate) configured: Option<Configured>,
    pub(crate) expected: Expected,
}

/// The configuration of a client that finds its endpoint itself (`scopedConfig` of AWS's own cases).
#[derive(Debug, Default)]
pub(crate) struct Configured {
    pub(crate) region: Option<String>,
    /// Setters of the configuration, with what they are given.
    pub(crate) settings: Vec<(String, bool)>,
}

/// What a call has to lead to.
#[derive(Debug)]
pub(crate) enum Expected {
    /// A request, which is judged by whoever runs the program.
    Request,
    Output(Built),
    /// A variant of the error enum of an operation, with the exception in it.
    Exception {
        module: String,
        error: String,
        variant: String,
        exception: Built,
        /// The case says what the message is. Where it does not, the client may have found one all the same.
        has_message: bool,
    },
    Streamed(Streamed),
}

/// Plans each case: as a function, or with what keeps it from being one.
///
/// `protocol` is the id of the one that the client speaks, `left_out` what it does not have.
pub(crate) fn tests(plan: &Plan, cases: &[Case], protocol: &str, left_out: &[LeftOut]) -> Vec<Result<Test, Fate>> {
    let client = Client { plan, types: Types::new(plan), protocol, left_out };
    let mut functions = BTreeSet::new();
    let planned = cases.iter().map(|case| {
        let mut test = client.test(case)?;
        let mut number = 1;
        while !functions.insert(test.function.clone()) {
            number += 1;
            test.function = format!("{}_{number}", function(case));
        }
        Ok(test)
    });
    planned.collect()
}

/// The name of a case's function, unless another case has it.
fn function(case: &Case) -> String {
    names::snake(&format!("{}_{}", case.kind.word(), case.id.replace(|c: char| !c.is_ascii_alphanumeric(), "_")))
}

struct Client<'p> {
    plan: &'p Plan,
    types: Types<'p>,
    protocol: &'p str,
    left_out: &'p [LeftOut],
}

impl Client<'_> {
    fn test(&self, case: &Case) -> Result<Test, Fate> {
        if case.applies_to == Some(AppliesTo::Server) {
            return Err(Fate::Skipped("it is for servers".to_owned()));
        }
        if case.protocol != self.protocol {
            return Err(Fate::Skipped(format!("it is of {}; the client speaks {}", case.protocol, self.protocol)));
        }
        let operation = self.operation(case)?;
        let misfit = |misfit| Fate::Broken(format!("its params are not those of the model: {misfit}"));
        let events = match &case.message {
            Message::Events(events) => Some(&**events),
            _ => None,
        };
        let sent = self.sent(operation, events).map_err(misfit)?;
        let (setters, expected) = match case.kind {
            Kind::Events => {
                let Some(events) = events else { return Err(Fate::Broken("it has no events".to_owned())) };
                let setters = match events.tells_of_request() {
                    true => self.types.setters(&operation.input.fields, &case.params).map_err(misfit)?,
                    false => self.any_input(operation),
                };
                (setters, Expected::Streamed(self.streamed(operation, events)?))
            }
            Kind::Request => {
                (self.types.setters(&operation.input.fields, &case.params).map_err(misfit)?, Expected::Request)
            }
            Kind::Response => {
                let module = format!("operation::{}", operation.names.module);
                let output = self.types.built(&module, &operation.output, &case.params).map_err(misfit)?;
                (self.any_input(operation), Expected::Output(output))
            }
            Kind::Error => {
                let (variant, shape) = self.variant(operation, case)?;
                let exception = self.types.built("types::error", shape, &case.params).map_err(misfit)?;
                let (module, error) = (format!("operation::{}", operation.names.module), operation.names.error.clone());
                let has_message = case.params.keys().any(|member| member.eq_ignore_ascii_case("message"));
                (self.any_input(operation), Expected::Exception { module, error, variant, exception, has_message })
            }
        };
        let (function, method) = (function(case), operation.names.module.clone());
        Ok(Test { function, method, setters, sent, configured: self.configured(case)?, expected })
    }

    /// What the vendor says of the client's configuration: that of an operation counts before that of the client.
    fn configured(&self, case: &Case) -> Result<Option<Configured>, Fate> {
        let Some(scoped) = case.vendor_params.get("scopedConfig") else { return Ok(None) };
        let mut configured = Configured::default();
        for scope in [&scoped["client"], &scoped["operation"]] {
            let region = scope["region"].as_str().map(str::to_owned);
            configured.region = region.or(configured.region);
            for of in [scope, &scope["s3"]] {
                for (key, value) in of.as_object().into_iter().flatten().filter(|(key, _)| *key != "region") {
                    if !value.is_object() {
                        configured.settings.push(self.setting(key, value)?);
                    }
                }
            }
        }
        Ok(Some(configured))
    }

    /// A setting of AWS's configuration files, as the setter of the client and its value.
    fn setting(&self, key: &str, value: &Value) -> Result<(String, bool), Fate> {
        let lacking = || Fate::Skipped(format!("the client has no setting for `{key}`"));
        let own = |name: &str| {
            let settings = self.plan.endpoint.client_settings.iter();
            settings
                .into_iter()
                .find(|setting| setting.name == name)
                .map(|setting| setting.set.clone())
                .ok_or_else(lacking)
        };
        let switch = || value.as_bool().ok_or_else(lacking);
        Ok(match key {
            "use_dualstack_endpoint" => ("set_use_dual_stack".to_owned(), switch()?),
            "use_fips_endpoint" => ("set_use_fips".to_owned(), switch()?),
            "use_accelerate_endpoint" => (own("Accelerate")?, switch()?),
            "addressing_style" => (own("ForcePathStyle")?, value == "path"),
            _ => return Err(lacking()),
        })
    }

    /// An input with which the operation can be called, where it does not matter which.
    fn any_input(&self, operation: &Operation) -> Vec<Setter> {
        self.types.simple_setters(&operation.input.fields)
    }

    /// The operation of a case, or the first with the error that it is about.
    fn operation(&self, case: &Case) -> Result<&Operation, Fate> {
        let name = case.shape_name();
        let mut operations = self.plan.operations.iter();
        let found = match case.kind {
            Kind::Error => operations.find(|operation| operation.errors.iter().any(|error| error.shape_name == name)),
            Kind::Request | Kind::Response | Kind::Events => operations.find(|operation| operation.shape_name == name),
        };
        found.ok_or_else(|| match (self.left_out, self.left_out.iter().find(|left_out| left_out.operation == name)) {
            (_, Some(left_out)) => Fate::Skipped(left_out.reason.clone()),
            ([left_out, ..], None) => {
                Fate::Skipped(format!("no operation with this error can be emitted: {}", left_out.reason))
            }
            ([], None) => Fate::Broken(format!("no operation of the client has {name}")),
        })
    }

    /// The variant of an operation's error enum that a case is about, and its exception.
    fn variant(&self, operation: &Operation, case: &Case) -> Result<(String, &Structure), Fate> {
        let error = operation.errors.iter().find(|error| error.shape_name == case.shape_name());
        let found = error.and_then(|error| Some((error.variant.clone(), self.types.structure(&error.name)?)));
        found.ok_or_else(|| Fate::Broken(format!("the client has no exception {}", case.shape_name())))
    }
}
