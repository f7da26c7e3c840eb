//! What AWS's own clients say of shapes otherwise than their models: traits that are missing there, and defaults that are
//! wrong.

use serde_json::{Value, json};
use std::collections::BTreeSet;

use super::merged::{Ast, implied};
use super::traits::id;
use crate::ast::node::Findings;
use crate::ast::{Kind, Shape, Traits};

/// What is said of a shape.
#[derive(Clone, Copy, Debug)]
enum Correction {
    /// Nothing of it may be shown.
    Sensitive,
    /// The exception is the service's fault, and goes away when the call is repeated.
    Transient,
    /// It, or each member that is of it, has no default: sent where nobody set it, it is refused or means something else.
    NoDefault,
    /// It is of this kind, where the model, or the form of it that botocore has, says another one.
    Is(Kind),
    /// The element of its answer is the only member itself.
    Unwrapped,
}

use Correction::{Is, NoDefault, Sensitive, Transient, Unwrapped};

/// Shapes, and members of shapes, each with what is said of it.
const CORRECTIONS: [(&str, Correction); 26] = [
    ("com.amazonaws.sts#Credentials", Sensitive),
    ("com.amazonaws.sso#RoleCredentials", Sensitive),
    ("com.amazonaws.sts#IDPCommunicationErrorException", Transient),
    ("com.amazonaws.amplifyuibuilder#ListComponentsLimit", NoDefault),
    ("com.amazonaws.amplifyuibuilder#ListFormsLimit", NoDefault),
    ("com.amazonaws.amplifyuibuilder#ListThemesLimit", NoDefault),
    ("com.amazonaws.drs#CostOptimizationConfiguration$burstBalanceDeltaThreshold", NoDefault),
    ("com.amazonaws.drs#CostOptimizationConfiguration$burstBalanceThreshold", NoDefault),
    ("com.amazonaws.drs#LaunchActionOrder", NoDefault),
    ("com.amazonaws.drs#MaxResultsReplicatingSourceServers", NoDefault),
    ("com.amazonaws.drs#MaxResultsType", NoDefault),
    ("com.amazonaws.drs#StrictlyPositiveInteger", NoDefault),
    ("com.amazonaws.drs#Validity", NoDefault),
    ("com.amazonaws.emrserverless#WorkerCounts", NoDefault),
    ("com.amazonaws.evidently#ResultsPeriod", NoDefault),
    ("com.amazonaws.iot#DescribeProvisioningTemplateResponse$enabled", NoDefault),
    ("com.amazonaws.iot#ProvisioningTemplateSummary$enabled", NoDefault),
    ("com.amazonaws.iot#ThingConnectivity$connected", NoDefault),
    ("com.amazonaws.location#PlaceIndexSearchResultLimit", NoDefault),
    ("com.amazonaws.paymentcryptographydata#IntegerRangeBetween4And12", NoDefault),
    ("com.amazonaws.s3#Expires", Is(Kind::Timestamp)),
    ("com.amazonaws.s3#GetBucketLocation", Unwrapped),
    ("com.amazonaws.s3control#PublicAccessBlockConfiguration$BlockPublicAcls", NoDefault),
    ("com.amazonaws.s3control#PublicAccessBlockConfiguration$BlockPublicPolicy", NoDefault),
    ("com.amazonaws.s3control#PublicAccessBlockConfiguration$IgnorePublicAcls", NoDefault),
    ("com.amazonaws.s3control#PublicAccessBlockConfiguration$RestrictPublicBuckets", NoDefault),
];

/// The namespaces in which members that are numbers or booleans may be absent, unless they are required.
const OPTIONAL_SCALARS: [&str; 1] = ["com.amazonaws.s3#"];

/// Corrects what is wrong.
pub(super) fn apply(ast: &mut Ast, _: &mut Findings) {
    let mut without_default = BTreeSet::new();
    for (at, correction) in CORRECTIONS {
        let (id, member) = at.split_once('$').map_or((at, None), |(id, member)| (id, Some(member)));
        let Some(shape) = ast.shapes.get_mut(id) else { continue };
        match (correction, member) {
            (Sensitive, _) => add(shape, id::SENSITIVE, json!({})),
            (Transient, _) => {
                add(shape, id::ERROR, json!("server"));
                add(shape, id::RETRYABLE, json!({}));
            }
            (Unwrapped, _) => add(shape, id::S3_UNWRAPPED_XML_OUTPUT, json!({})),
            (Is(kind), _) if shape.kind == kind => {}
            (Is(kind), _) => {
                shape.kind = kind;
                forget_default(&mut shape.traits);
                without_default.insert(id);
            }
            (NoDefault, Some(member)) => {
                let members = shape.members.iter_mut().filter(|one| one.name == member);
                members.for_each(|member| forget_default(&mut member.traits));
            }
            (NoDefault, None) => {
                forget_default(&mut shape.traits);
                without_default.insert(id);
            }
        }
    }
    let members = ast.shapes.values_mut().flat_map(|shape| &mut shape.members);
    members
        .filter(|member| without_default.contains(member.target.id.as_str()))
        .for_each(|member| forget_default(&mut member.traits));
    OPTIONAL_SCALARS.into_iter().for_each(|namespace| let_scalars_be_absent(ast, namespace));
}

