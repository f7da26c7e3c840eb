//! stub
use crate::model::Constraints;
#[derive(Clone, Debug, Default)]
pub(crate) struct Docs {
    pub(crate) lines: Vec<String>,
    pub(crate) first_sentence: String,
}
pub(crate) enum ConstraintKind {
    Characters,
    Elements,
    Entries,
    Bytes,
}
pub(crate) fn render(source: &str, link: &dyn Fn(&str) -> Option<(String, String)>) -> Docs {
    if source.trim().is_empty() {
        return Docs::default();
    }
    let mut out = String::new();
    let mut rest = source;
    while let Some((a, b)) = rest.split_once("[`") {
        out.push_str(a);
        let Some((name, after)) = b.split_once("`]") else {
            out.push_str("[`");
            rest = b;
            break;
        };
        match link(name) {
            Some((n, p)) => out.push_str(&format!("[`{n}`]({p})")),
            None => out.push_str(&format!("`{name}`")),
        }
        rest = after;
    }
    out.push_str(rest);
    let lines: Vec<String> = out.lines().map(|l| l.trim_end().to_owned()).collect();
    let first = lines[0].split_once(". ").map_or(lines[0].clone(), |(a, _)| format!("{a}."));
    Docs { lines, first_sentence: first }
}
pub(crate) fn constraints(_: &Constraints, _: &Constraints, _: ConstraintKind) -> Option<String> {
    None
}
