//! What a text may hold to break out of where it is put. Whatever becomes code fails to compile.

/// A name for messages, and the text.
pub(crate) type Payload = (&'static str, String);

/// Code that no crate and no doctest compiles with.
pub(crate) const CODE: &str = "compile_error!(\"pwned\");";

/// Every payload.
pub(crate) fn payloads() -> Vec<Payload> {
    let texts = [
        ("quote", "\" + pwned!() + \"".to_owned()),
        ("quotes of both kinds", "'\"'\"''".to_owned()),
        ("line with code", format!("\n}}\n{CODE}\npub fn pwned() {{ //")),
        ("line with code after a carriage return and line feed", format!("\r\n{CODE}\r\n")),
        ("line with code after a carriage return", format!("\r{CODE}\r")),
        ("line of a table", format!("\n        Pwned = \"pwned\",\n    }}\n}}\n{CODE}\n")),
        ("comment end", format!("*/ {CODE} /*")),
        ("comment end on a line of its own", format!("\n*/\n{CODE}\n/**")),
        ("doc marker", format!("\n/// pwned\n{CODE}")),
        ("inner doc marker", format!("\n//! pwned\n#![allow(warnings)]\n{CODE}")),
        ("fence", format!("\n\n```\n{CODE}\n```\n")),
        ("fence of Rust", format!("\n\n```rust,should_panic\n{CODE}\n```\n")),
        ("fence of an error code", format!("\n\n```E0308\n{CODE}\n```\n\n```{{.rust}}\n{CODE}\n```\n")),
        ("fence of tildes", format!("\n\n~~~~edition2021\n{CODE}\n~~~~\n")),
        ("fence alone", "```".to_owned()),
        (
            "fence in a list",
            format!("\n\n- a\n  - ```\n    {CODE}\n    ```\n> ```\n> {CODE}\n> ```\n1. ~~~\n   {CODE}\n"),
        ),
        ("indented code", format!("\n\n    {CODE}\n\n\t{CODE}\n\n-     {CODE}\n")),
        ("preformatted HTML", format!("<pre><code class=\"rust\">{CODE}</code></pre><pre>\n```\n{CODE}\n```\n</pre>")),
        ("HTML", "<script>pwned()</script><img src=x onerror=pwned()><b>".to_owned()),
        ("HTML on a line of its own", format!("\n\n<div>\n\n    {CODE}\n\n</div>\n\n<!--\n")),
        ("end of a raw string", format!("\"##\"#; {CODE} r#\"")),
        ("braces", "{pwned} {{}} {0} {:?} }} {".to_owned()),
        ("end of items", format!("; }} }} }} ) ] {CODE} mod pwned {{ fn pwned() {{")),
        ("macro variables", "$crate::pwned $pwned ${1} $($pwned)*".to_owned()),
        ("attributes", "#[cfg(pwned)] #![pwned] #".to_owned()),
        ("backslashes", "\\\" \\n \\u{41} \\x41 \\".to_owned()),
        ("control characters", "\0\u{1}\u{7}\u{8}\u{1b}[2J\u{7f}\u{85}\t".to_owned()),
        ("direction overrides", "\u{202e}\u{2066}\u{61c}pwned\u{2069}\u{202c}".to_owned()),
        ("what cannot be seen", "\u{a0}\u{200b}\u{2028}\u{2029}\u{feff}\u{ad}\u{e0041}".to_owned()),
        ("mark of a table", "\ntable_mark!(0);\nblank_line!();\n".to_owned()),
        ("mark of a table alone", "table_mark!(0);".to_owned()),
        ("line of a manifest", "\"\n[dependencies]\npwned = \"*\"\n".to_owned()),
        ("links", "[x](javascript:pwned()) [`crate::pwned`] <javascript:pwned()> [y]: data:pwned".to_owned()),
        ("table of Markdown", format!("\n\n| a |\n| - |\n| ```{CODE}``` |\n")),
        ("percent", "%s %n %0a%0d /../ ?a=b#c&d".to_owned()),
        ("long", "long ".repeat(20_000)),
        ("many backticks", "` ".repeat(2_000)),
    ];
    texts.into()
}