fn add(shape: &mut Shape, id: &str, value: Value) {
    let corrected = implied(id, value, shape);
    shape.traits.set(corrected);
}

fn forget_default(traits: &mut Traits) {
    traits.remove(id::DEFAULT);
}

/// Makes each member of a namespace that is a number or a boolean one that may be absent, unless it is required.
fn let_scalars_be_absent(ast: &mut Ast, namespace: &str) {
    if !ast.shapes.keys().any(|id| id.starts_with(namespace)) {
        return;
    }
    let is_scalar = |shape: &&Shape| {
        matches!(
            shape.kind,
            Kind::Boolean | Kind::Byte | Kind::Short | Kind::Integer | Kind::Long | Kind::Float | Kind::Double
        )
    };
    let scalars: BTreeSet<String> = ast.shapes.values().filter(is_scalar).map(|shape| shape.id.clone()).collect();
    let structures = ast.shapes.values_mut().filter(|shape| shape.kind == Kind::Structure);
    for shape in structures.filter(|shape| shape.id.starts_with(namespace)) {
        let optional = implied(id::CLIENT_OPTIONAL, json!({}), shape);
        for member in shape.members.iter_mut().filter(|member| scalars.contains(&member.target.id)) {
            forget_default(&mut member.traits);
            if !member.traits.has(id::REQUIRED) {
                member.traits.set(optional.clone());
            }
        }
    }
    let of_namespace = ast.shapes.values_mut().filter(|shape| scalars.contains(&shape.id));
    of_namespace.filter(|shape| shape.id.starts_with(namespace)).for_each(|shape| forget_default(&mut shape.traits));
}

#[cfg(test)]
mod tests {
    use super::CORRECTIONS;
    use crate::model::load::load;
    use crate::model::{Fault, Member, Model, Shape, ShapeId, ShapeKind};
    use serde_json::{Value, json};
    use std::collections::BTreeSet;

    /// A service of a namespace that gives `Out`, which has these members, and fails with these errors.
    fn model(namespace: &str, members: Value, more: Value, errors: Value) -> Model {
        let id = |name: &str| format!("{namespace}#{name}");
        let mut shapes = json!({
            id("S"): {
                "type": "service",
                "version": "2020-01-01",
                "operations": [{"target": id("Op")}],
                "traits": {"aws.protocols#awsJson1_0": {}},
            },
            id("Op"): {"type": "operation", "output": {"target": id("Out")}, "errors": errors},
            id("Out"): {"type": "structure", "members": members},
        });
        if let (Value::Object(shapes), Value::Object(more)) = (&mut shapes, more) {
            shapes.extend(more);
        }
        let text = json!({"smithy": "2.0", "shapes": shapes}).to_string();
        load(&[("one.json".to_owned(), text)], None).unwrap_or_else(|report| panic!("{report}")).model
    }

