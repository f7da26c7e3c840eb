//! The models that Python has: botocore, which AWS releases every day, has those of all services.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// What Python is called.
const PYTHONS: [&str; 2] = ["python3", "python"];

/// Says where botocore is. It is found and not imported, and not in the current directory, where anybody may have put it.
const QUESTION: &str = "\
import sys, importlib.util
sys.path = [place for place in sys.path if place]
found = importlib.util.find_spec('botocore')
places = found.submodule_search_locations if found else None
sys.stdout.write(list(places)[0] if places else '')
";

/// How else to come by a model.
const WAYS: &str = "  hint: pip install botocore, or without installing it: pip download botocore --no-deps, and --model botocore-*.whl
  hint: or --model with a Smithy model, a file or a folder, as https://github.com/aws/api-models-aws has them
  hint: or --model with the https URL of either";

/// The folder of the models of the botocore that Python has, which is asked once.
///
/// # Errors
///
/// That there is none, with the other ways to a model, as a sentence and lines below it.
pub fn botocore() -> Result<PathBuf, String> {
    static ANSWER: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    ANSWER.get_or_init(asked).clone()
}

fn asked() -> Result<PathBuf, String> {
    let mut asked = Vec::new();
    for python in PYTHONS {
        let answer = Command::new(python).args(["-c", QUESTION]).stdin(Stdio::null()).stderr(Stdio::null()).output();
        let Ok(answer) = answer else { continue };
        asked.push(python);
        let place = PathBuf::from(String::from_utf8_lossy(&answer.stdout).into_owned()).join("data");
        if answer.status.success() && place.is_absolute() && place.is_dir() {
            return Ok(place);
        }
    }
    Err(absent(&asked))
}

/// What is said where there is none.
fn absent(asked: &[&str]) -> String {
    let reason = match asked {
        [] => "there is no Python here to ask for botocore, which has the models of all services".to_owned(),
        asked => {
            format!("the Python here ({}) has no botocore, which has the models of all services", asked.join(", "))
        }
    };
    format!("{reason}\n{WAYS}")
}

#[cfg(test)]
mod tests {
    use super::absent;

    #[test]
    fn without_botocore_the_other_ways_are_told() {
        insta::assert_snapshot!(absent(&["python3"]), @r"
        the Python here (python3) has no botocore, which has the models of all services
          hint: pip install botocore, or without installing it: pip download botocore --no-deps, and --model botocore-*.whl
          hint: or --model with a Smithy model, a file or a folder, as https://github.com/aws/api-models-aws has them
          hint: or --model with the https URL of either
        ");
    }
}
