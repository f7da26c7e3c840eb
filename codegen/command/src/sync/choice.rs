//! Which operations and types a client has: those that the manifest names, or those that the program calls.

use std::path::PathBuf;
use std::sync::OnceLock;

use smithy_client_codegen::report::Report;
use smithy_client_codegen::{Choice, FINGERPRINT, LeftOut, Selection, Vocabulary};

use super::Task;
use crate::digest::Fingerprint;
use crate::files;
use crate::manifest::{MANIFEST, Operations};
use crate::models::Model;
use crate::site::Site;
use crate::usage::{Program, Usage};

/// What the program of a workspace calls.
#[derive(Debug)]
pub struct Calls<'s> {
    site: &'s Site,
    program: OnceLock<Result<Program, String>>,
}

/// What a client has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// The operations, by name; `None` for all of the service.
    pub operations: Option<Vec<String>>,
    /// Types that it has even where no operation reaches them, by id.
    pub types: Vec<String>,
    /// What is called and cannot be emitted.
    pub left_out: Vec<LeftOut>,
    /// Whether it was the program that was asked.
    pub is_by_program: bool,
}

impl Chosen {
    /// What the generator is told.
    pub(super) fn selection(&self) -> Option<Selection> {
        Some(Selection {
            source: MANIFEST.to_owned(),
            choice: Choice::Only,
            names: self.operations.clone()?,
            shapes: self.types.clone(),
            may_be_empty: true,
        })
    }
}

impl<'s> Calls<'s> {
    /// The calls of a workspace, whose sources are read when the first client asks for them.
    pub fn of(site: &'s Site) -> Self {
        Self { site, program: OnceLock::new() }
    }

    /// The sources of the workspace's packages, without the clients, and what its root has beside packages: modules that
    /// several of them take from there by `#[path]` or `include!`.
    ///
    /// # Errors
    ///
    /// A sentence on a package that cannot be read.
    pub fn program(&self) -> Result<&Program, String> {
        let read = || {
            let workspace = &self.site.workspace;
            let packages = workspace.members.iter().map(|member| member.directory().to_path_buf());
            let packages: Vec<PathBuf> = packages.chain([workspace.root.clone()]).collect();
            Program::read(&packages, &[self.site.directory.clone(), self.site.workspace.target.clone()])
        };
        self.program.get_or_init(read).as_ref().map_err(Clone::clone)
    }

    /// What the program uses of a service.
    ///
    /// # Errors
    ///
    /// As [`Self::chosen`].
    pub fn usage(&self, model: &Model) -> Result<Result<Usage, Report>, String> {
        let program = self.program()?;
        Ok(self.vocabulary(model).map(|vocabulary| Usage::of(program, &vocabulary)))
    }

    /// The words of a model, which are kept where cargo builds: to find them takes longer than all else of a check.
    pub(crate) fn vocabulary(&self, model: &Model) -> Result<Vocabulary, Report> {
        let mut fingerprint = Fingerprint::default();
        fingerprint.add(FINGERPRINT);
        fingerprint.add_all(&model.sha256);
        let name = format!("{}.json", fingerprint.finish());
        let place = self.site.workspace.target.join("smithy-client").join(name);
        let kept = files::text(&place).ok().and_then(|text| serde_json::from_str(&text).ok());
        if let Some(vocabulary) = kept {
            return Ok(vocabulary);
        }
        let vocabulary = Vocabulary::of(&model.sources.texts)?;
        if let Ok(text) = serde_json::to_string(&vocabulary) {
            // Where nothing can be kept, it is found again.
            let _ = files::write_if_changed(&place, &text);
        }
        Ok(vocabulary)
    }

    /// What a client has.
    ///
    /// # Errors
    ///
    /// A sentence on a source that cannot be read; or, within, what is wrong with the model.
    pub fn chosen(&self, task: &Task<'_>, model: &Model) -> Result<Result<Chosen, Report>, String> {
        let usage = match &task.client.operations {
            Operations::All => return Ok(Ok(Chosen::default())),
            Operations::Named(names) => {
                let operations = Some(sorted(names, &task.client.also));
                return Ok(Ok(Chosen { operations, ..Chosen::default() }));
            }
            Operations::Auto => self.usage(model)?,
        };
        Ok(usage.map(|usage| {
            let left_out = usage.left_out.into_iter();
            Chosen {
                operations: Some(sorted(&usage.operations.into_keys().collect::<Vec<_>>(), &task.client.also)),
                types: usage.shapes.into_keys().collect(),
                is_by_program: true,
                left_out: left_out.map(|(operation, it)| LeftOut { operation, reason: it.reason }).collect(),
            }
        }))
    }
}

/// Names in order, each once: whoever writes them in another order wants the same client.
fn sorted(names: &[String], also: &[String]) -> Vec<String> {
    let mut names = [names, also].concat();
    names.sort();
    names.dedup();
    names
}
