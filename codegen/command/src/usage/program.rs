//! The program: where its sources are, and which words stand where in them.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use super::linked;
use super::words::words;
use crate::files;
use crate::parallel::on_all_cores;

/// The file by which caches such as `target/` say what they are.
const CACHE: &str = "CACHEDIR.TAG";

/// The sources of a program, and the places of their words.
#[derive(Debug, Default)]
pub struct Program {
    sources: Vec<Source>,
    words: HashMap<String, Vec<Spot>>,
    passed_over: Vec<String>,
}

/// A Rust source.
#[derive(Debug)]
struct Source {
    path: PathBuf,
    text: String,
}

/// Where a word stands: the position of its source, its line, and the byte with which that begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    source: u32,
    line: u32,
    line_start: u32,
}

/// A line of a program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Its file, without symbolic links.
    pub path: PathBuf,
    /// Its number, from 1 on.
    pub line: usize,
    /// Its text, without the blanks around it. It may hold what acts on a terminal.
    pub text: String,
}

impl Program {
    /// Reads all Rust sources in the directories of packages: whatever ends in `.rs`, be it a part of a target or not, as
    /// nobody knows without compiling which files are. With them come the files that they include or have as modules, and the
    /// roots of targets, whatever their names are and wherever they stand.
    ///
    /// A directory in a package that has a `Cargo.toml` is another package, and only read if it is among `packages` too.
    /// Passed over are build directories, hidden ones, and those of `passed_over`, such as the emitted clients, which
    /// would name everything. Symbolic links are not followed; of one that leads out of its package, and of a source that
    /// is too large or no UTF-8, [`Self::passed_over`] tells.
    ///
    /// # Errors
    ///
    /// Which of the packages is not there, or cannot be read, and why, as a sentence.
    pub fn read(packages: &[PathBuf], passed_over: &[PathBuf]) -> Result<Self, String> {
        // What does not exist is not met.
        let passed_over: Vec<PathBuf> = passed_over.iter().filter_map(|path| path.canonicalize().ok()).collect();
        let closed = passed_over.iter().cloned().collect();
        let mut walk = Walk { closed, passed_over, ..Walk::default() };
        for package in packages {
            walk.package(package).map_err(|cause| format!("cannot read {}: {cause}", package.display()))?;
        }
        let mut texts = walk.texts();
        let mut told = walk.told;
        texts.sort();
        told.sort();
        Ok(Self { passed_over: told, ..Self::of(texts) })
    }

    /// A program of sources that are given with their paths.
    pub fn of(sources: impl IntoIterator<Item = (PathBuf, String)>) -> Self {
        let sources: Vec<Source> = sources.into_iter().map(|(path, text)| Source { path, text }).collect();
        let found = on_all_cores(&sources, |source| spots(&source.text));
        let mut words: HashMap<String, Vec<Spot>> = HashMap::new();
        for (position, of_source) in found.into_iter().enumerate() {
            for (word, spots) in of_source {
                let spots = spots.into_iter().map(|spot| Spot { source: position as u32, ..spot });
                match words.get_mut(word) {
                    Some(present) => present.extend(spots),
                    None => drop(words.insert(word.to_owned(), spots.collect())),
                }
            }
        }
        Self { sources, words, passed_over: Vec::new() }
    }

    /// How many sources were read.
    pub fn sources(&self) -> usize {
        self.sources.len()
    }

    /// What was not read and could have been a source, each with the reason.
    pub fn passed_over(&self) -> &[String] {
        &self.passed_over
    }

    /// The lines on which a word stands, in the order of their files; the word is an identifier without `r#`.
    pub fn places(&self, word: &str) -> Vec<Place> {
        self.spots(word).iter().map(|spot| self.place(*spot)).collect()
    }

    /// The same, before anybody wants to see them.
    pub(super) fn spots(&self, word: &str) -> &[Spot] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    /// What a person sees of a spot.
    pub(super) fn place(&self, spot: Spot) -> Place {
        let source = &self.sources[spot.source as usize];
        let line = source.text[spot.line_start as usize..].lines().next().unwrap_or_default();
        Place { path: source.path.clone(), line: spot.line as usize, text: line.trim().to_owned() }
    }
}

