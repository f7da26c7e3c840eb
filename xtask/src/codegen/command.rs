//! A command line as a person writes it.

use super::{Arguments, OUT};
use cargo_smithy_client::files::Limits;
use cargo_smithy_client::terminal::quoted;

/// The directory of the emitted crate, as the person named it.
pub(super) fn shown_out(arguments: &Arguments) -> String {
    match &arguments.out {
        None => OUT.to_owned(),
        Some(out) => match out.to_string_lossy().trim_end_matches('/') {
            "" => "/".to_owned(),
            shown => shown.to_owned(),
        },
    }
}

/// The command line that writes what a check with these arguments compares.
pub(super) fn mending(arguments: &Arguments) -> String {
    let mut words = vec!["cargo xtask codegen".to_owned()];
    let mut add = |option: &str, value: &str| words.push(format!("{option} {}", quoted(value)));
    for model in &arguments.models {
        add("--model", &model.to_string_lossy());
    }
    if let Some(place) = &arguments.models_dir {
        add("--models-dir", &place.to_string_lossy());
    }
    if let Some(service) = &arguments.service {
        add("--service", service);
    }
    if let Some(out) = &arguments.out {
        add("--out", &out.to_string_lossy());
    }
    let rest = [
        ("--crate-name", &arguments.crate_name),
        ("--crate-version", &arguments.crate_version),
        ("--runtime-version", &arguments.runtime_version),
    ];
    for (option, value) in rest {
        if let Some(value) = value {
            add(option, value);
        }
    }
    for (option, value) in arguments.choice.words() {
        words.push(option.to_owned());
        words.extend(value.map(|value| quoted(&value)));
    }
    if arguments.replace {
        words.push("--replace".to_owned());
    }
    if arguments.limits.model != Limits::default().model {
        words.push(format!("--max-model-size {}", arguments.limits.model));
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{Arguments, mending};

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    fn mended(line: &[&str]) -> String {
        let words = std::iter::once("codegen").chain(line.iter().copied());
        let line = Line::try_parse_from(words).expect("the line is valid");
        mending(&line.arguments)
    }

    #[test]
    fn the_mending_is_the_check_s_own_without_check() {
        assert_eq!(mended(&["--check"]), "cargo xtask codegen");
        let other = mended(&["--check", "--model", "my model.json", "--out=../o", "--crate-name=o"]);
        assert_eq!(other, "cargo xtask codegen --model 'my model.json' --out ../o --crate-name o");
    }
}
