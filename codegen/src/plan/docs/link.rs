//! What links of a documentation text point to.

use super::tree::{Inline, plain};
use super::urls;

/// Looks up a name of the model, such as `CreateStage`: the name and the path
/// that the item has in Rust, or `None` if it is not part of the client.
///
/// A path equal to the name says that the name is in scope where the text will
/// stand; the link is then written in rustdoc's short form.
pub(crate) type Lookup<'a> = dyn Fn(&str) -> Option<(String, String)> + 'a;

/// A link of an HTML text: `<a>Name</a>`, or `<a href="...">content</a>`.
///
/// A page of the API reference (`.../API_CreateStage.html`) becomes a link to
/// the item that `link` knows by that name. A target that means nothing outside
/// the page it was written for leaves only the content.
pub(super) fn anchor(href: Option<&str>, content: Vec<Inline>, link: &Lookup<'_>) -> Vec<Inline> {
    let shown = plain(&content);
    let name = shown.trim();
    let href = href.map(str::trim).filter(|href| !href.is_empty() && *href != "#");
    let Some(href) = href else {
        return named(name, link).map_or_else(|| unknown(name, content), |item| vec![item]);
    };
    if let Some(page) = reference_page(href)
        && let Some((rust_name, target)) = link(page)
    {
        let content = if page == name { vec![Inline::Code(rust_name)] } else { content };
        return vec![Inline::Link { target, content }];
    }
    match urls::absolute(href) {
        Some(target) => vec![Inline::Link { target, content }],
        None => content,
    }
}

/// A link of a CommonMark text with a destination: a URL, or the name of an item.
pub(super) fn destination(to: &str, content: Vec<Inline>, link: &Lookup<'_>) -> Vec<Inline> {
    let target = urls::absolute(to).or_else(|| link(bare(to)).map(|(_, path)| path));
    match target {
        Some(target) => vec![Inline::Link { target, content }],
        None => content,
    }
}

/// A link by name alone: `CreateStage`, or a member of it as `CreateStage$name`.
/// `None` if `link` knows neither.
pub(super) fn named(name: &str, link: &Lookup<'_>) -> Option<Inline> {
    let name = bare(name);
    if let Some((rust_name, target)) = link(name) {
        return Some(Inline::Link { target, content: vec![Inline::Code(rust_name)] });
    }
    let (owner, _) = name.split_once(['$', '.', ':'])?;
    let (_, target) = link(owner)?;
    Some(Inline::Link { target, content: vec![Inline::Code(name.to_owned())] })
}

/// A name without the backticks around it.
fn bare(name: &str) -> &str {
    let inner = name.strip_prefix('`').and_then(|name| name.strip_suffix('`'));
    inner.unwrap_or(name)
}

/// How an unresolved `<a>Name</a>` is shown: as code if it can be a name.
fn unknown(name: &str, content: Vec<Inline>) -> Vec<Inline> {
    let identifier = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_$.:".contains(c));
    if identifier { vec![Inline::Code(name.to_owned())] } else { content }
}

/// `CreateStage` of `https://.../API_CreateStage.html#anchor`.
fn reference_page(href: &str) -> Option<&str> {
    let page = href.split(['#', '?']).next()?.rsplit('/').next()?;
    page.strip_prefix("API_")?.strip_suffix(".html")
}
