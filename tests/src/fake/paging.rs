//! Pages of lists, with opaque tokens that end.

use serde::{Deserialize, Serialize};

use super::failure::Failure;
use super::world::Call;

/// How many items a page has unless the caller says.
const DEFAULT_PAGE: usize = 50;

/// What a page token says, sealed.
#[derive(Serialize, Deserialize)]
struct Position {
    operation: String,
    filter: String,
    after: String,
    made: i64,
}

/// A page of a list.
#[derive(Debug)]
pub(super) struct Page<T> {
    /// The items, in the order of their keys.
    pub items: Vec<T>,
    /// The token of the next page; `None` on the last one.
    pub next_token: Option<String>,
}

/// The page that the caller asks for, of items that come with their keys in ascending order.
///
/// `filter` is whatever the list depends on beside the token: a token is good for the same list alone.
///
/// # Errors
/// The token is not one of this list, or has ended.
pub(super) fn page<K: AsRef<str>, T>(
    call: &Call<'_>,
    filter: &str,
    token: Option<&str>,
    limit: Option<i32>,
    items: impl Iterator<Item = (K, T)>,
) -> Result<Page<T>, Failure> {
    let after = token.filter(|token| !token.is_empty()).map(|token| position(call, filter, token)).transpose()?;
    let limit = limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(DEFAULT_PAGE);
    let rest = items.skip_while(|(key, _)| after.as_deref().is_some_and(|after| key.as_ref() <= after));
    let mut found = Vec::new();
    let mut last = None;
    let mut next_token = None;
    for (key, item) in rest {
        if found.len() == limit {
            next_token = last.map(|last| seal(call, filter, last));
            break;
        }
        last = Some(key.as_ref().to_owned());
        found.push(item);
    }
    Ok(Page { items: found, next_token })
}

fn seal(call: &Call<'_>, filter: &str, after: String) -> String {
    let position =
        Position { operation: call.operation.to_owned(), filter: filter.to_owned(), after, made: call.now.seconds() };
    // A structure of texts and a number is JSON.
    call.signer.seal(&serde_json::to_string(&position).unwrap_or_default())
}

fn position(call: &Call<'_>, filter: &str, token: &str) -> Result<String, Failure> {
    let position: Option<Position> = call.signer.unseal(token).and_then(|text| serde_json::from_str(&text).ok());
    let Some(position) = position.filter(|found| found.operation == call.operation && found.filter == filter) else {
        return Err(Failure::validation("nextToken is not a token of this list"));
    };
    if position.made + call.settings.page_token_seconds <= call.now.seconds() {
        return Err(Failure::validation("nextToken has expired; list from the beginning"));
    }
    Ok(position.after)
}
