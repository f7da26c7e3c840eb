//! The programs that are taken over, and what is known of them beside their sources.

use std::path::{Path, PathBuf};

/// Where the programs are, from the root of the repository.
const PROGRAMS: &str = "tests/taken-over";

/// The models of services, from the root of the repository. That of the service of this repository is part of it.
const MODELS: &str = "../shared/models";

/// A program that was written against official crates.
#[derive(Debug)]
pub(super) struct Subject {
    /// Its directory.
    pub(super) name: &'static str,
    /// The models of its services, below [`MODELS`].
    models: &'static [&'static str],
    /// A function with a call of an operation that the program does not call, for the end of its `src/lib.rs`.
    pub(super) addition: &'static str,
}

/// All of them. The first is the one with bars.
pub(super) const ALL: [Subject; 4] = [
    Subject {
        name: "worker",
        models: &[
            "aws-2026/dynamodb.json",
            "aws/secrets-manager-2017-10-17.json",
            "aws-2026/sqs.json",
            "aws-2026/sts.json",
            "aws-2026/sso.json",
            "aws-2026/sso-oidc.json",
        ],
        addition: "
/// How many tables there are.
pub async fn tables(client: &aws_sdk_dynamodb::Client) -> Result<usize, aws_sdk_dynamodb::Error> {
    Ok(client.list_tables().limit(100).send().await?.table_names().len())
}
",
    },
    Subject {
        name: "config-tool",
        models: &[
            "aws-2026/kms.json",
            "aws/ssm-2014-11-06.json",
            "aws-2026/sts.json",
            "aws-2026/sso.json",
            "aws-2026/sso-oidc.json",
        ],
        addition: "
/// How many keys there are.
pub async fn keys(client: &kms::Client) -> Result<usize, kms::Error> {
    Ok(client.list_keys().limit(100).send().await?.keys().len())
}
",
    },
    Subject {
        name: "show",
        models: &[
            "ivs-realtime/ivs-realtime-2026-11-17.json",
            "aws-2026/sts.json",
            "aws-2026/sso.json",
            "aws-2026/sso-oidc.json",
        ],
        addition: "
/// How many encoders there are.
pub async fn encoders(client: &aws_sdk_ivsrealtime::Client) -> Result<usize, aws_sdk_ivsrealtime::Error> {
    Ok(client.list_encoder_configurations().send().await?.encoder_configurations().len())
}
",
    },
    Subject {
        name: "identity",
        models: &["aws-2026/sts.json", "aws-2026/sso.json", "aws-2026/sso-oidc.json", "aws-2026/signin.json"],
        addition: "
/// A token for an hour.
pub async fn token(client: &Client) -> Result<Option<String>, aws_sdk_sts::Error> {
    let answer = client.get_session_token().duration_seconds(3600).send().await?;
    Ok(answer.credentials().map(|credentials| credentials.session_token().to_owned()))
}
",
    },
];

impl Subject {
    /// Its directory, from the root of the repository.
    pub(super) fn directory(&self, root: &Path) -> PathBuf {
        root.join(PROGRAMS).join(self.name)
    }

    /// The models of its services.
    ///
    /// # Errors
    ///
    /// The first that is missing.
    pub(super) fn models(&self, root: &Path) -> Result<Vec<PathBuf>, PathBuf> {
        models(root, self.models)
    }
}

/// Models by their paths below the directory of models.
///
/// # Errors
///
/// The first that is missing.
pub(super) fn models(root: &Path, names: &[&str]) -> Result<Vec<PathBuf>, PathBuf> {
    let path = |name: &&str| {
        let path = root.join(MODELS).join(name);
        if path.is_file() { Ok(path) } else { Err(path) }
    };
    names.iter().map(path).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::ALL;

    #[test]
    fn every_program_stands_alone_with_its_lock_file_and_tests() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for subject in &ALL {
            let directory = subject.directory(&root);
            let manifest = fs::read_to_string(directory.join("Cargo.toml")).expect("it is part of the repository");
            assert!(manifest.contains("[workspace]") && !manifest.contains("path ="), "{}", subject.name);
            for name in ["Cargo.lock", "src/lib.rs", "src/main.rs", "tests"] {
                assert!(directory.join(name).exists(), "{}: {name}", subject.name);
            }
            let lib = fs::read_to_string(directory.join("src/lib.rs")).expect("it is text");
            assert!(!lib.contains(subject.addition), "{}", subject.name);
        }
    }
}