/// The words of a source, each with the lines on which it stands.
fn spots(text: &str) -> HashMap<&str, Vec<Spot>> {
    let mut found: HashMap<&str, Vec<Spot>> = HashMap::new();
    words(text, |word| {
        let spots = found.entry(word.text).or_default();
        if spots.last().is_none_or(|last| last.line != word.line) {
            spots.push(Spot { source: 0, line: word.line, line_start: word.line_start });
        }
    });
    found
}

/// The way through the directories of packages.
#[derive(Default)]
struct Walk {
    /// Directories that are not entered: those to be passed over, and packages that were read.
    closed: BTreeSet<PathBuf>,
    /// The sources met so far.
    sources: BTreeSet<PathBuf>,
    /// What was met and not read.
    told: Vec<String>,
    /// The directories of the packages.
    packages: Vec<PathBuf>,
    /// What is passed over.
    passed_over: Vec<PathBuf>,
}

impl Walk {
    fn package(&mut self, package: &Path) -> std::io::Result<()> {
        let root = package.canonicalize()?;
        if !self.closed.insert(root.clone()) {
            return Ok(());
        }
        self.packages.push(root.clone());
        if let Ok(manifest) = files::text(&root.join("Cargo.toml")) {
            let targets = linked::of_manifest(&manifest).into_iter().map(|path| root.join(path));
            let targets: Vec<PathBuf> = targets.filter_map(|path| self.linked(&path)).collect();
            self.sources.extend(targets);
        }
        let mut open = self.directory(&root, &root)?;
        while let Some(directory) = open.pop() {
            if !self.is_passed_over(&directory, &root) {
                match self.directory(&directory, &root) {
                    Ok(inner) => open.extend(inner),
                    Err(cause) => self.told.push(format!("{}: {cause}", directory.display())),
                }
            }
        }
        Ok(())
    }

    /// A file that is named as a part of the program; `None` if there is none, or it is not to be read.
    fn linked(&self, path: &Path) -> Option<PathBuf> {
        let path = path.canonicalize().ok().filter(|path| path.is_file())?;
        let is_in = |directory: &PathBuf| path.starts_with(directory);
        (!self.passed_over.iter().any(is_in)).then_some(path)
    }

    /// The sources with their texts, and with those of all files that they name as their parts.
    fn texts(&mut self) -> Vec<(PathBuf, String)> {
        let mut texts = Vec::new();
        let mut next: Vec<PathBuf> = self.sources.iter().cloned().collect();
        while !next.is_empty() {
            let mut named = BTreeSet::new();
            for (path, text) in next.iter().zip(on_all_cores(&next, |path| files::text(path))) {
                match text {
                    Ok(text) => {
                        let package = path.ancestors().find(|above| self.packages.iter().any(|it| it == above));
                        named.extend(linked::of_source(&text, path, package, package.is_none()));
                        texts.push((path.clone(), text));
                    }
                    Err(cause) => self.told.push(format!("{}: {cause}", path.display())),
                }
            }
            next = named.iter().filter_map(|path| self.linked(path)).collect();
            next.sort();
            next.dedup();
            next.retain(|path| self.sources.insert(path.clone()));
        }
        texts
    }

    /// Whether nothing in a directory is a source of the package: it is a cache, another package, or one not to be entered.
    fn is_passed_over(&self, directory: &Path, root: &Path) -> bool {
        self.closed.contains(directory)
            || *directory == root.join("target")
            || directory.join(CACHE).is_file()
            || directory.join("Cargo.toml").is_file()
    }

    /// Takes the sources of a directory; gives the directories in it that are not hidden.
    fn directory(&mut self, directory: &Path, root: &Path) -> std::io::Result<Vec<PathBuf>> {
        let mut inner = Vec::new();
        for entry in fs::read_dir(directory)? {
            let entry = entry?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            let is_source = path.extension().is_some_and(|extension| extension == "rs");
            if kind.is_dir() {
                inner.extend((!entry.file_name().as_encoded_bytes().starts_with(b".")).then_some(path));
            } else if kind.is_symlink() {
                self.link(&path, root, is_source);
            } else if is_source && kind.is_file() {
                self.sources.insert(path);
            }
        }
        Ok(inner)
    }

    /// A link within the package is no loss: what it leads to is read where it is.
    fn link(&mut self, path: &Path, root: &Path, is_source: bool) {
        let leads_out = path.canonicalize().is_ok_and(|target| !target.starts_with(root));
        if leads_out && (is_source || path.is_dir()) {
            self.told.push(format!("{}: it is a link that leads out of its package", path.display()));
        }
    }
}
