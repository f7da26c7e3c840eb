use settings::{Error, Seal, Store};

const USAGE: &str = "\
settings PROGRAM list
settings PROGRAM get NAME
settings PROGRAM set NAME VALUE
settings PROGRAM seal NAME VALUE
settings PROGRAM delete NAME..";

async fn run(arguments: &[&str]) -> Result<bool, Error> {
    let config = aws_config::load_from_env().await;
    let key = std::env::var("SETTINGS_KEY").unwrap_or_else(|_| "alias/settings".to_owned());
    let seal = Seal::new(kms::Client::new(&config), key);
    let [program, words @ ..] = arguments else { return Ok(false) };
    let store = Store::new(ssm::Client::new(&config), program);
    match words {
        ["list"] => {
            for (name, setting) in store.all().await? {
                println!("{name} (version {})", setting.version);
            }
        }
        ["get", name] => {
            if let Some(setting) = store.get(name).await? {
                let is_sealed = Seal::is_sealed(&setting.value);
                println!("{}", if is_sealed { seal.open(name, &setting.value).await? } else { setting.value });
            }
        }
        ["set", name, value] => println!("version {}", store.set(name, value, false).await?),
        ["seal", name, value] => println!("version {}", store.set(name, &seal.close(name, value).await?, true).await?),
        ["delete", names @ ..] if !names.is_empty() => {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            for name in store.delete(&names).await? {
                eprintln!("there is no {name}");
            }
        }
        _ => return Ok(false),
    }
    Ok(true)
}

#[tokio::main]
async fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).await {
        Ok(true) => std::process::ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("{USAGE}");
            std::process::ExitCode::from(2)
        }
        Err(error) => {
            eprintln!("settings: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}
