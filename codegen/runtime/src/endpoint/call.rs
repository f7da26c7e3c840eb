//! The endpoint of a call: what the rules are told of configuration, credentials and input, and what they come to.

use aws_credential_types::attributes::AccountId;
use aws_smithy_runtime_api::client::endpoint::{EndpointPrefix, EndpointResolverParams};
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::endpoint_config::{AccountIdEndpointMode, EndpointUrl, UseDualStack, UseFips};
use aws_types::region::Region;

use crate::BoxError;
use crate::shape::Shape;
use crate::text::text_of;

/// Follows a decision diagram: the number of the result that it comes to, `None` where nothing fits.
///
/// A fork is a condition, where to go when it holds, and where to go when it does not. Zero and more is a fork by its
/// position, a later one; a negative number is a result with all its bits inverted, and `i16::MIN` is none. It begins with the
/// first fork.
pub fn decide(forks: &[[i16; 3]], mut holds: impl FnMut(i16) -> bool) -> Option<i16> {
    let mut position = 0;
    while let Ok(index) = usize::try_from(position) {
        let [condition, then, otherwise] = *forks.get(index)?;
        position = if holds(condition) { then } else { otherwise };
    }
    (position != i16::MIN).then_some(!position)
}

/// The region of a call (`AWS::Region`).
pub fn region(bag: &ConfigBag) -> Option<String> {
    bag.load::<Region>().map(|region| region.as_ref().to_owned())
}

/// Whether a call asks for endpoints that speak IPv6 too (`AWS::UseDualStack`).
pub fn use_dual_stack(bag: &ConfigBag) -> Option<bool> {
    bag.load::<UseDualStack>().map(|setting| setting.0)
}

/// Whether a call asks for endpoints with FIPS 140 validated cryptography (`AWS::UseFIPS`).
pub fn use_fips(bag: &ConfigBag) -> Option<bool> {
    bag.load::<UseFips>().map(|setting| setting.0)
}

/// The URL to which a call is sent, whatever the rules say (`SDK::Endpoint`).
pub fn endpoint_url(bag: &ConfigBag) -> Option<String> {
    bag.load::<EndpointUrl>().map(|setting| setting.0.clone())
}

/// Whether endpoints of the account of the credentials are used (`AWS::Auth::AccountIdEndpointMode`): `preferred`,
/// unless the configuration says `disabled` or `required`.
pub fn account_id_endpoint_mode(bag: &ConfigBag) -> Option<String> {
    Some(bag.load::<AccountIdEndpointMode>().cloned().unwrap_or_default().to_string())
}

/// The account of the credentials that a call is signed with (`AWS::Auth::AccountId`), if they tell it.
///
/// Parameters have an identity from when it is known until an endpoint is resolved. Here it is taken out, so that
/// nobody who is shown the parameters is shown credentials.
pub fn account_id(params: &mut EndpointResolverParams) -> Option<String> {
    let identity = std::mem::replace(params.get_property_mut::<Identity>()?, Identity::new((), None));
    identity.property::<AccountId>().map(|account| account.as_str().to_owned())
}

/// The error of a call whose parameters do not make sense: what a parameter has to be.
///
/// # Errors
/// Always.
pub fn invalid_params(field: &str, reason: &str) -> Result<EndpointResolverParams, BoxError> {
    Err(format!("invalid value for field: `{field}` - {reason}").into())
}

/// The host prefix of a call, its `{field}` labels replaced by members of the input.
///
/// # Errors
/// When a label is empty or does not make a valid host name.
pub(crate) fn host_prefix(template: &str, input: &dyn Shape) -> Result<EndpointPrefix, BoxError> {
    let mut prefix = String::new();
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        let (field, after) = after.split_once('}').ok_or("a host prefix label that does not end")?;
        let index = input.schema().field_names().position(|name| name == field);
        let index = index.ok_or("a host prefix label without a member")?;
        let member = &input.schema().at(index);
        let text = text_of(&input.member(index).view(), member).filter(|text| !text.is_empty());
        prefix.push_str(literal);
        prefix.push_str(
            &text
                .ok_or_else(|| format!("{field} was unset or empty but must be set as part of the endpoint prefix"))?,
        );
        rest = after;
    }
    prefix.push_str(rest);
    Ok(EndpointPrefix::new(prefix)?)
}
