//! Ids that services give with a prefix and take without it.

use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

use crate::BoxError;
use crate::shape::View;
use crate::slot::Slot;
use crate::spec::Spec;

/// Takes the prefix from the id in an input, so that what an answer had can be sent as it is: `/hostedzone/Z1` is the zone
/// `Z1`.
#[derive(Debug)]
pub(crate) struct ResourceIdInterceptor(pub(crate) &'static Spec);

#[dyn_dispatch_hint]
impl Intercept for ResourceIdInterceptor {
    fn name(&self) -> &'static str {
        "ResourceIdInterceptor"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Self(spec) = self;
        let input = spec.input_mut.and_then(|input_mut| input_mut(context.input_mut()));
        let (Some(input), Some((index, prefixes))) = (input, spec.route.resource_id) else { return Ok(()) };
        let View::Text(id) = input.member(index).view() else { return Ok(()) };
        let Some(bare) = without_prefix(id, prefixes).map(str::to_owned) else { return Ok(()) };
        if let Slot::Text(id) = input.member_mut(index).slot() {
            *id = bare;
        }
        Ok(())
    }
}

/// An id without the first of the prefixes that it has; `None` for one that has none of them.
fn without_prefix<'i>(id: &'i str, prefixes: &[&str]) -> Option<&'i str> {
    let id = id.strip_prefix('/').unwrap_or(id);
    prefixes.iter().find_map(|prefix| id.strip_prefix(prefix))
}

#[cfg(test)]
mod tests {
    use super::without_prefix;

    #[test]
    fn an_id_loses_one_prefix_with_a_slash_or_without() {
        let bare = |id: &'static str| without_prefix(id, &["hostedzone/", "change/"]);
        for id in ["/hostedzone/Z1", "hostedzone/Z1", "/change/Z1", "change/Z1"] {
            assert_eq!(bare(id), Some("Z1"), "{id}");
        }
        assert_eq!(bare("/hostedzone/change/Z1"), Some("change/Z1"));
        for id in ["Z1", "/Z1", "//change/Z1", "changes/Z1", "Z1/change/", ""] {
            assert_eq!(bare(id), None, "{id}");
        }
    }
}
