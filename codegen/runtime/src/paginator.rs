//! Pages of an operation with `smithy.api#paginated`, as a stream.

use aws_smithy_async::future::pagination_stream::PaginationStream;
use aws_smithy_async::future::pagination_stream::fn_stream::FnStream;

use std::collections::HashMap;

use crate::operation::{CallResult, Input, Operation, invoke, paginator_plugins, take_error, take_output};
use crate::service::Handle;
use crate::shape::Key;

/// The token members of a paginated operation.
pub trait Paginated: Operation + Clone {
    /// A place in the list: a text, or a map, such as the key of an item.
    type Token: Token;

    /// The token that a page ends with (`outputToken`).
    fn next_token(output: &Self::Output) -> Option<&Self::Token>;

    /// The member that takes the token of a request (`inputToken`).
    fn token_mut(&mut self) -> &mut Option<Self::Token>;
}

/// The type of a token.
pub trait Token: Clone + PartialEq + Send + Sync {
    /// Whether it is as good as none: the last page has one that is empty, or none at all.
    fn is_empty(&self) -> bool;
}

impl Token for String {
    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

impl<K: Key, T: Clone + PartialEq + Send + Sync> Token for HashMap<K, T> {
    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

/// A paginated operation that lets its caller choose how many items a page has (`pageSize`).
pub trait Resizable: Paginated {
    /// A number of items.
    type Size;

    /// The member that takes the number.
    fn size_mut(&mut self) -> &mut Option<Self::Size>;
}

/// A paginated operation whose pages hold items (`items`).
pub trait Itemized: Paginated {
    /// An item; for a map, its key and its value.
    type Item: Send + 'static;
    /// The member with the items of a page.
    type Items: IntoIterator<Item = Self::Item, IntoIter: Send> + Send;

    /// The items of a page.
    fn items(page: Self::Output) -> Self::Items;
}

/// Sends the input page after page, until a page has no token, or an empty one.
///
/// With `stop_on_duplicate_token` a token that repeats the one of the request
/// ends the stream instead of looping forever. The first error ends it too.
pub fn pages<I: Paginated>(
    handle: &Handle,
    mut input: I,
    stop_on_duplicate_token: bool,
) -> PaginationStream<CallResult<I::Output, I::Error>> {
    let plugins = paginator_plugins(handle, I::SPEC);
    PaginationStream::new(FnStream::new(move |pages| {
        Box::pin(async move {
            loop {
                let page = match invoke(I::SPEC, plugins.clone(), Input::erase(input.clone())).await {
                    Ok(page) => Ok(take_output(page)),
                    Err(error) => Err(error.map_service_error(take_error)),
                };
                let more = page.as_ref().is_ok_and(|page| advance(&mut input, page, stop_on_duplicate_token));
                if pages.send(page).await.is_err() || !more {
                    return;
                }
            }
        })
    }))
}

/// Moves the input to the next page; false when there is none.
fn advance<I: Paginated>(input: &mut I, page: &I::Output, stop_on_duplicate_token: bool) -> bool {
    match I::next_token(page) {
        Some(token) if !token.is_empty() => {
            let duplicate = input.token_mut().as_ref() == Some(token);
            *input.token_mut() = Some(token.clone());
            !(duplicate && stop_on_duplicate_token)
        }
        _ => false,
    }
}
