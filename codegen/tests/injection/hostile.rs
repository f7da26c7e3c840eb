//! The models of `../shared/hostile`, where that folder is at hand: each is harmless or refused.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use smithy_client_codegen::Emit;

use crate::emitted;
use crate::judge::Harmless;

/// The folder: beside the repository, or beside the folder of a worktree.
fn folder() -> Option<PathBuf> {
    let repository = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    ["../shared/hostile", "../../shared/hostile"].iter().map(|path| repository.join(path)).find(|path| path.is_dir())
}

#[test]
fn hostile_models_are_harmless_or_refused() {
    let Some(folder) = folder() else { return println!("skipped: ../shared/hostile is not found") };
    let read = |name: &str| -> Value {
        let text = fs::read_to_string(folder.join(name)).expect("the model is readable");
        serde_json::from_str(&text).expect("the model is JSON")
    };
    let plain = read("harmless.json");
    let harmless = Harmless::new(&emitted(&plain, Emit::Client).expect("it is harmless"));
    let names = fs::read_dir(&folder).expect("the folder is readable").map(|entry| entry.expect("and its entries"));
    for name in names.map(|entry| entry.file_name().to_string_lossy().into_owned()).filter(|it| it.ends_with(".json")) {
        let mut model = read(&name);
        // Shapes alone are for a model that reaches the first of them.
        if model.get("smithy").is_none() {
            let mut whole = plain.clone();
            let first = model.as_object().and_then(|shapes| shapes.keys().next()).expect("there are shapes").clone();
            whole["shapes"].as_object_mut().expect("an object").append(model.as_object_mut().expect("an object"));
            whole["shapes"]["x.y#Thing"]["members"]["deep"] = json!({"target": first});
            model = whole;
        }
        match emitted(&model, Emit::Client) {
            Err(report) => println!("{name} is refused: {report}"),
            Ok(generated) => {
                let judged = harmless.judge(&generated, false);
                judged.unwrap_or_else(|fault| panic!("{name}: {fault}"));
            }
        }
    }
}