    fn shape<'m>(model: &'m Model, id: &str) -> &'m Shape {
        &model.shapes[&ShapeId::new(id)]
    }

    fn members<'m>(model: &'m Model, id: &str) -> &'m [Member] {
        match &shape(model, id).kind {
            ShapeKind::Structure(structure) => &structure.members,
            other => panic!("{id} should be a structure, not {other:?}"),
        }
    }

    #[test]
    fn credentials_are_sensitive_and_an_unreachable_provider_of_identities_is_worth_another_try() {
        let credentials = json!({"target": "com.amazonaws.sts#Credentials"});
        let shapes = json!({
            "com.amazonaws.sts#Credentials": {"type": "structure", "members": {}},
            "com.amazonaws.sts#IDPCommunicationErrorException": {
                "type": "structure", "members": {}, "traits": {"smithy.api#error": "client"},
            },
        });
        let errors = json!([{"target": "com.amazonaws.sts#IDPCommunicationErrorException"}]);
        let model = model("com.amazonaws.sts", json!({"Credentials": credentials}), shapes, errors);
        assert!(shape(&model, "com.amazonaws.sts#Credentials").sensitive);
        let ShapeKind::Structure(structure) = &shape(&model, "com.amazonaws.sts#IDPCommunicationErrorException").kind
        else {
            panic!("an exception is a structure");
        };
        let error = structure.error.as_ref().expect("it is an exception");
        assert_eq!(error.fault, Fault::Server);
        assert!(error.retryable.is_some_and(|retryable| !retryable.throttling));
    }

    #[test]
    fn defaults_that_services_refuse_are_gone_from_a_member_or_from_all_members_of_a_type() {
        let counted = |target: &str| json!({"target": target, "traits": {"smithy.api#default": 1}});
        let shapes = json!({
            "com.amazonaws.drs#Validity": {"type": "integer", "traits": {"smithy.api#default": 1}},
            "com.amazonaws.drs#Other": {"type": "integer", "traits": {"smithy.api#default": 1}},
            "com.amazonaws.drs#CostOptimizationConfiguration": {"type": "structure", "members": {
                "burstBalanceThreshold": counted("com.amazonaws.drs#Other"),
                "other": counted("com.amazonaws.drs#Other"),
            }},
        });
        let out = json!({
            "cost": {"target": "com.amazonaws.drs#CostOptimizationConfiguration"},
            "validity": counted("com.amazonaws.drs#Validity"),
        });
        let model = model("com.amazonaws.drs", out, shapes, json!([]));
        let defaults = |id| members(&model, id).iter().map(|member| member.default.is_some()).collect::<Vec<_>>();
        assert_eq!(defaults("com.amazonaws.drs#CostOptimizationConfiguration"), [false, true]);
        assert_eq!(defaults("com.amazonaws.drs#Out"), [false, false]);
    }

    #[test]
    fn numbers_and_booleans_of_buckets_may_be_absent_unless_they_are_required() {
        let traits = json!({"smithy.api#default": 0, "smithy.api#required": {}});
        let out = json!({
            "Size": {"target": "com.amazonaws.s3#Size", "traits": traits},
            "IsTruncated": {"target": "smithy.api#Boolean", "traits": {"smithy.api#default": false}},
            "Name": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}},
        });
        let shapes = json!({"com.amazonaws.s3#Size": {"type": "long", "traits": {"smithy.api#default": 0}}});
        let model = model("com.amazonaws.s3", out, shapes, json!([]));
        let optional = members(&model, "com.amazonaws.s3#Out").iter().map(|member| member.client_optional);
        assert_eq!(optional.collect::<Vec<_>>(), [false, true, false]);
        assert!(members(&model, "com.amazonaws.s3#Out").iter().all(|member| member.default.is_none()));
    }

    #[test]
    fn the_time_at_which_an_object_expires_is_no_text() {
        let out = json!({"Expires": {"target": "com.amazonaws.s3#Expires"}});
        let model = model("com.amazonaws.s3", out, json!({"com.amazonaws.s3#Expires": {"type": "string"}}), json!([]));
        assert!(matches!(shape(&model, "com.amazonaws.s3#Expires").kind, ShapeKind::Timestamp));
    }

    #[test]
    fn the_location_of_a_bucket_is_the_document_also_where_botocore_does_not_say_so() {
        let location = json!({"type": "structure", "members": {"Location": {"target": "smithy.api#String"}}});
        let text = json!({"smithy": "2.0", "shapes": {
            "com.amazonaws.s3#S": {
                "type": "service",
                "version": "2020-01-01",
                "operations": [{"target": "com.amazonaws.s3#GetBucketLocation"}],
                "traits": {"aws.protocols#awsJson1_0": {}},
            },
            "com.amazonaws.s3#GetBucketLocation": {"type": "operation", "output": {"target": "com.amazonaws.s3#Out"}},
            "com.amazonaws.s3#Out": location,
        }});
        let model =
            load(&[("one.json".to_owned(), text.to_string())], None).unwrap_or_else(|report| panic!("{report}"));
        assert!(model.model.operations[0].unwrapped_output);
    }

    #[test]
    fn a_shape_is_corrected_once() {
        let corrected: BTreeSet<_> = CORRECTIONS.iter().map(|(at, _)| at).collect();
        assert_eq!(corrected.len(), CORRECTIONS.len());
    }
}
