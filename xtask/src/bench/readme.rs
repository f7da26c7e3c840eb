//! The first program of the README: what a user copies, and the same for the official crate.

use super::scratch::OFFICIAL_VERSION;

/// How the README leads to the client, and how a scratch workspace does.
const PATH: [&str; 2] = ["path = \"generated\"", "path = \"GENERATED\""];

/// The function that loads the configuration.
const LOAD: &str = "ivs_realtime::config::load_from_env";

/// A program with its dependencies.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Program {
    /// The `[dependencies]` of the manifest.
    pub(super) dependencies: String,
    /// `main.rs`.
    pub(super) source: String,
}

/// The first manifest and the first program of a README.
///
/// `None` where there is none, or where it does not use the client as this module expects.
pub(super) fn program(readme: &str) -> Option<Program> {
    let dependencies = block(readme, "toml")?;
    let source = block(readme, "rust,no_run")?;
    (dependencies.contains(PATH[0]) && source.contains(LOAD))
        .then(|| Program { dependencies: dependencies.replace(PATH[0], PATH[1]), source })
}

/// The content of the first block of code in this language.
fn block(text: &str, language: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("\n```{language}\n"))?;
    let (content, _) = rest.split_once("\n```")?;
    Some(format!("{content}\n"))
}

impl Program {
    /// The same with the official crate, and with `aws-config` as its documentation has it.
    pub(super) fn of_official_crate(self) -> Self {
        let runtime: String = self
            .dependencies
            .lines()
            .filter(|line| line.starts_with("tokio "))
            .map(|line| format!("{line}\n"))
            .collect();
        Self {
            dependencies: format!(
                "[dependencies]\n\
                 aws-sdk-ivsrealtime = \"={OFFICIAL_VERSION}\"\n\
                 aws-config = {{ version = \"1\", features = [\"behavior-version-latest\"] }}\n\
                 {runtime}"
            ),
            source: self
                .source
                .replace(LOAD, "aws_config::load_from_env")
                .replace("ivs_realtime", "aws_sdk_ivsrealtime"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::program;

    const README: &str = include_str!("../../../README.md");

    #[test]
    fn the_readme_begins_with_a_program_that_uses_the_client() {
        let ours = program(README).expect("there is one");
        assert!(ours.dependencies.starts_with("[dependencies]\nivs-realtime = { path = \"GENERATED\""));
        assert!(ours.source.contains("ivs_realtime::config::load_from_env()"));
    }

    #[test]
    fn the_official_program_differs_in_its_crates_alone() {
        let [ours, official] = [program(README), program(README).map(super::Program::of_official_crate)];
        let [ours, official] = [ours, official].map(|program| program.expect("there is one"));
        insta::assert_snapshot!(official.dependencies, @r#"
        [dependencies]
        aws-sdk-ivsrealtime = "=1.133.0"
        aws-config = { version = "1", features = ["behavior-version-latest"] }
        tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
        "#);
        let back = official.source.replace("aws_sdk_ivsrealtime", "ivs_realtime");
        assert_eq!(back.replace("aws_config::load_from_env", "ivs_realtime::config::load_from_env"), ours.source);
    }

    #[test]
    fn without_a_program_there_is_nothing_to_measure() {
        assert_eq!(program("# Title\n\n```toml\n[dependencies]\n```\n"), None);
        assert_eq!(program("\n```toml\n[dependencies]\n```\n\n```rust,no_run\nfn main() {}\n```\n"), None);
    }
}
